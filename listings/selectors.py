"""What owners read of their listings."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bikeens.accounts.models import User
from bikeens.core.errors import NotFound
from listings.choices import Status
from listings.models import Block, Listing, Photo


def listings_of(owner: User) -> QuerySet[Listing]:
    """The owner's listings, removed ones excepted, with all that the editor shows of them."""
    listings = Listing.objects.filter(owner=owner).exclude(status=Status.REMOVED)
    return listings.select_related("owner").prefetch_related(
        "photos", "extras", "price_overrides", "opening_exceptions"
    )


def listing_of(owner: User, uuid: UUID) -> Listing:
    """Raises NotFound for what is somebody else's, removed or nowhere."""
    listing = listings_of(owner).filter(uuid=uuid).first()
    if listing is None:
        raise _nothing_here()
    return listing


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


def _nothing_here() -> NotFound:
    return NotFound("not_found", _("There is nothing here."))
