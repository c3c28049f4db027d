"""Claims: when which side may report what, what it proposes, and how it is settled."""

from datetime import timedelta

import pytest

from bikeens.accounts.models import User
from bikeens.core import clock
from bookings import clockwork, states
from bookings.models import Booking, Claim
from tests.factories import bookings

pytestmark = pytest.mark.django_db
TEN = {"amount": 1000, "currency": "EUR"}


def report(api, who: User, booking: Booking, kind: str, /, **changes: object):
    body = {"kind": kind, "text": "It went wrong.", "amount": TEN} | changes
    return api(who).post(f"/api/bookings/{booking.uuid}/claim", body)


def move_to(booking: Booking, instant_of: str, by: timedelta) -> None:
    clock.travel_to(getattr(booking, instant_of) + by)


@pytest.mark.parametrize(
    ("state", "who", "kind", "since", "opens"),
    [
        (states.CONFIRMED, "renter", "no_show", "starts_at", timedelta(minutes=30)),
        (states.CONFIRMED, "owner", "no_show", "starts_at", timedelta(minutes=30)),
        (states.ACTIVE, "owner", "lost", "ends_at", timedelta(hours=24)),
    ],
)
def test_a_claim_opens_when_it_may(api, state: str, who: str, kind: str, since: str, opens: timedelta) -> None:
    booking = bookings.booking(state)
    person = booking.renter if who == "renter" else booking.owner
    move_to(booking, since, opens - timedelta(seconds=30))
    before = bookings.snapshot(booking)
    answer = report(api, person, booking, kind)
    assert (answer.status_code, answer.json()["code"], set(answer.json()["fields"])) == (
        409,
        "not_claimable_now",
        {"kind"},
    )
    assert bookings.snapshot(booking) == before
    move_to(booking, since, opens)
    assert kind in api(person).get(f"/api/bookings/{booking.uuid}").json()["claim_kinds"]
    assert report(api, person, booking, kind).json()["state"] == "claimed"


def test_the_window_after_the_return_is_a_day(api) -> None:
    booking = bookings.booking(states.RETURNED)
    move_to(booking, "claims_until", timedelta(seconds=1))
    before = bookings.snapshot(booking)
    answer = report(api, booking.owner, booking, "damage")
    assert (answer.status_code, answer.json()["code"]) == (409, "not_claimable_now")
    assert api(booking.owner).get(f"/api/bookings/{booking.uuid}").json()["allowed_actions"] == []
    assert bookings.snapshot(booking) == before


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"amount": None}, "invalid"),
        ({"amount": {"amount": 0, "currency": "EUR"}}, "too_low"),
        ({"amount": {"amount": -5, "currency": "EUR"}}, "too_low"),
        ({"amount": {"amount": 4361, "currency": "EUR"}}, "too_high"),
        ({"amount": {"amount": 100, "currency": "USD"}}, "wrong_currency"),
        ({"text": ""}, "invalid"),
        ({"kind": "rain"}, "invalid"),
    ],
)
def test_what_cannot_be_asked_for(api, changes: dict[str, object], code: str) -> None:
    booking = bookings.booking(states.RETURNED)
    before = bookings.snapshot(booking)
    answer = report(api, booking.renter, booking, "not_as_described", **changes)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert bookings.snapshot(booking) == before
    assert not Claim.objects.exists()


@pytest.mark.parametrize(("who", "kind"), [("renter", "damage"), ("owner", "not_as_described"), ("renter", "lost")])
def test_each_side_reports_its_own(api, who: str, kind: str) -> None:
    booking = bookings.booking(states.ACTIVE)
    move_to(booking, "ends_at", timedelta(hours=25))
    person = booking.renter if who == "renter" else booking.owner
    assert report(api, person, booking, kind).json()["code"] == "not_claimable_now"


