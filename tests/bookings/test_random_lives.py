"""Random lives of a few bookings on one bike: whatever people, payments and the clock do, the rules hold."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bikeens.core import clock
from bikeens.core.errors import DomainError
from bikeens.core.money import Money
from bookings import actions, claims, clockwork, machine, states
from bookings.actors import Actor
from bookings.models import Booking
from listings.choices import BlockKind
from listings.models import Block, Listing
from tests.factories import bookings, listings, people

pytestmark = pytest.mark.django_db

ACTIONS = [action for action in states.ACTIONS if action != "hold"]


class Lives(RuleBasedStateMachine):
    """A bike, three renters who hold it, and everything that may happen to their bookings."""

    def __init__(self) -> None:
        super().__init__()
        clock.forget()
        self.life = transaction.atomic()
        self.life.__enter__()

    @initialize(instant=st.booleans(), begin=st.sampled_from(states.OPEN))
    def list_a_bike(self, instant: bool, begin: str) -> None:
        self.bike = listings.listing(instant=instant, photos=0)
        self.renters = [people.bob(), people.carol(), people.person("Emil")]
        bookings.booking(states.CONFIRMED if instant and begin == states.REQUESTED else begin, self.bike)

    @rule(which=st.integers(0, 2), start=st.integers(1, 5))
    def hold(self, which: int, start: int) -> None:
        dates = {"from_local": bookings.wall(start), "to_local": bookings.wall(start + 2)}
        asked = partial(actions.hold, renter=self.renters[which], listing=self.bike.uuid, extras={}, **dates)
        try_to(partial(asked, total=bookings.TOTAL))

    @rule(which=st.integers(0, 3))
    def pay(self, which: int) -> None:
        press("paid" if self.bike.instant else "authorised", which, 4)

    @rule(which=st.integers(0, 3), how=st.integers(0, 30))
    def take_a_step_that_is_offered(self, which: int, how: int) -> None:
        press("offered", which, how)

    @rule(which=st.integers(0, 3), how=st.integers(0, 30))
    def take_another(self, which: int, how: int) -> None:
        press("offered", which, how)

    @rule(action=st.sampled_from(ACTIONS), which=st.integers(0, 3), who=st.integers(0, 4))
    def try_anything(self, action: str, which: int, who: int) -> None:
        press(action, which, who)

    @rule(which=st.integers(0, 3))
    def capture(self, which: int) -> None:
        press("capture", which, 0)

    @rule(minutes=st.sampled_from([1, 20, 60 * 12, 60 * 25, 60 * 80]))
    def let_time_pass(self, minutes: int) -> None:
        clock.travel(timedelta(minutes=minutes))

    @rule()
    def sweep(self) -> None:
        clockwork.run_due(clock.now())

    @invariant()
    def the_rules_hold(self) -> None:
        if hasattr(self, "bike"):
            check_rules(self.bike)

    def teardown(self) -> None:
        """Left to the clock alone, every booking ends."""
        try:
            for _round in range(8):
                clock.travel(timedelta(days=22))
                clockwork.run_due(clock.now())
                check_rules(self.bike)
            assert set(Booking.objects.values_list("state", flat=True)) <= set(states.FINAL)
        finally:
            transaction.set_rollback(True)
            self.life.__exit__(None, None, None)
            clock.forget()


def test_the_rules_hold_in_every_life() -> None:
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def press(name: str, which: int, how: int) -> None:
    """Take a step for one of the bookings: one that is offered must succeed, one that is not must change nothing."""
    found = list(Booking.objects.order_by("pk"))
    booking = found[which % len(found)]
    if name == "capture":
        if booking.transitions.filter(money=states.CAPTURE).exists() and booking.state in states.OPEN:
            bookings.capture(booking)
        return
    actors = [
        bookings.renter_of(booking),
        bookings.owner_of(booking),
        Actor.staff(bookings.staff(), reason="A random life."),
        Actor.clock(),
        Actor.payments(),
    ]
    now = clock.now()
    offered = [(action, actor) for actor in actors for action in machine.allowed_actions(booking, actor, now)]
    if name == "offered":
        if not offered:
            return
        action, actor = offered[how % len(offered)]
    else:
        action, actor = name, actors[how]
    is_offered = any(action == one and actor.kind == other.kind for one, other in offered)
    before = bookings.snapshot(booking)
    refused = try_to(lambda: bookings.step(booking, action, actor, words(action, booking, actor)))
    if refused is None:
        assert is_offered
        return
    assert bookings.snapshot(booking) == before
    # Whether the dates are still there is seen by taking them, and of nothing else.
    assert not is_offered or refused.code == "dates_taken"


def words(action: str, booking: Booking, actor: Actor) -> dict[str, object]:
    if action == "hand_over":
        return {"code": booking.handover_code}
    if action == "give_back":
        return {"code": booking.return_code}
    if action == "claim":
        shown = claims.open_kinds(booking, actor.kind, clock.now())
        return {"kind": shown[0] if shown else "damage", "text": "A scratch.", "amount": Money(700, "EUR")}
    return {"text": "I see it differently."}


def try_to(call) -> DomainError | None:
    try:
        with transaction.atomic():
            call()
    except DomainError as refused:
        return refused
    return None


def check_rules(bike: Listing) -> None:
    now = clock.now()
    for booking in Booking.objects.select_related("block"):
        steps = list(booking.transitions.order_by("pk"))
        assert [step.from_state for step in steps] == ["", *(step.to_state for step in steps[:-1])]
        assert steps[-1].to_state == booking.state
        shared = [step for step in steps if step.money in states.SHARING]
        assert len(shared) <= 1
        for step in shared:
            parts = ("refund_to_renter", "owner_share", "commission", "service_fee")
            assert sum(step.data[part] for part in parts) == booking.total_amount
        # Never money without dates, never dates without money.
        if booking.state in (states.CONFIRMED, states.ACTIVE):
            assert booking.block is not None
            assert booking.block.kind == BlockKind.BOOKING
        if booking.state in (states.PENDING_PAYMENT, states.REQUESTED) and booking.deadline > now:
            assert booking.block is not None
            assert booking.block.lapses_at == booking.deadline
        if booking.state in (states.CANCELLED, states.DECLINED, states.EXPIRED):
            assert booking.block is None
    orphans = Block.objects.filter(listing=bike, booking=None)
    assert not orphans.exists()
