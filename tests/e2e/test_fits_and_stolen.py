"""A listing says whether it fits; its owner reports it stolen and finds it again."""

from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.e2e import walk
from tests.e2e.site import Site
from tests.factories import listings, people

pytestmark = pytest.mark.e2e

AXE = Path(settings.BASE_DIR) / "frontend/app/node_modules/axe-core/axe.min.js"


def looked_over(page: Page) -> None:
    """Nothing for axe, in both themes and both sizes."""
    page.evaluate(AXE.read_text())
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        for size in ({"width": 1280, "height": 800}, {"width": 390, "height": 844}):
            page.set_viewport_size(size)
            # A picture waits until the page is drawn in the new theme.
            page.screenshot()
            walk.settle(page)
            found = page.evaluate("axe.run()")["violations"]
            assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def test_a_listing_asks_how_tall_one_is_and_says_whether_it_fits(site: Site, phone) -> None:
    bike = site.ask_database(lambda: str(listings.listing(photos=0).uuid))
    page = phone()
    page.goto(f"/fr/listings/{bike}/")
    field = page.get_by_label("Votre taille")
    field.fill("1,72")
    looked_over(page)
    field.press("Enter")
    expect(page.get_by_text("À votre taille")).to_be_visible()
    expect(page.get_by_text("Vous mesurez 1,72")).to_be_visible()
    page.goto(f"/fr/listings/{bike}/?height=188")
    expect(page.get_by_text("Un peu petit pour vous")).to_be_visible()
    looked_over(page)
    # Remembered where the address says nothing.
    page.goto(f"/fr/listings/{bike}/")
    expect(page.get_by_text("Un peu petit pour vous")).to_be_visible()
    page.goto(f"/fr/listings/{bike}/?height=150")
    expect(page.get_by_text("Trop grand pour vous")).to_be_visible()


def test_an_owner_reports_a_bike_stolen_and_finds_it_again(site: Site, phone) -> None:
    bike = site.ask_database(lambda: str(listings.listing(people.alice(), photos=1).uuid))
    page = phone()
    walk.come_in(page, site, people.alice)
    page.goto(f"/fr/owner/listings/{bike}/?step=private")
    page.get_by_label("Numéro du dépôt de plainte").fill("2026/1234")
    looked_over(page)
    page.get_by_role("button", name="Mon vélo a été volé").click()
    found = page.get_by_role("button", name="Je l’ai retrouvé")
    expect(found).to_be_visible()
    looked_over(page)
    found.click()
    expect(page.get_by_role("heading", name="On vous l’a volé")).to_be_visible()
