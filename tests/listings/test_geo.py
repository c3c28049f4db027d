import math

from hypothesis import given
from hypothesis import strategies as st

from listings import geo
from listings.geo import LatLon, Mercator

points = st.builds(LatLon, st.floats(-85, 85), st.floats(-180, 180))
bearings = st.floats(0, 2 * math.pi)


def plane(one: Mercator, other: Mercator) -> float:
    return math.hypot(one.x - other.x, one.y - other.y)


@given(points)
def test_to_the_plane_and_back(point: LatLon) -> None:
    back = geo.to_latlon(geo.to_mercator(point))

    assert math.isclose(back.lat, point.lat, abs_tol=1e-9)
    assert math.isclose(back.lon, point.lon, abs_tol=1e-9)


@given(points, st.floats(1, 50_000), bearings)
def test_moving_goes_so_far(point: LatLon, metres: float, bearing: float) -> None:
    assert math.isclose(geo.distance_m(point, geo.moved(point, metres=metres, bearing=bearing)), metres, rel_tol=1e-6)


@given(points, st.floats(1, 50_000), st.floats(0, 1), bearings)
def test_the_circles_hold_the_whole_disc_on_either_side_of_the_180th_meridian(
    centre: LatLon, radius: float, share: float, bearing: float
) -> None:
    reach = geo.reach(centre, radius)
    inside = geo.to_mercator(geo.moved(centre, metres=radius * share, bearing=bearing))

    nearest = min(plane(inside, centre) for centre in reach.centres)
    assert nearest <= reach.radius + 1e-3
    # What is so far in the plane is at least so far on the ground: what search relies on to stop.
    assert nearest / reach.scale <= radius * share + 1e-3


@given(points, points)
def test_boxes_and_their_middle(one: LatLon, other: LatLon) -> None:
    low, high = LatLon(min(one.lat, other.lat), one.lon), LatLon(max(one.lat, other.lat), other.lon)
    boxes = geo.boxes(low, high)

    assert len(boxes) == (1 if low.lon <= high.lon else 2)
    x, y = geo.to_mercator(geo.middle(low, high))
    assert any(
        box.low.x - 1e-3 <= x <= box.high.x + 1e-3 and box.low.y - 1e-3 <= y <= box.high.y + 1e-3 for box in boxes
    )
