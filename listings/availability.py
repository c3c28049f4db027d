"""The calendar: what each day of a month offers, when a rental may begin, and when one that begins then may end.

Times are proposed from the opening hours and decided by the conditions of `bookable.py`, in one query for a month.
"""

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bikeens.core.errors import Invalid
from bikeens.core.money import Money
from listings import bookable, clocks
from listings.bookable import Condition
from listings.models import Listing
from listings.opening import Opening
from listings.pricing import GRACE, Fees, Rates, Stretch, price_of_stretch, stretch_of

DAY = timedelta(days=1)
TOO_EARLY = {"in_past", "lead_time"}
TAKEN = {"dates_taken", "overdue"}


@dataclass(frozen=True, slots=True)
class Day:
    """`state` is free, partly (something of the day is taken), busy, closed, past or far (beyond the horizon)."""

    date: date
    state: str
    price: Money
    starts: list[datetime]


@dataclass(frozen=True, slots=True)
class Return:
    """The times of one date at which a rental may end, and what it costs until the first of them."""

    date: date
    times: list[datetime]
    total: Money


def opening_of(listing: Listing) -> Opening:
    exceptions = {row.date: row.hours for row in listing.opening_exceptions.all()}
    return Opening(weekly=listing.opening, exceptions=exceptions)


def month_of(
    listing: Listing, *, first: date, opening: Opening, rates: Rates, now: datetime, as_published: bool = False
) -> list[Day]:
    """The days of the month that begins on `first`; `as_published` as in `bookable.verdicts`."""
    days = [first + DAY * index for index in range(monthrange(first.year, first.month)[1])]
    proposed = shortest_rentals(listing, opening, (time for day in days for time in opening.times_on(day)))
    decided = _decided(listing, proposed, now, as_published)
    by_date: dict[date, list[tuple[Stretch, list[Condition]]]] = {day: [] for day in days}
    for stretch, failed in zip(proposed, decided, strict=True):
        by_date[stretch.from_local.date()].append((stretch, failed))
    return [
        Day(
            date=day,
            state=_state([{condition.code for condition in failed} for _stretch, failed in rows]),
            price=Money(rates.overrides.get(day, rates.day), rates.currency),
            starts=[stretch.from_local for stretch, failed in rows if not failed],
        )
        for day, rows in by_date.items()
    ]


def returns_of(
    listing: Listing,
    *,
    from_local: datetime,
    opening: Opening,
    rates: Rates,
    fees: Fees,
    now: datetime,
    as_published: bool = False,
) -> list[Return]:
    """When a rental that begins at `from_local` may end; empty when none may begin then.

    Raises Invalid `time_out_of_range`.
    """
    clocks.check_in_range(from_local)
    if not clocks.on_grid(from_local):
        return []
    latest = from_local + DAY * listing.longest_days + GRACE
    proposed = [
        stretch
        for time in opening.times_from(from_local + clocks.GRID, days=listing.longest_days + 1)
        if time <= latest and (stretch := possible(from_local, time, listing.zone))
    ]
    decided = _decided(listing, proposed, now, as_published)
    by_date: dict[date, list[Stretch]] = {}
    for stretch, failed in zip(proposed, decided, strict=True):
        if not failed:
            by_date.setdefault(stretch.to_local.date(), []).append(stretch)
    return [
        Return(
            date=day,
            times=[stretch.to_local for stretch in found],
            total=price_of_stretch(rates, found[0], fees=fees).total,
        )
        for day, found in by_date.items()
    ]


def _decided(listing: Listing, proposed: Sequence[Stretch], now: datetime, as_published: bool) -> list[list[Condition]]:
    if not proposed:
        return []
    return bookable.verdicts(listing=listing, stretches=proposed, now=now, as_published=as_published)


def shortest_rentals(listing: Listing, opening: Opening, starts: Iterable[datetime]) -> list[Stretch]:
    """For each start the shortest rental that opening hours and the shortest length allow.

    Whatever refuses that one refuses every longer one: later ends only meet more blocks and nearer limits.
    """
    wanted = sorted(starts)
    if not wanted:
        return []
    shortest = timedelta(hours=listing.shortest_h)
    days = (wanted[-1] - wanted[0]).days + listing.longest_days + 2
    ends = list(opening.times_from(wanted[0], days=days))
    found = []
    for start in wanted:
        # Hours count on the real clock: where clocks change, the right end is an hour off, so look a little further.
        index = bisect_left(ends, start + shortest - timedelta(hours=2))
        for end in ends[index : index + 200]:
            stretch = possible(start, end, listing.zone)
            if stretch and stretch.ends_at - stretch.starts_at >= shortest:
                found.append(stretch)
                break
    return found


def possible(from_local: datetime, to_local: datetime, zone: str) -> Stretch | None:
    """The stretch between two wall clocks, None where one does not exist or the end is not after the start."""
    try:
        return stretch_of(from_local, to_local, zone)
    except Invalid:
        return None


def _state(failures: Sequence[set[str]]) -> str:
    if not failures:
        return "closed"
    if not all(failures):
        return "partly" if any(codes & TAKEN for codes in failures) else "free"
    if all(codes & TOO_EARLY for codes in failures):
        return "past"
    if any(codes & TAKEN for codes in failures):
        return "busy"
    return "far" if any("beyond_horizon" in codes for codes in failures) else "closed"
