"""Nothing public depends on where the bike really stands, or on anything else that is private."""

from datetime import UTC, datetime

import pytest

from bikeens.core import clock
from listings import actions
from listings.geo import LatLon, moved, to_mercator
from listings.models import Listing, Place
from tests.factories import listings

DATES = {"from": "2027-07-05T10:00", "to": "2027-07-07T18:00"}


@pytest.fixture
def listing(alice):
    clock.travel_to(datetime(2027, 6, 20, tzinfo=UTC))
    return listings.listing(alice)


def public_answers(client, listing):
    """All that the API tells everybody, as bytes."""
    page = f"/api/listings/{listing.uuid}"
    near = "43.1843,3.0031"
    answers = [
        client.get(page),
        client.get(f"{page}/availability", {"month": "2027-07"}),
        client.get(f"{page}/availability", {"month": "2027-07", "from": DATES["from"]}),
        client.get(f"{page}/quote", DATES),
        client.get("/api/search", {"near": near}),
        client.get("/api/search", {"near": near, "radius": 1000, "sort": "nearest"}),
        client.get("/api/search", {"near": near, "sort": "fit", "height": 172, **DATES}),
        client.get("/api/search", {"near": near, "sort": "price", **DATES}),
        client.get("/api/search", {"bbox": "43.1,2.9,43.3,3.1"}),
        client.get("/api/search/facets", {"near": near, **DATES}),
        client.get("/api/search/alternatives", {"near": near, **DATES}),
        client.get("/api/search/map", {"bbox": "2.9,43.1,3.1,43.3", "zoom": 14, **DATES}),
        client.get("/api/search/map", {"bbox": "-5,42,8,51", "zoom": 5}),
    ]
    assert [answer.status_code for answer in answers] == [200] * len(answers), [a.content for a in answers]
    return [answer.content for answer in answers]


@pytest.mark.parametrize("who", ["bob", None])
def test_no_public_answer_changes_when_only_private_parts_do(api, listing, request, who):
    client = api(request.getfixturevalue(who) if who else None)
    listings.listing(at=moved(listings.NARBONNE, metres=450, bearing=1))
    before = public_answers(client, listing)
    assert b"Gitane" in before[0]
    assert b"Gitane" in before[4]

    for bearing in range(6):
        there = moved(listings.NARBONNE, metres=100, bearing=bearing)
        Listing.objects.filter(pk=listing.pk).update(
            exact_point=to_mercator(there),
            address="99 quai Vallière, 11100 Narbonne",
            frame_number="XYZ-1",
            bicycode="BC00000000",
            value_cents=1,
        )
        assert public_answers(client, listing) == before


def test_no_public_answer_holds_a_private_part(api, listing):
    said = b" ".join(public_answers(api(None), listing)).decode()

    for private in ("rue Droite", "WTU123456", "BC12345678", "60000", "43.1843", "3.0031", "alice@example.com"):
        assert private not in said.replace("43.1843,3.0031", "")


def test_the_town_is_that_of_the_public_point(alice):
    """Two doors either side of the line between two towns, and one public point: one town."""
    Place.objects.create(
        id=1,
        name="West",
        search_name="west",
        time_zone="Europe/Paris",
        country="FR",
        population=600,
        point=to_mercator(LatLon(46.0000, -29.9950)),
    )
    Place.objects.create(
        id=2,
        name="East",
        search_name="east",
        time_zone="Europe/Paris",
        country="FR",
        population=600,
        point=to_mercator(LatLon(46.0000, -29.9850)),
    )
    towns = set()
    for lon in (-29.9905, -29.9895):
        draft = listings.draft(alice)
        listings.photo(draft)
        columns = {
            "title": "Gitane",
            "category": "kids",
            "price_day": 2000,
            "opening": listings.EVERY_DAY_8_TO_20,
            "address": "On the line",
            "exact_point": to_mercator(LatLon(46.0, lon)),
        }
        safety = dict.fromkeys(("brakes", "tyres", "chain", "lights"), True)
        actions.update_listing(listing=draft, changes=actions.Changes(columns=columns, safety=safety))
        towns.add(actions.publish_listing(listing=draft).town)

    assert len(towns) == 1
