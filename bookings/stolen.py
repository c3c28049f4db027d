"""What becomes of the bookings of a bike that is reported stolen."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from bikeens.accounts.models import User
from bikeens.core import clock
from bikeens.notifications.actions import notify
from bookings import machine, states
from bookings.actors import Actor
from bookings.models import Booking
from listings.actions.numbers import is_reported_stolen
from listings.models import Listing

# What has not begun, and the step that ends it.
STEPS = {states.REQUESTED: "decline", states.CONFIRMED: "cancel"}


def cancel_stolen(*, listing_id: int, person_id: int) -> None:
    """Cancel what has not begun, for the owner or the staff member who reported the bike; not if it was found.

    Renters get everything back and other bikes to choose from. Rentals that have begun are left alone: staff are told
    of them. Each booking is a transaction of its own; twice is once.
    """
    listing = Listing.objects.select_related("owner").get(pk=listing_id)
    if not is_reported_stolen(listing):
        return
    person, now = User.objects.get(pk=person_id), clock.now()
    mine = Booking.objects.filter(listing=listing).select_related("renter", "owner").order_by("starts_at", "pk")
    for unpaid in mine.filter(state=states.PENDING_PAYMENT):
        _let_lapse(unpaid)
    coming = mine.filter(state__in=STEPS, starts_at__gt=now)
    cancelled = [booking for booking in coming if _end(booking, person)]
    if cancelled and person == listing.owner:
        _tell_owner(listing, cancelled)
    for booking in mine.filter(state__in=(states.CONFIRMED, states.ACTIVE), starts_at__lte=now):
        _tell_staff(booking)


@transaction.atomic
def _let_lapse(unpaid: Booking) -> None:
    """The half hour to pay ends now. Money that comes all the same meets the guard `not_stolen`, and goes back."""
    booking, now = machine.lock(unpaid.pk), clock.now()
    if booking.state == states.PENDING_PAYMENT:
        Booking.objects.filter(pk=booking.pk).update(pay_by=now, deadline=now)
        machine.move(booking_id=booking.pk, action="lapse", actor=Actor.clock(), now=now)


@transaction.atomic
def _end(booking: Booking, person: User) -> bool:
    """Looks at the state anew under the lock: the owner may just have accepted, the renter just have withdrawn."""
    action = STEPS.get(machine.lock(booking.pk).state)
    if action is None:
        return False
    reason, is_owner = _reason(booking), person.pk == booking.owner_id
    actor = Actor(states.OWNER, person, reason) if is_owner else Actor.staff(person, reason=reason)
    machine.move(booking_id=booking.pk, action=action, actor=actor, now=clock.now())
    return True


def _reason(booking: Booking) -> str:
    """What both sides read, in the language of each."""
    said = []
    for language in dict.fromkeys((booking.renter.language, booking.owner.language)):
        with override(language):
            said.append(_("This bike can't be rented any more: it has been reported missing."))
    return " / ".join(said)


def _tell_owner(listing: Listing, cancelled: list[Booking]) -> None:
    facts = {"bike": str(listing), "bookings": ", ".join(f"{one.reference} ({one.renter.name})" for one in cancelled)}
    path = f"/owner/listings/{listing.uuid}/"
    notify(person=listing.owner, kind="stolen_cancelled", path=path, facts=facts, about=listing.uuid)


def _tell_staff(booking: Booking) -> None:
    path = f"/desk/bookings/booking/{booking.pk}/change/"
    facts = {"bike": booking.listing.title, "renter": booking.renter.name, "to": booking.to_wall}
    for person in User.objects.filter(is_staff=True, is_active=True).order_by("pk"):
        notify(person=person, kind="stolen_on_the_road", path=path, facts=facts, about=booking.uuid)
