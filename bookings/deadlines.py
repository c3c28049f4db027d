"""Every deadline of a booking, computed in one place for screen, clock and permission alike. Pure.

The results are columns, written by `machine` with each step; the sweep looks at `deadline` alone.
"""

from datetime import datetime, timedelta
from typing import Protocol

from bookings import states

# Stripe's shortest Checkout, so that an unpaid hold and its payment page end together.
PAY_WITHIN = timedelta(minutes=30)
ANSWER_WITHIN = timedelta(hours=24)
ANSWER_AT_LEAST = timedelta(hours=1)
# The owner's yes must still find the money: the card's authorisation ends at `capture_before`.
CAPTURE_MARGIN = timedelta(hours=12)
START_WITHIN = timedelta(hours=2)
CONFIRM_RETURN_WITHIN = timedelta(hours=24)
RETURN_WITHIN = timedelta(hours=72)
CLAIM_WITHIN = timedelta(hours=24)
ANSWER_CLAIM_WITHIN = timedelta(hours=72)
SETTLE_WITHIN = timedelta(days=21)
# From when somebody who is waited for counts as not coming, and a bike as lost.
NO_SHOW_AFTER = timedelta(minutes=30)
LOST_AFTER = timedelta(hours=24)


class Dated(Protocol):
    """The columns of a booking that its deadlines are made of."""

    state: str
    starts_at: datetime
    ends_at: datetime
    pay_by: datetime
    answer_by: datetime | None
    said_returned_at: datetime | None
    claims_until: datetime | None
    settle_by: datetime | None


def pay_by(held_at: datetime) -> datetime:
    return held_at + PAY_WITHIN


def answer_by(*, requested_at: datetime, starts_at: datetime, capture_before: datetime | None) -> datetime:
    """The earliest of: 24 h after the request, half of the time left until the start (at least 1 h), the start, and
    12 h before the authorisation ends."""
    half = max((starts_at - requested_at) / 2, ANSWER_AT_LEAST)
    ends = [requested_at + ANSWER_WITHIN, requested_at + half, starts_at]
    if capture_before is not None:
        ends.append(capture_before - CAPTURE_MARGIN)
    return min(ends)


def start_by(starts_at: datetime) -> datetime:
    """When the clock takes the rental for begun, or the booking for not ready."""
    return starts_at + START_WITHIN


def return_by(*, ends_at: datetime, said_returned_at: datetime | None) -> datetime:
    """When the clock takes the bike for returned: a day after somebody said so, or three days after the end."""
    return ends_at + RETURN_WITHIN if said_returned_at is None else said_returned_at + CONFIRM_RETURN_WITHIN


def claims_until(entered_returned_at: datetime) -> datetime:
    return entered_returned_at + CLAIM_WITHIN


def settle_by(*, claimed_at: datetime, contested_at: datetime | None) -> datetime:
    """72 hours to answer a claim; contested, three weeks to agree."""
    return claimed_at + ANSWER_CLAIM_WITHIN if contested_at is None else contested_at + SETTLE_WITHIN


def no_show_from(starts_at: datetime) -> datetime:
    return starts_at + NO_SHOW_AFTER


def lost_from(ends_at: datetime) -> datetime:
    return ends_at + LOST_AFTER


def deadline_of(booking: Dated) -> datetime | None:
    """When the clock acts next; None in a final state."""
    match booking.state:
        case states.PENDING_PAYMENT:
            return booking.pay_by
        case states.REQUESTED:
            return booking.answer_by
        case states.CONFIRMED:
            return start_by(booking.starts_at)
        case states.ACTIVE:
            return return_by(ends_at=booking.ends_at, said_returned_at=booking.said_returned_at)
        case states.RETURNED:
            return booking.claims_until
        case states.CLAIMED:
            return booking.settle_by
    return None
