"""Where a listing is in public: one displaced point per owner and place, for good.

A displacement per listing would leak: the mean of twenty bikes at one door comes within some fifty metres of it.
docs/adr/0013 tells what an attacker can combine, and why the ring is as thin as it is.
"""

import hashlib
import hmac
import math
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import transaction

from bikeens.accounts.models import User
from listings.geo import LatLon, between, distance_m, mean_point, moved, to_latlon, to_mercator
from listings.models import Listing, OwnerPlace

# No estimate from public points comes nearer to a door; no public point is farther from the first door it is for.
NEAREST_M = 150.0
FARTHEST_M = 400.0
# Every door within this distance of an earlier place of the same owner is that place, and has its public point.
SAME_PLACE_M = 200.0
# So far from the first door, the public point is far enough from every other door of the place too.
CLEAR_M = NEAREST_M + SAME_PLACE_M
# The mean of points of two places farther apart than this is far from both doors whatever the points are.
TOGETHER_M = 2 * (FARTHEST_M + NEAREST_M)
# Draws before the best so far is taken.
DRAWS = 64
# How much the other point may weigh: bikes and searches are more of one place than of the other.
SHARES = (0.25, 0.375, 0.5, 0.625, 0.75)


def displace(*, owner: User, exact: LatLon, draw: int = 0) -> LatLon:
    """350 to 400 m away from a door, uniform over that ring's area, the same for the same input.

    Whoever knows LOCATION_SECRET can undo it.
    """
    text = f"{owner.uuid}:{exact.lat:.7f}:{exact.lon:.7f}" + (f":{draw}" if draw else "")
    digest = hmac.new(settings.LOCATION_SECRET.encode(), text.encode(), hashlib.sha256).digest()
    share, turn = (int.from_bytes(part, "big") / 2**64 for part in (digest[:8], digest[8:16]))
    # Equal areas have equal odds when the square of the radius is uniform.
    metres = math.sqrt(CLEAR_M**2 + share * (FARTHEST_M**2 - CLEAR_M**2))
    return moved(exact, metres=metres, bearing=turn * math.tau)


def public_point_of(*, owner: User, exact: LatLon) -> LatLon:
    """The public point of a new place: the first displacement whose means with the points of the owner's places around
    are far from every door, for somebody may take them for one place.
    """
    places = OwnerPlace.objects.filter(owner=owner)
    points = [place.public for place in places if _away(place, exact) <= TOGETHER_M]
    bikes = Listing.objects.filter(owner=owner, place__in=places).values_list("exact_point", flat=True)
    others = [*(place.exact for place in places), *(to_latlon(point) for point in bikes if point is not None)]
    doors = [exact, *(door for door in others if distance_m(door, exact) <= TOGETHER_M)]
    best, clearance = exact, -1.0
    for draw in range(DRAWS if points else 1):
        point = displace(owner=owner, exact=exact, draw=draw)
        nearest = min(distance_m(estimate, door) for estimate in _estimates(point, points) for door in doors)
        if nearest > clearance:
            best, clearance = point, nearest
        if clearance >= NEAREST_M:
            break
    return best


def _estimates(point: LatLon, others: Sequence[LatLon]) -> Iterable[LatLon]:
    """What somebody may guess who takes `point` and others of its owner for one door's: itself, weighted means."""
    yield point
    for other in others:
        for share in SHARES:
            yield between(point, other, share)
    yield mean_point((point, *others))


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
    # Two listings of one door published at once must not make two places. An owner's change holds this lock already.
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)
    place = place_near(owner=owner, exact=exact, current=current)
    if place is not None:
        return place
    public = to_mercator(public_point_of(owner=owner, exact=exact))
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
        listing.place.public_point if listing.place else to_mercator(public_point_of(owner=listing.owner, exact=exact))
    )


def _away(place: OwnerPlace, exact: LatLon) -> float:
    return distance_m(place.exact, exact)
