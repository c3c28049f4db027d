"""A listing's page carries the listing: for readers without scripts, for chats, for search engines, for the app."""

import uuid

import pytest
from django.test import Client

from listings.choices import Status
from tests.factories import listings
from tests.frontend.pages import read

pytestmark = pytest.mark.django_db


def test_it_carries_exactly_what_the_api_answers(client: Client) -> None:
    bike = listings.listing()
    page = read(client, f"/fr/listings/{bike.uuid}/")
    answer = client.get(f"/api/listings/{bike.uuid}", headers={"accept-language": "fr"}).json()
    assert page.status == 200
    assert page.scripts["page-data"] == answer
    assert page.scripts["site"]["path_params"] == {"id": str(bike.uuid)}


def test_it_can_be_read_without_scripts(client: Client) -> None:
    bike = listings.listing(description="A steady city bike.\n\nServiced every spring.")
    page = read(client, f"/fr/listings/{bike.uuid}/")
    assert "Gitane with a basket" in page.text
    assert "20\u00a0€" in page.text or "20 €" in page.text
    assert "Serviced every spring." in page.text


def test_its_head_is_the_bikes(client: Client) -> None:
    bike = listings.listing()
    page = read(client, f"/en/listings/{bike.uuid}/")
    assert page.title == "Gitane with a basket, Narbonne · Bikeens"
    assert page.meta["description"] == "A steady city bike, serviced every spring."
    assert page.meta["og:image"].startswith("http://localhost:8000/")
    linked = page.scripts["application/ld+json"]
    assert linked["offers"]["price"] == "20.00"
    assert linked["offers"]["priceCurrency"] == "EUR"


def test_the_address_is_nowhere_in_it(client: Client) -> None:
    bike = listings.listing(address="12 rue Droite, 11100 Narbonne")
    response = client.get(f"/fr/listings/{bike.uuid}/")
    assert "rue Droite" not in response.content.decode()


def test_what_an_owner_writes_cannot_become_code(client: Client) -> None:
    nasty = "</script><script>alert(1)</script>"
    bike = listings.listing(title=nasty[:60], description=nasty)
    response = client.get(f"/fr/listings/{bike.uuid}/")
    assert "<script>alert" not in response.content.decode()
    page = read(client, f"/fr/listings/{bike.uuid}/")
    assert page.inline == []
    assert page.scripts["page-data"]["description"] == nasty


@pytest.mark.parametrize("status", [Status.DRAFT, Status.PAUSED, Status.REMOVED])
def test_a_listing_that_is_not_public_is_a_page_that_does_not_exist(client: Client, status: str) -> None:
    bike = listings.listing(status=status)
    page = read(client, f"/fr/listings/{bike.uuid}/")
    assert page.status == 404
    assert page.scripts["site"]["page"] == "not_found"
    assert "page-data" not in page.scripts


def test_an_unknown_listing_is_a_page_that_does_not_exist(client: Client) -> None:
    assert read(client, f"/en/listings/{uuid.uuid4()}/").status == 404
