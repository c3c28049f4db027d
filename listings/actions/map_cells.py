"""The one writer of the map's cells: listings' changes mark where, a job reckons those cells anew.

The cells of the finest zoom are counted from the listings, each coarser zoom from the one below it.
"""

from collections.abc import Collection
from typing import NamedTuple

from django.db import connection, transaction
from psycopg import sql

from listings.bookable import Values
from listings.choices import Status
from listings.geo import WORLD_M, Mercator
from listings.grid import CUT, HALF_M, HIGHEST, INNER, LOWEST, Cell, cell_of
from listings.kinds import CATEGORIES, kind_of
from listings.models import Listing, MapMark

# So many changes are taken at once.
BATCH = 1_000

_COUNT = 2 ** (HIGHEST + CUT)
# As grid.cell_of reckons.
_AXIS = "least(greatest(floor({} / {WORLD_M!r} * {COUNT}), 0), {COUNT} - 1)::int"
_X = _AXIS.format(f"(l.public_point[0] + {HALF_M!r})", WORLD_M=WORLD_M, COUNT=_COUNT)
_Y = _AXIS.format(f"({HALF_M!r} - l.public_point[1])", WORLD_M=WORLD_M, COUNT=_COUNT)

_BIKES = sql.SQL(
    f"SELECT {_X} AS x, {_Y} AS y, l.currency,"  # noqa: S608
    " (array_position(%(categories)s, l.category::text) - 1) * 4 + l.electric::int * 2 + l.instant::int AS kind,"
    " 1 AS bikes, l.price_day AS price,"
    " round(l.public_point[0])::bigint AS east, round(l.public_point[1])::bigint AS north"
    " FROM listings_listing l WHERE l.status = 'published'"
)
# The box comes by the index; its edges belong to the neighbours too, so the cell is compared again.
_BIKES_OF_CELLS = sql.SQL(
    "SELECT found.* FROM unnest(%(x)s::int[], %(y)s::int[], %(box)s::text[]) AS wanted (x, y, box)"
    " CROSS JOIN LATERAL ({} AND l.public_point <@ wanted.box::box) AS found"
    " WHERE (found.x, found.y) = (wanted.x, wanted.y)"
).format(_BIKES)

_BELOW_X = f"((c.tile >> c.zoom << {CUT}) + (c.cell >> {CUT})) >> 1"
_BELOW_Y = f"(((c.tile & ((1 << c.zoom) - 1)) << {CUT}) + (c.cell & {INNER})) >> 1"
# The sums of a row are counted with its first kind alone.
_CELLS_BELOW = sql.SQL(
    f"SELECT {_BELOW_X} AS x, {_BELOW_Y} AS y, c.currency, k.kind, k.bikes, k.price,"  # noqa: S608
    " CASE k.number WHEN 1 THEN c.east ELSE 0 END AS east, CASE k.number WHEN 1 THEN c.north ELSE 0 END AS north"
    " FROM listings_mapcell c CROSS JOIN LATERAL unnest(c.kinds, c.kind_bikes, c.kind_prices)"
    " WITH ORDINALITY AS k (kind, bikes, price, number) WHERE c.zoom = %(zoom)s + 1"
)
_OF_CELLS = sql.SQL(" AND (c.tile, c.cell) IN (SELECT * FROM unnest(%(tile)s::int[], %(cell)s::smallint[]))")

_TILE = f"(x >> {CUT} << %(zoom)s) | (y >> {CUT})"
_CELL = f"((x & {INNER}) << {CUT}) | (y & {INNER})"
_WRITE = sql.SQL(
    "INSERT INTO listings_mapcell"  # noqa: S608
    " (zoom, tile, cell, currency, bikes, price_from, east, north, kinds, kind_bikes, kind_prices)"
    f" SELECT %(zoom)s, {_TILE}, {_CELL}, currency, sum(bikes), min(price), sum(east), sum(north),"
    " array_agg(kind ORDER BY kind), array_agg(bikes ORDER BY kind), array_agg(price ORDER BY kind)"
    " FROM (SELECT x, y, currency, kind, sum(bikes) AS bikes, min(price) AS price,"
    " sum(east) AS east, sum(north) AS north FROM ({}) AS one GROUP BY 1, 2, 3, 4) AS kinds"
    " GROUP BY x, y, currency ORDER BY 2, 3"
)
_FORGET = (
    "DELETE FROM listings_mapcell c USING unnest(%(tile)s::int[], %(cell)s::smallint[]) AS gone (tile, cell)"
    " WHERE c.zoom = %(zoom)s AND c.tile = gone.tile AND c.cell = gone.cell"
)
_TAKE = (
    "DELETE FROM listings_mapmark WHERE id IN (SELECT id FROM listings_mapmark ORDER BY id LIMIT %(batch)s)"
    " RETURNING x, y"
)
# One writer at a time; who reads the cells does not wait.
_LOCK = "LOCK TABLE listings_mapcell IN SHARE ROW EXCLUSIVE MODE"


