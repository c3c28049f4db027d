"""The sole writer of a booking's state. Every step goes through `move`; a booking begins in `begin`."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app as jobs

from bikeens.core.db import retry_on_conflict
from bikeens.core.errors import FieldError, Invalid, NotFound, Refused
from bookings import effects, guards, notices, states
from bookings.actors import Actor
from bookings.deadlines import deadline_of
from bookings.guards import Data
from bookings.models import Booking, Transition
from bookings.states import Row
from listings.models import Listing

__all__ = ["Actor", "allowed_actions", "begin", "lock", "move", "row_for"]


@retry_on_conflict
def move(*, booking_id: int, action: str, actor: Actor, now: datetime, data: Data | None = None) -> Transition:
    """Take one step of the table with all that hangs on it, in one transaction. A refusal changes nothing.

    `data` is what the step needs: {"code"} at the two meetings, {"capture_before"} (ISO) from payments, {"kind",
    "text", "amount"} of a claim. Raises NotFound for whom the booking is not there, Invalid `reason_needed` of staff,
    Refused `not_allowed_now` for a step the table does not have, and what the row's guards refuse.
    """
    with transaction.atomic():
        booking = lock(booking_id)
        if not actor.has_part_in(booking):
            raise NotFound("not_found", _("There is nothing here."))
        if actor.kind == states.STAFF and not actor.reason.strip():
            said = _("Say why.")
            raise Invalid("reason_needed", said, fields={"reason": [FieldError(code="reason_needed", message=said)]})
        row = row_for(booking, action, actor, now, data or {})
        return _take(row, booking, actor, now, data or {})


def begin(booking: Booking, *, actor: Actor, now: datetime) -> Transition:
    """The first step, `hold`: saves a new booking. The caller has locked the listing and blocked the dates."""
    [row] = states.rows_for(states.NOTHING, "hold", actor.kind)
    return _take(row, booking, actor, now, {})


def row_for(booking: Booking, action: str, actor: Actor, now: datetime, data: Data) -> Row:
    """The row that this step takes: the first that fits and whose guards hold. Raises Refused as `move`."""
    refused: Refused | None = None
    for row in states.rows_for(booking.state, action, actor.kind):
        refused = guards.refusal(row, booking, actor, now, data)
        if refused is None:
            return row
    raise refused or guards.not_now(booking)


def allowed_actions(booking: Booking, actor: Actor, now: datetime) -> list[str]:
    """What this actor could do now, in the order of the table: the same rows and guards as `move`."""
    if not actor.has_part_in(booking):
        return []
    return [
        action
        for action in states.actions_of(booking.state, actor.kind)
        if any(guards.allows(row, booking, actor, now) for row in states.rows_for(booking.state, action, actor.kind))
    ]


def lock(booking_id: int) -> Booking:
    """The booking as it stands now, its row locked; its listing's first, as parents are locked before children.

    Raises NotFound.
    """
    listing_id = Booking.objects.filter(pk=booking_id).values_list("listing_id", flat=True).first()
    if listing_id is None:
        raise NotFound("not_found", _("There is nothing here."))
    Listing.objects.select_for_update(no_key=True).only("pk").get(pk=listing_id)
    return (
        Booking.objects.select_for_update(no_key=True, of=("self",))
        .select_related("listing__owner", "renter", "owner", "block", "claim")
        .get(pk=booking_id)
    )


def _take(row: Row, booking: Booking, actor: Actor, now: datetime, data: Data) -> Transition:
    """Save the new state with columns, dates, transition, notices and jobs."""
    dates = booking.block
    frozen = effects.apply(row, booking, actor, now, data)
    booking.state = row.target
    booking.deadline = deadline_of(booking)
    booking.save()
    effects.free_dates(booking, dates)
    transition = Transition.objects.create(
        booking=booking,
        action=row.action,
        from_state=row.origin,
        to_state=row.target,
        actor_kind=actor.kind,
        actor=actor.person,
        at=now,
        reason=actor.reason,
        money=row.money,
        data=frozen,
    )
    notices.tell(row, booking, transition)
    if row.money:
        # Money is a floor above: the transition is its outbox, and this only wakes it sooner than its own sweep.
        jobs.configure_task("payments.perform").defer(transition_id=transition.pk)
    return transition
