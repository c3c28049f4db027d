"""POST /api/my/listings/{id}/duplicate."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from bikeens.core import clock
from listings import actions
from listings.actions.duplicate import COPIED
from listings.geo import LatLon
from listings.models import Extra, Listing, PriceOverride
from tests.factories import listings

# What belongs to one bike, to one listing's life, or follows from the rest.
ITS_OWN = {
    *("id", "uuid", "owner", "reference", "status", "status_reason", "created_at", "updated_at", "published_at"),
    *("frame_number", "bicycode", "safety", "last_service_date"),
    *("public_point", "place", "town", "time_zone", "deposit_cents"),
    *("overdue_since", "response_rank", "rating_sum", "rating_count"),
}


def url(listing):
    return f"/api/my/listings/{listing.uuid}/duplicate"


def test_every_column_is_either_copied_or_its_own():
    columns = {field.name for field in Listing._meta.concrete_fields}

    assert columns - ITS_OWN == set(COPIED)


def test_a_copy_is_a_draft_with_all_but_what_tells_two_bikes_apart(api, alice):
    listing = listings.listing(alice, discount_7=15, instant=True, rating_sum=9, rating_count=2)
    extra = Extra.objects.create(listing=listing, kind="helmet", price_cents=300)
    today = clock.now().date()
    for days in (-3, 4):
        PriceOverride.objects.create(listing=listing, date=today + timedelta(days=days), price_day=2500)
        listings.closed_on(listing, today + timedelta(days=days))
    answer = api(alice).post(url(listing), {})

    assert answer.status_code == 201
    body, original = answer.json(), api(alice).get(f"/api/my/listings/{listing.uuid}").json()
    copy = Listing.objects.get(uuid=body["id"])
    assert copy.pk != listing.pk
    assert (body["status"], copy.published_at, copy.rating_count) == ("draft", None, 0)
    assert (body["frame_number"], body["bicycode"]) == ("", "")
    assert [one["field"] for one in body["missing"]] == ["safety"]
    alike = {"title", "category", "rider_height", "instant", "address", "exact_point", "point", "town", "opening_hours"}
    assert {name: body[name] for name in alike} == {name: original[name] for name in alike}
    assert body["prices"]["day"] == original["prices"]["day"]
    assert body["prices"]["discount_7"] == 15
    # Days gone by are nobody's business any more.
    ahead = (today + timedelta(days=4)).isoformat()
    assert [row["date"] for row in body["prices"]["overrides"]] == [ahead]
    assert body["opening_exceptions"] == [{"date": ahead, "hours": []}]
    assert [one["kind"] for one in body["extras"]] == ["helmet"]
    assert body["extras"][0]["id"] != str(extra.uuid)
    assert [one["sizes"] for one in body["photos"]] == [one["sizes"] for one in original["photos"]]
    assert {one["id"] for one in body["photos"]}.isdisjoint({one["id"] for one in original["photos"]})


def test_the_copy_can_be_published_once_its_bike_was_looked_at(api, alice):
    body = api(alice).post(url(listings.listing(alice)), {}).json()
    checked = dict.fromkeys(("brakes", "tyres", "chain", "lights"), True)
    api(alice).patch(f"/api/my/listings/{body['id']}", {"safety": checked})

    assert api(alice).post(f"/api/my/listings/{body['id']}/publish").json()["status"] == "published"


def test_photos_stay_until_the_last_bike_that_shows_them_goes(api, alice, django_capture_on_commit_callbacks):
    listing = listings.listing(alice, photos=0)
    picture = io.BytesIO()
    Image.new("RGB", (700, 500), "teal").save(picture, "PNG")
    picture.seek(0)
    actions.add_photo(listing=listing, file=picture)
    copy = Listing.objects.get(uuid=api(alice).post(url(listing), {}).json()["id"])
    actions.pause_listing(listing=listing)
    photo, shared = listing.photos.get(), copy.photos.get()
    assert (photo.files(), photo.digest) == (shared.files(), shared.digest)

    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_photo(photo=photo)
    assert all(default_storage.exists(name) for name in shared.files())

    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_photo(photo=shared)
    assert not any(default_storage.exists(name) for name in shared.files())


def test_an_empty_draft_has_a_copy_as_empty(api, alice):
    answer = api(alice).post(url(listings.draft(alice)), {})

    assert answer.status_code == 201
    assert answer.json()["title"] == ""
    assert Listing.objects.count() == 2


def test_a_suspended_bike_has_no_copies(api, alice):
    answer = api(alice).post(url(listings.listing(alice, status="suspended")), {})

    assert (answer.status_code, answer.json()["code"]) == (409, "suspended")
    assert Listing.objects.count() == 1


def test_a_whole_shop_has_to_write_to_us(api, alice, monkeypatch):
    monkeypatch.setattr("listings.actions.edit.MOST_LISTINGS", 1)
    answer = api(alice).post(url(listings.listing(alice)), {})

    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_listings")
    assert Listing.objects.count() == 1


@pytest.mark.parametrize(("who", "status"), [("bob", 404), ("carol", 404), (None, 401)])
def test_only_the_owner_duplicates(api, alice, request, who, status):
    listing = listings.listing(alice)
    client = api(request.getfixturevalue(who) if who else None)

    assert client.post(url(listing), {}).status_code == status
    assert Listing.objects.count() == 1


@pytest.mark.parametrize(
    ("at", "zone", "kept"),
    [
        # 01:00 in UTC: in Montréal it is still the 25th, in Réunion the 26th has begun.
        (LatLon(45.5, -73.57), "America/Toronto", ["2026-11-25", "2026-11-26"]),
        (LatLon(-21.1, 55.5), "Indian/Reunion", ["2026-11-26"]),
    ],
)
def test_special_days_are_copied_from_today_on_where_the_bike_is(api, alice, at, zone, kept):
    clock.travel_to(datetime(2026, 11, 26, 1, 0, tzinfo=UTC))
    listing = listings.listing(alice, at=at, time_zone=zone)
    for day in ("2026-11-24", "2026-11-25", "2026-11-26"):
        PriceOverride.objects.create(listing=listing, date=day, price_day=2500)
        listings.closed_on(listing, day)
    body = api(alice).post(url(listing)).json()

    assert [row["date"] for row in body["prices"]["overrides"]] == kept
    assert [row["date"] for row in body["opening_exceptions"]] == kept
