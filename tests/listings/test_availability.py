"""GET /api/listings/{id}/availability. It is Friday 3 July 2026, 10:00 in Paris."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bikeens.core import clock
from listings import clocks
from listings.choices import Status
from listings.models import Listing, OpeningException, PriceOverride
from tests.factories import listings


@pytest.fixture
def bike(db: None) -> Listing:
    clock.travel_to(datetime(2026, 7, 3, 8, tzinfo=UTC))
    return listings.listing(
        opening=(((540, 660),),) * 7, price_hour=None, price_day=1500, horizon_days=20, shortest_h=2, buffer_min=30
    )


def address(bike: Listing) -> str:
    return f"/api/listings/{bike.uuid}/availability"


def utc(text: str) -> datetime:
    return clocks.wall_to_instant(datetime.fromisoformat(text), "Europe/Paris")


def days(answer) -> dict[str, tuple[str, list[str]]]:
    assert answer.status_code == 200
    return {day["date"]: (day["state"], day["starts"]) for day in answer.json()["days"]}


def test_each_day_has_its_state_its_price_and_its_starts(bike, api) -> None:
    OpeningException.objects.create(listing=bike, date="2026-07-08", hours=())
    PriceOverride.objects.create(listing=bike, date="2026-07-14", price_day=2500)
    listings.block(bike, utc("2026-07-10T10:00"), utc("2026-07-12T10:30"))

    answer = api(None).get(address(bike), {"month": "2026-07"})

    found = days(answer)
    assert len(found) == 31
    assert found["2026-07-02"] == ("past", [])
    assert found["2026-07-03"] == ("past", [])
    assert found["2026-07-04"] == ("free", ["09:00", "09:30", "10:00", "10:30", "11:00"])
    assert found["2026-07-08"] == ("closed", [])
    assert found["2026-07-09"] == ("free", ["09:00", "09:30", "10:00", "10:30", "11:00"])
    assert found["2026-07-10"] == ("busy", [])
    assert found["2026-07-11"] == ("busy", [])
    assert found["2026-07-12"] == ("partly", ["10:30", "11:00"])
    assert found["2026-07-22"] == ("free", ["09:00", "09:30", "10:00", "10:30", "11:00"])
    assert found["2026-07-23"] == ("far", [])
    said = answer.json()
    assert (said["month"], said["time_zone"], said["ends"]) == ("2026-07", "Europe/Paris", None)
    assert [day["price"]["amount"] for day in said["days"][12:15]] == [1500, 2500, 1500]


def test_the_ends_depend_on_the_start_and_cost_what_the_quote_says(bike, api) -> None:
    listings.block(bike, utc("2026-07-06T11:00"), utc("2026-07-08T10:00"))
    start = "2026-07-04T10:00"

    ends = api(None).get(address(bike), {"month": "2026-07", "from": start}).json()["ends"]

    assert [(end["date"], end["times"]) for end in ends] == [
        ("2026-07-05", ["09:00", "09:30", "10:00", "10:30", "11:00"]),
        ("2026-07-06", ["09:00", "09:30", "10:00", "10:30"]),
    ]
    for end in ends:
        until = {"from": start, "to": f"{end['date']}T{end['times'][0]}"}
        quote = api(None).get(f"/api/listings/{bike.uuid}/quote", until).json()
        assert quote["bookable"]
        assert end["total"] == quote["total"]


@pytest.mark.parametrize(
    "start", ["2026-07-04T12:00", "2026-07-02T10:00", "2026-07-04T10:15", "2036-07-04T10:00", "2199-12-31T09:00"]
)
def test_no_ends_for_a_start_that_cannot_be(bike, api, start: str) -> None:
    assert api(None).get(address(bike), {"month": "2026-07", "from": start}).json()["ends"] == []


@pytest.mark.parametrize(
    ("asked", "field", "code"),
    [
        ({}, "month", "required"),
        ({"month": "July"}, "month", "invalid"),
        ({"month": "2026-13"}, "month", "invalid"),
        ({"month": "9999-12"}, "month", "invalid"),
        ({"month": "2026-07", "from": "soon"}, "from", "invalid"),
        ({"month": "2026-07", "from": "9999-12-31T23:30"}, "from", "time_out_of_range"),
        ({"month": "2026-07", "from": "2200-01-01T09:00"}, "from", "time_out_of_range"),
        ({"month": "2026-07", "from": "1000-01-01T09:15"}, "from", "time_out_of_range"),
        ({"month": "2026-07", "until": "2026-08"}, "until", "unknown_field"),
    ],
)
def test_nonsense_is_refused_by_field(bike, api, asked: dict[str, str], field: str, code: str) -> None:
    answer = api(None).get(address(bike), asked)

    assert answer.status_code == 400
    assert answer.json()["fields"][field][0]["code"] == code


def test_the_number_of_queries_does_not_grow_with_what_is_there(bike, api) -> None:
    for day in range(10, 20):
        listings.block(bike, utc(f"2026-07-{day}T10:00"), utc(f"2026-07-{day}T11:00"))
        OpeningException.objects.create(listing=bike, date=f"2026-08-{day}", hours=())

    with CaptureQueriesContext(connection) as queries:
        api(None).get(address(bike), {"month": "2026-07", "from": "2026-07-04T10:00"})

    # The client's turn, the listing, its exceptions, its other prices, the month's verdicts, the ends' verdicts.
    assert len(queries) == 6


def test_a_paused_bike_has_a_calendar_for_its_owner_alone(bike, api, alice, bob) -> None:
    Listing.objects.filter(pk=bike.pk).update(status=Status.PAUSED)

    assert [api(who).get(address(bike), {"month": "2026-07"}).status_code for who in (None, bob, alice)] == [
        404,
        404,
        200,
    ]
