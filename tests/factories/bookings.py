"""Bookings of the tests, brought into each state by the real steps, at the clock's own present.

The usual one: Bob rents Alice's bike in Narbonne for two days, from three days ahead at 10:00: 40.00 € rental, 3.60 €
service fee, 6.00 € commission, 34.00 € for Alice.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import override

from bikeens.accounts.models import User
from bikeens.core import clock
from bikeens.core.money import Money
from bookings import actions, machine, states
from bookings.actors import Actor
from bookings.models import Booking, Transition
from listings import clocks
from listings.models import Listing
from listings.quoting import offer
from tests.factories import listings, people

TOTAL = Money(4360, "EUR")


def wall(days: int, hour: int = 10, zone: str = "Europe/Paris") -> datetime:
    """`hour` o'clock on the listing's wall, so many days from the clock's today."""
    now = clocks.instant_to_wall(clock.now(), zone)
    return now.replace(hour=hour, minute=0, second=0, microsecond=0) + timedelta(days=days)


def body(bike: Listing, *, start: int = 3, days: int = 2, **changes: Any) -> dict[str, Any]:
    """What the page posts to hold the usual dates."""
    return {
        "listing": str(bike.uuid),
        "from": wall(start).strftime("%Y-%m-%dT%H:%M"),
        "to": wall(start + days).strftime("%Y-%m-%dT%H:%M"),
        "total": TOTAL.as_json(),
        **changes,
    }


def hold(listing: Listing | None = None, *, renter: User | None = None, start: int = 3, days: int = 2) -> Booking:
    """An unpaid hold, past no check but the dates' own."""
    listing = listing or listings.listing()
    now = clock.now()
    with override("en"):
        offered = offer(listing, from_local=wall(start), to_local=wall(start + days), extras={}, now=now)
    return actions.open_booking(offer=offered, renter=renter or people.bob(), message="Hello Alice", now=now)


def pay(booking: Booking, **data: object) -> Transition:
    """The money is authorised, as payments tell it."""
    action = "paid" if booking.instant else "authorised"
    capture_before = (clock.now() + timedelta(days=6)).isoformat()
    return step(booking, action, Actor.payments(), {"capture_before": capture_before, **data})


def capture(booking: Booking) -> None:
    actions.record_captured(booking_id=booking.pk, at=clock.now())
    booking.refresh_from_db()


def step(booking: Booking, action: str, actor: Actor, data: Mapping[str, object] | None = None) -> Transition:
    """Take a step at the clock's present and bring `booking` up to date."""
    taken = machine.move(booking_id=booking.pk, action=action, actor=actor, now=clock.now(), data=data)
    booking.refresh_from_db()
    return taken


def renter_of(booking: Booking) -> Actor:
    return Actor.renter(booking.renter)


def owner_of(booking: Booking) -> Actor:
    return Actor.owner(booking.owner)


def staff() -> User:
    return people.person("Dora", is_staff=True)


def booking(state: str = states.REQUESTED, listing: Listing | None = None, **holding: Any) -> Booking:
    """A booking in `state`, the clock moved as far as it takes."""
    made = hold(listing, **holding)
    _advance(made, state)
    return made


def _advance(made: Booking, state: str) -> None:
    if state == states.PENDING_PAYMENT:
        return
    if state == states.EXPIRED:
        clock.travel_to(made.pay_by)
        step(made, "lapse", Actor.clock())
        return
    pay(made)
    if state == states.REQUESTED:
        return
    if state == states.DECLINED:
        step(made, "decline", owner_of(made))
        return
    if not made.instant:
        step(made, "accept", owner_of(made))
    capture(made)
    if state == states.CONFIRMED:
        return
    if state == states.CANCELLED:
        step(made, "cancel", renter_of(made))
        return
    clock.travel_to(made.starts_at)
    step(made, "hand_over", owner_of(made), {"code": made.handover_code})
    if state == states.ACTIVE:
        return
    clock.travel_to(made.ends_at)
    if state == states.CLAIMED:
        claim = {"kind": "not_as_described", "text": "The brakes squeal.", "amount": Money(1000, "EUR")}
        step(made, "claim", renter_of(made), claim)
        return
    step(made, "give_back", renter_of(made), {"code": made.return_code})
    if state == states.COMPLETED:
        assert made.claims_until is not None
        clock.travel_to(made.claims_until)
        step(made, "complete", Actor.clock())


def snapshot(booking: Booking) -> dict[str, object]:
    """Everything a refused step must leave as it was."""
    row = Booking.objects.filter(pk=booking.pk).values().get()
    return {
        "booking": row,
        "block": list(booking.listing.blocks.values()),
        "steps": list(Transition.objects.filter(booking=booking).values_list("action", "to_state")),
        "claim": list(booking.__class__.objects.filter(pk=booking.pk).values_list("claim__pk", "claim__answered_at")),
    }
