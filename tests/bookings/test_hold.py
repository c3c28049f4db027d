"""POST /api/bookings: the dates are held, or nothing at all happens."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bikeens.accounts.models import User
from bikeens.core import clock
from bookings.models import Booking, Transition
from listings.choices import BlockKind, Status
from listings.models import Block, Extra, Listing
from tests.factories import bookings, listings, people

pytestmark = pytest.mark.django_db
URL = "/api/bookings"


def nothing_held(listing: Listing | None = None) -> bool:
    return not Booking.objects.exists() and not Transition.objects.exists() and not Block.objects.exists()


def refusal(answer) -> tuple[int, str, set[str]]:
    return answer.status_code, answer.json()["code"], set(answer.json().get("fields", {}))


def test_a_renter_holds_dates_at_the_price_shown(api, bob: User) -> None:
    bike = listings.listing()
    answer = api(bob).post(URL, bookings.body(bike, message="We come by train."))
    assert answer.status_code == 201
    held = answer.json()
    assert (held["state"], held["role"], held["message"]) == ("pending_payment", "renter", "We come by train.")
    assert held["quote"]["total"] == {"amount": 4360, "currency": "EUR"}
    assert held["quote"]["owner"] is None
    assert held["allowed_actions"] == ["abandon"]
    assert held["next_step"] == {"action": "pay", "who": "renter", "mine": True, "until": held["pay_by"]}
    assert (held["listing"]["address"], held["listing"]["exact_point"], held["code"]) == (None, None, None)
    assert [(step["action"], step["by"], step["to"]) for step in held["timeline"]] == [
        ("hold", "renter", "pending_payment")
    ]
    block = Block.objects.get()
    assert (block.kind, block.listing_id) == (BlockKind.HOLD, bike.pk)


def test_extras_are_part_of_the_frozen_price(api, bob: User) -> None:
    bike = listings.listing()
    helmet = Extra.objects.create(listing=bike, kind="helmet", price_cents=300, per="day", most=2)
    wanted = {"extras": [{"id": str(helmet.uuid), "quantity": 2}], "total": {"amount": 5668, "currency": "EUR"}}
    answer = api(bob).post(URL, bookings.body(bike, **wanted))
    assert answer.status_code == 201, answer.json()
    lines = [(line["kind"], line["label"], line["amount"]["amount"]) for line in answer.json()["quote"]["lines"]]
    assert lines == [("rental", "2 days", 4000), ("extra", "2 × Helmet", 1200), ("service_fee", "Service fee", 468)]
    Extra.objects.all().delete()
    Listing.objects.update(price_day=9900)
    again = api(bob).get(f"{URL}/{answer.json()['id']}", headers={"accept-language": "en"}).json()
    assert again["quote"]["lines"] == answer.json()["quote"]["lines"]


@pytest.mark.parametrize("who", ["stranger", "owner"])
def test_everybody_else_may_hold_too_but_not_the_owner(api, who: str) -> None:
    bike = listings.listing()
    answer = api(people.carol() if who == "stranger" else bike.owner).post(URL, bookings.body(bike))
    if who == "stranger":
        assert answer.status_code == 201
    else:
        assert refusal(answer) == (409, "own_bike", {"listing"})
        assert nothing_held()


def test_nobody_holds_nothing(api) -> None:
    answer = api(None).post(URL, bookings.body(listings.listing()))
    assert refusal(answer) == (401, "not_signed_in", set())
    assert nothing_held()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"listing": str(uuid4())}, (404, "not_found", set()), id="unknown listing"),
        pytest.param({"listing": "7"}, (400, "invalid", {"listing"}), id="no listing's id"),
        pytest.param({"start": -2}, (409, "in_past", {"from"}), id="past dates"),
        pytest.param({"days": -1}, (400, "end_before_start", {"to"}), id="end before start"),
        pytest.param({"days": 0}, (400, "end_before_start", {"to"}), id="no time at all"),
        pytest.param({"days": 29}, (409, "too_long", {"to"}), id="too long"),
        pytest.param({"start": 79}, (409, "beyond_horizon", {"to"}), id="too far ahead"),
        pytest.param({"total": {"amount": 4359, "currency": "EUR"}}, (409, "quote_changed", {"total"}), id="stale"),
        pytest.param({"total": {"amount": 4360, "currency": "CHF"}}, (409, "quote_changed", {"total"}), id="francs"),
        pytest.param({"total": 43.6}, (400, "invalid", {"total"}), id="a float"),
        pytest.param({"price": 1}, (400, "invalid", {"price"}), id="unknown field"),
        pytest.param(
            {"extras": [{"id": str(uuid4()), "quantity": 1}]}, (400, "unknown_extra", {"extras"}), id="unknown extra"
        ),
        pytest.param({"from": "2026-13-01T10:00"}, (400, "invalid", {"from"}), id="no such month"),
        pytest.param({"message": "x" * 2001}, (400, "invalid", {"message"}), id="long message"),
        pytest.param({"message": "a\u0000b"}, (400, "invalid", {"message"}), id="a zero byte"),
    ],
)
def test_bad_input_holds_nothing(api, bob: User, changes: dict, expected: tuple[int, str, set[str]]) -> None:
    asked = bookings.body(listings.listing(), **changes)
    assert refusal(api(bob).post(URL, asked)) == expected
    assert nothing_held()


@pytest.mark.parametrize(
    ("from_hour", "to_hour", "code", "field"), [(7, 10, "closed_at_start", "from"), (10, 21, "closed_at_end", "to")]
)
def test_outside_opening_hours(api, bob: User, from_hour: int, to_hour: int, code: str, field: str) -> None:
    asked = bookings.body(listings.listing())
    asked["from"] = bookings.wall(3, from_hour).strftime("%Y-%m-%dT%H:%M")
    asked["to"] = bookings.wall(5, to_hour).strftime("%Y-%m-%dT%H:%M")
    assert refusal(api(bob).post(URL, asked)) == (409, code, {field})
    assert nothing_held()


def test_times_off_the_half_hour(api, bob: User) -> None:
    asked = bookings.body(listings.listing())
    asked["from"] = asked["from"].replace(":00", ":10")
    assert refusal(api(bob).post(URL, asked)) == (400, "off_grid", {"from"})
    assert nothing_held()


@pytest.mark.parametrize("status", [Status.DRAFT, Status.PAUSED])
def test_a_bike_that_is_not_offered_does_not_exist(api, bob: User, status: str) -> None:
    asked = bookings.body(listings.listing(status=status))
    assert refusal(api(bob).post(URL, asked)) == (404, "not_found", set())
    assert nothing_held()


@pytest.mark.parametrize("kind", [BlockKind.OWN, BlockKind.BOOKING, BlockKind.HOLD])
def test_overlapping_dates_are_taken(api, bob: User, kind: str) -> None:
    other = bookings.hold(start=4, renter=people.carol())
    bike = other.listing
    Block.objects.update(kind=kind, lapses_at=other.pay_by if kind == BlockKind.HOLD else None)
    before = bookings.snapshot(other)
    assert refusal(api(bob).post(URL, bookings.body(bike))) == (409, "dates_taken", {"from"})
    assert bookings.snapshot(other) == before
    assert Booking.objects.count() == 1


def test_nobody_waits_behind_the_lock_for_a_search_of_the_nearest_times(api, bob: User) -> None:
    other = bookings.hold(start=4, renter=people.carol())
    asked = bookings.body(other.listing)
    with CaptureQueriesContext(connection) as queries:
        assert refusal(api(bob).post(URL, asked)) == (409, "dates_taken", {"from"})
    rule = [query["sql"] for query in queries if "WITH ORDINALITY AS w" in query["sql"]]
    assert len(rule) == 1


def test_a_stale_price_comes_with_the_new_quote(api, bob: User) -> None:
    asked = bookings.body(listings.listing(price_day=2500))
    answer = api(bob).post(URL, asked)
    assert refusal(answer) == (409, "quote_changed", {"total"})
    assert answer.json()["quote"]["total"] == {"amount": 5450, "currency": "EUR"}
    assert answer.json()["quote"]["owner"] is None
    assert nothing_held()


def test_a_double_click_has_the_effect_of_one(api, bob: User) -> None:
    asked = bookings.body(listings.listing())
    first, second = api(bob).post(URL, asked), api(bob).post(URL, asked)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["id"] == second.json()["id"]
    assert (Booking.objects.count(), Block.objects.count(), Transition.objects.count()) == (1, 1, 1)


def test_a_new_hold_abandons_the_same_renters_earlier_one(api, bob: User) -> None:
    bike = listings.listing()
    first = api(bob).post(URL, bookings.body(bike)).json()
    second = api(bob).post(URL, bookings.body(bike, start=4)).json()
    assert first["id"] != second["id"]
    old = Booking.objects.get(uuid=first["id"])
    assert (old.state, old.block) == ("cancelled", None)
    assert old.transitions.get(action="abandon").money == "void"
    assert Block.objects.get().booking.uuid.hex == second["id"].replace("-", "")


def test_a_refused_new_hold_leaves_the_earlier_one(api, bob: User) -> None:
    bike = listings.listing()
    first = Booking.objects.get(uuid=api(bob).post(URL, bookings.body(bike)).json()["id"])
    before = bookings.snapshot(first)
    assert refusal(api(bob).post(URL, bookings.body(bike, days=40))) == (409, "too_long", {"to"})
    assert bookings.snapshot(first) == before


def test_a_lapsed_hold_is_in_nobodys_way(api, bob: User) -> None:
    other = bookings.hold(renter=people.carol())
    clock.travel_to(other.pay_by)
    answer = api(bob).post(URL, bookings.body(other.listing))
    assert answer.status_code == 201, answer.json()
    other.refresh_from_db()
    assert (other.state, other.block) == ("pending_payment", None)


def test_five_requests_may_wait_for_an_answer(api, bob: User) -> None:
    bike = listings.listing()
    for index in range(5):
        bookings.pay(bookings.hold(bike, start=3 + 3 * index))
    asked = bookings.body(bike, start=30)
    assert refusal(api(bob).post(URL, asked)) == (409, "too_many_requests", {"listing"})
    assert Booking.objects.count() == 5
    instant = listings.listing(instant=True)
    assert api(bob).post(URL, bookings.body(instant, start=30)).status_code == 201


def test_the_hold_lasts_half_an_hour_and_can_be_taken_again(api, bob: User) -> None:
    asked = bookings.body(listings.listing())
    first = api(bob).post(URL, asked).json()
    clock.travel(timedelta(minutes=31))
    second = api(bob).post(URL, asked).json()
    assert first["id"] != second["id"]
    assert Booking.objects.get(uuid=first["id"]).state == "cancelled"
