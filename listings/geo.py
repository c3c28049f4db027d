"""Points on the ground and in the plane. Pure: no ORM, no clock.

The database keeps points in Web-Mercator metres, which are conformal: nearest in the plane is nearest on the ground
over city distances, once lengths are scaled by the cosine of the latitude.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple, TypedDict

# The mean radius, for distances on the ground; Web Mercator is defined with the equatorial one.
EARTH_RADIUS_M = 6_371_008.8
MERCATOR_RADIUS_M = 6_378_137.0
# Web Mercator ends here; nobody rents a bike beyond.
MAX_LATITUDE = 85.0


class LatLonJSON(TypedDict):
    lat: float
    lon: float


class LatLon(NamedTuple):
    """A point on the ground, in degrees."""

    lat: float
    lon: float

    def as_json(self) -> LatLonJSON:
        """Rounded to six decimals, some ten centimetres."""
        return {"lat": round(self.lat, 6), "lon": round(self.lon, 6)}


class Mercator(NamedTuple):
    """A point in the plane, in Web-Mercator metres."""

    x: float
    y: float


def to_mercator(point: LatLon) -> Mercator:
    """The plane's point of a point on the ground, |lat| < 90."""
    x = MERCATOR_RADIUS_M * math.radians(point.lon)
    y = MERCATOR_RADIUS_M * math.asinh(math.tan(math.radians(point.lat)))
    return Mercator(x, y)


def to_latlon(point: Mercator) -> LatLon:
    """The way back of `to_mercator`."""
    lat = math.degrees(math.atan(math.sinh(point.y / MERCATOR_RADIUS_M)))
    return LatLon(lat, math.degrees(point.x / MERCATOR_RADIUS_M))


def distance_m(one: LatLon, other: LatLon) -> float:
    """Metres on the ground between two points (haversine)."""
    phi, psi = math.radians(one.lat), math.radians(other.lat)
    half = math.sin((psi - phi) / 2) ** 2
    half += math.cos(phi) * math.cos(psi) * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(half)))


def moved(start: LatLon, *, metres: float, bearing: float) -> LatLon:
    """Where one arrives from `start` after `metres` on the ground at `bearing` radians (0 is north, clockwise)."""
    angle = metres / EARTH_RADIUS_M
    phi, lam = math.radians(start.lat), math.radians(start.lon)
    psi = math.asin(math.sin(phi) * math.cos(angle) + math.cos(phi) * math.sin(angle) * math.cos(bearing))
    east = math.sin(bearing) * math.sin(angle) * math.cos(phi)
    lon = math.degrees(lam + math.atan2(east, math.cos(angle) - math.sin(phi) * math.sin(psi)))
    return LatLon(math.degrees(psi), (lon + 180) % 360 - 180)


def between(one: LatLon, other: LatLon, share: float) -> LatLon:
    """On the way between two points not far from each other, `share` of it behind."""
    lon = one.lon + share * ((other.lon - one.lon + 180) % 360 - 180)
    return LatLon(one.lat + share * (other.lat - one.lat), (lon + 180) % 360 - 180)


def mean_point(points: Sequence[LatLon]) -> LatLon:
    """The middle of points not far from each other, the 180th meridian notwithstanding."""
    first = points[0].lon
    lons = [(point.lon - first + 180) % 360 - 180 for point in points]
    lat = sum(point.lat for point in points) / len(points)
    return LatLon(lat, (first + sum(lons) / len(points) + 180) % 360 - 180)


class Reach(NamedTuple):
    """A disc on the ground as circles in the plane: it is inside them all together.

    Two centres where it crosses the 180th meridian. `scale` is how many plane metres a ground metre has at most in it.
    """

    centres: tuple[Mercator, ...]
    radius: float
    scale: float


class Box(NamedTuple):
    """A rectangle in the plane, from its south-western to its north-eastern corner."""

    low: Mercator
    high: Mercator


# Once around the world, in the plane.
WORLD_M = 2 * math.pi * MERCATOR_RADIUS_M


def reach(centre: LatLon, radius_m: float) -> Reach:
    """The circles for the disc of `radius_m` around `centre`; |lat| at most MAX_LATITUDE, the radius some 50 km."""
    farthest = abs(centre.lat) + math.degrees(radius_m / EARTH_RADIUS_M)
    scale = MERCATOR_RADIUS_M / EARTH_RADIUS_M / math.cos(math.radians(farthest))
    radius = radius_m * scale
    x, y = to_mercator(centre)
    centres = [Mercator(x, y)]
    if x + radius > WORLD_M / 2:
        centres.append(Mercator(x - WORLD_M, y))
    if x - radius < -WORLD_M / 2:
        centres.append(Mercator(x + WORLD_M, y))
    return Reach(tuple(centres), radius, scale)


def boxes(south_west: LatLon, north_east: LatLon) -> tuple[Box, ...]:
    """The rectangles of a map; two where it crosses the 180th meridian, its west then being east of its east."""
    low, high = to_mercator(south_west), to_mercator(north_east)
    if low.x <= high.x:
        return (Box(low, high),)
    half = WORLD_M / 2
    return Box(low, Mercator(half, high.y)), Box(Mercator(-half, low.y), high)


def middle(south_west: LatLon, north_east: LatLon) -> LatLon:
    """The middle of a map's rectangle."""
    low, high = to_mercator(south_west), to_mercator(north_east)
    x = (low.x + high.x) / 2
    if low.x > high.x:
        x += WORLD_M / 2 if x <= 0 else -WORLD_M / 2
    return to_latlon(Mercator(x, (low.y + high.y) / 2))
