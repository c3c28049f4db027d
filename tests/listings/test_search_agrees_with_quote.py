"""The important one: search shows a bike exactly when its quote says bookable, at the quote's total."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from bikeens.core import clock
from listings import availability, bookable, quoting
from listings.choices import BlockKind, Status
from listings.geo import LatLon
from listings.models import Block, Listing, OpeningException, PriceOverride
from tests.factories import listings

# Summer time begins in Paris on 29 March; in Lord Howe it ends on 5 April, by half an hour.
NOW = datetime(2026, 3, 26, 9, 17, tzinfo=UTC)
MONDAY = datetime.fromisoformat("2026-03-23")
ZONES = ["Europe/Paris", "Atlantic/Azores", "Australia/Lord_Howe"]
HERE = LatLon(43.18, 3.0)

DAYTIME, ALWAYS = ((480, 1200),), ((0, 1440),)
hours = st.sampled_from(
    [DAYTIME, DAYTIME, ALWAYS, ALWAYS, (), ((540, 720), (840, 1140)), ((0, 120), (1380, 1440)), ((600, 600),)]
)
grid = st.integers(0, 16 * 48).map(lambda step: MONDAY + timedelta(minutes=30 * step))
stretches = st.tuples(grid, st.one_of(st.integers(1, 60), st.integers(1, 12 * 48)))


@st.composite
def bikes(draw: st.DrawFn) -> Callable[[], Listing]:
    """Makes a listing with its exceptions, other prices and blocks."""
    fields = {
        "time_zone": draw(st.sampled_from(ZONES)),
        "status": draw(st.sampled_from([Status.PUBLISHED] * 9 + [Status.PAUSED])),
        "opening": tuple(draw(st.lists(hours, min_size=7, max_size=7))),
        "lead_time_h": draw(st.sampled_from([0, 0, 2, 48])),
        "horizon_days": draw(st.sampled_from([6, 80, 80])),
        "shortest_h": draw(st.sampled_from([1, 1, 2, 24, 47])),
        "longest_days": draw(st.sampled_from([2, 7, 28])),
        "buffer_min": draw(st.sampled_from([0, 30, 120])),
        "price_hour": draw(st.none() | st.integers(50, 3000)),
        "price_day": draw(st.integers(100, 9000)),
        "discount_7": draw(st.sampled_from([0, 10, 80])),
        "discount_28": draw(st.sampled_from([0, 25, 80])),
        "overdue_since": draw(st.sampled_from([None, None, None, NOW])),
    }
    days = st.integers(0, 20).map(lambda number: MONDAY.date() + timedelta(days=number))
    exceptions = draw(st.dictionaries(days, hours, max_size=3))
    prices = draw(st.dictionaries(days, st.integers(100, 9000), max_size=3))
    taken = draw(st.lists(st.tuples(stretches, st.sampled_from(["own", "hold", "lapsed"])), max_size=2))

    def make() -> Listing:
        made = listings.listing(at=HERE, photos=0, **fields)
        for day, open_then in exceptions.items():
            OpeningException.objects.create(listing=made, date=day, hours=open_then)
        for day, price in prices.items():
            PriceOverride.objects.create(listing=made, date=day, price_day=price)
        for (start, steps), kind in taken:
            starts_at = start.replace(tzinfo=UTC)
            ends_at = starts_at + timedelta(minutes=30 * steps)
            if kind == "own":
                Block.objects.create(listing=made, kind=BlockKind.OWN, starts_at=starts_at, ends_at=ends_at)
            elif not Block.objects.filter(kind=BlockKind.HOLD, starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
                lapses_at = NOW + timedelta(minutes=-1 if kind == "lapsed" else 1)
                Block.objects.create(
                    listing=made, kind=BlockKind.HOLD, starts_at=starts_at, ends_at=ends_at, lapses_at=lapses_at
                )
        return made

    return make


@pytest.fixture
def now(db: None) -> datetime:
    clock.travel_to(NOW)
    return NOW


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(bikes(), st.data())
def test_search_shows_a_bike_exactly_when_its_quote_says_bookable_and_at_its_total(now, api, make, data) -> None:
    with transaction.atomic():
        made = make()
        opening, rates, fees = availability.opening_of(made), quoting.rates_of(made), quoting.house_fees()
        days = availability.month_of(made, first=date(2026, 3, 1), opening=opening, rates=rates, now=now)
        starts = [start for day in days for start in day.starts]
        for _time in range(4):
            start, steps = data.draw(stretches)
            end = start + timedelta(minutes=30 * steps)
            if starts and data.draw(st.booleans()):
                # Of all the times few can be booked: let the calendar name some.
                start = data.draw(st.sampled_from(starts))
                ends = availability.returns_of(made, from_local=start, opening=opening, rates=rates, fees=fees, now=now)
                end = data.draw(st.sampled_from([time for day in ends for time in day.times]))
            when = {"from": f"{start:%Y-%m-%dT%H:%M}", "to": f"{end:%Y-%m-%dT%H:%M}"}
            found = api(None).get("/api/search", {"near": "43.18,3.0", **when})
            quote = api(made.owner).get(f"/api/listings/{made.uuid}/quote", when)

            if found.status_code != 200:
                assert found.json()["code"] == "time_does_not_exist"
                assert quote.json()["code"] == "time_does_not_exist"
                continue
            hits = found.json()["results"]
            if quote.status_code != 200:
                assert quote.json()["code"] == "time_does_not_exist"
                assert hits == []
                continue
            event(f"bookable: {quote.json()['bookable']}")
            assert [hit["id"] for hit in hits] == ([str(made.uuid)] if quote.json()["bookable"] else [])
            assert [hit["total"] for hit in hits] == ([quote.json()["total"]] if hits else [])
        transaction.set_rollback(True)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(bikes(), st.data())
def test_the_calendar_offers_exactly_the_starts_with_some_end_and_exactly_their_ends(now, make, data) -> None:
    with transaction.atomic():
        made = make()
        opening, rates = availability.opening_of(made), quoting.rates_of(made)
        days = availability.month_of(made, first=date(2026, 3, 1), opening=opening, rates=rates, now=now)
        offered = {start for day in days for start in day.starts}
        start = data.draw(st.sampled_from(sorted(offered)) if offered and data.draw(st.booleans()) else grid)
        ends = availability.returns_of(
            made, from_local=start, opening=opening, rates=rates, fees=quoting.house_fees(), now=now
        )
        shown = {time for end in ends for time in end.times}

        every = [
            stretch
            for steps in range(1, 48 * (made.longest_days + 1) + 2)
            if (stretch := availability.possible(start, start + timedelta(minutes=30 * steps), made.time_zone))
        ]
        decided = bookable.verdicts(listing=made, stretches=every, now=now) if every else []
        possible = {stretch.to_local for stretch, failed in zip(every, decided, strict=True) if not failed}

        assert shown == possible
        if start.month == 3:
            assert (start in offered) == bool(shown)
        transaction.set_rollback(True)
