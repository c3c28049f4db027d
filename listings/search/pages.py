"""The statements of a page: nearest first over the GiST index, put in order, and what a card needs, all in one.

The index gives rows by distance in the plane, the page wants them by distance on the ground and by other keys within
bands of it. So `near` takes some more rows than a page has, and only those come out that none left behind can precede.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper
from psycopg import sql
from psycopg.types.numeric import Int8

from listings.bookable import Values
from listings.search.query import Sort
from listings.search.rows import BIKE, NOTHING, OWNER_AND_COVER, RATES, Candidate, Row, bike, rates
from listings.search.statement import OFFERED, Area, Statement

PAGE = 20
BAND_M = 500
# Sorting by price or rating looks at so many of the nearest bikes.
RANKED: Mapping[Sort, int] = {Sort.PRICE: 500, Sort.RATING: 5_000}
BANDED = frozenset({Sort.BEST, Sort.FIT})
# On a map wider than the widest circle, metres in the plane, search looks at so many of the nearest bikes at most.
LARGE_M, LOOKED_AT = 300_000, 50_000

# Every bike has three ratings of 4.2 to begin with. Whole numbers, so that pages meet exactly.
_SCORE = sql.SQL("-((l.rating_sum * 1000 + 12600) / (l.rating_count + 3))")
_RANKS: Mapping[Sort, sql.SQL] = {
    Sort.NEAREST: sql.SQL("0"),
    Sort.BEST: sql.SQL("l.response_rank"),
    # How far, in half centimetres, the rider is from the middle of the bike's range.
    Sort.FIT: sql.SQL("abs(2 * %(height)s::int - l.rider_height_from - l.rider_height_to)"),
    Sort.PRICE: sql.SQL("l.price_day"),
    Sort.RATING: _SCORE,
}
_OTHER_PRICES = (
    "(SELECT json_object_agg(o.date, o.price_day)::text FROM listings_priceoverride o WHERE o.listing_id = {row}.id"
    " AND o.date BETWEEN %(first_day)s::date AND %(last_day)s::date)"
)
_OWNER_AND_COVER_OF = (
    " LEFT JOIN accounts_user u ON u.id = {row}.owner_id"
    " LEFT JOIN listings_photo p ON p.listing_id = {row}.id AND p.position = 0"
)
_PAGE = sql.SQL(
    "WITH near AS MATERIALIZED ({near}), edge AS MATERIALIZED ({edge})"
    " SELECT edge.plane IS NULL, n.id, n.distance, n.band, n.rank, {columns}"
    " FROM edge LEFT JOIN LATERAL ({page} ORDER BY {keys} {limit}) n ON true {others} ORDER BY {keys_of_n}"
)
# OFFSET 0: worked out once for each row, and not again wherever it is spoken of.
_PLACED = sql.SQL(
    "SELECT near.*, floor(near.distance / {band}) AS band"
    " FROM (SELECT near.*, {distance} AS distance FROM {nearest} OFFSET 0) near"
)
_IN_ORDER = sql.SQL("SELECT * FROM ({placed}) near WHERE {complete}")
_STILL_BOOKABLE = sql.SQL(
    "SELECT near.distance, near.band, near.rank, {columns} FROM ({in_order} ORDER BY {keys} OFFSET 0) near"
    ", {source} WHERE l.id = near.id AND {bookable}"
)
_NEAR = sql.SQL(
    "(SELECT {number} AS area, l.id, {plane} AS plane, ({rank})::float8 AS rank, l.public_point{carried}"
    " FROM {source} WHERE {conditions} ORDER BY {order} LIMIT {limit})"
)
_CARDS = (
    sql.SQL("SELECT l.id, {} FROM listings_listing l{} WHERE l.id = ANY(%(ids)s::bigint[])")
    .format(sql.SQL(", ").join([bike("l"), OWNER_AND_COVER]), sql.SQL(_OWNER_AND_COVER_OF.replace("{row}", "l")))
    .as_string(None)
)


@dataclass(frozen=True, slots=True)
class Plan:
    """How to ask for a page.

    `limit`: so many rows of each area; `after` the keys of a page before; `last`: no more rows will be fetched; `cards`
    at once, or candidates alone; `looked_at`: among so many of the nearest bikes, all of them when None.
    """

    sort: Sort
    limit: int
    after: bool
    last: bool
    cards: bool
    looked_at: int | None = None

    def put_off(self, statement: Statement) -> bool:
        """Whether the rule is asked after putting in order: of a band's many bikes only those that come first."""
        return self.sort in BANDED and self.cards and statement.query.dated

    @property
    def carried(self) -> str:
        """Columns that are taken along at once, where most rows get onto the page."""
        if not self.cards:
            return RATES
        return "" if self.sort in RANKED else f"{RATES}, {BIKE}, owner_id"


