"""POST /api/bookings/{id}/{action}: each step as owner, renter, stranger, nobody and staff, over the API."""

from datetime import timedelta
from uuid import uuid4

import pytest

from bikeens.accounts.models import User
from bikeens.core import clock
from bookings import states
from bookings.models import Booking
from tests.factories import bookings, listings, people

pytestmark = pytest.mark.django_db

# action -> (state it is taken in, who of the two sides may, state after it)
STEPS = {
    "abandon": (states.PENDING_PAYMENT, {"renter"}, states.CANCELLED),
    "accept": (states.REQUESTED, {"owner"}, states.CONFIRMED),
    "decline": (states.REQUESTED, {"owner"}, states.DECLINED),
    "withdraw": (states.REQUESTED, {"renter"}, states.CANCELLED),
    "cancel": (states.CONFIRMED, {"renter", "owner"}, states.CANCELLED),
    "hand_over": (states.CONFIRMED, {"owner"}, states.ACTIVE),
    "say_returned": (states.ACTIVE, {"renter", "owner"}, states.ACTIVE),
    "give_back": (states.ACTIVE, {"renter"}, states.RETURNED),
    "claim": (states.RETURNED, {"renter", "owner"}, states.CLAIMED),
    "contest": (states.CLAIMED, {"owner"}, states.CLAIMED),
    "settle": (states.CLAIMED, {"owner"}, states.COMPLETED),
}


def body_of(action: str, who: str, booking: Booking) -> dict[str, object]:
    if action == "hand_over":
        return {"code": booking.handover_code}
    if action == "give_back":
        return {"code": booking.return_code}
    if action == "contest":
        return {"text": "They do not squeal."}
    if action == "claim":
        kind = "damage" if who == "owner" else "not_as_described"
        return {"kind": kind, "text": "A bent wheel.", "amount": {"amount": 1500, "currency": "EUR"}}
    return {}


def person(who: str, booking: Booking) -> User | None:
    return {
        "renter": booking.renter,
        "owner": booking.owner,
        "stranger": people.carol(),
        "nobody": None,
        "staff": bookings.staff(),
    }[who]


@pytest.mark.parametrize("action", STEPS)
@pytest.mark.parametrize("who", ["renter", "owner"])
def test_each_side_may_what_the_table_says(api, action: str, who: str) -> None:
    state, sides, after = STEPS[action]
    booking = bookings.booking(state)
    before = bookings.snapshot(booking)
    client = api(person(who, booking))
    offered = action in client.get(f"/api/bookings/{booking.uuid}").json()["allowed_actions"]
    answer = client.post(f"/api/bookings/{booking.uuid}/{action}", body_of(action, who, booking))
    assert offered == (who in sides)
    if who in sides:
        assert (answer.status_code, answer.json()["state"]) == (200, after), answer.json()
        assert answer.json()["timeline"][-1]["by"] == who
    else:
        refusals = {"not_allowed_now", "not_yours_to_settle"}
        assert answer.status_code == 409
        assert answer.json()["code"] in refusals
        assert bookings.snapshot(booking) == before


@pytest.mark.parametrize("action", STEPS)
def test_strangers_and_nobody_change_nothing(api, action: str) -> None:
    booking = bookings.booking(STEPS[action][0])
    before = bookings.snapshot(booking)
    for who, status, code in (("stranger", 404, "not_found"), ("nobody", 401, "not_signed_in")):
        url = f"/api/bookings/{booking.uuid}/{action}"
        answer = api(person(who, booking)).post(url, body_of(action, "renter", booking))
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    answer = api(booking.renter).post(f"/api/bookings/{uuid4()}/{action}", body_of(action, "renter", booking))
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert bookings.snapshot(booking) == before


@pytest.mark.parametrize("action", STEPS)
def test_staff_take_every_step_with_a_reason_and_without_codes(api, dora: User, action: str) -> None:
    booking = bookings.booking(STEPS[action][0])
    before = bookings.snapshot(booking)
    body = body_of(action, "renter", booking)
    body.pop("code", None)
    url = f"/api/bookings/{booking.uuid}/{action}"
    answer = api(dora).post(url, body)
    assert (answer.status_code, answer.json()["code"], set(answer.json()["fields"])) == (
        400,
        "reason_needed",
        {"reason"},
    )
    assert bookings.snapshot(booking) == before
    answer = api(dora).post(url, body | {"reason": "Both called us."})
    assert (answer.status_code, answer.json()["state"], answer.json()["role"]) == (200, STEPS[action][2], "staff")
    last = answer.json()["timeline"][-1]
    assert (last["by"], last["reason"]) == ("staff", "Both called us.")