class OnMap(NamedTuple):
    """What of a listing the map's cells count."""

    point: Mercator
    kind: int
    price_day: int | None
    currency: str


def on_map(listing: Listing) -> OnMap | None:
    """What the map counts of a listing as it stands now; None while it is not published."""
    if listing.status != Status.PUBLISHED or listing.public_point is None:
        return None
    kind = kind_of(listing.category, electric=listing.electric, instant=listing.instant)
    return OnMap(listing.public_point, kind, listing.price_day, listing.currency)


def mark_map(before: OnMap | None, after: OnMap | None) -> None:
    """Have the cells reckoned anew that a change of one listing touches, in the change's own transaction."""
    if before == after:
        return
    cells = {cell_of(one.point, HIGHEST) for one in (before, after) if one is not None}
    MapMark.objects.bulk_create(MapMark(x=cell.x, y=cell.y) for cell in cells)


def refresh_map() -> int:
    """Reckon the marked cells anew, batch by batch; returns how many marks there were."""
    taken = 0
    while True:
        count = _refresh_batch()
        taken += count
        if count < BATCH:
            return taken


@transaction.atomic
def rebuild_map() -> None:
    """Reckon every cell anew from the listings: after a bulk load, or to be sure."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
        cursor.execute("DELETE FROM listings_mapmark")
        cursor.execute("DELETE FROM listings_mapcell")
        values: Values = {"categories": list(CATEGORIES), "zoom": HIGHEST}
        cursor.execute(_WRITE.format(_BIKES), values)
        for zoom in range(HIGHEST - 1, LOWEST - 1, -1):
            cursor.execute(_WRITE.format(_CELLS_BELOW), {"zoom": zoom})


@transaction.atomic
def _refresh_batch() -> int:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
        cursor.execute(_TAKE, {"batch": BATCH})
        marks = cursor.fetchall()
        if not marks:
            return 0
        # What a mark stands for was committed with it, so the statements from here on see it.
        cells = {Cell(HIGHEST, x, y) for x, y in marks}
        cursor.execute(_FORGET, _stored(cells, HIGHEST))
        cursor.execute(_WRITE.format(_BIKES_OF_CELLS), _places(cells))
        for zoom in range(HIGHEST - 1, LOWEST - 1, -1):
            cells = {Cell(zoom, cell.x >> 1, cell.y >> 1) for cell in cells}
            below = {Cell(zoom + 1, 2 * x + dx, 2 * y + dy) for _zoom, x, y in cells for dx in (0, 1) for dy in (0, 1)}
            cursor.execute(_FORGET, _stored(cells, zoom))
            cursor.execute(_WRITE.format(_CELLS_BELOW + _OF_CELLS), _stored(below, zoom))
    return len(marks)


def _stored(cells: Collection[Cell], zoom: int) -> Values:
    """Where these cells are kept, for a statement that writes `zoom`."""
    return {"zoom": zoom, "tile": [cell.tile for cell in cells], "cell": [cell.place for cell in cells]}


def _places(cells: Collection[Cell]) -> Values:
    """Where these cells of the finest zoom lie."""
    boxes = [cell.box() for cell in cells]
    return {
        "categories": list(CATEGORIES),
        "zoom": HIGHEST,
        "x": [cell.x for cell in cells],
        "y": [cell.y for cell in cells],
        # A metre more on each side: what rounding could put over the edge.
        "box": [f"({high.x + 1!r},{high.y + 1!r}),({low.x - 1!r},{low.y - 1!r})" for low, high in boxes],
    }
