"""Where most bikes are: the home page's way in for whoever has no town in mind."""

from typing import TypedDict

from django.core.cache import caches
from django.db import connection

from listings.choices import Status
from listings.geo import Mercator, to_latlon
from listings.places.lookup import suggest_towns

MOST = 10
KEY = "frontend.towns"
FRESH_S = 600


class Town(TypedDict):
    id: str
    name: str
    region: str
    point: dict[str, float]
    bikes: int


def popular_towns() -> list[Town]:
    """At most ten towns with their number of published bikes, most first; ten minutes old at most."""
    kept: list[Town] | None = caches["answers"].get(KEY)
    if kept is None:
        kept = _count()
        caches["answers"].set(KEY, kept, FRESH_S)
    return kept


def _count() -> list[Town]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT town, count(*), avg(public_point[0]), avg(public_point[1]) FROM listings_listing"
            " WHERE status = %s AND town <> '' AND public_point IS NOT NULL"
            " GROUP BY town ORDER BY count(*) DESC, town LIMIT %s",
            [Status.PUBLISHED, MOST],
        )
        rows = cursor.fetchall()
    towns: list[Town] = []
    for name, bikes, x, y in rows:
        found = suggest_towns(name, near=to_latlon(Mercator(x, y)), limit=1)
        if found:
            place = found[0]
            point = {"lat": place.point.lat, "lon": place.point.lon}
            towns.append(
                {"id": str(place.id), "name": place.name, "region": place.region, "point": point, "bikes": bikes}
            )
    return towns
