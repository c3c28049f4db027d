from django.urls import URLPattern, URLResolver, path

from listings.views import blocks, finding, imports, mine, offers, photos, places, saved, search, search_map, sizes

MINE = "my/listings/<uuid:listing>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("search", search.Search.as_view(), name="search_api"),
    path("places", places.Places.as_view(), name="places"),
    path("places/<int:place>", places.OnePlace.as_view(), name="place"),
    path("sizes", sizes.Sizes.as_view(), name="sizes"),
    path("places/map", search_map.MapTowns.as_view(), name="map_towns"),
    path("search/map", search_map.SearchMap.as_view(), name="search_map"),
    path("search/facets", finding.Facets.as_view(), name="search_facets"),
    path("search/alternatives", finding.SearchAlternatives.as_view(), name="search_alternatives"),
    path("searches/stop", saved.StopSearch.as_view(), name="search_stop"),
    path("my/saved", saved.SavedBikes.as_view(), name="saved_bikes"),
    path("my/saved/ids", saved.SavedIds.as_view(), name="saved_ids"),
    path("my/saved/<uuid:listing>", saved.OneSavedBike.as_view(), name="saved_bike"),
    path("my/searches", saved.SavedSearches.as_view(), name="saved_searches"),
    path("my/searches/<uuid:search>", saved.OneSavedSearch.as_view(), name="saved_search"),
    path("listings/<uuid:listing>", offers.Offered.as_view(), name="offered_listing"),
    path("listings/<uuid:listing>/availability", offers.Availability.as_view(), name="availability"),
    path("listings/<uuid:listing>/quote", offers.Quote.as_view(), name="quote"),
    path("my/listings", mine.MyListings.as_view(), name="my_listings"),
    path("my/listings/export", imports.Export.as_view(), name="my_listings_export"),
    path("my/imports", imports.Imports.as_view(), name="my_imports"),
    path("my/imports/template", imports.Template.as_view(), name="my_imports_template"),
    path("my/imports/<uuid:import_of>", imports.OneImport.as_view(), name="my_import"),
    path("my/imports/<uuid:import_of>/confirm", imports.Confirm.as_view(), name="my_import_confirm"),
    path(MINE, mine.MyListing.as_view(), name="my_listing"),
    path(f"{MINE}/publish", mine.Publish.as_view(), name="my_listing_publish"),
    path(f"{MINE}/pause", mine.Pause.as_view(), name="my_listing_pause"),
    path(f"{MINE}/duplicate", mine.Duplicate.as_view(), name="my_listing_duplicate"),
    path(f"{MINE}/price_advice", mine.PriceAdvice.as_view(), name="my_listing_price_advice"),
    path(f"{MINE}/resume", mine.Resume.as_view(), name="my_listing_resume"),
    path(f"{MINE}/stolen", mine.Stolen.as_view(), name="my_listing_stolen"),
    path(f"{MINE}/photos", photos.Photos.as_view(), name="my_listing_photos"),
    path(f"{MINE}/photos/order", photos.PhotosOrder.as_view(), name="my_listing_photos_order"),
    path(f"{MINE}/photos/<uuid:photo>", photos.OnePhoto.as_view(), name="my_listing_photo"),
    path(f"{MINE}/blocks", blocks.Blocks.as_view(), name="my_listing_blocks"),
    path(f"{MINE}/blocks/<uuid:block>", blocks.OneBlock.as_view(), name="my_listing_block"),
]
