"""When nothing is free then: other dates for the bikes here, and bikes a bit further that are free then.

Times are proposed by shifting the asked ones, and decided by the rule of `bookable.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from listings import availability, bookable
from listings.models import Listing
from listings.pricing import Stretch
from listings.search.engine import Hit, search
from listings.search.query import MAX_RADIUS_M, SearchQuery, Sort
from listings.search.totals import totals_of

DAY = timedelta(days=1)
# How many days before and after are tried, and times of each day.
DAYS, TIMES = 14, 12
# How many bikes are asked for other dates, and how many answers there are of each sort.
ASKED, SHOWN = 12, 6


@dataclass(frozen=True, slots=True)
class Shift:
    """The same length at another time, and what the renter would pay."""

    stretch: Stretch
    total: int


@dataclass(frozen=True, slots=True)
class OtherDates:
    """A bike with the nearest dates before and after the asked ones at which it can be booked."""

    hit: Hit
    shifts: Sequence[Shift]


@dataclass(frozen=True, slots=True)
class Alternatives:
    other_dates: Sequence[OtherDates]
    further: Sequence[Hit]


def alternatives_to(query: SearchQuery, *, now: datetime) -> Alternatives:
    """`query` has dates. Bikes that can be booked as asked are in neither list. Raises Invalid as `search` does."""
    asked = replace(query, sort=Sort.NEAREST)
    free = {hit.row.id for hit in search(asked, cursor=None, now=now).hits}
    # What a stretch costs is known only once there is one.
    undated = replace(asked, from_local=None, to_local=None, price_max=None)
    here = [hit for hit in search(undated, cursor=None, now=now).hits if hit.row.id not in free][:ASKED]
    return Alternatives(_other_dates(query, here, now), _further(query, free, now))


def _further(query: SearchQuery, free: set[int], now: datetime) -> list[Hit]:
    """Free then within 50 km, nearest first."""
    wider = replace(query, origin=query.around, box=None, radius_m=MAX_RADIUS_M, sort=Sort.NEAREST)
    return [hit for hit in search(wider, cursor=None, now=now).hits if hit.row.id not in free][:SHOWN]


def _other_dates(query: SearchQuery, hits: Sequence[Hit], now: datetime) -> list[OtherDates]:
    assert query.from_local is not None
    assert query.to_local is not None
    listings = Listing.objects.prefetch_related("opening_exceptions").in_bulk([hit.row.id for hit in hits])
    found = []
    for hit in hits:
        nearest = _nearest(listings[hit.row.id], query.from_local, query.to_local, now)
        shifts = [Shift(stretch, _total(hit, stretch)) for stretch in nearest]
        shifts = [shift for shift in shifts if query.price_max is None or shift.total <= query.price_max]
        if shifts:
            found.append(OtherDates(hit, shifts))
    asked = query.from_local
    found.sort(key=lambda one: min(abs(shift.stretch.from_local - asked) for shift in one.shifts))
    return found[:SHOWN]


def _total(hit: Hit, stretch: Stretch) -> int:
    """By the stretch's zone: the bike may have moved to another since it was found."""
    return totals_of([hit.row._replace(time_zone=stretch.zone)], [stretch])[hit.row.id]


def _nearest(listing: Listing, from_local: datetime, to_local: datetime, now: datetime) -> list[Stretch]:
    """The nearest bookable stretch of the same length before the asked one and the nearest after it."""
    proposed = _proposed(listing, from_local, to_local - from_local)
    decided = bookable.verdicts(listing=listing, stretches=proposed, now=now) if proposed else []
    free = [stretch for stretch, failed in zip(proposed, decided, strict=True) if not failed]

    def away(stretch: Stretch) -> tuple[int, timedelta]:
        """The nearest day first, and on it the nearest hour."""
        offset = stretch.from_local - from_local
        days = round(offset / DAY)
        return abs(days), abs(offset - DAY * days)

    before = [stretch for stretch in free if stretch.from_local < from_local]
    after = [stretch for stretch in free if stretch.from_local > from_local]
    return [min(side, key=away) for side in (before, after) if side]


def _proposed(listing: Listing, from_local: datetime, length: timedelta) -> list[Stretch]:
    """On each day around the asked one the times nearest to the asked hour at which the owner is there both times."""
    opening = availability.opening_of(listing)
    found = []
    for offset in range(-DAYS, DAYS + 1):
        shifted = from_local + DAY * offset
        last = (shifted + length).date()
        ends = {time for day in (last - DAY, last, last + DAY) for time in opening.times_on(day)}
        times = [time for time in opening.times_on(shifted.date()) if time + length in ends]
        times.sort(key=lambda time: abs(time - shifted))
        found += [
            stretch for time in times[:TIMES] if (stretch := availability.possible(time, time + length, listing.zone))
        ]
    return sorted(found, key=lambda stretch: stretch.from_local)
