"""The worker's script and the page shown where nothing was kept."""

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.frontend.pages import read

pytestmark = pytest.mark.django_db


def test_the_worker_may_answer_for_the_whole_site_and_is_asked_for_anew(client: Client) -> None:
    response = client.get("/service-worker.js")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Service-Worker-Allowed"] == "/"
    assert response["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("language", "title", "sentence"),
    [
        ("fr", "Hors connexion · Bikeens", "Pas de réseau par ici"),
        ("en", "Offline · Bikeens", "No network around here"),
    ],
)
def test_the_offline_page_is_readable_by_itself(client: Client, language: str, title: str, sentence: str) -> None:
    address = f"/{language}/offline/"
    page = read(client, address)
    html = client.get(address).content.decode()
    assert page.title == title
    assert sentence in html
    assert "<script" not in html
    assert "/static/app/drawings/offline.svg" in html
    assert finders.find("app/drawings/offline.svg")
    assert page.inline == []
