"""What each step writes on the booking beside its state, and what it does to the dates. Called by `machine` alone."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bikeens.core.money import Money
from bookings import claims, deadlines, refunds, states
from bookings.actors import Actor
from bookings.guards import Data
from bookings.models import Booking, Claim
from bookings.states import Row
from bookings.terms import split_for
from listings import actions as listings
from listings.choices import BlockKind
from listings.models import Block


def apply(row: Row, booking: Booking, actor: Actor, now: datetime, data: Data) -> dict[str, object]:
    """Write all that follows from the step but the state itself; returns what is frozen with the transition."""
    _note(row, booking, actor, now, data)
    if row.action == "claim":
        _open_claim(booking, actor, now, data)
    if row.action == "contest":
        _answer_claim(booking, now, data)
    _enter(row, booking, now)
    _write_dates(row, booking, now)
    frozen = _freeze(row, booking, now, data)
    if row.origin == states.CLAIMED and row.target == states.COMPLETED:
        Claim.objects.filter(booking=booking).update(settled_at=now, settled_refund=frozen["refund_to_renter"])
    return frozen


def _note(row: Row, booking: Booking, actor: Actor, now: datetime, data: Data) -> None:
    """The moments that the step itself stands for."""
    match row.action:
        case "authorised" | "paid":
            booking.capture_before = _instant(data.get("capture_before"))
        case "say_returned":
            # Saying it twice does not put the deadline off.
            if booking.said_returned_at is None:
                booking.said_returned_at, booking.said_returned_by = now, actor.kind
        case "give_back":
            booking.returned_at = now
        case "assume_return":
            booking.returned_at = booking.ends_at
    over = booking.returned_at is not None or row.target in states.FINAL
    if booking.started_at is not None and over and booking.listing.overdue_since is not None:
        listings.record_overdue(listing=booking.listing, since=None)
    if row.money == states.LATE_FEE:
        booking.late_hours = refunds.hours_late(ends_at=booking.ends_at, returned_at=now)
        booking.late_fee = refunds.late_fee(
            hours=booking.late_hours, hour_price=booking.hour_price, day_price=booking.day_price
        )


def _enter(row: Row, booking: Booking, now: datetime) -> None:
    """The moments that entering the next state stands for."""
    match row.target:
        case states.REQUESTED:
            booking.answer_by = deadlines.answer_by(
                requested_at=now, starts_at=booking.starts_at, capture_before=booking.capture_before
            )
        case states.CONFIRMED:
            booking.confirmed_at = now
        case states.ACTIVE if row.origin == states.CONFIRMED:
            booking.started_at = now
        case states.RETURNED:
            booking.claims_until = deadlines.claims_until(now)


def _open_claim(booking: Booking, actor: Actor, now: datetime, data: Data) -> None:
    kind, amount = str(data["kind"]), data.get("amount")
    by_role = claims.claimant(kind, actor.kind)
    asked, refund = claims.proposal(
        booking, kind=kind, by_role=by_role, amount=amount if isinstance(amount, Money) else None
    )
    assert actor.person is not None
    booking.claim = Claim.objects.create(
        booking=booking,
        by=actor.person,
        by_role=by_role,
        kind=kind,
        text=str(data.get("text", "")),
        amount=asked,
        refund=refund,
        created_at=now,
    )
    booking.settle_by = deadlines.settle_by(claimed_at=now, contested_at=None)


def _answer_claim(booking: Booking, now: datetime, data: Data) -> None:
    claim = booking.claim
    claim.answer, claim.answered_at = str(data.get("text", "")), now
    claim.save(update_fields=["answer", "answered_at"])
    booking.settle_by = deadlines.settle_by(claimed_at=claim.created_at, contested_at=now)


def _write_dates(row: Row, booking: Booking, now: datetime) -> None:
    """Never money without dates, never dates without money. Raises Refused `dates_taken` when they are gone."""
    if row.target == states.REQUESTED:
        assert booking.answer_by is not None
        booking.block = listings.extend_hold(block=_dates_of(booking), lapses_at=booking.answer_by)
    elif row.target == states.CONFIRMED:
        booking.block = listings.confirm_block(block=_dates_of(booking))
    elif row.target in states.FINAL and booking.block is not None and _frees(row, booking.block, now):
        # The row in the table of blocks goes once the booking no longer needs it: see `free_dates`.
        booking.block = None


def free_dates(booking: Booking, before: Block | None) -> None:
    """Give back the dates that the step let go of; the booking is saved already."""
    if before is not None and booking.block is None:
        listings.free_block(block=before)


def _frees(row: Row, block: Block, now: datetime) -> bool:
    """A rental that took place keeps its block as history."""
    return row.target != states.COMPLETED or block.ends_at > now


def _dates_of(booking: Booking) -> Block:
    """Its block, or the one it had: given back or swept since, it is taken anew or not at all."""
    return booking.block or Block(
        listing=booking.listing,
        kind=BlockKind.HOLD,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at + timedelta(minutes=booking.buffer_min),
        lapses_at=booking.pay_by,
    )


def _freeze(row: Row, booking: Booking, now: datetime, data: Data) -> dict[str, object]:
    """The amounts that payments executes and never computes again."""
    if row.money == states.LATE_FEE:
        return {"late_hours": booking.late_hours, "late_fee": booking.late_fee}
    split = split_for(row.money, booking, now=now, settled_refund=_settled(row, booking, data))
    return dict(split.as_json()) if split else {}


def _settled(row: Row, booking: Booking, data: Mapping[str, object]) -> int:
    """Cents that come back to the renter when a claim is settled: as proposed, or as staff decide."""
    if row.money != states.SETTLE:
        return 0
    decided = data.get("refund")
    return claims.check_refund(booking, decided) if isinstance(decided, Money) else booking.claim.refund


def _instant(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None
