"""The six-digit codes of the two meetings: one side shows, the other enters."""

import secrets
from datetime import datetime, timedelta

import segno
from django.db import transaction
from django.utils.translation import gettext as _

from bikeens.core.db import retry_on_conflict
from bikeens.core.errors import FieldError, Refused, TooMany
from bikeens.core.letters import page_address
from bookings import guards, machine, states
from bookings.actors import Actor
from bookings.models import Booking, Transition

MOST_WRONG = 5
LOCKED_FOR = timedelta(minutes=15)


def new_code() -> str:
    return f"{secrets.randbelow(10**6):06d}"


def code_to_show(booking: Booking, who: str) -> str | None:
    """The code that this side shows at the next meeting."""
    if who == states.RENTER and booking.state == states.CONFIRMED:
        return booking.handover_code
    out = booking.state == states.ACTIVE or (booking.state == states.CLAIMED and booking.started_at is not None)
    if who == states.OWNER and out and booking.returned_at is None:
        return booking.return_code
    return None


def code_picture(booking: Booking, code: str) -> str:
    """A QR code, as a data: address of an SVG.

    The other side's camera opens the booking, in the active language, with the code filled in; only they can use it.
    """
    address = page_address(f"/bookings/{booking.uuid}/?code={code}")
    return segno.make_qr(address, error="m").svg_data_uri(border=2, light="#fff", dark="#0d211c", omitsize=True)


def enter_code(*, booking_id: int, action: str, code: str, actor: Actor, now: datetime) -> Transition:
    """Take `hand_over` or `give_back` with the code the other side shows.

    Raises what `move` raises, and TooMany `codes_locked` for a quarter of an hour after five wrong codes. Wrong codes
    are counted in a commit of their own, which outlives the refusal.
    """
    wrong = _count_if_wrong(booking_id, action, code, actor, now)
    if wrong is not None:
        raise wrong
    return machine.move(booking_id=booking_id, action=action, actor=actor, now=now, data={"code": code})


@retry_on_conflict
@transaction.atomic
def _count_if_wrong(booking_id: int, action: str, code: str, actor: Actor, now: datetime) -> Refused | None:
    """Only what fails for its code alone is counted; anything else is for `move` to refuse."""
    booking = machine.lock(booking_id)
    if not actor.has_part_in(booking):
        return None
    if action not in machine.allowed_actions(booking, actor, now):
        return None
    if booking.codes_locked_until is not None and now < booking.codes_locked_until:
        raise _locked(booking.codes_locked_until, now)
    try:
        machine.row_for(booking, action, actor, now, {"code": code})
    except Refused as refused:
        if refused.code != guards.wrong_code().code:
            return None
        booking.wrong_codes += 1
        if booking.wrong_codes >= MOST_WRONG:
            booking.wrong_codes, booking.codes_locked_until = 0, now + LOCKED_FOR
        booking.save(update_fields=["wrong_codes", "codes_locked_until"])
        return refused
    booking.wrong_codes, booking.codes_locked_until = 0, None
    booking.save(update_fields=["wrong_codes", "codes_locked_until"])
    return None


def _locked(until: datetime, now: datetime) -> TooMany:
    minutes = max(1, -(-int((until - now).total_seconds()) // 60))
    said = _("Five wrong codes: try again in a quarter of an hour.")
    fields = {"code": [FieldError(code="codes_locked", message=said)]}
    return TooMany("codes_locked", said, fields=fields, minutes=minutes)
