"""What may be claimed when, and what a claim proposes."""

from datetime import datetime

from django.utils.translation import gettext as _

from bikeens.core.errors import FieldError, Invalid
from bikeens.core.money import Money
from bookings import deadlines, states
from bookings.models import Booking
from bookings.terms import terms_of


def open_kinds(booking: Booking, who: str, now: datetime) -> list[str]:
    """What this side may claim at this moment; staff, whatever either may."""
    sides = states.EITHER if who == states.STAFF else (who,)
    return [
        kind
        for kind, rule in states.CLAIMS.items()
        if booking.state in rule.states and set(rule.who) & set(sides) and _window_is_open(booking, kind, now)
    ]


def claimant(kind: str, who: str) -> str:
    """The side a claim stands for: staff speak for the one who could make it, for the renter where either could."""
    return next(side for side in states.CLAIMS[kind].who) if who == states.STAFF else who


def proposal(booking: Booking, *, kind: str, by_role: str, amount: Money | None) -> tuple[int, int]:
    """Cents asked for, and cents of the held price that would go back to the renter.

    A no-show stands for a refund of its own: of everything when the owner did not come, of nothing when the renter did
    not. What an owner asks for beyond the rental cannot be taken from the held price. Raises Invalid.
    """
    if kind == states.NO_SHOW:
        refund = booking.total_amount if by_role == states.RENTER else 0
        return refund, refund
    if amount is None:
        raise _wrong_amount("required", _("Say which amount you ask for."))
    if amount.currency != booking.currency:
        raise _wrong_amount("wrong_currency", _("This booking was paid in another currency."))
    if amount.amount < 0 or (amount.amount == 0 and by_role == states.RENTER):
        raise _wrong_amount("too_low", _("Ask for an amount above zero."))
    if amount.amount > booking.total_amount:
        raise _wrong_amount("too_high", _("At most the price of the booking can be asked for."))
    return amount.amount, amount.amount if by_role == states.RENTER else 0


def check_refund(booking: Booking, refund: Money) -> int:
    """The cents staff decide to give back. Raises Invalid."""
    if refund.currency != booking.currency:
        raise _wrong_amount("wrong_currency", _("This booking was paid in another currency."))
    if not 0 <= refund.amount <= terms_of(booking).total:
        raise _wrong_amount("too_high", _("More than was paid can't come back."))
    return refund.amount


def _window_is_open(booking: Booking, kind: str, now: datetime) -> bool:
    if booking.state == states.RETURNED:
        return booking.claims_until is not None and now < booking.claims_until
    if kind == states.NO_SHOW:
        return now >= deadlines.no_show_from(booking.starts_at)
    if kind == states.LOST:
        return now >= deadlines.lost_from(booking.ends_at)
    return True


def _wrong_amount(code: str, said: str) -> Invalid:
    return Invalid(code, said, fields={"amount": [FieldError(code=code, message=said)]})
