"""Who is told of a step, and the facts they get. Addresses go to renters of confirmed bookings only."""

from datetime import datetime
from urllib.parse import urlencode

from bikeens.accounts.models import User
from bikeens.core.serializers import WALL_CLOCK
from bikeens.notifications.actions import Fact, notify
from bikeens.notifications.kinds import FIND_ANOTHER, KINDS
from bookings import states
from bookings.models import Booking, Transition
from bookings.states import Row
from listings import clocks


def tell(row: Row, booking: Booking, transition: Transition) -> None:
    """Write the notices of one step, in its transaction."""
    for side, kind in row.told:
        person = _person(side, booking, transition.actor_kind)
        notify(
            person=person,
            kind=kind,
            path=search_path(booking) if KINDS[kind].button is FIND_ANOTHER else f"/bookings/{booking.uuid}/",
            facts=facts_for(person, booking, transition),
            about=booking.uuid,
        )


def search_path(booking: Booking) -> str:
    """The page that finds other bikes near this one for the same dates."""
    near = booking.listing.public
    query = {"near": f"{near.lat:.4f},{near.lon:.4f}"} if near else {}
    return f"/search/?{urlencode(query | {'from': booking.from_wall, 'to': booking.to_wall}, safe=':,')}"


def facts_for(person: User, booking: Booking, transition: Transition) -> dict[str, Fact]:
    """What a notice to `person` may say of the booking."""
    renting = person.pk == booking.renter_id
    price = booking.money(booking.total_amount if renting else booking.owner_net)
    facts: dict[str, Fact] = {
        "bike": booking.listing.title,
        "renter": booking.renter.name,
        "owner": booking.owner.name,
        "other": booking.owner.name if renting else booking.renter.name,
        "from": booking.from_wall,
        "to": booking.to_wall,
        "reference": booking.reference,
        "total" if renting else "net": {"amount": price.amount, "currency": price.currency},
    }
    deadlines = {
        states.REQUESTED: ("answer_by", booking.answer_by),
        states.RETURNED: ("claims_until", booking.claims_until),
    }
    name, at = deadlines.get(booking.state, ("", None))
    if at is not None:
        facts[name] = _wall(at, booking)
    refund = transition.data.get("refund_to_renter")
    if renting and isinstance(refund, int) and refund and booking.captured_at is not None:
        facts["refund"] = {"amount": refund, "currency": booking.currency}
    if renting and booking.state in (states.CONFIRMED, states.ACTIVE):
        facts["address"] = booking.listing.address
    if transition.reason:
        facts["reason"] = transition.reason
    return facts


def _person(side: str, booking: Booking, actor_kind: str) -> User:
    """The person that the table's column "told" means. Staff act for nobody: "other" is then the owner."""
    other = {states.RENTER: states.OWNER, states.OWNER: states.RENTER}
    acted = actor_kind if actor_kind in other else states.RENTER
    if side == states.ACTOR:
        side = acted
    elif side == states.OTHER:
        side = other[acted]
    return booking.renter if side == states.RENTER else booking.owner


def _wall(instant: datetime, booking: Booking) -> str:
    return clocks.instant_to_wall(instant, booking.time_zone).strftime(WALL_CLOCK)
