"""A search's page carries the first answer of the API, and a readable list of it."""

import pytest
from django.test import Client

from tests.factories import listings
from tests.frontend.pages import read

pytestmark = pytest.mark.django_db
NEAR = "near=43.1843,3.0031"


def narbonne(client: Client) -> str:
    return str(client.get("/api/places", {"q": "Narbonne"}).json()["results"][0]["id"])


def test_it_carries_exactly_what_the_api_answers(client: Client) -> None:
    listings.listing()
    page = read(client, f"/fr/search/?{NEAR}")
    assert page.scripts["page-data"] == client.get(f"/api/search?{NEAR}").json()
    assert len(page.scripts["page-data"]["results"]) == 1
    assert "Gitane with a basket" in page.text


def test_a_search_near_a_place_is_a_page_called_after_it(client: Client) -> None:
    place = narbonne(client)
    page = read(client, f"/fr/search/?place={place}")
    assert page.title == "Vélos à louer près de Narbonne · Bikeens"
    assert page.links["canonical"] == f"http://localhost:8000/fr/search/?place={place}"
    assert page.links["en"] == f"http://localhost:8000/en/search/?place={place}"
    assert "robots" not in page.meta


def test_a_search_with_wishes_is_not_indexed(client: Client) -> None:
    page = read(client, f"/fr/search/?place={narbonne(client)}&electric=true")
    assert page.title == "Vélos à louer près de Narbonne · Bikeens"
    assert page.meta["robots"] == "noindex"
    assert "canonical" not in page.links


@pytest.mark.parametrize("query", ["", "?place=0", "?near=nowhere", "?from=yesterday&near=43.2,3.0", "?nonsense=1"])
def test_a_search_that_cannot_be_answered_is_still_a_page(client: Client, query: str) -> None:
    page = read(client, f"/en/search/{query}")
    assert page.status == 200
    assert "page-data" not in page.scripts
