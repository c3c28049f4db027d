"""A bike shop brings its bikes in on a phone: one row is bad, the others come."""

import os
import re

import pytest
from playwright.sync_api import Page, expect

from listings.models import Listing
from tests.e2e import axe, walk
from tests.e2e.site import Site
from tests.factories import people

pytestmark = pytest.mark.e2e

FILE = (
    "référence;titre;prix_jour;horaires;latitude;longitude\n"
    "VTC-1;Vélo bleu;18,50;lu-ve 08:00-12:00 14:00-19:00;43,1843;3,0031\n"
    "VTC-2;Vélo rouge;douze;lu-di 08:00-19:00;43,1843;3,0031\n"
    "VTC-3;Vélo vert;20;sa,di 09:00-18:00;;\n"
)


def test_one_bad_row_keeps_no_other_out(site: Site, phone) -> None:
    alice = phone()
    walk.come_in(alice, site, people.alice)
    alice.goto("/fr/owner/listings/")
    alice.get_by_role("link", name="Importer vos vélos").click()
    alice.wait_for_url(re.compile("/fr/owner/listings/import/"))
    expect(alice.get_by_role("heading", name="Importer vos vélos")).to_be_visible()
    look_at(alice, "choose")
    file = {"name": "vélos.csv", "mimeType": "text/csv", "buffer": FILE.encode("cp1252")}
    alice.locator("[data-csv]").set_input_files([file])
    alice.get_by_role("button", name="Voir ce que cela ferait").click()
    expect(alice.get_by_role("heading", name="Rien n’a encore changé")).to_be_visible()
    expect(alice.get_by_text("prix_jour")).to_be_visible()
    look_at(alice, "checked")
    assert site.ask_database(lambda: Listing.objects.filter(reference__startswith="VTC").count()) == 0

    alice.get_by_role("button", name="Importer 2 vélos").click()
    expect(alice.get_by_role("heading", name="Vos vélos sont là")).to_be_visible()
    look_at(alice, "done")
    there = site.ask_database(
        lambda: set(Listing.objects.filter(reference__startswith="VTC").values_list("title", flat=True))
    )
    assert there == {"Vélo bleu", "Vélo vert"}


def look_at(page: Page, name: str) -> None:
    """axe finds nothing; with LOOK=folder a picture is kept."""
    assert axe.faults(page) == []
    if os.environ.get("LOOK"):
        page.screenshot(path=f"{os.environ['LOOK']}/{name}.png", full_page=True)
