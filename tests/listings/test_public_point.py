"""Where a listing is in public: displaced once per owner and place."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bikeens.accounts.models import User
from listings import privacy
from listings.geo import LatLon, distance_m, mean_point, moved, to_latlon, to_mercator
from listings.models import Listing, OwnerPlace
from tests.factories import listings, people

points = st.builds(LatLon, lat=st.floats(-85, 85), lon=st.floats(-180, 180))


@given(points)
def test_the_plane_and_the_ground_are_the_same_place(point):
    assert distance_m(to_latlon(to_mercator(point)), point) < 0.001


@given(points, st.floats(0, 50_000), st.floats(0, math.tau))
def test_moving_by_so_many_metres_arrives_so_many_metres_away(point, metres, bearing):
    assert distance_m(point, moved(point, metres=metres, bearing=bearing)) == pytest.approx(metres, abs=0.01)


@given(points, st.uuids())
def test_the_displacement_is_between_350_and_400_metres(point, uuid):
    away = distance_m(point, privacy.displace(owner=User(uuid=uuid), exact=point))

    assert 349.99 <= away <= 400.01


@given(points, st.uuids())
def test_the_displacement_is_the_same_every_time(point, uuid):
    owner = User(uuid=uuid)

    assert privacy.displace(owner=owner, exact=point) == privacy.displace(owner=owner, exact=point)


def test_the_displacement_depends_on_the_secret_the_owner_and_the_place(settings):
    one, other = User(), User()
    first = privacy.displace(owner=one, exact=listings.NARBONNE)

    assert privacy.displace(owner=other, exact=listings.NARBONNE) != first
    assert privacy.displace(owner=one, exact=LatLon(43.1844, 3.0031)) != first
    settings.LOCATION_SECRET = "another"
    assert privacy.displace(owner=one, exact=listings.NARBONNE) != first


def test_the_displacement_is_uniform_over_the_rings_area():
    """Half of the area lies within sqrt((350² + 400²) / 2) = 375.8 m, a quarter in each quarter of the compass."""
    found = [privacy.displace(owner=User(), exact=listings.NARBONNE) for _ in range(4000)]
    inner = sum(distance_m(listings.NARBONNE, point) < 375.83 for point in found)
    north_east = sum(point.lat > listings.NARBONNE.lat and point.lon > listings.NARBONNE.lon for point in found)

    assert 1850 < inner < 2150
    assert 870 < north_east < 1130


def test_twenty_listings_at_one_door_share_one_point(alice):
    for number in range(20):
        near = moved(listings.NARBONNE, metres=number * 9.0, bearing=number)
        listings.listing(alice, at=near, photos=0)

    assert len({listing.public_point for listing in Listing.objects.all()}) == 1
    assert OwnerPlace.objects.count() == 1


def test_a_removed_listings_place_is_reused(alice):
    removed = listings.listing(alice, photos=0, status="removed")
    again = listings.listing(alice, at=moved(listings.NARBONNE, metres=199, bearing=1), photos=0)

    assert again.public_point == removed.public_point


def test_a_door_farther_than_200_metres_is_another_place(alice):
    first = listings.listing(alice, photos=0)
    second = listings.listing(alice, at=moved(listings.NARBONNE, metres=201, bearing=1), photos=0)

    assert second.public_point != first.public_point


def test_every_door_of_a_place_is_150_metres_from_its_point(alice):
    first = listings.listing(alice, photos=0)
    for number in range(40):
        door = moved(listings.NARBONNE, metres=199, bearing=number * math.tau / 40)
        other = listings.listing(alice, at=door, photos=0)
        assert other.public_point == first.public_point
        assert distance_m(other.public, door) >= 150


def test_two_places_do_not_give_each_other_away(db):
    """However near to each other they are, the middle of their points is 150 m from both doors."""
    for number in range(60):
        owner = people.person(f"Owner {number}")
        here = listings.NARBONNE
        there = moved(here, metres=201 + 15 * number, bearing=number)
        points = [listings.listing(owner, at=at, photos=0).public for at in (here, there)]
        middle = mean_point(points)
        assert len(set(points)) == 2
        assert min(distance_m(middle, here), distance_m(middle, there)) >= 150
        assert min(distance_m(points[1], here), distance_m(points[1], there)) >= 150


def test_neighbours_have_points_of_their_own(alice, bob):
    assert listings.listing(alice, photos=0).public_point != listings.listing(bob, photos=0).public_point


def test_moving_100_metres_does_not_move_the_public_point(alice):
    listing = listings.listing(alice, photos=0)
    before = listing.public_point
    listing.exact_point = to_mercator(moved(listings.NARBONNE, metres=100, bearing=2))
    privacy.locate(listing)

    assert listing.public_point == before


def test_between_two_places_a_listing_keeps_its_own(alice):
    home = listings.listing(alice, photos=0)
    listings.listing(alice, at=moved(listings.NARBONNE, metres=250, bearing=0), photos=0)
    home.exact_point = to_mercator(moved(listings.NARBONNE, metres=180, bearing=0))
    before = home.public_point
    privacy.locate(home)

    assert home.public_point == before


def test_pins_tried_in_a_draft_leave_no_place_behind(alice):
    draft = listings.draft(alice, exact_point=to_mercator(listings.NARBONNE))
    privacy.locate(draft)

    assert draft.public_point is not None
    assert OwnerPlace.objects.count() == 0
