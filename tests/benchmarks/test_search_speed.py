"""How much the site adds to what PostgreSQL alone needs for the nearest page, over 10,000 published listings.

The bikes are scattered around French towns by their population. Only the ratio of one run is meant to be compared:
times depend on the machine.
"""

import http.client
import json
import random
import statistics
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from bikeens.accounts.models import User
from bikeens.core import clock
from listings import privacy
from listings.choices import Category, Status
from listings.geo import LatLon, moved, to_latlon, to_mercator
from listings.models import Listing, OwnerPlace, Place
from tests.e2e import site as sites
from tests.factories.listings import EVERY_DAY_8_TO_20

LISTINGS = 10_000
OWNERS = 1_000
SCATTERED_M = 5_000
ROUNDS = 300
WARM_UP = 30
BARE = (
    "SELECT id, uuid, title, price_day, public_point <-> point(%(x)s, %(y)s) FROM listings_listing"
    " WHERE status = 'published' ORDER BY public_point <-> point(%(x)s, %(y)s) LIMIT 20"
)


@pytest.mark.usefixtures("commits")
def test_nearest_search_over_http_against_bare_sql(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dice = random.Random(7)
    towns = list(Place.objects.filter(country="FR").order_by("-population")[:200])
    publish(towns, dice)
    asked = [scattered(towns, dice) for _round in range(ROUNDS)]
    over_http, bare = [], []
    with sites.running(tmp_path) as site:
        address = urlsplit(site.url)
        assert address.hostname
        client = http.client.HTTPConnection(address.hostname, address.port, timeout=30)
        for origin in asked:
            # One after the other, so that whatever else the machine does meets both alike.
            over_http.append(search(client, origin))
            bare.append(nearest(origin))
        client.close()
    http_ms, sql_ms = (statistics.median(times[WARM_UP:]) * 1000 for times in (over_http, bare))
    with capsys.disabled():
        sys.stdout.write(
            f"\nnearest page of {LISTINGS} listings, {ROUNDS - WARM_UP} searches: p50 over HTTP {http_ms:.2f} ms, "
            f"bare SQL {sql_ms:.2f} ms, ratio {http_ms / sql_ms:.1f}\n"
        )


def search(client: http.client.HTTPConnection, origin: LatLon) -> float:
    """Seconds for a first page by distance; there must be bikes on it."""
    began = time.perf_counter()
    client.request("GET", f"/api/search?near={origin.lat:.6f},{origin.lon:.6f}&sort=nearest")
    answer = client.getresponse()
    said = answer.read()
    seconds = time.perf_counter() - began
    assert answer.status == 200
    assert json.loads(said)["results"]
    return seconds


def nearest(origin: LatLon) -> float:
    """Seconds for the twenty nearest listings, asked of PostgreSQL without anything around it."""
    point = to_mercator(origin)
    with connection.cursor() as cursor:
        began = time.perf_counter()
        cursor.execute(BARE, {"x": point.x, "y": point.y})
        rows = cursor.fetchall()
        seconds = time.perf_counter() - began
    assert len(rows) == 20
    return seconds


def publish(towns: list[Place], dice: random.Random) -> None:
    owners = User.objects.bulk_create(
        User(email=f"owner{number}@example.com", name=f"Owner {number}", date_joined=clock.now())
        for number in range(OWNERS)
    )
    places = OwnerPlace.objects.bulk_create(place_of(owners[n % OWNERS], towns, dice) for n in range(LISTINGS))
    Listing.objects.bulk_create(bike_at(place, dice) for place in places)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE listings_listing")


def place_of(owner: User, towns: list[Place], dice: random.Random) -> OwnerPlace:
    exact = scattered(towns, dice)
    public = to_mercator(privacy.displace(owner=owner, exact=exact))
    return OwnerPlace(owner=owner, exact_point=to_mercator(exact), public_point=public)


def bike_at(place: OwnerPlace, dice: random.Random) -> Listing:
    return Listing(
        owner=place.owner,
        status=Status.PUBLISHED,
        published_at=clock.now(),
        title="Gitane with a basket",
        category=dice.choice(Category.values),
        exact_point=place.exact_point,
        public_point=place.public_point,
        place=place,
        time_zone="Europe/Paris",
        price_day=dice.randrange(1000, 6000, 50),
        opening=EVERY_DAY_8_TO_20,
    )


def scattered(towns: list[Place], dice: random.Random) -> LatLon:
    """A point around one of the towns, which is chosen by its population."""
    [town] = dice.choices(towns, [town.population for town in towns])
    metres = SCATTERED_M * dice.random() ** 0.5
    return moved(to_latlon(town.point), metres=metres, bearing=dice.uniform(0, 6.2832))
