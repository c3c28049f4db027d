"""Each step of the table: who may, what it writes, who is told, what money is asked to do."""

from datetime import timedelta
from itertools import product

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from bikeens.core import clock
from bikeens.core.errors import DomainError, Invalid, NotFound
from bikeens.notifications.models import Notice
from bookings import machine, states
from bookings.actors import Actor
from bookings.models import Booking, Transition
from listings.choices import BlockKind
from tests.factories import bookings, listings, people

pytestmark = pytest.mark.django_db


def told(booking: Booking) -> list[tuple[str, str]]:
    """Who was told what by the last step: notices written since the previous look."""
    rows = list(Notice.objects.order_by("pk").values_list("person__name", "kind"))
    Notice.objects.all().delete()
    return rows


def jobs_for(transition: Transition) -> list[str]:
    jobs = ProcrastinateJob.objects.filter(args={"transition_id": transition.pk})
    return list(jobs.values_list("task_name", flat=True))


def test_a_hold_blocks_the_dates_for_half_an_hour() -> None:
    booking = bookings.hold()
    assert (booking.state, booking.pay_by - booking.created_at) == ("pending_payment", timedelta(minutes=30))
    assert booking.block is not None
    assert (booking.block.kind, booking.block.lapses_at) == (BlockKind.HOLD, booking.pay_by)
    assert booking.block.ends_at - booking.ends_at == timedelta(minutes=30)
    assert (booking.total_amount, booking.rental_amount, booking.renter_fee) == (4360, 4000, 360)
    assert (booking.commission, booking.owner_net, booking.fee_vat, booking.commission_vat) == (600, 3400, 60, 100)
    assert booking.reference.startswith("BK-")
    assert told(booking) == []


def test_an_authorised_request_keeps_its_dates_until_the_answer_is_due() -> None:
    booking = bookings.hold()
    step = bookings.pay(booking)
    assert (booking.state, step.money, jobs_for(step)) == ("requested", "", [])
    assert booking.block is not None
    assert booking.answer_by == booking.deadline == booking.block.lapses_at == step.at + timedelta(hours=24)
    assert told(booking) == [("Alice", "request_received"), ("Bob", "request_sent")]


def test_an_instant_booking_is_confirmed_and_captured_at_once() -> None:
    booking = bookings.hold(listings.listing(instant=True))
    step = bookings.pay(booking)
    assert (booking.state, step.action, step.money, jobs_for(step)) == (
        "confirmed",
        "paid",
        "capture",
        ["payments.perform"],
    )
    assert booking.block is not None
    assert (booking.block.kind, booking.block.lapses_at, booking.confirmed_at) == (BlockKind.BOOKING, None, step.at)
    assert told(booking) == [("Alice", "booking_confirmed"), ("Bob", "booking_confirmed")]


@pytest.mark.parametrize(("instant", "action"), [(True, "authorised"), (False, "paid")])
def test_money_takes_the_way_the_booking_asks_for(instant: bool, action: str) -> None:
    booking = bookings.hold(listings.listing(instant=instant))
    before = bookings.snapshot(booking)
    with pytest.raises(DomainError, match="not_allowed_now"):
        bookings.step(booking, action, Actor.payments())
    assert bookings.snapshot(booking) == before


def test_accepting_makes_the_hold_a_booking_and_takes_the_money() -> None:
    booking = bookings.booking(states.REQUESTED)
    told(booking)
    step = bookings.step(booking, "accept", bookings.owner_of(booking))
    assert (booking.state, step.money, jobs_for(step)) == ("confirmed", "capture", ["payments.perform"])
    assert booking.block is not None
    assert (booking.block.kind, booking.block.lapses_at) == (BlockKind.BOOKING, None)
    assert booking.deadline == booking.starts_at + timedelta(hours=2)
    assert told(booking) == [("Bob", "request_accepted")]


@pytest.mark.parametrize(
    ("state", "action", "who", "final", "heard"),
    [
        (states.PENDING_PAYMENT, "abandon", "renter", "cancelled", []),
        (states.REQUESTED, "decline", "owner", "declined", [("Bob", "request_declined")]),
        (states.REQUESTED, "withdraw", "renter", "cancelled", [("Alice", "request_withdrawn")]),
    ],
)
def test_giving_up_before_the_yes_frees_the_dates_and_the_money(
    state: str, action: str, who: str, final: str, heard: list[tuple[str, str]]
) -> None:
    booking = bookings.booking(state)
    told(booking)
    actor = bookings.owner_of(booking) if who == "owner" else bookings.renter_of(booking)
    step = bookings.step(booking, action, actor)
    assert (booking.state, step.money, jobs_for(step)) == (final, "void", ["payments.perform"])
    assert (booking.block, booking.deadline, booking.listing.blocks.count()) == (None, None, 0)
    assert told(booking) == heard


