"""Runs a search: fetches nearest first, a little more than a page needs, until the page's order is settled.

The index orders by distance in the plane, people by distance on the ground and by other keys within bands of it. So
rows are fetched in growing numbers until no unfetched one can come before the last of the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import orjson
from django.conf import settings

from bikeens.core.errors import Invalid
from listings import bookable
from listings.places.lookup import nearest_town
from listings.pricing import Fees, Rates, Stretch, stretch_of, total_of_stretch
from listings.quoting import house_fees
from listings.search.cursor import Keys, Position, decode, encode
from listings.search.pages import (
    BANDED,
    LARGE_M,
    LOOKED_AT,
    PAGE,
    RANKED,
    Plan,
    fetch,
    looks_at_all,
    rows_of,
)
from listings.search.query import DEFAULT_RADIUS_M, MAX_RADIUS_M, SearchQuery, Sort
from listings.search.rows import RATES_END, RATES_START, Candidate, Row
from listings.search.statement import Statement, published_zones

# Where bands are full of bikes the first of them alone has a hundred.
FIRST_FETCH, FIRST_BANDED, GROWTH, LAST_FETCH = 24, 128, 4, 24_576


@dataclass(frozen=True, slots=True)
class Hit:
    """One listing found; `total` when there are dates."""

    row: Row
    total: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """A page. `wide`: nothing was within 5 km; `limited_to`: only so many of the nearest were looked at."""

    hits: Sequence[Hit]
    next: str | None
    wide: bool
    limited_to: int | None


def search(query: SearchQuery, *, cursor: str | None, now: datetime) -> Found:
    """One page of what is offered, and bookable when there are dates.

    Raises Invalid `bad_cursor`, and `time_does_not_exist` as `stretches_of`.
    """
    position = decode(query, cursor) if cursor else None
    stretches = stretches_of(query)
    if query.dated and not bookable.ever(stretches, now=now):
        return Found([], None, wide=False, limited_to=None)
    wide = bool(position and position.wide)
    radius = query.radius_m or (MAX_RADIUS_M if wide else DEFAULT_RADIUS_M)
    found = _page(query, position, radius, stretches, now, wide)
    if not found.hits and not position and query.radius_m is None and query.box is None:
        found = _page(query, position, MAX_RADIUS_M, stretches, now, True)
    return found


def _page(
    query: SearchQuery, position: Position | None, radius: int, stretches: Sequence[Stretch], now: datetime, wide: bool
) -> Found:
    statement = Statement(query, radius_m=radius, stretches=stretches, now=now)
    walk = _Walk(query, statement, stretches, position.keys if position else ())
    if query.dated and query.sort == Sort.PRICE:
        rows = walk.by_total()
    elif query.dated and query.price_max is not None:
        rows = walk.not_dearer(query.price_max)
    else:
        rows = walk.in_order()
    more = len(rows) > PAGE
    hits = _hits(rows[:PAGE])
    following = encode(query, Position(walk.keys(rows[PAGE - 1]), wide)) if more else None
    limited_to = RANKED[query.sort] if walk.limited else None if more else walk.looked_at()
    return Found(hits, following, wide, limited_to)


class _Priced(NamedTuple):
    row: Row | Candidate
    total: int | None


class _Walk:
    """Through the rows of one search in one order."""

    def __init__(self, query: SearchQuery, statement: Statement, stretches: Sequence[Stretch], after: Keys) -> None:
        self._sort = query.sort
        self._statement = statement
        self._zones = {stretch.zone: stretch for stretch in stretches}
        self._after = after
        self._fees = house_fees()
        self.limited = False
        self._looked_at = LOOKED_AT if statement.side > LARGE_M else None

    def keys(self, hit: _Priced) -> tuple[int | float, ...]:
        """Where a hit stands in the order."""
        row = hit.row
        if self._sort == Sort.NEAREST:
            return row.distance, row.id
        if self._sort in BANDED:
            return row.band, row.rank, row.distance, row.id
        return row.rank if hit.total is None or self._sort != Sort.PRICE else hit.total, row.distance, row.id

    def in_order(self) -> list[_Priced]:
        """A page and one hit more, as the statement puts them."""
        limit = self._first()
        while True:
            whole, rows = self._fetch(limit, cards=True)
            if whole or len(rows) > PAGE or self._sort in RANKED or limit >= LAST_FETCH:
                return rows
            limit *= GROWTH

    def not_dearer(self, price_max: int) -> list[_Priced]:
        """A page and one hit more of those whose total is not above the limit."""
        limit = max(self._first(), 4 * FIRST_FETCH)
        while True:
            whole, rows = self._fetch(limit, cards=False)
            rows = [hit for hit in rows if hit.total is not None and hit.total <= price_max]
            if whole or len(rows) > PAGE or self._sort in RANKED or limit >= LAST_FETCH:
                return rows[: PAGE + 1]
            limit *= GROWTH

    def by_total(self) -> list[_Priced]:
        """The nearest bikes alone are put in order; a page and one hit more."""
        _whole, rows = self._fetch(self._first(), cards=False, after=())
        price_max = self._statement.query.price_max
        if price_max is not None:
            rows = [hit for hit in rows if hit.total is not None and hit.total <= price_max]
        keyed = sorted(((self.keys(hit), hit) for hit in rows), key=lambda pair: pair[0])
        return [hit for keys, hit in keyed if keys > tuple(self._after)][: PAGE + 1]

    def looked_at(self) -> int | None:
        """How many bikes were looked at, when a large map has more of them."""
        if self._looked_at is None or looks_at_all(self._statement, self._looked_at):
            return None
        return self._looked_at

    def _first(self) -> int:
        if self._sort in RANKED:
            return RANKED[self._sort] + 1
        return FIRST_BANDED if self._sort in BANDED else FIRST_FETCH

    def _fetch(self, limit: int, *, cards: bool, after: Keys | None = None) -> tuple[bool, list[_Priced]]:
        keys = self._after if after is None else after
        plan = Plan(self._sort, limit, bool(keys), limit >= LAST_FETCH, cards, self._looked_at)
        whole, rows = fetch(self._statement, plan, keys)
        self.limited = not whole and self._sort in RANKED
        return whole, [_Priced(row, self._total(row)) for row in rows]

    def _total(self, row: Row | Candidate) -> int | None:
        if not self._zones:
            return None
        return _total(row[RATES_START:RATES_END], self._zones[row.time_zone], self._fees)


# Most bikes nearby cost what another one costs, and many ask for the same weekend. Kept by all that a price is made of.
@lru_cache(maxsize=50_000)
def _total(columns: tuple[Any, ...], stretch: Stretch, fees: Fees) -> int:
    """The price of a candidate's columns from `time_zone` on."""
    _zone, discount_7, discount_28, other_prices, currency, price_day, price_hour = columns
    other = {date.fromisoformat(day): price for day, price in orjson.loads(other_prices or "{}").items()}
    rates = Rates(currency, price_day, price_hour, discount_7, discount_28, other)
    return total_of_stretch(rates, stretch, fees=fees)


