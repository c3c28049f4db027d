"""PUT, DELETE /api/my/saved/{listing}, GET /api/my/saved and /ids."""

from uuid import uuid4

import pytest

from listings import actions, limits
from listings.models import Listing, SavedBike
from tests.factories import listings


def titles(client) -> list[str]:
    return [bike["title"] for bike in client.get("/api/my/saved").json()["results"]]


def test_a_renter_saves_twice_and_has_it_once(api, bob) -> None:
    bike = listings.listing()
    client = api(bob)

    for _again in range(2):
        assert client.put(f"/api/my/saved/{bike.uuid}").status_code == 204

    [saved] = client.get("/api/my/saved").json()["results"]
    assert saved | {"cover": None, "saved_at": None} == {
        "id": str(bike.uuid),
        "title": "Gitane with a basket",
        "state": "offered",
        "category": "city",
        "electric": False,
        "instant": False,
        "town": "Narbonne",
        "rating": {"average": None, "count": 0},
        "cover": None,
        "rider_height": {"from": 160, "to": 185},
        "price_per_day": {"amount": 2000, "currency": "EUR"},
        "saved_at": None,
    }
    assert saved["cover"]["alt"] == "Gitane with a basket"
    assert client.get("/api/my/saved/ids").json() == {"ids": [str(bike.uuid)]}


def test_unsaving_twice_is_unsaving_once(api, bob, carol) -> None:
    bike = listings.listing()
    api(bob).put(f"/api/my/saved/{bike.uuid}")
    api(carol).put(f"/api/my/saved/{bike.uuid}")

    for _again in range(2):
        assert api(bob).delete(f"/api/my/saved/{bike.uuid}").status_code == 204

    assert titles(api(bob)) == []
    assert titles(api(carol)) == ["Gitane with a basket"]


def test_newest_first_and_everybody_their_own(api, alice, bob, carol) -> None:
    for title in ("first", "second"):
        api(bob).put(f"/api/my/saved/{listings.listing(alice, title=title).uuid}")

    assert titles(api(bob)) == ["second", "first"]
    assert titles(api(carol)) == []
    own = Listing.objects.get(title="first")
    assert api(alice).put(f"/api/my/saved/{own.uuid}").status_code == 204


@pytest.mark.parametrize(("status", "state"), [("paused", "paused"), ("suspended", "gone"), ("removed", "gone")])
def test_of_a_bike_that_is_not_offered_the_title_alone_is_left(api, bob, status, state) -> None:
    bike = listings.listing(electric=True, instant=True, rating_sum=9, rating_count=2)
    api(bob).put(f"/api/my/saved/{bike.uuid}")
    Listing.objects.filter(pk=bike.pk).update(status=status, status_reason="not to be read", title="Not to be read")

    answer = api(bob).get("/api/my/saved")

    assert answer.json()["results"] == [
        {
            "id": str(bike.uuid),
            "title": "Gitane with a basket",
            "state": state,
            "category": "",
            "electric": False,
            "instant": False,
            "town": "",
            "rating": {"average": None, "count": 0},
            "cover": None,
            "rider_height": None,
            "price_per_day": None,
            "saved_at": answer.json()["results"][0]["saved_at"],
        }
    ]
    assert b"ot to be read" not in answer.content
    assert api(bob).put(f"/api/my/saved/{bike.uuid}").status_code == 204


def test_offered_again_it_is_shown_as_it_is_now(api, alice, bob) -> None:
    bike = listings.listing(alice)
    api(bob).put(f"/api/my/saved/{bike.uuid}")
    actions.pause_listing(listing=bike)
    api(alice).patch(f"/api/my/listings/{bike.uuid}", {"title": "Gitane, painted blue"})
    assert titles(api(bob)) == ["Gitane with a basket"]

    actions.resume_listing(listing=bike)

    assert titles(api(bob)) == ["Gitane, painted blue"]


def test_what_one_cannot_see_one_cannot_save(api, bob) -> None:
    draft, paused = listings.draft(), listings.listing(status="paused")

    for uuid in (draft.uuid, paused.uuid, uuid4()):
        answer = api(bob).put(f"/api/my/saved/{uuid}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert not SavedBike.objects.exists()


def test_there_is_a_limit(api, bob, monkeypatch) -> None:
    monkeypatch.setattr("listings.actions.saved_bikes.MOST_SAVED_BIKES", 1)
    first, second = listings.listing(), listings.listing()
    api(bob).put(f"/api/my/saved/{first.uuid}")

    answer = api(bob).put(f"/api/my/saved/{second.uuid}")

    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_saved")
    assert api(bob).put(f"/api/my/saved/{first.uuid}").status_code == 204
    assert SavedBike.objects.count() == 1
    assert limits.MOST_SAVED_BIKES == 200


def test_nobody_has_saved_bikes(api, db) -> None:
    bike = listings.listing()
    one = f"/api/my/saved/{bike.uuid}"
    answers = [
        api(None).get("/api/my/saved"),
        api(None).get("/api/my/saved/ids"),
        api(None).put(one),
        api(None).delete(one),
    ]

    assert [answer.status_code for answer in answers] == [401] * 4


def test_a_list_takes_four_statements_however_long(api, bob, django_assert_num_queries) -> None:
    client = api(bob)
    for number in range(3):
        actions.save_bike(person=bob, uuid=listings.listing(title=f"{number}").uuid)
    client.get("/api/my/saved")

    # Session, person, bikes with their listings, photos.
    with django_assert_num_queries(4):
        client.get("/api/my/saved")