def test_a_declined_renter_is_led_to_other_bikes_for_the_same_dates() -> None:
    booking = bookings.booking(states.DECLINED)
    notice = Notice.objects.get(kind="request_declined")
    near = booking.listing.public
    assert near is not None
    query = f"near={near.lat:.4f},{near.lon:.4f}&from={booking.from_wall}&to={booking.to_wall}"
    assert notice.path == f"/search/?{query}"


@pytest.mark.parametrize(
    ("who", "money", "refund", "owner_share"),
    [("renter", "refund_policy", 2000, 1700), ("owner", "refund_all", 4360, 0), ("staff", "refund_all", 4360, 0)],
)
def test_a_cancellation_freezes_its_amounts(who: str, money: str, refund: int, owner_share: int) -> None:
    booking = bookings.booking(states.CONFIRMED, listings.listing(policy="moderate"))
    clock.travel(timedelta(hours=2))
    actors = {
        "renter": bookings.renter_of(booking),
        "owner": bookings.owner_of(booking),
        "staff": Actor.staff(bookings.staff(), reason="The bike was stolen."),
    }
    step = bookings.step(booking, "cancel", actors[who])
    assert (booking.state, step.money, jobs_for(step)) == ("cancelled", money, ["payments.perform"])
    assert (step.data["refund_to_renter"], step.data["owner_share"]) == (refund, owner_share)
    parts = ("refund_to_renter", "owner_share", "commission", "service_fee")
    assert sum(step.data[part] for part in parts) == 4360
    assert booking.listing.blocks.count() == 0


def test_a_cancellation_within_the_hour_gives_everything_back() -> None:
    booking = bookings.booking(states.CONFIRMED, listings.listing(policy="strict"))
    step = bookings.step(booking, "cancel", bookings.renter_of(booking))
    assert step.data["refund_to_renter"] == 4360


def test_staff_must_say_why() -> None:
    booking = bookings.booking(states.REQUESTED)
    before = bookings.snapshot(booking)
    with pytest.raises(Invalid, match="reason_needed"):
        bookings.step(booking, "accept", Actor.staff(bookings.staff(), reason=" "))
    assert bookings.snapshot(booking) == before
    step = bookings.step(booking, "accept", Actor.staff(bookings.staff(), reason="Alice called."))
    assert (booking.state, step.actor_kind, step.reason) == ("confirmed", "staff", "Alice called.")


def test_a_bike_is_not_handed_over_before_the_money_is_there() -> None:
    booking = bookings.booking(states.REQUESTED)
    bookings.step(booking, "accept", bookings.owner_of(booking))
    before = bookings.snapshot(booking)
    with pytest.raises(DomainError, match="not_captured"):
        bookings.step(booking, "hand_over", bookings.owner_of(booking), {"code": booking.handover_code})
    assert bookings.snapshot(booking) == before
    bookings.capture(booking)
    bookings.step(booking, "hand_over", bookings.owner_of(booking), {"code": booking.handover_code})
    assert (booking.state, booking.started_at) == ("active", pytest.approx(clock.now(), abs=timedelta(seconds=5)))


def test_a_return_in_time_costs_nothing_more() -> None:
    booking = bookings.booking(states.ACTIVE)
    clock.travel_to(booking.ends_at)
    step = bookings.step(booking, "give_back", bookings.renter_of(booking), {"code": booking.return_code})
    assert (booking.state, step.money, step.data, booking.late_fee) == ("returned", "", {}, 0)
    assert booking.claims_until == booking.deadline == step.at + timedelta(hours=24)
    assert booking.returned_at == step.at


def test_a_late_return_writes_its_fee() -> None:
    booking = bookings.booking(states.ACTIVE)
    clock.travel_to(booking.ends_at + timedelta(hours=2, minutes=10))
    step = bookings.step(booking, "give_back", bookings.renter_of(booking), {"code": booking.return_code})
    assert (step.money, step.data, jobs_for(step)) == (
        "late_fee",
        {"late_hours": 3, "late_fee": 1800},
        ["payments.perform"],
    )
    assert (booking.late_hours, booking.late_fee) == (3, 1800)


