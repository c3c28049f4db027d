"""How many bikes each filter would leave: every filter counted with all the others but itself.

One walk over the nearest bikes that place and dates allow, by search's own statement; what the filter sheet asks of
each is decided here, and a test compares every count with what search finds.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection

from bikeens.core.money import MoneyJSON
from listings import bookable
from listings.choices import Category
from listings.pricing import Stretch
from listings.search.engine import search, stretches_of
from listings.search.query import DEFAULT_RADIUS_M, MAX_RADIUS_M, SearchQuery, Sort
from listings.search.rows import Row
from listings.search.statement import Statement
from listings.search.totals import totals_of

# Counts end here: "1 000+".
MOST = 1_000
# The walk ends after so many bikes, however many the metropolis has.
WALK = 2_500
EXTRAS = ("helmet", "child_seat", "panniers", "trailer", "delivery")
FILTERS = ("category", "electric", "height", "price_max", "instant", "extras")

_OFFERED = (
    "SELECT l.id, l.included, array_agg(e.kind) FILTER (WHERE e.kind <> 'delivery'), max(e.radius_km)"
    " FROM listings_listing l LEFT JOIN listings_extra e ON e.listing_id = l.id WHERE l.id = ANY(%s) GROUP BY l.id"
)


@dataclass(slots=True)
class Facets:
    """`walked_all` is false where the walk ended early: then each count is of the nearest bikes, and may be more.

    `without` says for each filter that is set how many there would be without it. `lowest` and `highest` are the
    prices under the other filters: of the whole stretch with dates, else of a day.
    """

    counts: Counter[str]
    without: dict[str, int]
    prices: tuple[int, int] | None
    currency: str
    walked_all: bool

    @property
    def total(self) -> int:
        return self.counts["total"]

    def as_json(self) -> dict[str, object]:
        def count(name: str) -> int:
            return min(self.counts[name], MOST)

        return {
            "total": count("total"),
            "capped": not self.walked_all or max(self.counts.values(), default=0) > MOST,
            "category": {value: count(f"category.{value}") for value in Category.values},
            "electric": {"true": count("electric.True"), "false": count("electric.False")},
            "instant": count("instant"),
            "extras": {value: count(f"extras.{value}") for value in EXTRAS},
            "price": None
            if self.prices is None
            else {"lowest": _money(self.prices[0], self.currency), "highest": _money(self.prices[1], self.currency)},
            "without": {name: min(found, MOST) for name, found in self.without.items()},
        }


def facets_of(query: SearchQuery, *, now: datetime) -> Facets:
    """Where search would look further because there is nothing within 5 km, what is counted is what it would find.

    Raises Invalid as `search` does.
    """
    stretches = stretches_of(query)
    if query.dated and not bookable.ever(stretches, now=now):
        return Facets(Counter(), {}, None, "EUR", walked_all=True)
    found = _walk(query, query.radius_m or DEFAULT_RADIUS_M, stretches, now)
    if query.radius_m is None and query.box is None:
        wide = _walk(query, MAX_RADIUS_M, stretches, now)
        for name, count in wide.counts.items():
            found.counts[name] = found.counts[name] or count
        found.without = {name: count or wide.without[name] for name, count in found.without.items()}
        found.prices = found.prices or wide.prices
        found.walked_all = found.walked_all and wide.walked_all
    if not found.walked_all and found.total == 0:
        # A rare wish in a dense place: search looks further than the walk.
        found.counts["total"] = len(search(replace(query, sort=Sort.NEAREST), cursor=None, now=now).hits)
    return found


def _walk(query: SearchQuery, radius: int, stretches: Sequence[Stretch], now: datetime) -> Facets:
    asked = replace(
        query, categories=(), electric=None, height=None, price_max=None, instant=False, extras=(), sort=Sort.NEAREST
    )
    statement = Statement(asked, radius_m=radius, stretches=stretches, now=now)
    parts = [statement.nearest(area, WALK) for area in statement.areas]
    rows = [row for part in parts for row in part]
    totals = totals_of(rows, stretches) if stretches and rows else {}
    offered = _offered(rows, by_distance=query.origin is not None and query.box is None) if rows else {}
    counts: Counter[str] = Counter()
    without = dict.fromkeys(_set(query), 0)
    prices: list[int] = []
    for row in rows:
        price = totals.get(row.id, row.price_day)
        extras = offered[row.id]
        failed = _failed(query, row, price, extras)
        if not failed:
            counts["total"] += 1
            counts.update(f"extras.{extra}" for extra in extras)
        if failed <= {"category"}:
            counts[f"category.{row.category}"] += 1
        if failed <= {"electric"}:
            counts[f"electric.{row.electric}"] += 1
        if failed <= {"instant"} and row.instant:
            counts["instant"] += 1
        if failed <= {"price_max"}:
            prices.append(price)
        for name in without:
            without[name] += failed <= {name}
    return Facets(
        counts,
        without,
        (min(prices), max(prices)) if prices else None,
        rows[0].currency if rows else "EUR",
        walked_all=all(len(part) < WALK for part in parts),
    )


def _set(query: SearchQuery) -> list[str]:
    """The filters that are set."""
    asked = {
        "category": bool(query.categories),
        "electric": query.electric is not None,
        "height": query.height is not None,
        "price_max": query.price_max is not None,
        "instant": query.instant,
        "extras": bool(query.extras),
    }
    return [name for name in FILTERS if asked[name]]


def _failed(query: SearchQuery, row: Row, price: int, extras: frozenset[str]) -> set[str]:
    """The filters that this bike does not pass."""
    failed = set()
    if query.categories and row.category not in query.categories:
        failed.add("category")
    if query.electric is not None and row.electric != query.electric:
        failed.add("electric")
    low, high = row.rider_height_from or 0, row.rider_height_to or 0
    if query.height is not None and not low <= query.height <= high:
        failed.add("height")
    if query.price_max is not None and price > query.price_max:
        failed.add("price_max")
    if query.instant and not row.instant:
        failed.add("instant")
    if not extras.issuperset(query.extras):
        failed.add("extras")
    return failed


def _offered(rows: Sequence[Row], *, by_distance: bool) -> dict[int, frozenset[str]]:
    """What comes with each bike or can be had with it; delivery where the asked point is within its reach."""
    distances = {row.id: row.distance for row in rows}
    found: dict[int, frozenset[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_OFFERED, [list(distances)])
        for listing, included, kinds, reach_km in cursor.fetchall():
            delivers = reach_km is not None and (not by_distance or reach_km * 1000 >= distances[listing])
            found[listing] = frozenset([*included, *(kinds or []), *(["delivery"] if delivers else [])])
    return found


def _money(cents: int, currency: str) -> MoneyJSON:
    return {"amount": cents, "currency": currency}
