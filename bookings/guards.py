"""What must hold besides state and actor: the guards that the table names.

`refusal` is for taking a step; `allows` for showing a button, when what a person would still enter counts as right.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

from django.utils.translation import gettext as _

from bikeens.core.errors import FieldError, Refused
from bookings import claims, refunds, states
from bookings.actors import Actor
from bookings.models import Booking
from bookings.states import Row
from listings.actions.numbers import is_reported_stolen

Data = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at one row; `data` is None while nothing has been entered yet."""

    row: Row
    booking: Booking
    actor: Actor
    now: datetime
    data: Data | None


def refusal(row: Row, booking: Booking, actor: Actor, now: datetime, data: Data) -> Refused | None:
    """Why the step can't be taken, or None."""
    return _first(Attempt(row, booking, actor, now, data))


def allows(row: Row, booking: Booking, actor: Actor, now: datetime) -> bool:
    """Whether the step could be taken now, given the right code or words."""
    return _first(Attempt(row, booking, actor, now, None)) is None


def not_now(booking: Booking) -> Refused:
    """The state, or what it implies, does not allow the step."""
    return Refused("not_allowed_now", _("That can't be done in this state of the booking."), state=booking.state)


def wrong_code() -> Refused:
    said = _("That isn't the code the other side shows.")
    return Refused("wrong_code", said, fields={"code": [FieldError(code="wrong_code", message=said)]})


def shown_code(row: Row, booking: Booking) -> str:
    """The code that the other side shows for this step: the renter at the handover, the owner at the return."""
    return booking.handover_code if row.action == "hand_over" else booking.return_code


def _first(attempt: Attempt) -> Refused | None:
    for name in attempt.row.guards:
        refused = GUARDS[name](attempt)
        if refused is not None:
            return refused
    return None


def _unless(holds: bool, attempt: Attempt) -> Refused | None:
    return None if holds else not_now(attempt.booking)


def _due(attempt: Attempt) -> Refused | None:
    deadline = attempt.booking.deadline
    if deadline is not None and attempt.now >= deadline:
        return None
    return Refused("not_due", _("It isn't time for that yet."))


def _in_time(attempt: Attempt) -> Refused | None:
    deadline = attempt.booking.deadline
    if deadline is not None and attempt.now < deadline:
        return None
    return Refused("too_late", _("The time to answer is over."))


def _start_ahead(attempt: Attempt) -> Refused | None:
    if attempt.now < attempt.booking.starts_at:
        return None
    return Refused("start_passed", _("The rental should have begun already."))


def _dates_free(attempt: Attempt) -> Refused | None:
    """Taking the dates is the test: the block is written with the step and raises `dates_taken`."""
    return None


def _captured(attempt: Attempt) -> Refused | None:
    if attempt.booking.captured_at is not None:
        return None
    return Refused("not_captured", _("The payment isn't through yet. Try again in a moment."))


def _deposit_held(attempt: Attempt) -> Refused | None:
    """No listing can ask for a deposit yet, so none is ever missing."""
    return None


def _code(attempt: Attempt) -> Refused | None:
    if attempt.data is None or attempt.actor.kind == states.STAFF:
        return None
    entered = str(attempt.data.get("code", ""))
    right = compare_digest(shown_code(attempt.row, attempt.booking).encode(), entered.encode())
    return None if right else wrong_code()


def _late(attempt: Attempt) -> Refused | None:
    late = refunds.hours_late(ends_at=attempt.booking.ends_at, returned_at=attempt.now) > 0
    return _unless(late, attempt)


def _claimable(attempt: Attempt) -> Refused | None:
    kinds = claims.open_kinds(attempt.booking, attempt.actor.kind, attempt.now)
    if attempt.data is None:
        return _unless(bool(kinds), attempt)
    if attempt.data.get("kind") in kinds:
        return None
    said = _("That can't be reported at this time.")
    return Refused("not_claimable_now", said, fields={"kind": [FieldError(code="not_claimable_now", message=said)]})


def _other_side(attempt: Attempt) -> Refused | None:
    if attempt.actor.kind != attempt.booking.claim.by_role:
        return None
    return Refused("not_yours_to_settle", _("The other side has to answer what you reported."))


GUARDS: dict[str, Callable[[Attempt], Refused | None]] = {
    "due": _due,
    "in_time": _in_time,
    "by_request": lambda attempt: _unless(not attempt.booking.instant, attempt),
    "instant": lambda attempt: _unless(attempt.booking.instant, attempt),
    "start_ahead": _start_ahead,
    "not_stolen": lambda attempt: _unless(not is_reported_stolen(attempt.booking.listing), attempt),
    "dates_free": _dates_free,
    "captured": _captured,
    "not_captured": lambda attempt: _unless(attempt.booking.captured_at is None, attempt),
    "deposit_held": _deposit_held,
    "deposit_missing": lambda attempt: _unless(_deposit_held(attempt) is not None, attempt),
    "code": _code,
    "late": _late,
    "not_back": lambda attempt: _unless(attempt.booking.returned_at is None, attempt),
    "claimable": _claimable,
    "other_side": _other_side,
    "unanswered": lambda attempt: _unless(attempt.booking.claim.answered_at is None, attempt),
    "answered": lambda attempt: _unless(attempt.booking.claim.answered_at is not None, attempt),
}