@pytest.mark.parametrize(("who", "refund"), [("renter", 4360), ("owner", 0)])
def test_a_no_show_stands_for_its_refund(api, who: str, refund: int) -> None:
    booking = bookings.booking(states.CONFIRMED)
    move_to(booking, "starts_at", timedelta(minutes=45))
    person = booking.renter if who == "renter" else booking.owner
    other = booking.owner if who == "renter" else booking.renter
    body = {"kind": "no_show", "text": "Nobody came."}
    answer = api(person).post(f"/api/bookings/{booking.uuid}/claim", body)
    assert answer.json()["claim"]["refund"]["amount"] == refund
    settled = api(other).post(f"/api/bookings/{booking.uuid}/settle").json()
    assert (settled["state"], settled["claim"]["settled_refund"]["amount"]) == ("completed", refund)
    assert booking.transitions.get(action="settle").data["refund_to_renter"] == refund
    assert booking.listing.blocks.count() == 0


def test_agreeing_settles_as_proposed(api) -> None:
    booking = bookings.booking(states.CLAIMED)
    answer = api(booking.owner).post(f"/api/bookings/{booking.uuid}/settle").json()
    step = booking.transitions.get(action="settle")
    assert (answer["state"], step.money) == ("completed", "settle")
    assert (step.data["refund_to_renter"], step.data["owner_share"], step.data["commission"]) == (1000, 2550, 450)


def test_only_staff_decide_on_another_amount(api, dora: User) -> None:
    booking = bookings.booking(states.CLAIMED)
    before = bookings.snapshot(booking)
    body = {"refund": {"amount": 300, "currency": "EUR"}, "reason": "The photos show it."}
    url = f"/api/bookings/{booking.uuid}/settle"
    answer = api(booking.owner).post(url, body)
    assert (answer.status_code, answer.json()["code"]) == (403, "staff_only")
    too_much = body | {"refund": {"amount": 4361, "currency": "EUR"}}
    answer = api(dora).post(url, too_much)
    assert (answer.status_code, answer.json()["code"]) == (400, "too_high")
    assert bookings.snapshot(booking) == before
    assert api(dora).post(url, body).json()["claim"]["settled_refund"]["amount"] == 300


def test_silence_settles_as_proposed_after_three_days(api) -> None:
    booking = bookings.booking(states.CLAIMED)
    opened = booking.transitions.get(action="claim").at
    assert booking.settle_by == booking.deadline == opened + timedelta(hours=72)
    assert booking.settle_by is not None
    clockwork.run_due(booking.settle_by - timedelta(seconds=1))
    booking.refresh_from_db()
    assert booking.state == "claimed"
    clockwork.run_due(booking.settle_by)
    step = booking.transitions.last()
    assert step is not None
    assert (step.action, step.money, step.data["refund_to_renter"]) == ("settle_silent", "settle", 1000)


def test_contested_it_takes_nothing_after_three_weeks(api) -> None:
    booking = bookings.booking(states.CLAIMED)
    clock.travel(timedelta(hours=71))
    answer = api(booking.owner).post(f"/api/bookings/{booking.uuid}/contest", {"text": "They were new."}).json()
    assert answer["claim"]["answer"] == "They were new."
    again = api(booking.owner).post(f"/api/bookings/{booking.uuid}/contest", {"text": "Really."})
    assert (again.status_code, again.json()["code"]) == (409, "not_allowed_now")
    booking.refresh_from_db()
    contested = booking.transitions.get(action="contest").at
    assert booking.settle_by == booking.deadline == contested + timedelta(days=21)
    assert booking.settle_by is not None
    clockwork.run_due(booking.settle_by)
    step = booking.transitions.last()
    assert step is not None
    assert (step.action, step.money, step.data["refund_to_renter"], step.data["owner_share"]) == (
        "settle_default",
        "settle_default",
        0,
        3400,
    )


def test_a_return_is_recorded_while_claimed(api) -> None:
    booking = bookings.booking(states.CLAIMED)
    answer = api(booking.renter).post(f"/api/bookings/{booking.uuid}/give_back", {"code": booking.return_code})
    assert answer.json()["state"] == "claimed"
    booking.refresh_from_db()
    assert booking.returned_at is not None
    assert api(booking.owner).get(f"/api/bookings/{booking.uuid}").json()["code"] is None
    again = api(booking.renter).post(f"/api/bookings/{booking.uuid}/give_back", {"code": booking.return_code})
    assert again.json()["code"] == "not_allowed_now"
