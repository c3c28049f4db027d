"""POST /api/my/listings/{id}/publish, pause, resume."""

import pytest

from listings import actions
from listings.models import Listing, OwnerPlace
from tests.factories import listings

COMPLETE = {
    "title": "Peugeot",
    "category": "road",
    "rider_height": {"from": 170, "to": 185},
    "prices": {"day": {"amount": 1800, "currency": "EUR"}},
    "opening_hours": {"6": [["09:00", "18:00"]]},
    "address": "12 rue Droite, 11100 Narbonne",
    "exact_point": {"lat": 43.1843, "lon": 3.0031},
    "safety": {"brakes": True, "tyres": True, "chain": True, "lights": True},
}


def url(listing, step=""):
    return f"/api/my/listings/{listing.uuid}{step and '/'}{step}"


def status_of(listing):
    return Listing.objects.get(pk=listing.pk).status


def complete_draft(api, alice, **fields):
    draft = listings.draft(alice)
    listings.photo(draft)
    assert api(alice).patch(url(draft), {**COMPLETE, **fields}).status_code == 200
    return draft


def test_a_complete_draft_is_published(api, alice):
    draft = complete_draft(api, alice)
    answer = api(alice).post(url(draft, "publish"))

    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["missing"]) == ("published", [])
    draft.refresh_from_db()
    assert draft.published_at is not None
    assert draft.place == OwnerPlace.objects.get()
    assert draft.public_point == draft.place.public_point


def test_publishing_names_everything_that_is_missing_at_once(api, alice):
    draft = listings.draft(alice)
    answer = api(alice).post(url(draft, "publish"))

    assert (answer.status_code, answer.json()["code"]) == (409, "incomplete")
    assert set(answer.json()["fields"]) == {
        "title",
        "category",
        "rider_height",
        "photos",
        "prices.day",
        "opening_hours",
        "address",
        "exact_point",
        "safety",
    }
    assert status_of(draft) == "draft"
    assert OwnerPlace.objects.count() == 0


@pytest.mark.parametrize(
    ("without", "field"),
    [
        ({"title": ""}, "title"),
        ({"category": ""}, "category"),
        ({"rider_height": None}, "rider_height"),
        ({"prices": {"hour": {"amount": 400, "currency": "EUR"}, "day": None}}, "prices.day"),
        ({"opening_hours": {}}, "opening_hours"),
        ({"address": ""}, "address"),
        ({"exact_point": None}, "exact_point"),
        ({"safety": {"chain": False}}, "safety"),
    ],
)
def test_each_missing_thing_is_named(api, alice, without, field):
    draft = complete_draft(api, alice, **without)
    answer = api(alice).post(url(draft, "publish"))

    assert (answer.status_code, list(answer.json()["fields"])) == (409, [field])
    assert [one["field"] for one in api(alice).get(url(draft)).json()["missing"]] == [field]
    assert status_of(draft) == "draft"


def test_a_photo_is_needed(api, alice):
    draft = complete_draft(api, alice)
    draft.photos.all().delete()

    assert list(api(alice).post(url(draft, "publish")).json()["fields"]) == ["photos"]


def test_a_childrens_bike_needs_no_riders_height(api, alice):
    draft = complete_draft(api, alice, category="kids", rider_height=None)

    assert api(alice).post(url(draft, "publish")).status_code == 200


def test_what_the_draft_showed_its_owner_is_what_becomes_public(api, alice):
    draft = complete_draft(api, alice)
    preview = api(alice).get(url(draft)).json()["point"]

    assert api(alice).post(url(draft, "publish")).json()["point"] == preview


def test_two_drafts_of_one_door_become_public_at_one_point(api, alice):
    one = complete_draft(api, alice)
    other = complete_draft(api, alice, exact_point={"lat": 43.1850, "lon": 3.0031})
    points = [api(alice).post(url(draft, "publish")).json()["point"] for draft in (one, other)]

    assert points[0] == points[1]
    assert OwnerPlace.objects.count() == 1


def test_each_step_may_be_asked_twice(api, alice):
    listing = listings.listing(alice)
    for step, status in [("publish", "published"), ("pause", "paused"), ("resume", "published")]:
        for _ in range(2):
            answer = api(alice).post(url(listing, step))
            assert (answer.status_code, answer.json()["status"]) == (200, status)


def test_the_first_publication_is_remembered(api, alice):
    listing = listings.listing(alice)
    before = listing.published_at
    api(alice).post(url(listing, "pause"))
    api(alice).post(url(listing, "resume"))
    listing.refresh_from_db()

    assert listing.published_at == before


@pytest.mark.parametrize(
    ("status", "step", "code"),
    [
        ("draft", "pause", "not_published"),
        ("draft", "resume", "not_published"),
        ("paused", "publish", "paused"),
        ("suspended", "publish", "suspended"),
        ("suspended", "pause", "suspended"),
        ("suspended", "resume", "suspended"),
    ],
)
def test_steps_that_make_no_sense_are_refused(api, alice, status, step, code):
    listing = listings.listing(alice, status=status)
    answer = api(alice).post(url(listing, step))

    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert status_of(listing) == status


def test_a_paused_listing_that_lost_something_is_not_resumed(api, alice):
    listing = listings.listing(alice, status="paused")
    api(alice).patch(url(listing), {"address": ""})
    answer = api(alice).post(url(listing, "resume"))

    assert (answer.status_code, list(answer.json()["fields"])) == (409, ["address"])
    assert status_of(listing) == "paused"


def test_a_suspended_listing_says_why_and_comes_back_hidden(api, alice):
    listing = listings.listing(alice)
    actions.suspend_listing(listing=listing, reason="The frame number is reported stolen.")
    body = api(alice).get(url(listing)).json()
    assert (body["status"], body["status_reason"]) == ("suspended", "The frame number is reported stolen.")
    assert api(alice).post(url(listing, "resume")).json()["reason"] == "The frame number is reported stolen."

    actions.unsuspend_listing(listing=listing)
    body = api(alice).get(url(listing)).json()
    assert (body["status"], body["status_reason"]) == ("paused", "")


@pytest.mark.parametrize("step", ["publish", "pause", "resume"])
def test_only_the_owner_takes_steps(api, alice, bob, step):
    listing = listings.listing(alice, status="paused" if step == "resume" else "published")
    before = status_of(listing)

    assert api(bob).post(url(listing, step)).status_code == 404
    assert api(None).post(url(listing, step)).status_code == 401
    assert status_of(listing) == before
