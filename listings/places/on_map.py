"""The towns that a map names: by zoom, the largest first."""

from django.db import connection

from listings.geo import LatLon, Mercator, boxes, to_latlon
from listings.models.place import LARGE
from listings.search.query import MapBox

MOST = 60
# From which zoom on towns of so many inhabitants are named; a literal, so that the index of the large ones serves.
FROM_ZOOM = ((11, 0), (10, 3_000), (9, 8_000), (8, LARGE), (7, 50_000), (0, 100_000))

_TOWNS = """
SELECT name, population, point[0], point[1] FROM listings_place
WHERE point <@ box(point(%s, %s), point(%s, %s)) AND population >= %s ORDER BY population DESC, id LIMIT %s
"""


def towns_on_map(box: MapBox, *, zoom: int) -> list[tuple[str, int, LatLon]]:
    """Name, population and place of the towns to name."""
    smallest = next(population for zoomed, population in FROM_ZOOM if zoom >= zoomed)
    found = []
    with connection.cursor() as cursor:
        for low, high in boxes(box.south_west, box.north_east):
            cursor.execute(_TOWNS, [low.x, low.y, high.x, high.y, smallest, MOST])
            found += [(name, people, to_latlon(Mercator(x, y))) for name, people, x, y in cursor.fetchall()]
    return sorted(found, key=lambda town: -town[1])[:MOST]
