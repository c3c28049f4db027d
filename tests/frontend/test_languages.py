"""`/` leads to the language the browser asks for; every page is in the language of its address."""

import pytest
from django.test import Client

from tests.frontend.pages import read


@pytest.mark.parametrize(
    ("asked", "home"),
    [
        ("fr-FR,fr;q=0.9,en;q=0.5", "/fr/"),
        ("en-US,en;q=0.9", "/en/"),
        ("de-DE,fr;q=0.4", "/fr/"),
        ("ja", "/en/"),
    ],
)
def test_the_bare_address_leads_to_the_browsers_language(client: Client, asked: str, home: str) -> None:
    response = client.get("/", headers={"accept-language": asked})
    assert response.status_code == 302
    assert response["Location"] == home
    assert "Accept-Language" in response["Vary"]


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "title"), [("fr", "Aide · Bikeens"), ("en", "Help · Bikeens")])
def test_the_address_says_the_language_whatever_the_browser_asks(client: Client, language: str, title: str) -> None:
    page = read(client, f"/{language}/help/", **{"accept-language": "de"})
    assert page.status == 200
    assert page.language == language
    assert page.title == title
    assert page.scripts["site"]["language"] == language


@pytest.mark.django_db
def test_a_page_without_language_leads_to_the_one_with_it(client: Client) -> None:
    response = client.get("/help/", headers={"accept-language": "fr"})
    assert response.status_code == 302
    assert response["Location"] == "/fr/help/"
