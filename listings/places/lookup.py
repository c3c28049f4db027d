"""Finds towns: by what somebody types, by number, by nearness."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from psycopg import sql

from listings.geo import LatLon, distance_m, reach, to_latlon
from listings.models import Place
from listings.models.place import LARGE
from listings.places.names import asked_for, fold, prefixes, without_article

MOST_TYPED = 200
# How far around `near` a small town is found even where the prefix has too many larger ones elsewhere.
AROUND_M, NEAR_M = 60_000.0, 100_000.0
CANDIDATES = 60


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One answer to what somebody typed: a town, or with a geocoder an address (then without `id`)."""

    id: int | None
    kind: str
    name: str
    region: str
    department: str
    department_code: str
    country: str
    point: LatLon
    time_zone: str
    population: int


def suggest_towns(typed: str, *, near: LatLon | None = None, limit: int = 8) -> list[Suggestion]:
    """The towns somebody probably means, best first.

    The more inhabitants and the nearer to `near` the better; without it, the nearer to home: towns in the site's own
    time zone come first among equals. What follows a comma or stands in brackets ("Narbonne (11), Aude"), and
    a postcode beside a name, only orders.
    """
    name, beside = asked_for(typed[:MOST_TYPED])
    beginnings = prefixes(name)
    if not beginnings:
        return []
    places = Place.objects.in_bulk(_candidates(beginnings, near))
    typed_name = fold(name)

    def score(place: Place) -> float:
        own = {place.search_name, without_article(place.search_name)}
        points = math.log(place.population + 500)
        points += 2.5 * (typed_name in own)
        # Found by another name only: near enough for "lutetia", too far for "par" and Perth.
        points -= 3.5 * (not any(name.startswith(beginning) for name in own for beginning in beginnings))
        points += 8.0 * sum(_lies_in(place, word) for word in beside)
        if near is not None:
            points -= 1.2 * math.log1p(distance_m(near, to_latlon(place.point)) / 20_000)
        else:
            points += 3.0 * (place.time_zone == settings.DEFAULT_ZONE)
        return points

    best = sorted(places.values(), key=lambda place: (-score(place), place.id))
    return [suggestion_of(place) for place in best[:limit]]


def _lies_in(place: Place, beside: str) -> bool:
    """Whether that, folded, is the place's country, region or département, or a postcode of it."""
    if beside.isdigit():
        # Both départements of Corsica have postcodes that begin with 20.
        code = place.department_code.replace("A", "0").replace("B", "0")
        return bool(code) and beside.startswith(code)
    lies_in = (fold(place.region), fold(place.department))
    return any(name.startswith(beside) for name in lies_in) or beside in (
        place.country.lower(),
        place.department_code.lower(),
    )


def suggestion_of(place: Place) -> Suggestion:
    return Suggestion(
        id=place.id,
        kind="town",
        name=place.name,
        region=place.region,
        department=place.department,
        department_code=place.department_code,
        country=place.country,
        point=to_latlon(place.point),
        time_zone=place.time_zone,
        population=place.population,
    )


def nearest_town(point: LatLon) -> Place | None:
    """The town whose centre is nearest, at most some 100 km away, beyond the 180th meridian too."""
    disc = reach(point, NEAR_M)
    found = (
        Place.objects.raw(
            "SELECT * FROM listings_place WHERE point <@ circle(point(%s, %s), %s)"
            " ORDER BY point <-> point(%s, %s) LIMIT 1",
            [x, y, disc.radius, x, y],
        )
        for x, y in disc.centres
    )
    towns = [town for rows in found for town in rows]
    return min(towns, key=lambda town: distance_m(point, to_latlon(town.point)), default=None)


def towns_around(near: LatLon, *, limit: int = 8) -> list[Suggestion]:
    """What to name on a map around `near`: the larger and the nearer, the sooner; at most some 60 km away, beyond the
    180th meridian too.
    """
    disc = reach(near, AROUND_M)
    found = (
        Place.objects.raw(
            "SELECT * FROM listings_place WHERE id IN ("
            "(SELECT id FROM listings_place WHERE point <@ circle(point(%s, %s), %s) ORDER BY population DESC LIMIT %s)"
            " UNION "
            "(SELECT id FROM listings_place WHERE point <@ circle(point(%s, %s), %s) ORDER BY point <-> point(%s, %s)"
            " LIMIT %s))",
            [x, y, disc.radius, CANDIDATES, x, y, disc.radius, x, y, CANDIDATES],
        )
        for x, y in disc.centres
    )
    places = [town for rows in found for town in rows]

    def weight(place: Place) -> float:
        return math.log(place.population + 500) - 1.5 * math.log1p(distance_m(near, to_latlon(place.point)) / 3_000)

    return [suggestion_of(place) for place in sorted(places, key=lambda place: (-weight(place), place.id))[:limit]]


def _candidates(beginnings: list[str], near: LatLon | None) -> list[int]:
    """The numbers of places with a name that begins so: the largest of all, and all around `near`."""
    likes = {f"like{number}": f"{beginning}%" for number, beginning in enumerate(beginnings)}
    # One or two letters begin thousands of names: look among the large places, or for exactly this name.
    large = sql.SQL("population >= {} AND").format(LARGE) if len(beginnings[0]) < 3 else sql.SQL("")
    parts = [
        sql.SQL("SELECT place_id FROM listings_placename WHERE {} ({}) ORDER BY population DESC LIMIT %(most)s").format(
            large, _any_like("term", likes)
        ),
        sql.SQL(
            "SELECT place_id FROM listings_placename WHERE term = %(whole)s ORDER BY population DESC LIMIT %(most)s"
        ),
    ]
    values: dict[str, str | int | float] = {"most": CANDIDATES, "whole": beginnings[0], **likes}
    if near is not None:
        disc = reach(near, AROUND_M)
        values |= {"reach": disc.radius, "around": 5 * CANDIDATES}
        for number, (x, y) in enumerate(disc.centres):
            values |= {f"x{number}": x, f"y{number}": y}
            parts.append(
                sql.SQL(
                    "SELECT id FROM listings_place"
                    " WHERE point <@ circle(point({}, {}), %(reach)s) AND ({}) LIMIT %(around)s"
                ).format(sql.Placeholder(f"x{number}"), sql.Placeholder(f"y{number}"), _any_like("search_name", likes))
            )
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(" UNION ").join(sql.SQL("({})").format(part) for part in parts), values)
        return [int(row[0]) for row in cursor.fetchall()]


def _any_like(column: str, names: Iterable[str]) -> sql.Composable:
    condition = sql.SQL("{} LIKE {}")
    return sql.SQL(" OR ").join(condition.format(sql.Identifier(column), sql.Placeholder(name)) for name in names)