def _hits(found: Sequence[_Priced]) -> list[Hit]:
    candidates = [hit.row for hit in found if isinstance(hit.row, Candidate)]
    if candidates:
        totals = {hit.row.id: hit.total for hit in found}
        return [Hit(row, totals[row.id]) for row in rows_of(candidates)]
    return [Hit(hit.row, hit.total) for hit in found if isinstance(hit.row, Row)]


# Many ask for the same weekend, and everybody for each page and filter again. Refusals are not kept.
_stretch = lru_cache(maxsize=20_000)(stretch_of)


def stretches_of(query: SearchQuery) -> list[Stretch]:
    """The asked wall clocks in every zone with listings where they exist.

    Raises Invalid `time_does_not_exist` when they exist in none of them, or not where the search looks.
    """
    if query.from_local is None or query.to_local is None:
        return []
    found, refusal = [], None
    # Where most bikes are comes first: each of them looks for its own clock among these.
    for zone in sorted(published_zones(), key=lambda name: name != settings.DEFAULT_ZONE):
        try:
            found.append(_stretch(query.from_local, query.to_local, zone))
        except Invalid as error:
            refusal = error
    if refusal and not found:
        raise refusal
    if refusal:
        # Somewhere the clocks jump over them: if it is here, bikes elsewhere must not hide that.
        town = nearest_town(query.around)
        if town is not None:
            _stretch(query.from_local, query.to_local, town.time_zone)
    return found