def test_a_step_twice_is_refused_the_second_time(api, alice: User) -> None:
    booking = bookings.booking(states.REQUESTED)
    url = f"/api/bookings/{booking.uuid}/accept"
    assert api(alice).post(url).status_code == 200
    before = bookings.snapshot(booking)
    answer = api(alice).post(url)
    assert (answer.status_code, answer.json()["code"], answer.json()["state"]) == (409, "not_allowed_now", "confirmed")
    assert bookings.snapshot(booking) == before


def test_what_is_not_known_is_refused(api, alice: User) -> None:
    booking = bookings.booking(states.REQUESTED)
    before = bookings.snapshot(booking)
    answer = api(alice).post(f"/api/bookings/{booking.uuid}/decline", {"why": "No."})
    assert (answer.status_code, set(answer.json()["fields"])) == (400, {"why"})
    answer = api(alice).post(f"/api/bookings/{booking.uuid}/decline", {"reason": "x" * 1001})
    assert (answer.status_code, set(answer.json()["fields"])) == (400, {"reason"})
    assert api(alice).post(f"/api/bookings/{booking.uuid}/lapse").status_code == 404
    assert api(alice).get(f"/api/bookings/{booking.uuid}/accept").status_code == 405
    assert bookings.snapshot(booking) == before


def test_a_word_to_the_other_side_stays_with_the_step(api, alice: User) -> None:
    booking = bookings.booking(states.REQUESTED)
    answer = api(alice).post(f"/api/bookings/{booking.uuid}/decline", {"reason": "My chain broke."})
    assert answer.json()["timeline"][-1]["reason"] == "My chain broke."


@pytest.mark.parametrize("state", states.STATES)
def test_address_and_codes_are_shown_to_whom_and_when_they_may(api, state: str) -> None:
    """The renter's address and handover code from the confirmation on; the return code is the owner's, on the road."""
    booking = bookings.booking(state)
    url = f"/api/bookings/{booking.uuid}"
    renter, owner, staff = (api(person(who, booking)).get(url).json() for who in ("renter", "owner", "staff"))
    seen = state in {"confirmed", "active", "returned", "claimed"}
    assert renter["listing"]["address"] == ("12 rue Droite, 11100 Narbonne" if seen else None)
    assert (renter["listing"]["exact_point"] is not None) == seen
    assert owner["listing"]["address"] == "12 rue Droite, 11100 Narbonne"
    assert renter["code"] == (booking.handover_code if state == "confirmed" else None)
    assert owner["code"] == (booking.return_code if state in {"active", "claimed"} else None)
    assert staff["code"] is None
    assert (renter["quote"]["owner"], renter["other"]["name"], owner["other"]["name"]) == (None, "Alice", "Bob")
    assert owner["quote"]["owner"]["net"] == {"amount": 3400, "currency": "EUR"}


def test_the_money_as_the_steps_decided_it(api, bob: User) -> None:
    booking = bookings.booking(states.REQUESTED, listings.listing(policy="moderate"))
    url = f"/api/bookings/{booking.uuid}"
    assert api(bob).get(url).json()["money"] is None
    bookings.step(booking, "accept", bookings.owner_of(booking))
    bookings.capture(booking)
    shown = api(bob).get(url).json()["money"]
    assert {name: amount["amount"] for name, amount in shown.items()} == {"paid": 4360, "held": 4360, "refunded": 0}
    clock.travel(timedelta(hours=2))
    bookings.step(booking, "cancel", bookings.renter_of(booking))
    shown = api(bob).get(url).json()["money"]
    assert {name: amount["amount"] for name, amount in shown.items()} == {"paid": 4360, "held": 0, "refunded": 2000}


@pytest.mark.parametrize(("who", "refund"), [("renter", 2000), ("owner", 4360), ("staff", 4360)])
def test_the_refund_shown_is_the_refund_made(api, who: str, refund: int) -> None:
    booking = bookings.booking(states.CONFIRMED, listings.listing(policy="moderate"))
    clock.travel(timedelta(hours=2))
    url = f"/api/bookings/{booking.uuid}"
    shown = api(person(who, booking)).get(f"{url}/refund")
    assert shown.json() == {
        "refund": {"amount": refund, "currency": "EUR"},
        "kept": {"amount": 4360 - refund, "currency": "EUR"},
        "total": {"amount": 4360, "currency": "EUR"},
        "policy": "moderate",
    }
    made = api(person(who, booking)).post(f"{url}/cancel", {"reason": "Rain."})
    assert made.json()["money"]["refunded"] == shown.json()["refund"]
    again = api(person(who, booking)).get(f"{url}/refund")
    assert (again.status_code, again.json()["code"]) == (409, "not_allowed_now")


def test_the_refund_is_for_the_two_sides(api) -> None:
    booking = bookings.booking(states.CONFIRMED)
    url = f"/api/bookings/{booking.uuid}/refund"
    assert api(people.carol()).get(url).status_code == 404
    assert api(None).get(url).status_code == 401
