"""DELETE /api/my/listings/{id}."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from bikeens.core import clock
from bikeens.core.errors import NotFound
from listings import actions
from listings.models import Listing, OwnerPlace
from tests.factories import listings

HOUR = timedelta(hours=1)


def url(listing):
    return f"/api/my/listings/{listing.uuid}"


def test_a_listing_that_was_public_is_removed_and_its_place_kept(api, alice):
    listing = listings.listing(alice)

    assert api(alice).delete(url(listing)).status_code == 204
    assert api(alice).get(url(listing)).status_code == 404
    listing.refresh_from_db()
    assert listing.status == "removed"
    assert listing.photos.count() == 2
    assert OwnerPlace.objects.count() == 1


def test_a_draft_nobody_saw_is_deleted(api, alice):
    draft = listings.draft(alice)
    listings.photo(draft)

    assert api(alice).delete(url(draft)).status_code == 204
    assert Listing.objects.count() == 0


@pytest.mark.parametrize(("kind", "starts", "ends"), [("booking", 24, 48), ("booking", -2, 1), ("hold", 24, 48)])
def test_a_booked_listing_stays(api, alice, kind, starts, ends):
    listing = listings.listing(alice)
    now = clock.now()
    listings.block(listing, now + starts * HOUR, now + ends * HOUR, kind=kind)
    answer = api(alice).delete(url(listing))

    assert (answer.status_code, answer.json()["code"]) == (409, "bookings_open")
    listing.refresh_from_db()
    assert listing.status == "published"


def test_the_refusal_names_what_is_booked(api, alice):
    clock.travel_to(datetime(2027, 6, 20, tzinfo=UTC))
    listing = listings.listing(alice)
    hour = datetime(2027, 7, 1, 8, tzinfo=UTC)
    listings.block(listing, hour, hour + 5 * HOUR)
    listings.block(listing, hour + 24 * HOUR, hour + 26 * HOUR, kind="hold")
    clock.travel_to(datetime(2027, 6, 20, 0, 5, tzinfo=UTC))
    listings.block(listing, hour - 9 * 24 * HOUR, hour - 8 * 24 * HOUR, kind="own")
    answer = api(alice).delete(url(listing)).json()

    assert answer["blocks"] == [
        {"kind": "booking", "starts_at": "2027-07-01T08:00:00Z", "from": "2027-07-01T10:00", "to": "2027-07-01T15:00"},
        {"kind": "hold", "starts_at": "2027-07-02T08:00:00Z", "from": "2027-07-02T10:00", "to": "2027-07-02T12:00"},
    ]


@pytest.mark.parametrize("published", [True, False])
def test_a_suspended_listing_may_be_mended_and_stays_where_staff_look(api, alice, published):
    fields = {} if published else {"published_at": None}
    listing = listings.listing(alice, status="suspended", status_reason="An indecent photo.", **fields)
    client = api(alice)
    answer = client.delete(url(listing))

    assert (answer.status_code, answer.json()["code"]) == (409, "suspended")
    assert answer.json()["reason"] == "An indecent photo."
    assert client.patch(url(listing), {"title": "Mended"}).json()["status"] == "suspended"
    listing.refresh_from_db()
    assert (listing.status, listing.title) == ("suspended", "Mended")
    actions.unsuspend_listing(listing=listing)
    assert client.delete(url(listing)).status_code == 204


def test_what_is_over_lapsed_or_ones_own_does_not_keep_it(api, alice):
    listing = listings.listing(alice)
    now = clock.now()
    listings.block(listing, now - 9 * HOUR, now - 8 * HOUR)
    listings.block(listing, now + 8 * HOUR, now + 9 * HOUR, kind="own")
    listings.block(listing, now + 18 * HOUR, now + 19 * HOUR, kind="hold")
    clock.travel(0.5 * HOUR)

    assert api(alice).delete(url(listing)).status_code == 204


def test_only_the_owner_removes(api, alice, bob):
    listing = listings.listing(alice)

    assert api(bob).delete(url(listing)).status_code == 404
    assert api(None).delete(url(listing)).status_code == 401
    listing.refresh_from_db()
    assert listing.status == "published"


def test_a_tab_that_is_too_late_finds_nothing(alice):
    """The listing was read before it went, as in two tabs at once."""
    removed, deleted = listings.listing(alice), listings.draft(alice)
    photo = removed.photos.get(position=0)
    actions.remove_listing(listing=removed)
    actions.remove_listing(listing=deleted)
    deleted.pk = 10**6

    for late in (removed, deleted):
        for call in (
            partial(actions.update_listing, listing=late, changes=actions.Changes(columns={"title": "Back"})),
            partial(actions.publish_listing, listing=late),
            partial(actions.pause_listing, listing=late),
            partial(actions.resume_listing, listing=late),
            partial(actions.remove_listing, listing=late),
            partial(actions.reorder_photos, listing=late, order=[]),
        ):
            with pytest.raises(NotFound):
                call()
    with pytest.raises(NotFound):
        actions.remove_photo(photo=photo)
    removed.refresh_from_db()
    assert (removed.status, removed.title) == ("removed", "Gitane with a basket")
    assert removed.photos.count() == 2
