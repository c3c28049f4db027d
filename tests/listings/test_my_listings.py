"""GET and POST /api/my/listings, GET /api/my/listings/{id}."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bikeens.core import clock
from listings.models import Listing, PriceOverride
from tests.factories import listings

URL = "/api/my/listings"


def test_a_listing_begins_as_an_empty_draft(api, alice):
    alice.languages = ["fr", "oc"]
    alice.save()
    answer = api(alice).post(URL, {})

    assert answer.status_code == 201
    body = answer.json()
    listing = Listing.objects.get()
    assert (listing.owner, listing.status) == (alice, "draft")
    assert body["id"] == str(listing.uuid)
    assert body["status"] == "draft"
    assert body["languages"] == ["fr", "oc"]
    assert body["prices"] == {"hour": None, "day": None, "discount_7": 0, "discount_28": 0, "overrides": []}
    assert (body["point"], body["exact_point"], body["opening_hours"], body["photos"]) == (None, None, {}, [])
    assert [one["field"] for one in body["missing"]] == [
        "title",
        "category",
        "rider_height",
        "photos",
        "prices.day",
        "opening_hours",
        "address",
        "exact_point",
        "safety",
    ]


def test_pressing_twice_begins_one_listing(api, alice):
    first = api(alice).post(URL, {"category": "city", "electric": False}).json()
    second = api(alice).post(URL, {"category": "cargo", "electric": True}).json()

    assert second["id"] == first["id"]
    assert (second["category"], second["electric"]) == ("cargo", True)
    assert api(alice).post(URL, {}).json()["id"] == first["id"]
    assert Listing.objects.count() == 1


@pytest.mark.parametrize("touch", [{"title": "Peugeot"}, {"brand": "Peugeot"}, {"category": "kids"}])
def test_a_draft_that_somebody_has_touched_stays_as_it_is(api, alice, touch):
    first = api(alice).post(URL, {"category": "city"}).json()
    api(alice).patch(f"{URL}/{first['id']}", touch)
    second = api(alice).post(URL, {"category": "road"}).json()

    assert second["id"] != first["id"]
    assert Listing.objects.get(uuid=first["id"]).category == touch.get("category", "city")


def test_a_draft_that_began_with_a_title_or_photos_stays_as_it_is(api, alice, bob):
    api(alice).post(URL, {"title": "Peugeot"})
    listings.photo(Listing.objects.get(uuid=api(alice).post(URL, {}).json()["id"]))
    api(alice).post(URL, {"title": "Gitane"})
    api(bob).post(URL, {})

    assert sorted(Listing.objects.values_list("title", flat=True)) == ["", "", "Gitane", "Peugeot"]


def test_a_listing_may_begin_with_what_is_known(api, alice):
    answer = api(alice).post(URL, {"title": "Peugeot", "category": "road", "prices": {"day": eur(1800)}})

    assert answer.status_code == 201
    assert answer.json()["title"] == "Peugeot"
    assert answer.json()["prices"]["day"] == eur(1800)


def test_what_cannot_be_used_begins_no_listing(api, alice):
    answer = api(alice).post(URL, {"title": "Peugeot", "category": "rocket"})

    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == ["category"]
    assert Listing.objects.count() == 0


def test_two_hundred_listings_are_enough(api, alice):
    Listing.objects.bulk_create(Listing(owner=alice, title="Gitane") for _ in range(200))
    answer = api(alice).post(URL, {})

    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_listings")
    assert Listing.objects.count() == 200


def test_an_owner_sees_all_of_a_listing(api, alice):
    listing = listings.listing(alice)
    body = api(alice).get(f"{URL}/{listing.uuid}").json()

    assert body["status"] == "published"
    assert body["missing"] == []
    assert body["exact_point"] == {"lat": 43.1843, "lon": 3.0031}
    assert body["point"] == listing.public.as_json()
    assert body["address"] == "12 rue Droite, 11100 Narbonne"
    assert (body["frame_number"], body["bicycode"], body["value"]) == (
        listing.frame_number,
        listing.bicycode,
        eur(60000),
    )
    assert body["rider_height"] == {"from": 160, "to": 185}
    assert body["opening_hours"] == {str(day): [["08:00", "20:00"]] for day in range(1, 8)}
    assert body["safety"] == {"brakes": True, "tyres": True, "chain": True, "lights": True, "last_service": None}
    assert body["rating"] == {"average": None, "count": 0}
    assert body["owner"] == {
        "id": str(alice.uuid),
        "name": "Alice",
        "photo": None,
        "member_since": alice.date_joined.date().isoformat(),
        "languages": [],
    }
    assert [size["width"] for size in body["photos"][0]["sizes"]] == [320, 640, 960, 1600]
    assert body["photos"][0]["alt"] == "Gitane with a basket"
    assert body["is_mine"] is True


def test_an_owner_sees_only_their_own_newest_first(api, alice, bob):
    first, second = listings.draft(alice), listings.listing(alice)
    listings.listing(bob)
    listings.listing(alice, status="removed")
    body = api(alice).get(URL).json()

    assert [one["id"] for one in body["results"]] == [str(second.uuid), str(first.uuid)]
    assert body["next"] is None


def test_many_listings_come_in_pages(api, alice):
    Listing.objects.bulk_create(Listing(owner=alice, title=str(number)) for number in range(23))
    first = api(alice).get(URL).json()
    second = api(alice).get(URL, {"cursor": first["next"]}).json()

    assert len(first["results"]) == 20
    assert [one["title"] for one in second["results"]] == ["2", "1", "0"]
    assert second["next"] is None


def test_the_list_takes_as_many_queries_for_six_as_for_one(api, alice):
    client = api(alice)
    listings.listing(alice)
    client.get(URL)
    with CaptureQueriesContext(connection) as for_one:
        client.get(URL)
    for _ in range(5):
        listings.listing(alice)
    with CaptureQueriesContext(connection) as for_six:
        client.get(URL)

    assert len(for_six) == len(for_one) > 2


def test_the_list_leaves_special_days_to_the_listing_itself(api, alice):
    listing = listings.listing(alice)
    for day in range(1, 29):
        PriceOverride.objects.create(listing=listing, date=f"2027-02-{day:02}", price_day=2500)
        listings.closed_on(listing, f"2027-02-{day:02}")
    with CaptureQueriesContext(connection) as asked:
        [listed] = api(alice).get(URL).json()["results"]
    whole = api(alice).get(f"{URL}/{listing.uuid}").json()

    assert not any(table in query["sql"] for query in asked for table in ("priceoverride", "openingexception"))
    assert len(whole.pop("opening_exceptions")) == len(whole["prices"].pop("overrides")) == 28
    assert listed == whole


@pytest.mark.parametrize("who", ["bob", "carol"])
def test_somebody_elses_listing_is_not_there(api, alice, request, who):
    listing = listings.listing(alice)
    answer = api(request.getfixturevalue(who)).get(f"{URL}/{listing.uuid}")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert "Gitane" not in answer.content.decode()


def test_an_unknown_or_removed_listing_is_not_there(api, alice):
    removed = listings.listing(alice, status="removed")

    assert api(alice).get(f"{URL}/{removed.uuid}").status_code == 404
    assert api(alice).get(f"{URL}/{uuid.uuid4()}").status_code == 404
    assert api(alice).get(f"{URL}/17").status_code == 404


def test_nobody_has_no_listings(api, db):
    listing = listings.listing()

    for answer in (api(None).get(URL), api(None).post(URL, {}), api(None).get(f"{URL}/{listing.uuid}")):
        assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
    assert Listing.objects.count() == 1


def test_a_listing_is_as_old_as_the_clock_says(api, alice):
    now = clock.now()
    api(alice).post(URL, {})

    assert (Listing.objects.get().created_at - now).total_seconds() < 5


def eur(cents):
    return {"amount": cents, "currency": "EUR"}
