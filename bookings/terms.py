"""A booking's frozen amounts, and how they are shared out by each operation of the money column."""

from datetime import datetime

from bookings import refunds, states
from bookings.models import Booking
from bookings.refunds import Split, Terms


def terms_of(booking: Booking) -> Terms:
    return Terms(
        rental=booking.rental_amount,
        service_fee=booking.renter_fee,
        commission=booking.commission,
        fee_vat=booking.fee_vat,
        commission_vat=booking.commission_vat,
    )


def cancellation(booking: Booking, now: datetime) -> Split:
    """What the renter's cancelling at `now` gives back: shown before the tap, frozen with it, paid after it."""
    return refunds.by_policy(
        terms_of(booking),
        booking.policy,
        starts_at=booking.starts_at,
        confirmed_at=booking.confirmed_at or booking.created_at,
        now=now,
    )


def split_for(money: str, booking: Booking, *, now: datetime, settled_refund: int) -> Split | None:
    """Where the held money goes by an operation; None for one that shares nothing out."""
    match money:
        case states.REFUND_POLICY:
            return cancellation(booking, now)
        case states.REFUND_ALL:
            return refunds.everything_back(terms_of(booking))
        case states.RELEASE | states.SETTLE_DEFAULT:
            return refunds.nothing_back(terms_of(booking))
        case states.SETTLE:
            return refunds.give_back(terms_of(booking), settled_refund)
    return None
