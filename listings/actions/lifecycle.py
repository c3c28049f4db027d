"""From draft to published and away again. Asking twice has the effect of asking once."""

from datetime import UTC

from django.db import transaction
from django.utils.translation import gettext as _

from bikeens.core import clock
from bikeens.core.db import retry_on_conflict
from bikeens.core.errors import Invalid, Refused
from bikeens.notifications.actions import notify
from listings import clocks
from listings.actions.blocks import booked_ahead
from listings.actions.edit import check_complete
from listings.actions.locating import locate
from listings.actions.locking import lock, lock_to_edit
from listings.actions.map_cells import mark_map, on_map
from listings.actions.numbers import claim_numbers, release_numbers, telling_staff
from listings.actions.photos import delete_files
from listings.choices import Status
from listings.models import Block, HeldBike, Listing


@telling_staff
@transaction.atomic
def publish_listing(*, listing: Listing) -> Listing:
    """Let everybody see a draft.

    Raises Refused: incomplete (naming all that is missing), suspended, paused, and what `claim_numbers` raises.
    """
    listing = lock_to_edit(listing)
    if listing.status == Status.PAUSED:
        raise Refused("paused", _("This listing is paused: resume it instead."))
    return _show(listing)


@retry_on_conflict
@transaction.atomic
def pause_listing(*, listing: Listing) -> Listing:
    """Hide a published listing; its bookings stay. Raises Refused: not_published, suspended."""
    listing = lock_to_edit(listing)
    _check_not_suspended(listing)
    if listing.status == Status.DRAFT:
        raise Refused("not_published", _("Only a published listing can be paused."))
    return _moved(listing, Status.PAUSED)


def pause_listings_of(person_id: int) -> None:
    """Hide all that somebody offers whose account is closed, unless it is open again. Their bookings stay."""
    offered = Listing.objects.filter(owner=person_id, owner__is_active=False, status=Status.PUBLISHED)
    for listing in offered.order_by("pk"):
        pause_listing(listing=listing)


@telling_staff
@transaction.atomic
def resume_listing(*, listing: Listing) -> Listing:
    """Show a paused listing again. Raises Refused: incomplete, not_published, suspended; as `claim_numbers` does."""
    listing = lock_to_edit(listing)
    if listing.status == Status.DRAFT:
        raise Refused("not_published", _("This listing has never been published."))
    return _show(listing)


@retry_on_conflict
@transaction.atomic
def remove_listing(*, listing: Listing) -> None:
    """Take a listing away for good; a draft that nobody ever saw is deleted, photos and all, unless staff look at it.

    Raises Refused("suspended") for what staff look at, Refused("bookings_open") while a booking or a live hold lies
    ahead or goes on, naming under `blocks` each one's kind and when it starts and ends.
    """
    listing = lock_to_edit(listing)
    _check_not_suspended(listing)
    blocks = [_block_said(block, listing.zone) for block in booked_ahead(listing)]
    if blocks:
        message = _("Somebody has booked this bike. It can be removed after the last rental; pause it until then.")
        raise Refused("bookings_open", message, blocks=blocks)
    if listing.published_at is None and not HeldBike.objects.filter(listing=listing).exists():
        delete_files(list(listing.photos.all()))
        listing.delete()
        return
    release_numbers(listing)
    _moved(listing, Status.REMOVED)


@transaction.atomic
def suspend_listing(*, listing: Listing, reason: str, bookings_stay: bool = True) -> Listing:
    """Staff hide a listing until they let it go; the owner is told the reason, and what becomes of the bookings.

    Nothing is done to the bookings here. Raises Invalid without a reason, Refused("removed").
    """
    reason = reason.strip()
    if not 0 < len(reason) <= 300:
        message = _("Give the owner a reason, in 300 letters at most.")
        raise Invalid("reason_needed", message, fields={"reason": message})
    listing = lock(listing)
    if listing.status == Status.REMOVED:
        raise Refused("removed", _("This listing has been removed."))
    listing.status_reason = reason
    release_numbers(listing)
    _tell_owner(listing, "listing_suspended" if bookings_stay else "listing_withdrawn")
    return _moved(listing, Status.SUSPENDED)


@transaction.atomic
def unsuspend_listing(*, listing: Listing) -> Listing:
    """Give a suspended listing back to its owner, hidden still: they resume or publish it themselves."""
    listing = lock(listing)
    if listing.status != Status.SUSPENDED:
        raise Refused("not_suspended", _("This listing isn't suspended."))
    _tell_owner(listing, "listing_unsuspended")
    listing.status_reason = ""
    return _moved(listing, Status.PAUSED if listing.published_at else Status.DRAFT)


def _block_said(block: Block, zone: str) -> dict[str, str]:
    """A block for the owner: on the listing's wall clock, and the instant of its start, which no other booking has."""
    start, end = (clocks.instant_to_wall(at, zone) for at in (block.starts_at, block.ends_at))
    return {
        "kind": block.kind,
        "starts_at": block.starts_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "from": f"{start:%Y-%m-%dT%H:%M}",
        "to": f"{end:%Y-%m-%dT%H:%M}",
    }


def _show(listing: Listing) -> Listing:
    _check_not_suspended(listing)
    if listing.status == Status.PUBLISHED:
        return listing
    check_complete(listing)
    claim_numbers(listing)
    listing.published_at = listing.published_at or clock.now()
    # From here on the displaced point is public, so it is settled for good.
    locate(listing)
    return _moved(listing, Status.PUBLISHED)


def _check_not_suspended(listing: Listing) -> None:
    if listing.status == Status.SUSPENDED:
        raise Refused("suspended", _("This listing is suspended."), reason=listing.status_reason)


def _tell_owner(listing: Listing, kind: str) -> None:
    facts = {"bike": str(listing), "reason": listing.status_reason}
    notify(person=listing.owner, kind=kind, path=f"/owner/listings/{listing.uuid}/", facts=facts, about=listing.uuid)


def _moved(listing: Listing, status: Status) -> Listing:
    before = on_map(listing)
    listing.status, listing.updated_at = status, clock.now()
    listing.save()
    mark_map(before, on_map(listing))
    return listing
