"""GET /api/search/alternatives. It is Friday 3 July 2026, 10:00 in Paris."""

from datetime import UTC, datetime, timedelta

import pytest

from bikeens.core import clock
from listings import clocks
from listings.geo import moved
from listings.models import Listing
from tests.factories import listings

URL = "/api/search/alternatives"
NEAR = {"near": "43.1843,3.0031"}
WEEKEND = NEAR | {"from": "2026-07-18T10:00", "to": "2026-07-19T18:00"}


@pytest.fixture(autouse=True)
def july(db: None) -> None:
    clock.travel_to(datetime(2026, 7, 3, 8, tzinfo=UTC))


def taken(bike: Listing, first: str, last: str) -> None:
    start, end = (clocks.wall_to_instant(datetime.fromisoformat(text), "Europe/Paris") for text in (first, last))
    listings.block(bike, start, end)


def ask(api, who=None, **changes):
    answer = api(who).get(URL, WEEKEND | changes)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_the_nearest_dates_before_and_after_with_their_totals(api) -> None:
    bike = listings.listing(price_hour=None)
    taken(bike, "2026-07-17T12:00", "2026-07-21T09:00")

    [other] = ask(api)["other_dates"]

    assert (other["bike"]["id"], other["bike"]["total"]) == (str(bike.uuid), None)
    total = {"amount": 4360, "currency": "EUR"}
    assert other["dates"] == [
        {"from": "2026-07-15T10:00", "to": "2026-07-16T18:00", "total": total},
        {"from": "2026-07-21T10:00", "to": "2026-07-22T18:00", "total": total},
    ]


def test_every_proposed_date_can_be_booked(api) -> None:
    for number in range(8):
        bike = listings.listing(
            title=f"{number}",
            photos=0,
            lead_time_h=24 * number,
            horizon_days=30 + number,
            opening=(((600 + 30 * number, 1320),),) * 7,
        )
        taken(bike, f"2026-07-{18 - number % 3}T09:00", f"2026-07-{19 + number % 4}T09:30")

    others = ask(api)["other_dates"]

    assert len(others) == 6
    for other in others:
        for dates in other["dates"]:
            asked = {"from": dates["from"], "to": dates["to"]}
            quote = api(None).get(f"/api/listings/{other['bike']['id']}/quote", asked).json()
            assert (quote["bookable"], quote["total"]) == (True, dates["total"])


def test_bikes_a_bit_further_that_are_free_then(api) -> None:
    here = listings.listing(title="here")
    taken(here, "2026-07-18T00:00", "2026-07-20T00:00")
    for km in (9, 30, 70):
        listings.listing(title=f"{km} km", at=moved(listings.NARBONNE, metres=km * 1000, bearing=1), photos=0)
    gone = listings.listing(title="taken too", at=moved(listings.NARBONNE, metres=9000, bearing=2))
    taken(gone, "2026-07-18T00:00", "2026-07-20T00:00")

    further = ask(api, radius="5000")["further"]

    assert [hit["title"] for hit in further] == ["9 km", "30 km"]
    assert further[0]["total"] == {"amount": 4360, "currency": "EUR"}


def test_filters_hold_and_what_is_free_as_asked_is_no_alternative(api) -> None:
    free = listings.listing(title="free", category="cargo")
    busy = listings.listing(title="busy", category="cargo")
    small = listings.listing(title="small", category="cargo", rider_height_to=165)
    city = listings.listing(title="city")
    for bike in (busy, small, city):
        taken(bike, "2026-07-18T00:00", "2026-07-20T00:00")

    said = ask(api, category="cargo", height="172", price_max="4400")

    assert [other["bike"]["title"] for other in said["other_dates"]] == ["busy"]
    assert said["further"] == []
    assert ask(api, category="cargo", price_max="100")["other_dates"] == []
    assert free.title == "free"


def test_on_a_map_too_and_for_everybody_the_same(api, alice, bob, carol) -> None:
    bike = listings.listing(alice)
    taken(bike, "2026-07-18T00:00", "2026-07-20T00:00")
    asked = {"from": WEEKEND["from"], "to": WEEKEND["to"], "bbox": "2.9,43.1,3.1,43.3"}

    said = [api(who).get(URL, asked).json() for who in (None, alice, bob, carol)]

    assert len(said[0]["other_dates"]) == 1
    assert said == [said[0]] * 4


@pytest.mark.parametrize(
    ("asked", "field", "code"),
    [
        (NEAR, "from", "required"),
        ({"from": WEEKEND["from"], "to": WEEKEND["to"]}, "near", "required"),
        (WEEKEND | {"sort": "price"}, "sort", "unknown_field"),
        (WEEKEND | {"to": "2026-07-18T09:00"}, "to", "end_before_start"),
    ],
)
def test_nonsense_is_refused_and_named(api, asked, field, code) -> None:
    answer = api(None).get(URL, asked)
    assert (answer.status_code, answer.json()["fields"][field][0]["code"]) == (400, code)


def test_dates_without_a_past(api) -> None:
    """Nothing before the notice that the owner needs."""
    bike = listings.listing()
    taken(bike, "2026-07-03T12:00", "2026-07-05T12:00")
    said = ask(api, **{"from": "2026-07-04T10:00", "to": "2026-07-04T12:00"})

    [other] = said["other_dates"]
    assert [dates["from"] for dates in other["dates"]] == ["2026-07-05T12:00"]
    assert clock.now() < datetime(2026, 7, 3, 8, tzinfo=UTC) + timedelta(minutes=5)
