"""The demo's bookings: past and coming ones in every state, each lived through the same actions as everybody's.

The clock is moved back and then forward again from step to step, so that every transition, deadline and posting stands
where it would stand had it all happened.
"""

import heapq
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count, cycle

from bikeens.accounts.models import User
from bikeens.core import clock
from bikeens.demo import stripe
from bookings import actions
from bookings.clockwork import run_due
from bookings.models import Booking
from listings.clocks import instant_to_wall
from listings.models import Listing
from listings.offers import offered_listing
from listings.quoting import offer
from payments.charges import refresh_payment
from payments.checkout import open_checkout
from payments.effects import open_transitions, perform
from payments.models import Payment

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MESSAGES = (
    "Bonjour, on fait le tour de la Clape avec mon fils.",
    "Bonjour ! Je viens pour le week-end, j’arrive en train.",
    "Bonjour, ce serait pour aller travailler cette semaine.",
    "",
)
# Endings that only a request can have: an instant booking asks nobody.
ASKED = {"requested", "declined", "withdrawn", "lapsed"}
# How it ends, on which day from today it starts, and whether with a bike of Claire's.
PRESENT = (
    *(("cancelled", -9, False), ("cancelled_by_owner", -7, False), ("declined", -6, True), ("withdrawn", -5, False)),
    *(("lapsed", -4, False), ("unpaid", -3, False), ("completed", -3, False), ("completed", -2, True)),
    # Reported, given back today, still out.
    *(("claimed", -2, False), ("returned", -2, True), ("active", -1, True), ("active", -1, False)),
    # Coming, asked for, not yet paid.
    *(("confirmed", 1, True), ("confirmed", 1, False), ("confirmed", 3, True), ("confirmed", 5, False)),
    *(("confirmed", 9, False), ("confirmed", 12, True), ("requested", 6, True), ("requested", 3, False)),
    *(("requested", 8, False), ("requested", 15, True), ("unpaid", 4, False)),
)
Step = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """One booking to be: asked `lead` before it starts, and how far it gets by now."""

    listing: Listing
    renter: User
    start: datetime
    days: int
    lead: timedelta
    ending: str
    message: str