def test_saying_returned_asks_the_other_and_counts_once() -> None:
    booking = bookings.booking(states.ACTIVE)
    told(booking)
    first = bookings.step(booking, "say_returned", bookings.renter_of(booking))
    assert (booking.state, booking.deadline) == ("active", first.at + timedelta(hours=24))
    assert told(booking) == [("Alice", "return_to_confirm")]
    clock.travel(timedelta(hours=3))
    bookings.step(booking, "say_returned", bookings.owner_of(booking))
    assert booking.deadline == first.at + timedelta(hours=24)
    assert told(booking) == [("Bob", "return_to_confirm")]


def test_completing_releases_the_owners_share() -> None:
    booking = bookings.booking(states.COMPLETED)
    step = booking.transitions.get(action="complete")
    assert (step.money, jobs_for(step)) == ("release", ["payments.perform"])
    assert step.data == {
        "refund_to_renter": 0,
        "owner_share": 3400,
        "commission": 600,
        "service_fee": 360,
        "commission_vat": 100,
        "fee_vat": 60,
    }


def test_a_failed_capture_cancels_and_a_successful_one_cannot_fail_any_more() -> None:
    booking = bookings.booking(states.REQUESTED)
    bookings.step(booking, "accept", bookings.owner_of(booking))
    told(booking)
    step = bookings.step(booking, "capture_failed", Actor.payments())
    assert (booking.state, step.money) == ("cancelled", "void")
    assert told(booking) == [("Bob", "payment_failed"), ("Alice", "payment_failed_owner")]
    other = bookings.booking(states.CONFIRMED, listings.listing(), renter=people.carol())
    with pytest.raises(DomainError, match="not_allowed_now"):
        bookings.step(other, "capture_failed", Actor.payments())


def test_money_that_comes_after_the_lapse_counts_while_the_dates_are_free() -> None:
    booking = bookings.booking(states.EXPIRED)
    assert booking.block is None
    bookings.pay(booking)
    assert booking.state == "requested"
    assert booking.block is not None
    assert booking.block.lapses_at == booking.answer_by


def test_money_that_comes_when_the_dates_are_gone_changes_nothing() -> None:
    booking = bookings.booking(states.EXPIRED)
    bookings.hold(booking.listing, renter=people.carol())
    before = bookings.snapshot(booking)
    with pytest.raises(DomainError, match="dates_taken"):
        bookings.pay(booking)
    assert bookings.snapshot(booking) == before


def test_money_that_comes_after_the_start_changes_nothing() -> None:
    booking = bookings.booking(states.EXPIRED)
    clock.travel_to(booking.starts_at)
    before = bookings.snapshot(booking)
    with pytest.raises(DomainError, match="start_passed"):
        bookings.pay(booking)
    assert bookings.snapshot(booking) == before


def test_an_answer_after_its_deadline_is_too_late_even_before_the_clock_has_run() -> None:
    booking = bookings.booking(states.REQUESTED)
    assert booking.answer_by is not None
    clock.travel_to(booking.answer_by)
    before = bookings.snapshot(booking)
    with pytest.raises(DomainError, match="too_late"):
        bookings.step(booking, "accept", bookings.owner_of(booking))
    assert bookings.snapshot(booking) == before
    assert "accept" not in machine.allowed_actions(booking, bookings.owner_of(booking), clock.now())


@pytest.mark.parametrize("state", states.STATES)
def test_a_step_out_of_the_table_is_refused_and_changes_nothing(state: str) -> None:
    booking = bookings.booking(state)
    actors = {
        "renter": bookings.renter_of(booking),
        "owner": bookings.owner_of(booking),
        "staff": Actor.staff(bookings.staff(), reason="To see what happens."),
        "clock": Actor.clock(),
        "payments": Actor.payments(),
    }
    before = bookings.snapshot(booking)
    for action, who in product(states.ACTIONS, actors):
        if not states.rows_for(state, action, who):
            with pytest.raises(DomainError, match="not_allowed_now"):
                bookings.step(booking, action, actors[who])
    assert bookings.snapshot(booking) == before


@pytest.mark.parametrize("state", states.STATES)
def test_a_stranger_finds_no_booking(state: str) -> None:
    booking = bookings.booking(state)
    before = bookings.snapshot(booking)
    for action in states.ACTIONS:
        for pretended in (Actor.renter, Actor.owner):
            with pytest.raises(NotFound):
                bookings.step(booking, action, pretended(people.carol()))
    with pytest.raises(NotFound):
        bookings.step(booking, "cancel", Actor.staff(people.carol(), reason="I am no staff."))
    assert bookings.snapshot(booking) == before
