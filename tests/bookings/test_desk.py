"""Bookings at the operator's desk: staff read them and take steps with a reason; nobody else gets in."""

import pytest
from django.test import Client

from bikeens.accounts.models import User
from bookings import states
from bookings.models import Booking
from tests.factories import bookings, listings, people

pytestmark = pytest.mark.django_db
URL = "/desk/bookings/booking/"


def desk(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def press(person: User, booking: Booking, action: str, **fields: str):
    form = {"action": action, "_selected_action": [str(booking.pk)], **fields}
    return desk(person).post(URL, form, follow=True)


def test_staff_cancel_with_a_reason(dora: User) -> None:
    booking = bookings.booking(states.CONFIRMED)
    answer = press(dora, booking, "cancel", reason="The bike was stolen.")
    assert answer.status_code == 200
    step = booking.transitions.latest("pk")
    assert (step.action, step.actor_kind, step.actor, step.reason) == (
        "cancel",
        "staff",
        dora,
        "The bike was stolen.",
    )
    assert step.data["refund_to_renter"] == 4360


def test_without_a_reason_nothing_happens(dora: User) -> None:
    booking = bookings.booking(states.CONFIRMED)
    before = bookings.snapshot(booking)
    assert b"Say why." in press(dora, booking, "cancel").content
    assert bookings.snapshot(booking) == before


def test_staff_settle_with_the_refund_they_decide(dora: User) -> None:
    booking = bookings.booking(states.CLAIMED)
    press(dora, booking, "settle", reason="The photos show it.", refund="250")
    assert booking.transitions.latest("pk").data["refund_to_renter"] == 250


def test_the_codes_are_on_no_page_of_the_desk(dora: User) -> None:
    booking = bookings.booking(states.CONFIRMED, listings.listing())
    Booking.objects.update(handover_code="918273", return_code="192837")
    for url in (URL, f"{URL}{booking.pk}/change/"):
        page = desk(dora).get(url)
        assert page.status_code == 200
        assert booking.reference.encode() in page.content
        assert b"918273" not in page.content
        assert b"192837" not in page.content


@pytest.mark.parametrize("who", [people.alice, people.bob, people.carol])
def test_the_desk_is_closed_to_everybody_else(who) -> None:
    booking = bookings.booking(states.CONFIRMED)
    before = bookings.snapshot(booking)
    press(who(), booking, "cancel", reason="I want my money.")
    assert booking.reference.encode() not in desk(who()).get(URL, follow=True).content
    assert bookings.snapshot(booking) == before
