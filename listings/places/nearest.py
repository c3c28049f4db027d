from django.db.models.expressions import RawSQL

from listings.geo import LatLon, distance_m, to_latlon, to_mercator
from listings.models import Place

# Farther from any town than this is the open sea or a slip of the finger.
FARTHEST_M = 50_000


def nearest_town(point: LatLon) -> Place | None:
    """The town nearest to a point on the ground, None when there is none within 50 km."""
    x, y = to_mercator(point)
    place = Place.objects.order_by(RawSQL("point <-> point(%s, %s)", (x, y))).first()
    if place is None or distance_m(to_latlon(place.point), point) > FARTHEST_M:
        return None
    return place
