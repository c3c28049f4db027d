"""What the clock does to bookings: every deadline that has passed, and bikes that are overdue."""

import logging
from datetime import datetime

from bikeens.core.errors import DomainError
from bookings import machine, refunds, states
from bookings.actors import Actor
from bookings.models import Booking
from listings import actions as listings

log = logging.getLogger(__name__)
CLOCK = Actor.clock()


def run_due(now: datetime) -> int:
    """Take every step that is due, each in its own transaction; returns how many were taken.

    One that fails is logged and tried again by the next sweep; it holds up no other.
    """
    due = Booking.objects.filter(deadline__lte=now).order_by("deadline", "pk").values_list("pk", flat=True)
    return sum(_take_due_step(booking_id, now) for booking_id in list(due))


def mark_overdue(now: datetime) -> None:
    """Note on their listings which bikes should be back and are not."""
    out = Booking.objects.filter(
        state=states.ACTIVE, ends_at__lt=now - refunds.GRACE, returned_at=None, listing__overdue_since=None
    )
    for booking in out.select_related("listing"):
        listings.record_overdue(listing=booking.listing, since=booking.ends_at)


def _take_due_step(booking_id: int, now: datetime) -> bool:
    try:
        booking = Booking.objects.select_related("claim").get(pk=booking_id)
        actions = machine.allowed_actions(booking, CLOCK, now)
        if not actions:
            # Somebody was faster than the clock.
            return False
        machine.move(booking_id=booking_id, action=actions[0], actor=CLOCK, now=now)
    except DomainError as refused:
        log.info("The clock left booking %s as it is: %s", booking_id, refused.code)
        return False
    except Exception:
        log.exception("The clock could not move booking %s.", booking_id)
        return False
    return True
