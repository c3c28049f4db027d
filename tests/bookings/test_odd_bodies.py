"""Bodies that no page of ours would send: each is refused as a problem, and nothing changes."""

import json

import pytest

from bikeens.accounts.models import User
from bookings import states
from bookings.models import Booking
from tests.factories import bookings, listings

pytestmark = pytest.mark.django_db

ODD = [
    "5",
    "null",
    '"refund"',
    "[]",
    '["refund"]',
    "{",
    '{"reason": {"a": 1}}',
    '{"reason": "\\ud800"}',
    '{"code": ["1"], "text": 1e400, "kind": {}}',
    '{"amount": {"amount": 1e30, "currency": "EUR"}, "kind": "damage", "text": "\\udfff"}',
]


@pytest.mark.parametrize("odd", ODD)
def test_no_body_breaks_a_step(api, alice: User, odd: str) -> None:
    booking = bookings.booking(states.CLAIMED)
    before = bookings.snapshot(booking)
    for action in ("settle", "contest", "claim", "hand_over", "accept"):
        answer = api(alice).post(f"/api/bookings/{booking.uuid}/{action}", odd, content_type="application/json")
        assert 400 <= answer.status_code < 500
        assert answer.headers["content-type"].startswith("application/problem+json")
    assert bookings.snapshot(booking) == before


@pytest.mark.parametrize("odd", [*ODD, '{"extras": [5]}', '{"extras": {"a": 1}}', '{"total": []}', '{"from": 7}'])
def test_no_body_breaks_a_hold(api, bob: User, odd: str) -> None:
    listings.listing()
    answer = api(bob).post("/api/bookings", odd, content_type="application/json")
    assert (answer.status_code, Booking.objects.count()) == (400, 0)


def test_a_message_is_text(api, bob: User) -> None:
    asked = json.dumps(bookings.body(listings.listing(), message="a\x00b"))
    answer = api(bob).post("/api/bookings", asked, content_type="application/json")
    assert (answer.status_code, set(answer.json()["fields"])) == (400, {"message"})
    assert not Booking.objects.exists()


@pytest.mark.parametrize("quantity", [0, -1, 101, 1.5, "many"])
def test_extras_are_counted(api, bob: User, quantity: object) -> None:
    extra = {"id": "00000000-0000-4000-8000-000000000000", "quantity": quantity}
    answer = api(bob).post("/api/bookings", bookings.body(listings.listing(), extras=[extra]))
    assert answer.status_code == 400
    assert next(iter(answer.json()["fields"])).startswith("extras")
    assert not Booking.objects.exists()
