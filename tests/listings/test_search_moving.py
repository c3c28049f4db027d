"""A bike that moves to another time zone between any two statements of a search."""

from datetime import UTC, datetime
from itertools import count

import pytest
from django.db import connection

from bikeens.core import clock
from listings.models import Listing
from tests.factories import listings

DAY = "from=2027-07-05T10:00&to=2027-07-05T18:00"


class Move:
    """Before the statement of this number the bike moves to Réunion."""

    def __init__(self, bike: Listing, number: int) -> None:
        self.bike, self.left = bike, number

    def __call__(self, execute, sql, params, many, context):
        self.left -= 1
        if self.left == -1:
            Listing.objects.filter(pk=self.bike.pk).update(time_zone="Indian/Reunion")
        return execute(sql, params, many, context)


@pytest.mark.parametrize(
    "asked",
    [
        f"/api/search?near=43.18,3.0&{DAY}",
        f"/api/search?near=43.18,3.0&sort=price&{DAY}",
        f"/api/search/map?bbox=2,42,4,44&zoom=10&{DAY}",
        f"/api/search/map?bbox=2,42,4,44&zoom=10&price_max=100000&{DAY}",
        f"/api/search/facets?near=43.18,3.0&{DAY}",
        # Nobody is there at two in the morning.
        "/api/search/alternatives?near=43.18,3.0&from=2027-07-05T02:00&to=2027-07-05T18:00",
    ],
)
def test_is_found_as_it_was_or_not_at_all(api, alice, asked):
    clock.travel_to(datetime(2027, 7, 1, tzinfo=UTC))
    bike = listings.listing(alice)
    client = api(None)
    for number in count():
        Listing.objects.filter(pk=bike.pk).update(time_zone="Europe/Paris")
        move = Move(bike, number)
        with connection.execute_wrapper(move):
            assert client.get(asked).status_code == 200
        if move.left >= 0:
            break
    # It moved at least before each of two statements.
    assert number >= 2
