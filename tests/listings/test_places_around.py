"""`GET /api/places?near=` without words: the towns to name on a map."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def names(client: Client, **query: object) -> list[str]:
    return [place["name"] for place in client.get("/api/places", query).json()["results"]]


def test_the_town_itself_comes_first_then_what_is_large_or_near(client: Client) -> None:
    found = names(client, near="43.1843,3.0031", limit=12)
    assert found[0] == "Narbonne"
    assert len(found) == 12
    assert "Coursan" in found
    assert "Béziers" in found
    assert "Paris" not in found


def test_a_spot_in_the_sea_has_no_towns(client: Client) -> None:
    assert names(client, near="30.0,-40.0") == []


@pytest.mark.parametrize(
    ("near", "town"), [("63.0,-179.9", "Beringovskiy"), ("66.3,179.9", "Egvekinot"), ("66.3,180", "Egvekinot")]
)
def test_towns_beyond_the_180th_meridian_are_near(client: Client, near: str, town: str) -> None:
    assert names(client, near=near) == [town]


def test_a_small_town_is_found_by_its_beginning_from_beyond_the_180th_meridian(client: Client) -> None:
    """Thousands of larger places begin so."""
    assert "Beringovskiy" not in names(client, q="ber")
    assert "Beringovskiy" in names(client, q="ber", near="63.0,-179.9")


def test_neither_words_nor_a_spot_is_refused(client: Client) -> None:
    response = client.get("/api/places")
    assert response.status_code == 400
    assert response.json()["fields"]["q"][0]["code"] == "required"
