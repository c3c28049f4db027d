"""Whose a bike's numbers are. Shown bikes hold theirs; a number that is another's or reported stolen holds a bike back.

Both reasons are told in the same words, and only a few times a day, so that nobody learns by trying what is known of a
number. Staff are told which it is.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import wraps
from hashlib import blake2b

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from bikeens.accounts.models import User
from bikeens.core import clock
from bikeens.core.db import retry_on_conflict
from bikeens.core.errors import Refused, TooMany
from bikeens.notifications.actions import notify
from listings.actions.locking import lock_person
from listings.choices import HeldFor, NumberKind
from listings.models import HeldBike, Listing, NumberClaim, StolenReport
from listings.numbers import numbers_of

# An owner's attempts a day with numbers that hold a bike back; an honest one needs two.
MOST_ATTEMPTS = 5
DESK = "/desk/listings/heldbike/"


class BikeHeld(Refused):
    """The bike's number is another's or reported stolen."""

    def __init__(
        self, listing: Listing, reason: str, *, report: StolenReport | None = None, other: Listing | None = None
    ) -> None:
        message = _("We have to look at this bike's numbers before others see it. We will write to you.")
        given = [name for name in ("frame_number", "bicycode") if getattr(listing, name)]
        super().__init__("numbers_held", message, fields=dict.fromkeys(given, message))
        self.listing, self.reason, self.report, self.other = listing, reason, report, other


def telling_staff(act: Callable[..., Listing]) -> Callable[..., Listing]:
    """Around an action that may raise BikeHeld: what it did is rolled back, and staff are told all the same.

    The owner's lock is held from before the attempts are counted until this one is: of many at once none is missed.
    """

    @retry_on_conflict
    @wraps(act)
    def run(*, listing: Listing, **rest: object) -> Listing:
        with transaction.atomic():
            lock_person(listing.owner_id)
            try:
                return act(listing=listing, **rest)
            except BikeHeld as held:
                note_held(held)
                refusal = held
        raise refusal

    return run


def claim_numbers(listing: Listing) -> None:
    """Let a locked listing hold exactly the numbers it has now.

    Raises Refused("reported_stolen") for the owner's own report, Refused("number_twice") naming the owner's other bike,
    BikeHeld, TooMany("too_many_attempts") for an owner whose numbers held bikes back too often today.
    """
    numbers = numbers_of(frame_number=listing.frame_number, bicycode=listing.bicycode)
    if numbers:
        _check_attempts(listing)
    lock_numbers(numbers)
    # The owner's own comes first: it is theirs to solve.
    report = open_reports(numbers).annotate(own=Q(listing=listing)).order_by("-own", "pk").first()
    if report is not None and report.listing_id == listing.pk:
        raise Refused("reported_stolen", _("You have reported this bike stolen. Say first that you have it back."))
    if report is not None:
        raise BikeHeld(listing, HeldFor.STOLEN, report=report)
    for claim in claims_of(numbers).exclude(listing=listing).select_related("listing"):
        if claim.listing.owner_id != listing.owner_id:
            raise BikeHeld(listing, HeldFor.DUPLICATE, other=claim.listing)
        field = "frame_number" if claim.kind == NumberKind.FRAME else "bicycode"
        message = _("Your bike “{bike}” has this number already.").format(bike=claim.listing)
        raise Refused("number_twice", message, fields={field: message})
    release_numbers(listing)
    NumberClaim.objects.bulk_create(
        NumberClaim(listing=listing, kind=kind, number=number) for kind, number in numbers.items()
    )


def release_numbers(listing: Listing) -> None:
    """A listing that nobody sees any more gives its numbers free."""
    NumberClaim.objects.filter(listing=listing).delete()


def claims_of(numbers: Mapping[str, str]) -> QuerySet[NumberClaim]:
    """Who holds any of these numbers."""
    return NumberClaim.objects.filter(_any(numbers, lambda kind, number: Q(kind=kind, number=number)))


def open_reports(numbers: Mapping[str, str]) -> QuerySet[StolenReport]:
    """Reports of bikes with any of these numbers that have not been found."""
    columns = {NumberKind.FRAME: "frame_number", NumberKind.BICYCODE: "bicycode"}
    wanted = _any(numbers, lambda kind, number: Q(**{columns[NumberKind(kind)]: number}))
    return StolenReport.objects.filter(wanted, found_at=None)


def is_reported_stolen(listing: Listing) -> bool:
    """Whether its owner or staff miss this bike, by the listing or by its numbers."""
    numbers = numbers_of(frame_number=listing.frame_number, bicycode=listing.bicycode)
    mine = StolenReport.objects.filter(listing=listing, found_at=None)
    return mine.exists() or open_reports(numbers).exists()


def lock_numbers(numbers: Mapping[str, str]) -> None:
    """Claims and reports of one number are made one after the other, whichever rows they are about."""
    with connection.cursor() as cursor:
        for kind, number in sorted(numbers.items()):
            # Hashed here: the server's log and its list of activities show statements with their values.
            digest = blake2b(f"{kind} {number}".encode(), digest_size=8, person=b"bike number").digest()
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(digest, signed=True)])


def tell_staff(kind: str, listing: Listing) -> None:
    """A notice to everybody at the desk. The numbers themselves are read there."""
    for person in User.objects.filter(is_staff=True, is_active=True).order_by("pk"):
        notify(person=person, kind=kind, path=DESK, facts={"bike": str(listing)}, about=listing.uuid)


def _any(numbers: Mapping[str, str], condition: Callable[[str, str], Q]) -> Q:
    wanted = Q(pk__in=[])
    for kind, number in numbers.items():
        wanted |= condition(kind, number)
    return wanted


def _check_attempts(listing: Listing) -> None:
    held = HeldBike.objects.filter(listing__owner=listing.owner_id, held_at__gt=clock.now() - timedelta(days=1))
    if (held.aggregate(sum=Sum("attempts"))["sum"] or 0) >= MOST_ATTEMPTS:
        raise TooMany("too_many_attempts", _("We are looking at this bike's numbers. Please wait for our letter."))


@transaction.atomic
def note_held(held: BikeHeld) -> None:
    """Count an attempt; staff are told once of what somebody tries to show, with however many listings.

    For who rolls back more than the refused action.
    """
    open_rows = HeldBike.objects.filter(listing__owner=held.listing.owner_id, settled_at=None)
    known = open_rows.filter(reason=held.reason, report=held.report, other=held.other).exists()
    row, is_new = HeldBike.objects.update_or_create(
        listing=held.listing,
        settled_at=None,
        defaults={"reason": held.reason, "report": held.report, "other": held.other, "held_at": clock.now()},
    )
    if not known:
        tell_staff("bike_held", held.listing)
    if not is_new:
        HeldBike.objects.filter(pk=row.pk).update(attempts=F("attempts") + 1)
