"""Every page of the table is served: with a head, without inline code, with who is signed in."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from rest_framework.test import APIClient

from bikeens.accounts.models import User
from frontend.pages import PAGES, PUBLIC
from tests.factories import listings
from tests.frontend.pages import read

pytestmark = pytest.mark.django_db


def address(name: str, language: str = "en") -> str:
    params = {"id": uuid.uuid4()} if "<uuid:id>" in PAGES[name] else {}
    with override(language):
        return reverse(name, kwargs=params)


@pytest.mark.parametrize("name", sorted(set(PAGES) - {"listing"}))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_is_served_with_title_and_description(client: Client, name: str, language: str) -> None:
    page = read(client, address(name, language))
    assert page.status == 200
    assert page.scripts["site"]["page"] == name
    assert page.title
    assert page.title != f"common.page_{name} · Bikeens"
    assert page.meta["description"]
    assert page.inline == []


@pytest.mark.parametrize("name", ["bookings", "owner", "account", "sign_in"])
def test_pages_of_one_person_are_not_indexed(client: Client, name: str) -> None:
    page = read(client, address(name))
    assert name not in PUBLIC
    assert page.meta["robots"] == "noindex"
    assert "canonical" not in page.links


def test_a_public_page_names_itself_and_its_other_language(client: Client) -> None:
    page = read(client, "/fr/how-it-works/?utm_source=card")
    assert page.links["canonical"] == "http://localhost:8000/fr/how-it-works/"
    assert page.links["en"] == "http://localhost:8000/en/how-it-works/"
    assert page.links["fr"] == "http://localhost:8000/fr/how-it-works/"
    assert page.links["x-default"] == "http://localhost:8000/en/how-it-works/"
    assert "robots" not in page.meta


def test_texts_can_be_read_without_scripts(client: Client) -> None:
    page = read(client, "/fr/how-it-works/")
    assert "Comment ça marche" in page.text
    assert "nos frais de service de 9 %" in page.text


def test_nobody_signed_in_is_null(client: Client) -> None:
    assert read(client, "/en/").scripts["site"]["me"] is None


def test_who_is_signed_in_is_what_the_api_says(api: Callable[[User | None], APIClient], bob: User) -> None:
    client = api(bob)
    assert read(client, "/en/").scripts["site"]["me"] == client.get("/api/me").json()


def test_a_page_of_somebody_is_kept_by_no_shared_cache(client: Client) -> None:
    response = client.get("/en/")
    assert response["Cache-Control"] == "private, no-cache"
    assert "Cookie" in response["Vary"]


def test_only_reading_is_answered(client: Client) -> None:
    assert client.post("/en/").status_code == 405


def test_the_home_page_names_the_towns_with_most_bikes(client: Client) -> None:
    listings.listing()
    towns = read(client, "/fr/").scripts["site"]["towns"]
    assert [(town["name"], town["bikes"]) for town in towns] == [("Narbonne", 1)]
    found = client.get("/api/search", {"place": towns[0]["id"]}).json()
    assert found["place"]["name"] == "Narbonne"
