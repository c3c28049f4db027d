"""Runs a search: fetches nearest first, a little more than a page needs, until the page's order is settled.

The index orders by distance in the plane, people by distance on the ground and by other keys within bands of it. So
rows are fetched in growing numbers until no unfetched one can come before the last of the page.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from bikeens.core.errors import Invalid
from listings.models import PriceOverride
from listings.pricing import MONTH, Rates, Stretch, price_of_stretch, stretch_of
from listings.quoting import house_fees
from listings.search.cursor import Position, decode, encode
from listings.search.query import DEFAULT_RADIUS_M, MAX_RADIUS_M, SearchQuery, Sort
from listings.search.statement import Row, Statement, published_zones

PAGE = 20
BAND_M = 500.0
FIRST_FETCH, GROWTH, LAST_FETCH = 60, 4, 20_000
# Sorting by price looks at so many of the nearest bikes.
PRICED = 500

Keys = tuple[int | float, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    row: Row
    total: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """A page. `wide`: nothing was within 5 km; `limited_to`: only so many of the nearest were put in order."""

    hits: Sequence[Hit]
    next: str | None
    wide: bool
    limited_to: int | None


@transaction.atomic
def search(query: SearchQuery, *, cursor: str | None, now: datetime) -> Found:
    """One page of what is offered, and bookable when there are dates.

    Raises Invalid `bad_cursor`, and `time_does_not_exist` when the asked times exist in no zone with listings.
    """
    position = decode(query, cursor) if cursor else None
    stretches = stretches_of(query)
    if query.dated and not stretches:
        return Found([], None, wide=False, limited_to=None)
    if query.sort != Sort.RATING:
        with connection.cursor() as settings:
            # Left alone the planner sometimes prefers collecting a whole disc and sorting it.
            settings.execute("SET LOCAL enable_bitmapscan = off")
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
    walk = _Walk(
        query, statement, {stretch.zone: stretch for stretch in stretches}, position.keys if position else None
    )
    hits = {Sort.PRICE: walk.by_price, Sort.RATING: walk.by_rating}.get(query.sort, walk.by_distance)()
    more = len(hits) > PAGE
    hits = hits[:PAGE]
    following = encode(query, Position(walk.keys(hits[-1]), wide)) if more else None
    return Found(hits, following, wide, PRICED if walk.limited else None)


class _Walk:
    """Through the rows of one search in one order."""

    def __init__(self, query: SearchQuery, statement: Statement, zones: dict[str, Stretch], after: Keys | None) -> None:
        self._query = query
        self._statement = statement
        self._zones = zones
        self._after = after
        self.limited = False
        self.keys: Callable[[Hit], Keys] = {
            Sort.NEAREST: _by_distance,
            Sort.BEST: _by_band(lambda row: row.response_rank),
            Sort.FIT: _by_band(self._misfit),
            Sort.PRICE: _by_price,
            Sort.RATING: _by_score,
        }[query.sort]

    def by_distance(self) -> list[Hit]:
        """A page and one hit more, for the sorts that go outwards from the origin."""
        floor = 0.0
        if self._after:
            floor = self._after[0] if self._query.sort == Sort.NEAREST else self._after[0] * BAND_M
        limit = FIRST_FETCH
        while True:
            rows, settled = self._nearest(limit, floor)
            whole = settled == math.inf or limit >= LAST_FETCH
            if not whole:
                # Within a band any order may hold: only a band that ends before the frontier is complete.
                banded = self._query.sort != Sort.NEAREST
                frontier = settled // BAND_M * BAND_M if banded else settled
                rows = [row for row in rows if row.distance < frontier]
            hits = self._ordered(rows)
            if whole or len(hits) > PAGE:
                return hits[: PAGE + 1]
            limit *= GROWTH

    def by_price(self) -> list[Hit]:
        """The nearest bikes alone are put in order; a page and one hit more."""
        rows, settled = self._nearest(PRICED, 0.0)
        rows.sort(key=lambda row: (row.distance, row.id))
        self.limited = settled != math.inf or len(rows) > PRICED
        return self._ordered(rows[:PRICED])[: PAGE + 1]

    def by_rating(self) -> list[Hit]:
        limit = FIRST_FETCH
        after = (self._after[0], self._after[1], self._after[2]) if self._after else None
        while True:
            parts = [self._statement.best_rated(area, limit, after=after) for area in self._statement.areas]
            whole = all(len(part) < limit for part in parts) or limit >= LAST_FETCH
            hits = self._ordered([row for part in parts for row in part])
            if whole or len(hits) > PAGE:
                return hits[: PAGE + 1]
            limit *= GROWTH

    def _nearest(self, limit: int, floor: float) -> tuple[list[Row], float]:
        """The rows, and the distance below which there are no others."""
        rows, settled = [], math.inf
        for area in self._statement.areas:
            part = self._statement.nearest(area, limit, floor=floor)
            rows += part
            if len(part) == limit:
                settled = min(settled, part[-1].plane / self._statement.scale * (1 - 1e-9))
        return rows, settled

    def _ordered(self, rows: Sequence[Row]) -> list[Hit]:
        hits = self._priced(rows)
        if self._query.dated and self._query.price_max is not None:
            hits = [hit for hit in hits if (hit.total or 0) <= self._query.price_max]
        keyed = [(self.keys(hit), hit) for hit in hits]
        if self._after is not None:
            keyed = [(keys, hit) for keys, hit in keyed if keys > self._after]
        return [hit for _keys, hit in sorted(keyed, key=lambda pair: pair[0])]

    def _priced(self, rows: Sequence[Row]) -> list[Hit]:
        if not self._zones:
            return [Hit(row, None) for row in rows]
        overrides = self._overrides([row.id for row in rows])
        fees = house_fees()
        return [
            Hit(
                row,
                price_of_stretch(
                    _rates(row, overrides.get(row.id, {})), self._zones[row.time_zone], fees=fees
                ).total.amount,
            )
            for row in rows
        ]

    def _overrides(self, ids: Sequence[int]) -> dict[int, dict[date, int]]:
        """Other day prices by listing: of the asked days and of those that a discount step may reach."""
        asked = next(iter(self._zones.values()))
        first = asked.from_local.date()
        days = first, first + timedelta(days=max(asked.days, MONTH))
        found: dict[int, dict[date, int]] = {}
        rows = PriceOverride.objects.filter(listing_id__in=ids, date__range=days)
        for listing, day, price in rows.values_list("listing_id", "date", "price_day"):
            found.setdefault(listing, {})[day] = price
        return found

    def _misfit(self, row: Row) -> int:
        """How far, in half centimetres, the rider is from the middle of the bike's range."""
        height = self._query.height or 0
        return abs(2 * height - (row.rider_height_from or 0) - (row.rider_height_to or 0))


def stretches_of(query: SearchQuery) -> list[Stretch]:
    """The asked wall clocks in every zone with listings where they exist."""
    if query.from_local is None or query.to_local is None:
        return []
    found, refusal = [], None
    for zone in published_zones():
        try:
            found.append(stretch_of(query.from_local, query.to_local, zone))
        except Invalid as error:
            refusal = error
    if refusal and not found:
        raise refusal
    return found


def _rates(row: Row, overrides: dict[date, int]) -> Rates:
    return Rates(row.currency, row.price_day, row.price_hour, row.discount_7, row.discount_28, overrides)


def _by_distance(hit: Hit) -> Keys:
    return hit.row.distance, hit.row.id


def _by_band(within: Callable[[Row], int]) -> Callable[[Hit], Keys]:
    return lambda hit: (hit.row.distance // BAND_M, within(hit.row), hit.row.distance, hit.row.id)


def _by_price(hit: Hit) -> Keys:
    return hit.row.price_day if hit.total is None else hit.total, hit.row.distance, hit.row.id


def _by_score(hit: Hit) -> Keys:
    return -hit.row.score, hit.row.distance, hit.row.id
