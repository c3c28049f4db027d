"""PATCH /api/my/listings/{id} with another place while somebody has booked the bike. It is Tuesday 1 June 2027."""

from datetime import UTC, datetime, timedelta

import pytest

from bikeens.core import clock
from listings.models import Block, Listing, OwnerPlace
from tests.factories import listings

HOUR = timedelta(hours=1)
MONTPELLIER, REUNION = {"lat": 43.6108, "lon": 3.8767}, {"lat": -21.1, "lon": 55.5}


@pytest.fixture
def now(db):
    clock.travel_to(datetime(2027, 6, 1, tzinfo=UTC))
    return clock.now()


def moved(client, listing, place):
    return client.patch(f"/api/my/listings/{listing.uuid}", {"title": "Moved", "exact_point": place})


@pytest.mark.parametrize(("kind", "starts", "ends"), [("booking", 24, 48), ("booking", -2, 1), ("hold", 24, 48)])
@pytest.mark.parametrize("status", ["published", "paused", "suspended"])
def test_a_booked_bike_stays_in_its_time_zone(api, alice, now, status, kind, starts, ends):
    listing = listings.listing(alice, status=status)
    listings.block(listing, now + starts * HOUR, now + ends * HOUR, kind=kind)
    before = Listing.objects.filter(pk=listing.pk).values().get()
    answer = moved(api(alice), listing, REUNION)

    assert (answer.status_code, answer.json()["code"]) == (409, "bookings_open")
    assert list(answer.json()["fields"]) == ["exact_point"]
    assert Listing.objects.filter(pk=listing.pk).values().get() == before
    assert OwnerPlace.objects.count() == 1


def test_a_booked_bike_may_move_where_clocks_agree(api, alice, now):
    listing = listings.listing(alice)
    listings.block(listing, now + 24 * HOUR, now + 48 * HOUR)
    answer = moved(api(alice), listing, MONTPELLIER)

    assert (answer.status_code, answer.json()["town"]) == (200, "Montpellier")


def test_what_is_over_lapsed_or_ones_own_keeps_no_bike(api, alice, now):
    listing = listings.listing(alice)
    listings.block(listing, now - 9 * HOUR, now - 8 * HOUR)
    listings.block(listing, now + 8 * HOUR, now + 9 * HOUR, kind="own")
    lapsed = listings.block(listing, now + 24 * HOUR, now + 26 * HOUR, kind="hold")
    Block.objects.filter(pk=lapsed.pk).update(lapses_at=now)
    answer = moved(api(alice), listing, REUNION)

    assert (answer.status_code, answer.json()["time_zone"]) == (200, "Indian/Reunion")