@dataclass(slots=True)
class Stage:
    """The steps still to come, in the order of time."""

    now: datetime
    steps: list[tuple[datetime, int, Step]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    def at(self, when: datetime, step: Step) -> None:
        heapq.heappush(self.steps, (when, next(self.numbers), step))

    def play(self) -> None:
        """Take every step at its time, and what the clock has to do in between; nothing after now."""
        while self.steps and self.steps[0][0] < self.now:
            when, _, step = heapq.heappop(self.steps)
            clock.travel_to(when)
            settle()
            step()
            settle()
        clock.travel_to(self.now)
        settle()


def settle() -> None:
    """The clock's steps that are due, then what they and people's steps do with money."""
    run_due(clock.now())
    for transition in open_transitions().order_by("pk"):
        perform(transition)


def live(stage: Stage, plan: Plan) -> None:
    """Put one booking's steps on the stage."""
    asked = plan.start - plan.lead
    stage.at(asked, lambda: _book(stage, plan))


def _book(stage: Stage, plan: Plan) -> None:
    listing = offered_listing(plan.listing.uuid, plan.renter)
    start = instant_to_wall(plan.start, listing.zone)
    end = start + timedelta(days=plan.days)
    found = offer(listing, from_local=start, to_local=end, extras={}, now=clock.now())
    if found.reasons:
        return
    booking = actions.hold(
        renter=plan.renter,
        listing=listing.uuid,
        from_local=start,
        to_local=end,
        extras={},
        total=found.quote.total,
        message=plan.message,
    )
    if plan.ending == "unpaid":
        return
    stripe.pay(open_checkout(booking=booking.uuid, renter=plan.renter, language="fr"), plan.renter.name)
    refresh_payment(Payment.objects.get(booking=booking))
    _answer(stage, plan, booking)


def _answer(stage: Stage, plan: Plan, booking: Booking) -> None:
    asked = clock.now()
    if plan.ending in ("requested", "lapsed"):
        return
    if plan.ending == "withdrawn":
        stage.at(asked + 2 * HOUR, lambda: _act(booking, "withdraw", plan.renter))
        return
    if plan.ending == "declined":
        stage.at(asked + HOUR, lambda: _act(booking, "decline", booking.owner, reason="Le vélo part en révision."))
        return
    if not booking.instant:
        stage.at(asked + HOUR / 2, lambda: _act(booking, "accept", booking.owner))
    if plan.ending == "cancelled":
        stage.at(asked + 5 * HOUR, lambda: _act(booking, "cancel", plan.renter, reason="Train supprimé."))
        return
    if plan.ending == "cancelled_by_owner":
        stage.at(asked + 5 * HOUR, lambda: _act(booking, "cancel", booking.owner, reason="Roue voilée, désolé."))
        return
    _ride(stage, plan, booking)


def _ride(stage: Stage, plan: Plan, booking: Booking) -> None:
    stage.at(
        booking.starts_at + timedelta(minutes=5),
        lambda: _act(booking, "hand_over", booking.owner, data={"code": booking.handover_code}),
    )
    stage.at(
        booking.ends_at - timedelta(minutes=20),
        lambda: _act(booking, "give_back", plan.renter, data={"code": booking.return_code}),
    )
    if plan.ending == "claimed":
        words = "Le dérailleur est tordu et le garde-boue est cassé."
        half = booking.money(booking.total_amount // 2)
        report: dict[str, object] = {"kind": "damage", "text": words, "amount": half}
        stage.at(booking.ends_at + 2 * HOUR, lambda: _act(booking, "claim", booking.owner, data=report))
    elif plan.ending == "completed":
        # The claim window has to be looked at when it closes: a step that only lets the clock act.
        stage.at(booking.ends_at + 25 * HOUR, lambda: None)


def _act(
    booking: Booking, action: str, person: User, *, reason: str = "", data: dict[str, object] | None = None
) -> None:
    actions.act(booking=booking, person=person, action=action, reason=reason, data=data)


def plans(
    now: datetime, claires: Sequence[Listing], elsewhere: Sequence[Listing], renters: Sequence[User]
) -> Iterator[Plan]:
    """What happened and what is coming; always the same, whatever the day. Hugo, the first renter, has every third."""
    dice = random.Random("the demo's bookings")
    others = cycle(dice.sample(list(renters[1:]), k=len(renters) - 1))
    bikes = {True: cycle(claires), False: cycle(elsewhere)}
    past = [("completed", -days, number % 3 == 0) for number, days in enumerate(range(52, 4, -2))]
    for number, (ending, days, at_claires) in enumerate([*past, *PRESENT]):
        chosen = next(one for one in bikes[at_claires] if not (one.instant and ending in ASKED))
        renter = renters[0] if number % 3 == 1 else next(others)
        yield _plan(dice, now, chosen, renter, ending, days)


def _plan(dice: random.Random, now: datetime, bike: Listing, renter: User, ending: str, days: int) -> Plan:
    today = instant_to_wall(now, bike.zone).replace(hour=10, minute=0, second=0, microsecond=0)
    start = now + ((today + timedelta(days=days)) - instant_to_wall(now, bike.zone))
    length = {"active": 3, "returned": 2, "claimed": 1}.get(ending, dice.choice((1, 2, 3)))
    # What is coming was asked for a moment ago, the rest some days before it began.
    asked_ago = HOUR / 6 if ending == "unpaid" else dice.choice((1, 2)) * HOUR
    lead = start - now + asked_ago if days > 0 else dice.choice((2, 3, 4)) * DAY
    return Plan(bike, renter, start, length, lead, ending, dice.choice(MESSAGES))
