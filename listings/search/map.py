"""What the map shows of a box: pins where there are few bikes, else clusters by the cells of a fixed grid.

The kept cells bound the work: they say how many bikes a box holds. Few enough, and the bikes are asked for as search
asks for them; too many, and the cells themselves are the answer.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from psycopg import sql

from bikeens.core.money import MoneyJSON
from listings.geo import Box, LatLonJSON, Mercator, boxes, to_latlon
from listings.grid import Cell, cell_at, cell_of, cover, tiles, zoom_for
from listings.kinds import kinds_of
from listings.pricing import Stretch
from listings.search.engine import stretches_of
from listings.search.query import MAX_RADIUS_M, SearchQuery
from listings.search.statement import Statement
from listings.search.totals import Bike, totals_of

# Boxes with more bikes than this are answered from the cells; with dates each bike costs several look-ups.
EXACT, EXACT_DATED = 1_000, 500
# More pins than this nobody can tell apart; at the deepest zoom there is nothing left but pins.
PINS, DEEPEST_PINS, DEEPEST = 60, 200, 18
# The price of a stretch is worked out bike by bike, for so many at most.
PRICED = 150

_CELLS = sql.SQL(
    "SELECT c.tile, c.cell, c.currency, c.bikes, {bikes}, {price}, c.east, c.north FROM listings_mapcell c{kinds}"
    " WHERE c.zoom = %(zoom)s AND c.tile = ANY(%(tiles)s)"
)
_OF_KINDS = sql.SQL(
    " CROSS JOIN LATERAL (SELECT sum(k.bikes)::int AS bikes, min(k.price) AS price_from"
    " FROM unnest(c.kinds, c.kind_bikes, c.kind_prices) AS k (kind, bikes, price)"
    " WHERE k.kind = ANY(%(kinds)s::smallint[])) m"
)
_IN_BOX = sql.SQL(
    "SELECT l.id, l.public_point[0], l.public_point[1], l.currency, l.price_day FROM {source}"
    " WHERE l.public_point <@ {shape} AND {conditions}"
)
_BIKES = (
    "SELECT id, currency, price_day, price_hour, discount_7, discount_28, time_zone, uuid, title,"
    " public_point[0], public_point[1] FROM listings_listing WHERE id = ANY(%s) ORDER BY id"
)


@dataclass(frozen=True, slots=True)
class Pin:
    """One bike; the price of the whole stretch when there are dates, else of a day."""

    id: UUID
    title: str
    at: Mercator
    price: int
    currency: str

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "point": _point(self.at),
            "title": self.title,
            "price": _money(self.price, self.currency),
        }


@dataclass(slots=True)
class Cluster:
    """The bikes of one cell; the lowest price of a day, in the currency that most of them have."""

    cell: Cell
    at: Mercator
    count: int
    price_from: int
    currency: str

    def as_json(self) -> dict[str, object]:
        low, high = map(to_latlon, self.cell.box())
        return {
            "point": _point(self.at),
            "count": self.count,
            "price_from": _money(self.price_from, self.currency),
            "bbox": [round(degrees, 6) for degrees in (low.lon, low.lat, high.lon, high.lat)],
        }


@dataclass(frozen=True, slots=True)
class MapAnswer:
    """`exact`: the filters were all reckoned with; else dates, height, price and extras were left aside."""

    pins: Sequence[Pin]
    clusters: Sequence[Cluster]
    exact: bool


@dataclass(frozen=True, slots=True)
class _Bike:
    id: int
    at: Mercator
    currency: str
    price_day: int


@dataclass(frozen=True, slots=True)
class _Kept:
    """A row of the kept cells: `inside` counts all its bikes, the rest those of the asked kinds."""

    cell: Cell
    currency: str
    inside: int
    bikes: int
    price_from: int
    middle: Mercator


def on_map(query: SearchQuery, *, zoom: int, now: datetime) -> MapAnswer:
    """What a map of this zoom shows of the query's box. Raises Invalid as `search` does."""
    assert query.box is not None
    stretches = stretches_of(query)
    if query.dated and not stretches:
        return MapAnswer([], [], exact=True)
    parts = boxes(query.box.south_west, query.box.north_east)
    kept = _kept(query, parts, zoom)
    most = EXACT_DATED if query.dated else EXACT
    # Looking at a bike is cheap, so all in the box may be twice as many as those of the asked kinds.
    if sum(one.bikes for one in kept) <= most and sum(one.inside for one in kept) <= 2 * EXACT:
        return _searched(query, zoom, stretches, now)
    plain = not query.dated and query.height is None and query.price_max is None and not query.extras
    return MapAnswer([], _merged(_asked(kept, query)), exact=plain)


