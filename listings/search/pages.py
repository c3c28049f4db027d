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
from listings.search.rare import RARE
from listings.search.rows import BIKE, COVER, RATES, Candidate, Row
from listings.search.statement import Area, Statement

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
_OTHER_PRICES = sql.SQL(
    "(SELECT json_object_agg(o.date, o.price_day)::text FROM listings_priceoverride o WHERE o.listing_id = l.id"
    " AND o.date BETWEEN %(first_day)s::date AND %(last_day)s::date)"
)
_CARD = sql.SQL("{bike}, u.name, {cover}").format(bike=BIKE, cover=COVER)
_CARDS_OF = sql.SQL(
    "LEFT JOIN accounts_user u ON u.id = l.owner_id"
    " LEFT JOIN listings_photo p ON p.listing_id = l.id AND p.position = 0"
)
_PAGE = sql.SQL(
    "WITH near AS MATERIALIZED ({near}), edge AS MATERIALIZED ({edge})"
    " SELECT edge.plane IS NULL, n.id, n.distance, n.band, n.rank, {columns}"
    " FROM edge LEFT JOIN LATERAL (SELECT * FROM {ranked} WHERE {complete} AND {after}"
    " ORDER BY {keys} {limit}) n ON true"
    " LEFT JOIN listings_listing l ON l.id = n.id {cards} ORDER BY {keys_of_n}"
)
_NEAR = sql.SQL(
    "(SELECT {number} AS area, l.id, {distance} AS distance, {plane} AS plane,"
    " floor({distance} / {band}) AS band, ({rank})::float8 AS rank"
    " FROM {source} WHERE {inside} AND {conditions} ORDER BY {order} LIMIT {limit})"
)
_CARDS = (
    sql.SQL("SELECT l.id, {columns} FROM listings_listing l {cards} WHERE l.id = ANY(%(ids)s::bigint[])")
    .format(columns=_CARD, cards=_CARDS_OF)
    .as_string(None)
)


@dataclass(frozen=True, slots=True)
class Plan:
    """How to ask for a page.

    `limit`: so many rows of each area; `after` the keys of a page before; `last`: no more rows will be fetched; `rare`:
    beginning with the few bikes that have a rare extra; `cards` at once, or candidates alone; `looked_at`: among
    so many of the nearest bikes, all of them when None.
    """

    sort: Sort
    limit: int
    after: bool
    last: bool
    rare: bool
    cards: bool
    looked_at: int | None = None


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
    ranked, banded = plan.sort in RANKED, plan.sort in BANDED
    keys = _keys("near", plan.sort)
    near = sql.SQL(" UNION ALL ").join(
        _near(statement, plan, number, area) for number, area in enumerate(statement.areas)
    )
    most = sql.Literal(plan.limit)
    if ranked:
        # One row more than are put in order says whether there are others.
        edge: sql.Composable = sql.SQL("SELECT CASE WHEN count(*) >= {} THEN 0.0 END AS plane FROM near").format(most)
        rows: sql.Composable = sql.SQL("(SELECT * FROM near ORDER BY plane, id LIMIT {}) near").format(
            sql.Literal(plan.limit - 1)
        )
    else:
        edge = sql.SQL(
            "SELECT min(far) AS plane FROM (SELECT max(plane) AS far FROM near GROUP BY area HAVING count(*) >= {}) e"
        ).format(most)
        rows = sql.SQL("near")
    after: sql.Composable = sql.SQL("true")
    if plan.after:
        names = [f"%(after{number})s::float8" for number in range(4 if banded else 3 if ranked else 2)]
        after = sql.SQL(f"({{}}) > ({', '.join([*names[:-1], names[-1].replace('float8', 'bigint')])})").format(keys)
    other_prices = _OTHER_PRICES if statement.query.dated else sql.SQL("NULL")
    columns = sql.SQL(", ").join([RATES.format(other_prices=other_prices), *([_CARD] if plan.cards else [])])
    page = _PAGE.format(
        near=near,
        edge=edge,
        ranked=rows,
        columns=columns,
        complete=sql.SQL("true") if ranked or plan.last else _complete(banded),
        after=after,
        keys=keys,
        keys_of_n=_keys("n", plan.sort),
        limit=sql.SQL("LIMIT {}").format(sql.Literal(PAGE + 1)) if plan.cards else sql.SQL(""),
        cards=_CARDS_OF if plan.cards else sql.SQL(""),
    )
    return page.as_string(None).replace(
        "ORDER BY {keys_of_n}", f"ORDER BY {keys.as_string(None).replace('near.', 'n.')}"
    )


