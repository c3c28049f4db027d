"""Listings at the operator's desk."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from bikeens.accounts.actions import close_account
from bikeens.accounts.models import User
from bikeens.notifications.models import Notice
from listings.models import Listing
from tests.factories import listings, people

PAGE = "/desk/listings/listing/"


def client_of(person):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def desk(db):
    return client_of(people.person("Olga", is_staff=True))


def act(desk, listing, action, **fields):
    return desk.post(PAGE, {"action": action, "_selected_action": [listing.pk], **fields}, follow=True)


def test_staff_read_listings_and_change_nothing(desk, alice):
    listing = listings.listing(alice)
    listings.block(listing, datetime(2027, 7, 5, tzinfo=UTC), datetime(2027, 7, 6, tzinfo=UTC))

    assert "Gitane with a basket" in desk.get(PAGE).content.decode()
    assert "Gitane with a basket" in desk.get(PAGE, {"q": str(listing.uuid)}).content.decode()
    assert "Gitane with a basket" not in desk.get(PAGE, {"q": "Peugeot"}).content.decode()
    page = desk.get(f"{PAGE}{listing.pk}/change/").content.decode()
    assert "12 rue Droite" in page
    assert desk.post(f"{PAGE}{listing.pk}/change/", {"title": "Mine"}).status_code == 403
    assert desk.get(f"{PAGE}add/").status_code == 403
    assert desk.post(f"{PAGE}{listing.pk}/delete/", {"post": "yes"}).status_code == 403
    assert desk.get("/desk/listings/block/").status_code == 200
    assert desk.get("/desk/listings/block/add/").status_code == 403
    listing.refresh_from_db()
    assert listing.title == "Gitane with a basket"


def test_staff_suspend_with_a_reason_and_the_owner_is_told(desk, alice):
    listing = listings.listing(alice)
    answer = act(desk, listing, "suspend", reason=" The frame number is reported stolen. ")

    assert "1 listing done." in answer.content.decode()
    listing.refresh_from_db()
    assert (listing.status, listing.status_reason) == ("suspended", "The frame number is reported stolen.")
    notice = Notice.objects.get()
    assert (notice.person, notice.kind, notice.about) == (alice, "listing_suspended", listing.uuid)
    assert notice.facts["reason"] == "The frame number is reported stolen."


def test_nothing_is_suspended_without_a_reason(desk, alice):
    listing = listings.listing(alice)
    answer = act(desk, listing, "suspend", reason="  ")

    assert "Give the owner a reason" in answer.content.decode()
    listing.refresh_from_db()
    assert listing.status == "published"
    assert Notice.objects.count() == 0


def test_staff_let_a_listing_go(desk, alice):
    listing = listings.listing(alice, status="suspended", status_reason="Stolen?")
    act(desk, listing, "unsuspend")
    listing.refresh_from_db()

    assert (listing.status, listing.status_reason) == ("paused", "")
    assert Notice.objects.get().kind == "listing_unsuspended"
    assert "suspended" in act(desk, listing, "unsuspend").content.decode()
    assert Notice.objects.count() == 1


def test_nobody_else_comes_near(alice, bob):
    listing = listings.listing(alice)
    for client in (client_of(bob), client_of(alice), Client()):
        assert client.get(PAGE).status_code == 302
        client.post(PAGE, {"action": "suspend", "_selected_action": [listing.pk], "reason": "Because"})
    assert Listing.objects.get().status == "published"


def test_a_bike_blocked_for_a_day_says_when(alice):
    starts_at = datetime(2027, 7, 5, 8, tzinfo=UTC)
    block = listings.block(listings.listing(alice), starts_at, starts_at + timedelta(days=1))

    assert str(block) == f"booking of {block.listing_id}, 2027-07-05 08:00 to 2027-07-06 08:00 UTC"


def close(client, person, **changed):
    form = {"name": person.name, "language": "en", "languages": "fr", "time_zone": "Europe/Paris", "is_staff": ""}
    return client.post(f"/desk/accounts/user/{person.pk}/change/", form | changed)


def test_what_somebody_offers_is_paused_when_their_account_is_closed(api, client, run_jobs):
    alice, bob = people.alice(), people.bob()
    olga = people.person("Olga", is_staff=True, is_superuser=True)
    client.force_login(olga, backend="django.contrib.auth.backends.ModelBackend")
    shown, theirs = listings.listing(alice), listings.listing(bob)
    hidden = listings.listing(alice, status="suspended")
    assert close(client, alice, is_active="on", name="Alice Martin").status_code == 302
    run_jobs()
    assert Listing.objects.get(pk=shown.pk).status == "published"

    assert close(client, alice).status_code == 302
    run_jobs()

    alice.refresh_from_db()
    assert not alice.is_active
    assert dict(Listing.objects.values_list("pk", "status")) == {
        shown.pk: "paused",
        theirs.pk: "published",
        hidden.pk: "suspended",
    }
    found = api(None).get("/api/search?near=43.1843,3.0031").json()["results"]
    assert [hit["id"] for hit in found] == [str(theirs.uuid)]
    # Open again, they resume themselves.
    assert close(client, alice, is_active="on").status_code == 302
    run_jobs()
    assert Listing.objects.get(pk=shown.pk).status == "paused"
    assert api(alice).post(f"/api/my/listings/{shown.uuid}/resume").status_code == 200


def test_an_account_opened_again_before_the_job_ran_keeps_its_listings(run_jobs):
    shown = listings.listing(people.alice())
    close_account(person=shown.owner)
    User.objects.update(is_active=True)
    run_jobs()
    assert Listing.objects.get().status == "published"
