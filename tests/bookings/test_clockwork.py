"""The clock's own steps, each to the second, and the sweep that takes them."""

from datetime import datetime, timedelta

import pytest

from bikeens.core import clock
from bikeens.notifications.models import Notice
from bookings import clockwork, states
from bookings.models import Booking
from bookings.tasks import sweep_deadlines
from tests.factories import bookings, listings, people

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def last(booking: Booking) -> tuple[str, str, str, str]:
    booking.refresh_from_db()
    step = booking.transitions.latest("pk")
    return step.action, step.to_state, step.actor_kind, step.money


def runs_at(booking: Booking, due: datetime | None, expected: tuple[str, str, str, str]) -> None:
    """Nothing happens a second before; at the deadline the step is taken, and only once."""
    assert due is not None
    before = bookings.snapshot(booking)
    assert clockwork.run_due(due - SECOND) == 0
    assert bookings.snapshot(booking) == before
    assert clockwork.run_due(due) == 1
    assert last(booking) == expected
    assert clockwork.run_due(due) == 0


def test_an_unpaid_hold_lapses() -> None:
    booking = bookings.booking(states.PENDING_PAYMENT)
    runs_at(booking, booking.pay_by, ("lapse", "expired", "clock", "void"))
    assert booking.listing.blocks.count() == 0
    assert list(Notice.objects.values_list("person__name", "kind")) == [("Bob", "payment_lapsed")]


def test_an_unanswered_request_lapses() -> None:
    booking = bookings.booking(states.REQUESTED)
    Notice.objects.all().delete()
    runs_at(booking, booking.answer_by, ("lapse", "expired", "clock", "void"))
    assert booking.listing.blocks.count() == 0
    told = list(Notice.objects.order_by("pk").values_list("person__name", "kind"))
    assert told == [("Bob", "request_lapsed"), ("Alice", "request_lapsed_owner")]


def test_a_request_whose_hold_was_swept_lapses_all_the_same() -> None:
    booking = bookings.booking(states.REQUESTED)
    assert booking.answer_by is not None
    clock.travel_to(booking.answer_by)
    bookings.hold(booking.listing, renter=people.carol(), start=2)
    booking.refresh_from_db()
    assert (booking.state, booking.block) == ("requested", None)
    clockwork.run_due(clock.now())
    assert last(booking)[:2] == ("lapse", "expired")
    assert booking.listing.blocks.count() == 1


def test_a_start_nobody_reported_is_assumed() -> None:
    booking = bookings.booking(states.CONFIRMED)
    runs_at(booking, booking.starts_at + timedelta(hours=2), ("assume_start", "active", "clock", ""))
    assert booking.started_at is not None


def test_a_booking_without_its_money_is_not_ready() -> None:
    booking = bookings.booking(states.REQUESTED)
    bookings.step(booking, "accept", bookings.owner_of(booking))
    runs_at(booking, booking.starts_at + timedelta(hours=2), ("not_ready", "cancelled", "clock", "void"))
    assert booking.listing.blocks.count() == 0


def test_a_return_nobody_spoke_of_is_assumed_after_three_days() -> None:
    booking = bookings.booking(states.ACTIVE)
    due = booking.ends_at + timedelta(hours=72)
    runs_at(booking, due, ("assume_return", "returned", "clock", ""))
    assert (booking.returned_at, booking.late_fee) == (booking.ends_at, 0)
    assert booking.claims_until == due + timedelta(hours=24)


def test_a_return_one_side_spoke_of_is_assumed_after_a_day() -> None:
    booking = bookings.booking(states.ACTIVE)
    said = bookings.step(booking, "say_returned", bookings.owner_of(booking)).at
    runs_at(booking, said + timedelta(hours=24), ("assume_return", "returned", "clock", ""))


def test_a_returned_bike_completes_after_the_claim_window() -> None:
    booking = bookings.booking(states.RETURNED)
    runs_at(booking, booking.claims_until, ("complete", "completed", "clock", "release"))
    assert booking.deadline is None


@pytest.mark.parametrize("state", states.OPEN)
def test_left_alone_every_booking_ends(state: str) -> None:
    booking = bookings.booking(state)
    for _step in range(10):
        booking.refresh_from_db()
        if booking.deadline is None:
            break
        clockwork.run_due(booking.deadline)
    assert booking.state in states.FINAL


def test_a_booking_that_cannot_be_moved_holds_up_no_other() -> None:
    """A zone that does not exist cannot be told of: that booking stays as it is, the next one moves on."""
    poisoned = bookings.booking(states.ACTIVE, start=1)
    healthy = bookings.booking(states.REQUESTED, listings.listing(), start=6, renter=people.carol())
    Booking.objects.filter(pk=poisoned.pk).update(time_zone="Mars/Olympus", deadline=clock.now())
    before = bookings.snapshot(poisoned)
    assert healthy.answer_by is not None
    assert clockwork.run_due(healthy.answer_by) == 1
    assert last(healthy)[:2] == ("lapse", "expired")
    assert bookings.snapshot(poisoned) == before


def test_a_bike_that_is_not_back_is_overdue_until_it_is() -> None:
    booking = bookings.booking(states.ACTIVE)
    clockwork.mark_overdue(booking.ends_at + timedelta(minutes=30))
    booking.listing.refresh_from_db()
    assert booking.listing.overdue_since is None
    clockwork.mark_overdue(booking.ends_at + timedelta(minutes=31))
    booking.listing.refresh_from_db()
    assert booking.listing.overdue_since == booking.ends_at
    clock.travel_to(booking.ends_at + timedelta(hours=1))
    bookings.step(booking, "give_back", bookings.renter_of(booking), {"code": booking.return_code})
    booking.listing.refresh_from_db()
    assert booking.listing.overdue_since is None


def test_the_task_reads_the_one_clock() -> None:
    booking = bookings.hold(listings.listing())
    sweep_deadlines(timestamp=0)
    booking.refresh_from_db()
    assert booking.state == "pending_payment"
    clock.travel_to(booking.pay_by)
    sweep_deadlines(timestamp=0)
    assert last(booking)[:2] == ("lapse", "expired")
