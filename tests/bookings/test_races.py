"""Several at once, on committed data: every race has one winner, and the loser is told why."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from rest_framework.test import APIClient

from bikeens.accounts.models import User
from bikeens.core import clock
from bikeens.core.errors import DomainError
from bookings import actions, states
from bookings.models import Booking
from listings.models import Block
from tests.factories import bookings, listings, people

pytestmark = pytest.mark.usefixtures("commits")


def at_once(*calls: Callable[[], object]) -> list[str]:
    """Run all calls at the same moment, each on a connection of its own; what each said, sorted."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], object]) -> str:
        try:
            barrier.wait(timeout=10)
            return str(call())
        except DomainError as refused:
            return refused.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return sorted(pool.map(run, calls))


def act(booking: Booking, person: User, action: str, **data: object) -> Callable[[], object]:
    def call() -> str:
        taken = actions.act(booking=Booking.objects.get(pk=booking.pk), person=person, action=action, data=data)
        return taken.to_state

    return call


def test_accept_and_withdraw_at_once() -> None:
    for start in (3, 7, 11):
        booking = bookings.booking(states.REQUESTED, start=start)
        said = at_once(act(booking, booking.owner, "accept"), act(booking, booking.renter, "withdraw"))
        booking.refresh_from_db()
        assert said == sorted([booking.state, "not_allowed_now"])
        assert Block.objects.filter(pk=booking.block_id).exists() == (booking.state == "confirmed")
        assert booking.transitions.count() == 3


def test_both_sides_cancel_at_once_and_money_goes_back_once() -> None:
    booking = bookings.booking(states.CONFIRMED)
    said = at_once(act(booking, booking.owner, "cancel"), act(booking, booking.renter, "cancel"))
    assert said == ["cancelled", "not_allowed_now"]
    assert booking.transitions.filter(action="cancel").count() == 1


def test_accepted_twice_at_once() -> None:
    booking = bookings.booking(states.REQUESTED)
    assert at_once(*[act(booking, booking.owner, "accept")] * 4) == ["confirmed", *["not_allowed_now"] * 3]
    assert booking.transitions.filter(money="capture").count() == 1


def test_wrong_codes_at_once_are_all_counted() -> None:
    booking = bookings.booking(states.CONFIRMED)
    wrong = f"{(int(booking.handover_code) + 1) % 10**6:06d}"
    said = at_once(*[act(booking, booking.owner, "hand_over", code=wrong)] * 8)
    assert said == [*["codes_locked"] * 3, *["wrong_code"] * 5]


def post(person: User, body: dict[str, object]) -> Callable[[], object]:
    client = APIClient()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return lambda: client.post("/api/bookings", body).status_code


def test_a_double_click_at_the_same_moment_holds_once() -> None:
    bike, bob = listings.listing(), people.bob()
    asked = bookings.body(bike)
    assert at_once(*[post(bob, asked) for _click in range(4)]) == ["201"] * 4
    assert (Booking.objects.count(), Block.objects.count()) == (1, 1)


def test_one_of_many_gets_the_dates() -> None:
    asked = bookings.body(listings.listing())
    renters = [people.person(name) for name in ("Bob", "Carol", "Emil", "Fanny")]
    assert at_once(*[post(renter, asked) for renter in renters]) == ["201", "409", "409", "409"]
    assert (Booking.objects.count(), Block.objects.count()) == (1, 1)


def test_two_renters_swap_bikes_at_the_same_moment() -> None:
    """Each abandons a hold on the bike that the other one wants: no order of locks may stop them for good."""
    first, second = listings.listing(), listings.listing()
    bob, carol = people.bob(), people.carol()
    for _round in range(3):
        Booking.objects.filter(state=states.PENDING_PAYMENT).update(pay_by=clock.now())
        bookings_before = Booking.objects.count()
        starts = (3 + bookings_before, 4 + bookings_before)
        post(bob, bookings.body(first, start=starts[0]))()
        post(carol, bookings.body(second, start=starts[0]))()
        said = at_once(
            post(bob, bookings.body(second, start=starts[0] + 5)),
            post(carol, bookings.body(first, start=starts[0] + 5)),
        )
        assert said == ["201", "201"]
    assert Booking.objects.filter(state=states.PENDING_PAYMENT).count() == 2