def fetch(statement: Statement, plan: Plan, after: Sequence[float] = ()) -> tuple[bool, list[Row] | list[Candidate]]:
    """Whether these are all there are, and what comes next in the plan's order: rows, or without `cards` candidates."""
    values = statement.values | {"scale": statement.scale}
    values |= {f"after{number}": key for number, key in enumerate(after)}
    if after:
        # A hair less: the bounds of a band are themselves rounded.
        values["floor"] = after[0] * (BAND_M if plan.sort in BANDED else 1) * (1 - 1e-12)
    rows = read(text_of(statement, plan), values)
    whole = bool(rows[0][0])
    found = [row[1:] for row in rows if row[1] is not None]
    return whole, [Row._make(row) for row in found] if plan.cards else [Candidate._make(row) for row in found]


def rows_of(candidates: Sequence[Candidate]) -> list[Row]:
    """The same with all that a card needs; a bike that is gone meanwhile is missing."""
    found = read(_CARDS, {"ids": [one.id for one in candidates]})
    cards = {row[0]: row[1:] for row in found}
    return [Row(*one, *cards[one.id]) for one in candidates if one.id in cards]


def read(text: str, values: Values) -> list[tuple]:  # type: ignore[type-arg]
    """The rows of one statement, which the driver prepares: planning takes longer than finding.

    It tells statements apart by their types, too, so every whole number is as long as any other.
    """
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    long = {name: Int8(value) if type(value) is int else value for name, value in values.items()}
    cursor = _cursor()
    cursor.execute(text, long)
    return list(cursor.fetchall())


def explain(statement: Statement, plan: Plan) -> str:
    """How PostgreSQL would go about it, for tests and benchmarks."""
    values = statement.values | {"scale": statement.scale}
    rows = read(f"EXPLAIN {text_of(statement, plan)}", values)
    return "\n".join(str(row[0]) for row in rows)


def text_of(statement: Statement, plan: Plan) -> str:
    """The text depends on the shape of what is asked, so it is put together once."""
    key = statement.shape
    return _texts(key, plan, _Unhashed(lambda: _text(statement, plan)))


class _Unhashed:
    """An argument that does not tell calls apart."""

    def __init__(self, build: Callable[[], str]) -> None:
        self.build = build

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return True


@lru_cache(maxsize=1_000)
def _texts(shape: tuple[object, ...], plan: Plan, text: _Unhashed) -> str:
    return text.build()


def _text(statement: Statement, plan: Plan) -> str:
    keys, put_off = _keys("near", plan.sort), plan.put_off(statement)
    near = sql.SQL(" UNION ALL ").join(
        _near(statement, plan, number, area) for number, area in enumerate(statement.areas)
    )
    most = sql.Literal(plan.limit)
    if plan.sort in RANKED:
        # One row more than are put in order says whether there are others.
        edge: sql.Composable = sql.SQL("SELECT CASE WHEN count(*) >= {} THEN 0.0 END AS plane FROM near").format(most)
        nearest: sql.Composable = sql.SQL("(SELECT * FROM near ORDER BY plane, id LIMIT {}) near").format(
            sql.Literal(plan.limit - 1)
        )
    else:
        edge = sql.SQL(
            "SELECT min(far) AS plane FROM (SELECT max(plane) AS far FROM near GROUP BY area HAVING count(*) >= {}) e"
        ).format(most)
        nearest = sql.SQL("near")
    on_ground = statement.areas[0].on_ground
    distance = statement.areas[0].distance("near.public_point") if on_ground else sql.SQL("near.plane")
    placed = _PLACED.format(band=sql.Literal(BAND_M), distance=distance, nearest=nearest)
    page: sql.Composable = _IN_ORDER.format(placed=placed, complete=_complete(plan, keys, on_ground=on_ground))
    if put_off:
        page = _STILL_BOOKABLE.format(
            columns=sql.SQL(f"l.id, l.public_point, {', '.join(f'l.{name}' for name in plan.carried.split(', '))}"),
            in_order=page,
            keys=keys,
            source=statement.source,
            bookable=statement.bookable,
        )
    # Whose columns are read: those that came along, or a listing's own, looked up for those on the page.
    row = "n" if plan.carried else "l"
    others = [] if plan.carried else [sql.SQL("LEFT JOIN listings_listing l ON l.id = n.id")]
    other_prices = sql.SQL(_OTHER_PRICES.replace("{row}", "n")) if statement.query.dated else NOTHING
    columns = [rates(row, other_prices)]
    if plan.cards:
        columns += [bike(row), OWNER_AND_COVER]
        others.append(sql.SQL(_OWNER_AND_COVER_OF.replace("{row}", row)))
    return _PAGE.format(
        near=near,
        edge=edge,
        columns=sql.SQL(", ").join(columns),
        page=page,
        keys=keys,
        keys_of_n=_keys("n", plan.sort),
        limit=sql.SQL("LIMIT {}").format(sql.Literal(PAGE + 1)) if plan.cards else sql.SQL(""),
        others=sql.SQL(" ").join(others),
    ).as_string(None)


