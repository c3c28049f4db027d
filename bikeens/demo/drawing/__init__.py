"""Bicycles and towns drawn in code: flat scenes as SVG text, the demo's pictures and the pages' drawings.

`picture.draw_bike` draws one, `raster.render` makes pixels of it, `catalogue.pictures` lists those of the demo,
`statics.DRAWINGS` those of the pages (`manage.py draw_scenes` writes them). Nothing is fetched; the same arguments
give the same bytes.
"""
