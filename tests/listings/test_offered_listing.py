"""GET /api/listings/{id}: what everybody may see of a listing."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from listings.choices import Status
from listings.geo import to_latlon
from listings.models import Listing
from tests.factories import listings


def test_a_published_listing_is_open_to_everybody(api, alice, bob) -> None:
    made = listings.listing()

    for person in (None, bob, alice):
        answer = api(person).get(f"/api/listings/{made.uuid}")
        assert answer.status_code == 200
        said = answer.json()
        assert (said["id"], said["title"], said["town"]) == (str(made.uuid), "Gitane with a basket", "Narbonne")
        assert said["is_mine"] is (person == alice)
        assert len(said["photos"]) == 2


def test_only_the_public_point_is_told(api, alice) -> None:
    made = listings.listing()

    for person in (None, alice):
        answer = api(person).get(f"/api/listings/{made.uuid}")
        assert answer.json()["point"] == to_latlon(made.public_point).as_json()
        text = answer.content.decode()
        exact = to_latlon(made.exact_point).as_json()
        for private in ("rue Droite", "WTU123456", "BC12345678", "60000", str(exact["lat"]), "alice@"):
            assert private not in text


@pytest.mark.parametrize("status", [Status.DRAFT, Status.PAUSED, Status.SUSPENDED])
def test_what_is_not_published_is_there_for_its_owner_alone(api, alice, bob, status: str) -> None:
    made = listings.listing(status=status)

    statuses = [api(person).get(f"/api/listings/{made.uuid}").status_code for person in (None, bob, alice)]

    assert statuses == [404, 404, 200]


def test_what_is_removed_or_unknown_is_there_for_nobody(api, alice) -> None:
    made = listings.listing()
    Listing.objects.filter(pk=made.pk).update(status=Status.REMOVED)

    assert api(alice).get(f"/api/listings/{made.uuid}").status_code == 404
    assert api(alice).get(f"/api/listings/{uuid4()}").status_code == 404
    assert api(alice).get("/api/listings/1").status_code == 404


def test_three_queries(api, db) -> None:
    made = listings.listing(photos=5)

    with CaptureQueriesContext(connection) as queries:
        api(None).get(f"/api/listings/{made.uuid}")

    assert len(queries) == 3
