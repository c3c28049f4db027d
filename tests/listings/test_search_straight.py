"""A search is answered before the middlewares that it does not need; nobody can tell by the answer."""

import pytest
from django.test import Client

from listings.models import Listing
from tests.factories import listings

NARBONNE = "/api/search?near=43.1843,3.0031"
# What protects whoever looks at an answer in a browser.
PROTECTING = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
)


def test_its_answer_is_protected_like_any_other(db) -> None:
    straight, usual = Client().get(NARBONNE), Client().get("/api/places?q=narb")

    assert straight.status_code == usual.status_code == 200
    assert [straight.headers[name] for name in PROTECTING] == [usual.headers[name] for name in PROTECTING]
    assert straight.headers["Content-Type"] == "application/json"
    assert int(straight.headers["Content-Length"]) == len(straight.content)


def test_nobody_is_remembered_and_no_language_matters(db) -> None:
    answer = Client().get(NARBONNE, headers={"Accept-Language": "fr"})

    assert answer.cookies == {}
    assert "Vary" not in answer.headers
    assert "Content-Language" not in answer.headers


def test_a_refusal_says_why_in_the_language_of_who_asks(db) -> None:
    answer = Client().get("/api/search?near=91,3", headers={"Accept-Language": "fr"})

    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["fields"] == {
        "near": [{"code": "latitude_out_of_range", "message": "Ici, les latitudes vont de -85 à 85."}]
    }


def test_only_our_own_host_is_answered(db) -> None:
    assert Client().get(NARBONNE, headers={"Host": "evil.example"}).status_code == 400


def test_more_parameters_than_anybody_needs_are_refused(db) -> None:
    many = "&".join(f"a{number}=1" for number in range(1_001))

    assert Client().get(f"{NARBONNE}&{many}").status_code == 400


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_is_only_asked(db, method) -> None:
    assert getattr(Client(), method)(NARBONNE).status_code == 405


def test_a_change_is_seen_at_once(db) -> None:
    bike = listings.listing(title="Before", photos=1)
    assert [hit["title"] for hit in Client().get(NARBONNE).json()["results"]] == ["Before"]

    Listing.objects.filter(pk=bike.pk).update(title="After \N{BICYCLE}")

    assert [hit["title"] for hit in Client().get(NARBONNE).json()["results"]] == ["After \N{BICYCLE}"]
    bike.photos.update(width=1200)
    assert [hit["cover"]["width"] for hit in Client().get(NARBONNE).json()["results"]] == [1200]
    bike.photos.all().delete()
    assert [hit["cover"] for hit in Client().get(NARBONNE).json()["results"]] == [None]
