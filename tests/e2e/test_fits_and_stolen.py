"""A listing says whether it fits; its owner reports it stolen and finds it again."""

import pytest
from playwright.sync_api import expect

from tests.e2e import axe, walk
from tests.e2e.site import Site
from tests.factories import bookings, listings, people

pytestmark = pytest.mark.e2e


def test_a_listing_asks_how_tall_one_is_and_says_whether_it_fits(site: Site, phone) -> None:
    bike = site.ask_database(lambda: str(listings.listing(photos=0).uuid))
    page = phone()
    page.goto(f"/fr/listings/{bike}/")
    field = page.get_by_label("Votre taille")
    field.fill("1,72")
    assert axe.faults_in_every_look(page) == []
    field.press("Enter")
    expect(page.get_by_text("À votre taille")).to_be_visible()
    expect(page.get_by_text("Vous mesurez 1,72")).to_be_visible()
    page.goto(f"/fr/listings/{bike}/?height=188")
    expect(page.get_by_text("Un peu petit pour vous")).to_be_visible()
    assert axe.faults_in_every_look(page) == []
    # Remembered where the address says nothing.
    page.goto(f"/fr/listings/{bike}/")
    expect(page.get_by_text("Un peu petit pour vous")).to_be_visible()
    page.goto(f"/fr/listings/{bike}/?height=150")
    expect(page.get_by_text("Trop grand pour vous")).to_be_visible()


def test_an_owner_reports_a_bike_stolen_and_finds_it_again(site: Site, phone) -> None:
    def booked() -> tuple[str, str]:
        booking = bookings.booking("confirmed", listings.listing(people.alice(), photos=1))
        return str(booking.listing.uuid), str(booking.uuid)

    bike, booking = site.ask_database(booked)
    page = phone()
    walk.come_in(page, site, people.alice)
    page.goto(f"/fr/owner/listings/{bike}/?step=private")
    page.get_by_label("Numéro du dépôt de plainte").fill("2026/1234")
    assert axe.faults_in_every_look(page) == []
    page.get_by_role("button", name="Mon vélo a été volé").click()
    expect(page.get_by_role("alert")).to_contain_text("ces réservations sont annulées aussitôt")
    expect(page.get_by_role("alert").get_by_role("link")).to_have_attribute("href", f"/fr/bookings/{booking}/")
    assert axe.faults_in_every_look(page) == []
    page.get_by_role("button", name="Déclarer le vol").click()
    found = page.get_by_role("button", name="Je l’ai retrouvé")
    expect(found).to_be_visible()
    assert axe.faults_in_every_look(page) == []
    found.click()
    expect(page.get_by_role("heading", name="On vous l’a volé")).to_be_visible()
    page.goto(f"/fr/bookings/{booking}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("nnulé")
