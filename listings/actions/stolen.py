"""The register of missing bikes: told by owners of their own, by staff of any."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate.contrib.django import app as jobs

from bikeens.accounts.models import User
from bikeens.core import clock
from bikeens.core.errors import Invalid, Refused
from listings.actions.lifecycle import pause_listing, suspend_listing
from listings.actions.locking import lock_to_edit
from listings.actions.numbers import claims_of, lock_numbers, tell_staff
from listings.choices import NumberKind, Status
from listings.models import HeldBike, Listing, StolenReport
from listings.numbers import numbers_of

SUSPEND = "listings.suspend_reported"
# A floor above, so it is called by its name.
CANCEL_BOOKINGS = "bookings.cancel_stolen"


@transaction.atomic
def report_stolen(*, listing: Listing, police_report: str = "") -> None:
    """An owner's bike is gone: it is paused, nobody can list a bike with its numbers, and a job cancels what is booked.

    Twice is once. Only a bike that has been shown, so that nobody reports another's by its numbers. Raises Refused:
    not_published, no_number (naming both fields).
    """
    listing = lock_to_edit(listing)
    if StolenReport.objects.filter(listing=listing, found_at=None).exists():
        return
    if listing.status not in (Status.PUBLISHED, Status.PAUSED):
        raise Refused("not_published", _("Only a bike that has been online can be reported stolen here."))
    numbers = numbers_of(frame_number=listing.frame_number, bicycode=listing.bicycode)
    if not numbers:
        message = _("Give the frame number or the Bicycode first: the bike is known by it.")
        raise Refused("no_number", message, fields={"frame_number": message, "bicycode": message})
    lock_numbers(numbers)
    _report(listing.owner, numbers, police_report, listing)
    pause_listing(listing=listing)
    tell_staff("bike_stolen", listing)
    _cancel_bookings(listing, by=listing.owner)


@transaction.atomic
def found_again(*, listing: Listing) -> None:
    """The owner has the bike back. It stays paused until they resume it; staff's own reports stay."""
    listing = lock_to_edit(listing)
    StolenReport.objects.filter(listing=listing, found_at=None).update(found_at=clock.now())


@transaction.atomic
def register_stolen(*, staff: User, frame_number: str, bicycode: str, police_report: str) -> StolenReport:
    """Staff add a bike to the register; a job suspends the listings that show it. Raises Invalid("no_number").

    The listings are looked for once the report is committed, whoever's transaction this is in: who publishes meanwhile
    either finds the report or is found, and nobody waits for a number with a listing locked that the report waits for.
    """
    numbers = numbers_of(frame_number=frame_number, bicycode=bicycode)
    if not numbers:
        message = _("Give a frame number of 5 letters and digits or more, or a whole Bicycode.")
        raise Invalid("no_number", message, fields={"frame_number": message})
    lock_numbers(numbers)
    report = _report(staff, numbers, police_report, None)
    jobs.configure_task(SUSPEND).defer(report_id=report.pk)
    return report


def suspend_reported(report_id: int) -> None:
    """Suspend the listings that show a reported bike, and tell their owners; not if it was found. Twice is once.

    For each a job cancels what is booked.
    """
    report = StolenReport.objects.select_related("reported_by").filter(pk=report_id, found_at=None).first()
    if report is None:
        return
    numbers = {NumberKind.FRAME: report.frame_number, NumberKind.BICYCODE: report.bicycode}
    claims = claims_of({kind: number for kind, number in numbers.items() if number})
    for claim in claims.select_related("listing__owner").order_by("listing_id"):
        with override(claim.listing.owner.language):
            reason = _("We have to look at this bike's numbers. Please write to us.")
        with transaction.atomic():
            suspend_listing(listing=claim.listing, reason=reason, bookings_stay=False)
            _cancel_bookings(claim.listing, by=report.reported_by)


@transaction.atomic
def revoke_report(*, report: StolenReport) -> None:
    """Staff take a report back: the bike has been found, or was never gone."""
    StolenReport.objects.filter(pk=report.pk, found_at=None).update(found_at=clock.now())


@transaction.atomic
def settle_held(*, bikes: QuerySet[HeldBike]) -> None:
    """Staff have looked at these: the owners may try again."""
    bikes.filter(settled_at=None).update(settled_at=clock.now(), attempts=0)


def _cancel_bookings(listing: Listing, *, by: User) -> None:
    jobs.configure_task(CANCEL_BOOKINGS).defer(listing_id=listing.pk, person_id=by.pk)


def _report(by: User, numbers: dict[str, str], police_report: str, listing: Listing | None) -> StolenReport:
    return StolenReport.objects.create(
        listing=listing,
        reported_by=by,
        frame_number=numbers.get(NumberKind.FRAME, ""),
        bicycode=numbers.get(NumberKind.BICYCODE, ""),
        police_report=police_report,
    )
