"""What machines read: robots.txt, the sitemap, the web manifest."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from listings.choices import Status
from tests.factories import listings


def test_robots_may_read_pages_and_find_the_sitemap(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /api/" in text
    assert "Sitemap: http://localhost:8000/sitemap.xml" in text


@pytest.mark.django_db
def test_the_sitemap_names_published_listings_in_both_languages(client: Client) -> None:
    bike = listings.listing()
    hidden = listings.listing(status=Status.PAUSED)
    response = client.get("/sitemap.xml")
    found = set(re.findall(r"<loc>(.*?)</loc>", response.content.decode()))
    assert f"http://localhost:8000/fr/listings/{bike.uuid}/" in found
    assert f"http://localhost:8000/en/listings/{bike.uuid}/" in found
    assert not any(str(hidden.uuid) in place for place in found)
    assert "http://localhost:8000/fr/how-it-works/" in found


def test_every_icon_of_the_manifest_exists(client: Client) -> None:
    manifest = client.get("/manifest.webmanifest").json()
    assert manifest["start_url"] == "/en/"
    for icon in manifest["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/")), icon["src"]
