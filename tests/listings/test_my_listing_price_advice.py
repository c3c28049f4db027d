"""GET /api/my/listings/{id}/price_advice."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from listings import comparables
from listings.geo import LatLon, moved, to_mercator
from listings.models import Listing
from tests.factories import listings, people


def eur(cents):
    return {"amount": cents, "currency": "EUR"}


def advice(client, listing):
    answer = client.get(f"/api/my/listings/{listing.uuid}/price_advice")
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.fixture
def mine(alice):
    return listings.listing(alice, price_day=1800)


def others(count, *, km=2.0, owner=None, **fields):
    """`count` bikes of Bob that far away, at 10, 12, 14 … euros."""
    owner = owner or people.bob()
    spot = moved(listings.NARBONNE, metres=km * 1000, bearing=0.5)
    for index in range(count):
        listings.listing(owner, at=spot, photos=0, **{"price_day": 1000 + 200 * index, **fields})


def test_five_bikes_nearby_make_a_spread(api, alice, mine):
    others(5)
    said = advice(api(alice), mine)

    assert said == {
        "reason": "",
        "count": 5,
        "radius_km": 5,
        "day": {"low": eur(1200), "median": eur(1400), "high": eur(1600), "count": 5},
        "hour": {"low": eur(400), "median": eur(400), "high": eur(400), "count": 5},
        "discount_7": None,
        "discount_28": None,
        "price": eur(1800),
        "examples": [
            {"days": 1, "total": eur(1962), "net": eur(1530)},
            {"days": 7, "total": eur(13734), "net": eur(10710)},
            {"days": 28, "total": eur(54936), "net": eur(42840)},
        ],
    }


@pytest.mark.parametrize(("km", "radius"), [(2, 5), (10, 15), (40, 50)])
def test_it_looks_further_until_there_are_enough(api, alice, mine, km, radius):
    others(4, km=1)
    others(1, km=km)
    said = advice(api(alice), mine)

    assert (said["count"], said["radius_km"], said["reason"]) == (5, radius, "")


def test_too_few_are_said_to_be_too_few(api, alice, mine):
    others(4)
    others(9, km=60)
    said = advice(api(alice), mine)

    assert (said["reason"], said["count"], said["radius_km"]) == ("few", 4, 50)
    assert (said["day"], said["hour"]) == (None, None)
    assert said["examples"][0]["net"] == eur(1530)


@pytest.mark.parametrize(
    "other", [{"category": "cargo"}, {"electric": True}, {"status": "paused"}, {"status": "draft"}, {"mine": True}]
)
def test_only_published_bikes_of_the_kind_of_others_count(api, alice, mine, other):
    owner = alice if other.pop("mine", False) else None
    others(6, owner=owner, **other)

    assert advice(api(alice), mine)["count"] == 0


def test_discounts_are_those_of_bikes_that_give_one(api, alice, mine):
    others(5, discount_7=10)
    others(3, discount_7=0, discount_28=30)
    said = advice(api(alice), mine)

    assert said["count"] == 8
    assert said["discount_7"] == {"low": 10, "median": 10, "high": 10, "count": 5}
    assert said["discount_28"] is None


def test_a_draft_learns_what_is_missing_for_advice(api, alice):
    draft = listings.draft(alice)
    said = advice(api(alice), draft)
    assert (said["reason"], said["count"], said["radius_km"], said["examples"]) == ("category", 0, 0, [])

    Listing.objects.filter(pk=draft.pk).update(category="city")
    assert advice(api(alice), draft)["reason"] == "place"


def test_without_a_price_the_examples_go_by_the_median(api, alice):
    others(5)
    draft = listings.draft(alice, category="city", public_point=to_mercator(listings.NARBONNE))
    said = advice(api(alice), draft)

    assert said["price"] == eur(1400)
    assert said["examples"][0]["net"] == eur(1190)


def test_the_sample_is_bounded_and_the_nearest(api, alice, mine, monkeypatch):
    monkeypatch.setattr(comparables, "SAMPLE", 6)
    others(8, km=4, price_day=9000)
    others(6, km=1)
    said = advice(api(alice), mine)

    assert (said["count"], said["day"]["high"]) == (6, eur(1750))


def test_bikes_across_the_180th_meridian_count(api, alice):
    here, there = LatLon(-17.0, 179.99), LatLon(-17.0, -179.99)
    mine = listings.listing(alice, at=here)
    for _index in range(5):
        listings.listing(people.bob(), at=there, photos=0)

    assert (advice(api(alice), mine)["count"], advice(api(alice), mine)["radius_km"]) == (5, 5)


def test_it_is_for_the_owner_alone(api, alice, bob, carol, mine):
    url = f"/api/my/listings/{mine.uuid}/price_advice"

    assert api(alice).get(url).status_code == 200
    assert api(bob).get(url).status_code == 404
    assert api(carol).get(url).status_code == 404
    assert api(None).get(url).status_code == 401
    assert api(alice).post(url, {}).status_code == 405


def test_it_asks_the_database_a_few_times_however_many_there_are(api, alice, mine):
    client = api(alice)
    counts = []
    for _round in range(2):
        others(6)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            advice(client, mine)
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert counts[0] <= 14
