"""Where a listing is in public: one displaced point per owner and place, for good.

A displacement per listing would leak: the mean of twenty bikes at one door comes within some fifty metres of it.
"""

import hashlib
import hmac
import math

from django.conf import settings
from django.db import transaction

from bikeens.accounts.models import User
from listings.geo import LatLon, distance_m, moved, to_mercator
from listings.models import Listing, OwnerPlace

NEAREST_M = 150.0
FARTHEST_M = 400.0
# Every door within this distance of an earlier place of the same owner is that place.
SAME_PLACE_M = 200.0


def displace(*, owner: User, exact: LatLon) -> LatLon:
    """The public point of a new place: 150 to 400 m away, uniform over that ring's area, the same for the same input.

    Whoever knows LOCATION_SECRET can undo it.
    """
    text = f"{owner.uuid}:{exact.lat:.7f}:{exact.lon:.7f}"
    digest = hmac.new(settings.LOCATION_SECRET.encode(), text.encode(), hashlib.sha256).digest()
    share, turn = (int.from_bytes(part, "big") / 2**64 for part in (digest[:8], digest[8:16]))
    # Equal areas have equal odds when the square of the radius is uniform.
    metres = math.sqrt(NEAREST_M**2 + share * (FARTHEST_M**2 - NEAREST_M**2))
    return moved(exact, metres=metres, bearing=turn * math.tau)


def place_near(*, owner: User, exact: LatLon, current: OwnerPlace | None = None) -> OwnerPlace | None:
    """The owner's place that this door belongs to, if there is one: the current one while it may be, else the nearest.

    Places of removed listings count like any other.
    """
    if current is not None and _away(current, exact) <= SAME_PLACE_M:
        return current
    near = [place for place in OwnerPlace.objects.filter(owner=owner) if _away(place, exact) <= SAME_PLACE_M]
    return min(near, key=lambda place: _away(place, exact), default=None)


@transaction.atomic
def settle_place(*, owner: User, exact: LatLon, current: OwnerPlace | None = None) -> OwnerPlace:
    """The place of this door, made now if it is the first there."""
    # Two listings of one door published at once must not make two places.
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)
    place = place_near(owner=owner, exact=exact, current=current)
    if place is not None:
        return place
    public = to_mercator(displace(owner=owner, exact=exact))
    return OwnerPlace.objects.create(owner=owner, exact_point=to_mercator(exact), public_point=public)


def locate(listing: Listing) -> None:
    """Set the public point of a listing with an exact one, unsaved. Until it is published that is only a preview.

    Pins tried in a draft leave no place behind: nobody but the owner has seen them.
    """
    exact = listing.exact
    if exact is None:
        listing.place, listing.public_point = None, None
        return
    if listing.published_at is not None:
        listing.place = settle_place(owner=listing.owner, exact=exact, current=listing.place)
    else:
        listing.place = place_near(owner=listing.owner, exact=exact)
    listing.public_point = (
        listing.place.public_point if listing.place else to_mercator(displace(owner=listing.owner, exact=exact))
    )


def _away(place: OwnerPlace, exact: LatLon) -> float:
    return distance_m(place.exact, exact)
