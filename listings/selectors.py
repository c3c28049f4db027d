"""What owners read of their listings."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from bikeens.accounts.models import User
from bikeens.core import clock
from bikeens.core.errors import NotFound
from listings.choices import BlockKind, Status
from listings.models import Block, Listing, Photo, StolenReport


def listings_of(owner: User) -> QuerySet[Listing]:
    """The owner's listings, removed ones excepted, with all that the editor shows of them."""
    return listed_of(owner).prefetch_related("price_overrides", "opening_exceptions")


def listed_of(owner: User) -> QuerySet[Listing]:
    """The same without special days: a list shows none, and there may be hundreds of each bike."""
    listings = Listing.objects.filter(owner=owner).exclude(status=Status.REMOVED)
    open_report = StolenReport.objects.filter(listing=OuterRef("pk"), found_at=None)
    listings = listings.annotate(stolen_since=Subquery(open_report.values("reported_at")))
    return listings.select_related("owner__response").prefetch_related("photos", "extras")


def listing_of(owner: User, uuid: UUID) -> Listing:
    """Raises NotFound for what is somebody else's, removed or nowhere."""
    listing = listings_of(owner).filter(uuid=uuid).first()
    if listing is None:
        raise _nothing_here()
    return listing


def photos_of(listing: Listing) -> QuerySet[Photo]:
    """In their order, the cover first."""
    return Photo.objects.filter(listing=listing).select_related("listing")


def photo_of(listing: Listing, uuid: UUID) -> Photo:
    """Raises NotFound."""
    photo = Photo.objects.filter(listing=listing, uuid=uuid).first()
    if photo is None:
        raise _nothing_here()
    return photo


def block_of(listing: Listing, uuid: UUID) -> Block:
    """Raises NotFound."""
    block = Block.objects.filter(listing=listing, uuid=uuid).first()
    if block is None:
        raise _nothing_here()
    return block


def blocks_of(listing: Listing) -> list[Block]:
    """What blocks a listing from a month ago on, by start; lapsed holds are no longer there for anybody."""
    now = clock.now()
    blocks = Block.objects.filter(listing=listing, ends_at__gt=now - timedelta(days=31))
    return list(blocks.exclude(kind=BlockKind.HOLD, lapses_at__lte=now).select_related("listing"))


def conflicts_of(blocks: Sequence[Block]) -> dict[int, list[UUID]]:
    """For the owner's own and imported blocks, by key: the holds and bookings among `blocks` that they meet."""
    booked = [block for block in blocks if block.kind in (BlockKind.HOLD, BlockKind.BOOKING)]
    return {
        own.pk: [other.uuid for other in booked if other.starts_at < own.ends_at and own.starts_at < other.ends_at]
        for own in blocks
        if own not in booked
    }


def _nothing_here() -> NotFound:
    return NotFound("not_found", _("There is nothing here."))