def _keys(rows: str, sort: Sort) -> sql.Composable:
    """What the order goes by; `Candidate` has the same."""
    names = ["distance", "id"] if sort == Sort.NEAREST else ["rank", "distance", "id"]
    if sort in BANDED:
        names = ["band", *names]
    return sql.SQL(", ").join(sql.Identifier(rows, name) for name in names)


def _near(statement: Statement, plan: Plan, number: int, area: Area) -> sql.Composable:
    put_off, ranked = plan.put_off(statement), plan.sort in RANKED
    # The nearest alone are ranked, so none of them may lie just outside; elsewhere those are left out later.
    shape = area.shape if ranked else area.frame
    bikes: sql.Composable = sql.SQL("listings_listing l")
    plane: sql.Composable = sql.SQL("(l.public_point <-> {})").format(area.centre)
    conditions: list[sql.Composable] = [sql.SQL("l.public_point <@ {}").format(shape)]
    if plan.looked_at is not None:
        bikes, plane, conditions = _nearest_of(statement, area, plan.looked_at), sql.SQL("l.plane"), []
    conditions += statement.filters
    if plan.after and not ranked:
        conditions.append(sql.SQL("{} >= %(floor)s::float8").format(area.distance("l.public_point")))
    conditions.append(OFFERED if put_off else statement.bookable)
    return _NEAR.format(
        number=sql.Literal(number),
        plane=plane,
        rank=_RANKS[plan.sort],
        carried=sql.SQL("" if put_off else "".join(f", l.{name}" for name in plan.carried.split(", ") if name)),
        source=bikes if put_off else statement.source_of(bikes),
        conditions=sql.SQL(" AND ").join(conditions),
        order=sql.SQL("plane, l.id") if ranked else sql.SQL("plane"),
        limit=sql.Literal(plan.limit),
    )


def _nearest_of(statement: Statement, area: Area, most: int) -> sql.Composable:
    return sql.SQL("(SELECT l.*, l.public_point <-> {} AS plane {} ORDER BY plane LIMIT {}) l").format(
        area.centre, _all_of(statement, area), sql.Literal(most)
    )


def _all_of(statement: Statement, area: Area) -> sql.Composable:
    """Without all that the index cannot tell."""
    conditions = [OFFERED, sql.SQL("l.public_point <@ {}").format(area.shape), *statement.offers]
    return sql.SQL("FROM listings_listing l WHERE {}").format(sql.SQL(" AND ").join(conditions))


def looks_at_all(statement: Statement, looked_at: int) -> bool:
    """Whether no area holds more bikes than are looked at."""
    counts = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT count(*) FROM (SELECT {} LIMIT {}) few").format(
            _all_of(statement, area), sql.Literal(looked_at + 1)
        )
        for area in statement.areas
    )
    return all(row[0] <= looked_at for row in read(counts.as_string(None), statement.values))


def _complete(plan: Plan, keys: sql.Composable, *, on_ground: bool) -> sql.Composable:
    """What comes after the page before, inside the disc, and so near that no row left behind can come before it: within
    a band any order may hold, so the band has to end before."""
    banded, ranked = plan.sort in BANDED, plan.sort in RANKED
    conditions = []
    if on_ground and not ranked:
        conditions.append("near.distance <= %(radius)s::float8")
    if not ranked and not plan.last:
        # Less what both distances are rounded by: at the very point asked from, one may be nought and the other not.
        frontier = "(edge.plane / %(scale)s::float8 * (1 - 1e-9) - 1e-6)"
        settled = f"near.band < floor({frontier} / {BAND_M})" if banded else f"near.distance < {frontier}"
        conditions.append(f"(edge.plane IS NULL OR {settled})")
    if plan.after:
        names = [f"%(after{number})s::float8" for number in range(4 if banded else 3 if ranked else 2)]
        last_key = names[-1].replace("float8", "bigint")
        conditions.append(f"({keys.as_string(None)}) > ({', '.join([*names[:-1], last_key])})")
    return sql.SQL(" AND ".join(conditions) or "true")


def _cursor() -> CursorWrapper:
    """Django's cursor for values that travel apart from the text; its own puts them into it."""
    cursor = ServerBindingCursor(connection.connection)  # type: ignore[call-arg]
    return connection._prepare_cursor(cursor)  # type: ignore[attr-defined, no-any-return]