def _kept(query: SearchQuery, parts: tuple[Box, ...], zoom: int) -> list[_Kept]:
    """The kept cells that meet the box, each counted whole."""
    coarse = zoom_for(parts, zoom)
    kinds = kinds_of(query.categories, electric=query.electric, instant=query.instant)
    source = sql.SQL("c" if kinds is None else "m")
    statement = _CELLS.format(
        bikes=sql.SQL("{}.bikes").format(source),
        price=sql.SQL("{}.price_from").format(source),
        kinds=sql.SQL("") if kinds is None else _OF_KINDS,
    )
    wanted = sorted({tile for part in parts for tile in tiles(part, coarse)})
    with connection.cursor() as cursor:
        cursor.execute(statement, {"zoom": coarse, "tiles": wanted, "kinds": kinds})
        rows = cursor.fetchall()
    covers = [cover(part, coarse) for part in parts]
    found = []
    for tile, place, currency, inside, bikes, price, east, north in rows:
        cell = cell_at(coarse, tile, place)
        if any(first.x <= cell.x <= last.x and first.y <= cell.y <= last.y for first, last in covers):
            middle = Mercator(east / inside, north / inside)
            found.append(_Kept(cell, currency, inside, bikes or 0, price or 0, middle))
    return found


def _asked(kept: Iterable[_Kept], query: SearchQuery) -> Iterable[_Kept]:
    """Those with a bike that may pass; where none is cheap enough by the day, none passes."""
    dearest = None if query.dated else query.price_max
    return (one for one in kept if one.bikes and (dearest is None or one.price_from <= dearest))


def _merged(kept: Iterable[_Kept]) -> list[Cluster]:
    """One cluster per cell, whatever currencies its bikes have."""
    found: dict[Cell, Cluster] = {}
    for one in sorted(kept, key=lambda one: (-one.bikes, one.currency)):
        there = found.setdefault(one.cell, Cluster(one.cell, one.middle, 0, one.price_from, one.currency))
        there.count += one.bikes
    return sorted(found.values(), key=lambda cluster: (-cluster.count, cluster.cell))


def _searched(query: SearchQuery, zoom: int, stretches: Sequence[Stretch], now: datetime) -> MapAnswer:
    """What search finds, one by one."""
    most = DEEPEST_PINS if zoom >= DEEPEST else PINS
    bikes = _in_box(query, stretches, now)
    exact = True
    if query.dated and query.price_max is not None:
        if len(bikes) > PRICED:
            exact = False
        else:
            cheap = [pin for pin in _pins([bike.id for bike in bikes], stretches) if pin[1].price <= query.price_max]
            if len(cheap) <= most:
                return MapAnswer([pin for _id, pin in cheap], [], exact=True)
            those = {id for id, _pin in cheap}
            bikes = [bike for bike in bikes if bike.id in those]
    alone, clusters = _clustered(bikes, zoom) if len(bikes) > most else (bikes, [])
    return MapAnswer([pin for _id, pin in _pins([bike.id for bike in alone], stretches)], clusters, exact)


def _in_box(query: SearchQuery, stretches: Sequence[Stretch], now: datetime) -> list[_Bike]:
    statement = Statement(query, radius_m=MAX_RADIUS_M, stretches=stretches, now=now)
    found = []
    with connection.cursor() as cursor:
        for area in statement.areas:
            select = _IN_BOX.format(
                source=statement.source, shape=area.shape, conditions=sql.SQL(" AND ").join(statement.conditions)
            )
            cursor.execute(select, statement.values)
            found += [_Bike(id, Mercator(x, y), currency, price) for id, x, y, currency, price in cursor.fetchall()]
    return found


def _clustered(bikes: Sequence[_Bike], zoom: int) -> tuple[list[_Bike], list[Cluster]]:
    """The bikes alone in their cells, and the clusters of the other cells."""
    cells: dict[Cell, list[_Bike]] = {}
    for bike in bikes:
        cells.setdefault(cell_of(bike.at, zoom), []).append(bike)
    alone = [members[0] for members in cells.values() if len(members) == 1]
    clusters = [_cluster(cell, members) for cell, members in cells.items() if len(members) > 1]
    return alone, sorted(clusters, key=lambda cluster: (-cluster.count, cluster.cell))


def _cluster(cell: Cell, bikes: Sequence[_Bike]) -> Cluster:
    currencies = Counter(bike.currency for bike in bikes)
    currency = min(currencies, key=lambda code: (-currencies[code], code))
    at = Mercator(sum(bike.at.x for bike in bikes) / len(bikes), sum(bike.at.y for bike in bikes) / len(bikes))
    cheapest = min(bike.price_day for bike in bikes if bike.currency == currency)
    return Cluster(cell, at, len(bikes), cheapest, currency)


def _pins(ids: Sequence[int], stretches: Sequence[Stretch]) -> list[tuple[int, Pin]]:
    """The bikes by id, with their prices; two statements at most."""
    if not ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_BIKES, [list(ids)])
        rows = cursor.fetchall()
    if stretches:
        # What has moved to another zone since it was found was not asked for there.
        zones = {stretch.zone for stretch in stretches}
        rows = [row for row in rows if Bike(*row[:7]).time_zone in zones]
    totals = totals_of([Bike(*row[:7]) for row in rows], stretches) if stretches else {}
    return [
        (id, Pin(uuid, title, Mercator(x, y), totals.get(id, day), currency))
        for id, currency, day, _hour, _week, _month, _zone, uuid, title, x, y in rows
    ]


def _point(point: Mercator) -> LatLonJSON:
    return to_latlon(point).as_json()


def _money(cents: int, currency: str) -> MoneyJSON:
    return {"amount": cents, "currency": currency}
