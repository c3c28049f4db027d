"""Making and changing listings. A draft saves at any point; a published listing stays complete."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from bikeens.accounts.models import User
from bikeens.core import clock
from bikeens.core.db import retry_on_conflict
from bikeens.core.errors import FieldErrors, Invalid, Refused
from listings import clocks
from listings.actions.blocks import booked_ahead
from listings.actions.changes import Changes
from listings.actions.locating import locate
from listings.actions.locking import lock_person, lock_to_edit
from listings.actions.map_cells import mark_map, on_map
from listings.actions.numbers import claim_numbers, telling_staff
from listings.choices import Safety, Status
from listings.completeness import missing_of
from listings.limits import MOST_LISTINGS
from listings.models import Extra, Listing, OpeningException, PriceOverride

NOTHING = Changes()


@retry_on_conflict
@transaction.atomic
def create_listing(*, owner: User, changes: Changes = NOTHING) -> Listing:
    """A draft with as much as is known. Raises Invalid as `update_listing` does, Refused too_many_listings."""
    check_room(owner)
    return _begun(Listing.objects.create(owner=owner, languages=list(owner.languages)), changes)


@retry_on_conflict
@transaction.atomic
def begin_listing(*, owner: User, changes: Changes = NOTHING) -> Listing:
    """`create_listing` for somebody who presses a button, perhaps twice: their draft that nobody has touched since and
    that has neither title, price nor place is taken up again. Raises as `create_listing` does."""
    # Two presses at once are served one after the other.
    lock_person(owner.pk)
    drafts = Listing.objects.filter(owner=owner, status=Status.DRAFT, published_at=None, updated_at=F("created_at"))
    empty = drafts.filter(title="", description="", price_day=None, exact_point__isnull=True, photos=None)
    there = empty.order_by("-pk").first()
    return create_listing(owner=owner, changes=changes) if there is None else _begun(there, changes)


def check_room(owner: User) -> None:
    """Lock the owner's row, so that two at once are counted. Raises Refused("too_many_listings")."""
    lock_person(owner.pk)
    if Listing.objects.filter(owner=owner).exclude(status=Status.REMOVED).count() >= MOST_LISTINGS:
        raise Refused("too_many_listings", _("That is a whole shop: write to us to list more bikes."))


@telling_staff
@transaction.atomic
def update_listing(*, listing: Listing, changes: Changes) -> Listing:
    """Write any subset of a listing and return it anew.

    Raises Invalid("invalid") with the fields that don't go together, Refused("incomplete") when something that a
    published listing needs would go, Refused("bookings_open") for a move to another time zone while somebody has
    booked; a published or paused listing's new numbers raise as `claim_numbers` does.
    """
    listing = lock_to_edit(listing)
    before = on_map(listing)
    for column, value in changes.columns.items():
        setattr(listing, column, value)
    checked = {point: point in listing.safety for point in Safety.values} | dict(changes.safety)
    listing.safety = [point for point in Safety.values if checked[point]]
    if "exact_point" in changes.columns:
        zone = listing.zone
        locate(listing)
        if listing.zone != zone and booked_ahead(listing).exists():
            message = _("Somebody has booked this bike: it can move to another time zone after the last rental.")
            raise Refused("bookings_open", message, fields={"exact_point": message})
    _check_together(listing)
    if listing.status == Status.PUBLISHED:
        check_complete(listing)
    listing.updated_at = clock.now()
    listing.save()
    if listing.status in (Status.PUBLISHED, Status.PAUSED) and {"frame_number", "bicycode"} & set(changes.columns):
        claim_numbers(listing)
    mark_map(before, on_map(listing))
    if changes.extras is not None:
        _write_extras(listing, changes)
    if changes.overrides is not None:
        PriceOverride.objects.filter(listing=listing).delete()
        PriceOverride.objects.bulk_create(
            PriceOverride(listing=listing, date=date, price_day=cents) for date, cents in changes.overrides.items()
        )
    if changes.exceptions is not None:
        OpeningException.objects.filter(listing=listing).delete()
        OpeningException.objects.bulk_create(
            OpeningException(listing=listing, date=date, hours=hours) for date, hours in changes.exceptions.items()
        )
    return listing


def check_complete(listing: Listing) -> None:
    """Raises Refused("incomplete") naming everything that is missing at once."""
    missing = missing_of(listing)
    if missing:
        raise Refused("incomplete", _("Something is missing before others can see this bike."), fields=missing)


def _begun(listing: Listing, changes: Changes) -> Listing:
    """The times of a draft are alike until somebody changes it."""
    listing = update_listing(listing=listing, changes=changes)
    listing.created_at = listing.updated_at
    listing.save(update_fields=["created_at"])
    return listing


def _check_together(listing: Listing) -> None:
    today = clocks.instant_to_wall(clock.now(), listing.zone).date()
    fields: FieldErrors = {
        name: message
        for name, wrong, message in (
            (
                "year",
                listing.year is not None and listing.year > today.year + 1,
                _("This bike would come from the future."),
            ),
            (
                "safety.last_service",
                listing.last_service_date is not None and listing.last_service_date > today,
                _("The last service can't lie ahead."),
            ),
            (
                "shortest_h",
                listing.shortest_h > listing.longest_days * 24,
                _("The shortest rental can't be longer than the longest."),
            ),
            (
                "lead_time_h",
                listing.lead_time_h + listing.shortest_h > listing.horizon_days * 24,
                _("With this notice, no rental could end in time."),
            ),
        )
        if wrong
    }
    if fields:
        raise Invalid("invalid", _("Some of this can't be used as it is."), fields=fields)


def _write_extras(listing: Listing, changes: Changes) -> None:
    """Those named by uuid change, new ones come, the others go."""
    there = {extra.uuid: extra for extra in Extra.objects.filter(listing=listing)}
    kept: set[int] = set()
    for position, change in enumerate(changes.extras or ()):
        extra = there.pop(change.uuid, None) if change.uuid else Extra(listing=listing)
        if extra is None:
            message = _("This extra isn't there any more.")
            raise Invalid("invalid", message, fields={f"extras.{position}.id": message})
        extra.position = position
        for name in ("kind", "name", "price_cents", "per", "most", "radius_km"):
            setattr(extra, name, getattr(change, name))
        extra.save()
        kept.add(extra.pk)
    Extra.objects.filter(listing=listing).exclude(pk__in=kept).delete()