def _keys(rows: str, sort: Sort) -> sql.Composable:
    """What the order goes by; `Candidate` has the same."""
    names = ["distance", "id"] if sort == Sort.NEAREST else ["rank", "distance", "id"]
    if sort in BANDED:
        names = ["band", *names]
    return sql.SQL(", ").join(sql.Identifier(rows, name) for name in names)


def _near(statement: Statement, plan: Plan, number: int, area: Area) -> sql.Composable:
    conditions = [*statement.conditions]
    if plan.after and plan.sort not in RANKED:
        conditions.append(sql.SQL("{} >= %(floor)s::float8").format(area.distance))
    if plan.rare:
        conditions.append(RARE)
    bikes: sql.Composable = sql.SQL("listings_listing l")
    plane: sql.Composable = sql.SQL("(l.public_point <-> {})").format(area.centre)
    inside: sql.Composable = sql.SQL("l.public_point <@ {}").format(area.shape)
    if plan.rare:
        inside = area.inside
    elif plan.looked_at is not None:
        bikes, plane, inside = _nearest_of(area, plan.looked_at), sql.SQL("l.plane"), sql.SQL("true")
    return _NEAR.format(
        number=sql.Literal(number),
        distance=area.distance,
        plane=plane,
        band=sql.Literal(BAND_M),
        rank=_RANKS[plan.sort],
        source=statement.source_of(bikes),
        inside=inside,
        conditions=sql.SQL(" AND ").join(conditions),
        order=sql.SQL("plane, l.id") if plan.sort in RANKED else sql.SQL("plane"),
        limit=sql.Literal(plan.limit),
    )


def _nearest_of(area: Area, most: int) -> sql.Composable:
    return sql.SQL(
        "(SELECT l.*, l.public_point <-> {} AS plane FROM listings_listing l"
        " WHERE l.status = 'published' AND l.public_point <@ {} ORDER BY plane LIMIT {}) l"
    ).format(area.centre, area.shape, sql.Literal(most))


def looks_at_all(statement: Statement, looked_at: int) -> bool:
    """Whether no area holds more bikes than are looked at."""
    counts = sql.SQL(" UNION ALL ").join(
        sql.SQL(
            "SELECT count(*) FROM (SELECT FROM listings_listing l"
            " WHERE l.status = 'published' AND l.public_point <@ {} LIMIT {}) few"
        ).format(area.shape, sql.Literal(looked_at + 1))
        for area in statement.areas
    )
    return all(row[0] <= looked_at for row in read(counts.as_string(None), statement.values))


def _complete(banded: bool) -> sql.Composable:
    """No row left behind can come before these: within a band any order may hold, so the band has to end before it."""
    frontier = "edge.plane / %(scale)s::float8 * (1 - 1e-9)"
    if banded:
        return sql.SQL(f"(edge.plane IS NULL OR near.band < floor({frontier} / {{}}))").format(sql.Literal(BAND_M))
    return sql.SQL(f"(edge.plane IS NULL OR near.distance < {frontier})")


def _cursor() -> CursorWrapper:
    """Django's cursor for values that travel apart from the text; its own puts them into it."""
    cursor = ServerBindingCursor(connection.connection)  # type: ignore[call-arg]
    return connection._prepare_cursor(cursor)  # type: ignore[attr-defined, no-any-return]
