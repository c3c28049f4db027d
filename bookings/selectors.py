"""What people read of bookings: each side its own, staff everything."""

from datetime import datetime
from typing import TypedDict
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from bikeens.accounts.models import User
from bikeens.core.errors import NotFound
from bikeens.core.money import Money
from bookings import refunds, states
from bookings.guards import not_now
from bookings.models import Booking, Transition
from bookings.terms import cancellation, terms_of

GROUPS = {
    "open": (states.PENDING_PAYMENT, states.REQUESTED),
    "coming": (states.CONFIRMED, states.ACTIVE, states.RETURNED, states.CLAIMED),
    "past": states.FINAL,
}
# What an owner was never asked: holds that nobody paid for.
NEVER_PAID = Q(answer_by=None, confirmed_at=None)
# How many meetings of a kind the dashboard shows.
NEXT_ONES = 20


class DashboardDict(TypedDict):
    requests: list[Booking]
    handovers: list[Booking]
    returns: list[Booking]


def shown_bookings() -> QuerySet[Booking]:
    """Bookings with all that a card shows of them."""
    bookings = Booking.objects.select_related("listing", "renter", "owner", "claim")
    return bookings.prefetch_related("listing__photos")


def bookings_of(person: User, *, role: str, group: str | None, listing: UUID | None = None) -> QuerySet[Booking]:
    """The person's rentals (`renter`) or lettings (`owner`), all or one of GROUPS, perhaps those of one listing."""
    bookings = shown_bookings()
    rentals, lettings = bookings.filter(renter=person), bookings.filter(owner=person).exclude(NEVER_PAID)
    mine = rentals if role == states.RENTER else lettings
    if listing:
        mine = mine.filter(listing__uuid=listing)
    return mine.filter(state__in=GROUPS[group]) if group else mine


def booking_of(person: User, uuid: UUID) -> Booking:
    """One's own booking, or for staff anybody's. Raises NotFound."""
    transitions = Prefetch("transitions", queryset=Transition.objects.order_by("pk"))
    bookings = shown_bookings().prefetch_related(transitions)
    if not person.is_staff:
        bookings = bookings.filter(Q(renter=person) | Q(owner=person))
    booking = bookings.filter(uuid=uuid).first()
    if booking is None:
        raise NotFound("not_found", _("There is nothing here."))
    return booking


def dashboard_of(owner: User) -> DashboardDict:
    """What an owner has to see to, soonest first."""
    mine = shown_bookings().filter(owner=owner)
    return {
        "requests": list(mine.filter(state=states.REQUESTED).order_by("answer_by", "pk")[:NEXT_ONES]),
        "handovers": list(mine.filter(state=states.CONFIRMED).order_by("starts_at", "pk")[:NEXT_ONES]),
        "returns": list(mine.filter(state=states.ACTIVE).order_by("ends_at", "pk")[:NEXT_ONES]),
    }


def refund_now(booking: Booking, role: str, now: datetime) -> dict[str, object]:
    """What cancelling at this moment gives the renter back. Raises Refused `not_allowed_now`."""
    if not states.rows_for(booking.state, "cancel", role):
        raise not_now(booking)
    split = cancellation(booking, now) if role == states.RENTER else refunds.everything_back(terms_of(booking))
    return {
        "refund": booking.money(split.refund_to_renter),
        "kept": booking.money(booking.total_amount - split.refund_to_renter),
        "total": booking.money(booking.total_amount),
        "policy": booking.policy,
    }


def money_of(booking: Booking) -> dict[str, Money] | None:
    """Paid, held and given back, as the steps so far decided; None while nothing has been taken."""
    if booking.captured_at is None:
        return None
    shared = [step for step in booking.transitions.all() if step.money in states.SHARING]
    voided = any(step.money == states.VOID for step in booking.transitions.all())
    back = booking.total_amount if voided else 0
    for step in shared:
        back = int(step.data["refund_to_renter"])
    paid = booking.money(booking.total_amount)
    return {
        "paid": paid,
        "held": booking.money(0) if shared or voided else paid,
        "refunded": booking.money(back),
    }
