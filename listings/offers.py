"""What everybody reads of a listing: published ones, and one's own in any state."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from bikeens.accounts.models import User
from bikeens.core.errors import NotFound
from listings.choices import Status
from listings.models import Listing


def visible_to(viewer: User | None) -> QuerySet[Listing]:
    """Published listings, and the viewer's own that are not removed. `viewer` None is nobody signed in."""
    seen = Q(status=Status.PUBLISHED)
    if viewer is not None:
        seen |= Q(owner=viewer) & ~Q(status=Status.REMOVED)
    return Listing.objects.filter(seen)


def offered_listing(uuid: UUID, viewer: User | None) -> Listing:
    """Raises NotFound for what is nowhere, not published and not the viewer's."""
    listing = visible_to(viewer).filter(uuid=uuid).first()
    if listing is None:
        raise NotFound("not_found", _("There is nothing here."))
    return listing


def shown_listing(uuid: UUID, viewer: User | None) -> Listing:
    """`offered_listing` with everything its page shows."""
    listings = visible_to(viewer).select_related("owner__response").prefetch_related("photos", "extras")
    listing = listings.filter(uuid=uuid).first()
    if listing is None:
        raise NotFound("not_found", _("There is nothing here."))
    return listing
