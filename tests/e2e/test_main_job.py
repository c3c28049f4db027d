"""The whole main job on two phones: listed, found, booked, paid, handed over, returned, and the owner is paid."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import Sum
from playwright.sync_api import Page, expect

from bikeens.core import clock
from bookings.models import Booking
from payments.ledger import check
from payments.ledger.balances import balances
from payments.ledger.models import Line
from payments.models import Payment
from tests.e2e import walk
from tests.e2e.site import Site

pytestmark = pytest.mark.e2e


def test_a_bike_is_listed_found_paid_ridden_and_its_owner_paid(site: Site, phone: Callable[..., Page]) -> None:
    alice, bob = phone(), phone()
    walk.sign_up(alice, site, "Alice")
    listing = walk.list_a_bike(alice)
    _set_up_payouts(alice)

    walk.sign_up(bob, site, "Bob")
    start, end = walk.days_ahead(3), walk.days_ahead(5)
    _find(bob, start, end, listing)
    walk.reserve(bob, listing, start, end)
    walk.pay(bob)
    bob.wait_for_url(re.compile(r"/bookings/.+checkout=done"))
    expect(bob.get_by_role("heading", name="Alice a reçu votre demande")).to_be_visible()
    booking = walk.booking_in(bob.url)

    alice.goto("/fr/owner/")
    expect(alice.get_by_text("Une demande attend votre réponse.")).to_be_visible()
    alice.get_by_role("button", name="Accepter").click()
    expect(alice.get_by_text("Bob aura le vélo")).to_be_visible()

    _travel(site, booking, "starts_at")
    bob.goto(f"/fr/bookings/{booking}/")
    expect(bob.get_by_role("heading", name="Rendez-vous")).to_be_visible()
    expect(bob.get_by_text("14 quai Victor-Hugo")).to_be_visible()
    alice.goto(f"/fr/bookings/{booking}/")
    walk.enter_code(alice, _another(walk.shown_code(bob)), "Remettre le vélo")
    expect(alice.get_by_text(re.compile("code"), exact=False).first).to_be_visible()
    walk.enter_code(alice, walk.shown_code(bob), "Remettre le vélo")
    expect(alice.get_by_role("heading", name="Bob roule")).to_be_visible()

    _travel(site, booking, "ends_at")
    alice.reload()
    bob.reload()
    walk.enter_code(bob, walk.shown_code(alice), "Confirmer le retour")
    expect(bob.get_by_role("heading", name="Le vélo est rendu")).to_be_visible()

    _travel(site, booking, "claims_until")
    site.wait_until(lambda: Booking.objects.get(uuid=booking).state == "completed")
    site.wait_until(lambda: balances().get("held") == 0 and balances().get("owner_payable") == 0)
    alice.goto("/fr/owner/earnings/")
    expect(alice.get_by_text("Gitane hollandais, panier")).to_be_visible()
    expect(alice.get_by_text(re.compile(r"^(Versé|En route)$")).first).to_be_visible()

    paid, net, commission, fee = site.ask_database(lambda: _amounts(booking))
    assert (paid, net, commission, fee) == (3052, 2380, 420, 252)
    assert net + commission + fee == paid
    assert site.ask_database(check.problems) == []
    assert site.ask_database(lambda: Line.objects.aggregate(sum=Sum("amount"))["sum"]) == 0
    assert site.ask_database(balances)["held"] == 0


def _set_up_payouts(page: Page) -> None:
    page.goto("/fr/owner/payouts/")
    page.get_by_role("button", name="Configurer mon compte").click()
    page.wait_for_url(re.compile("/onboard/"))
    page.get_by_role("button", name="Remplir pour essayer").click()
    page.get_by_role("button", name="Enregistrer et continuer").click()
    page.wait_for_url(re.compile("/fr/owner/payouts/"))
    expect(page.get_by_role("heading", name="Votre compte est prêt")).to_be_visible(timeout=20_000)


def _find(page: Page, start: str, end: str, listing: str) -> None:
    """Search near Narbonne for two dates: the bike is there with its whole price."""
    page.goto("/fr/")
    walk.choose_town(page, "Narbonne")
    page.get_by_role("button", name="Trouver un vélo").click()
    page.wait_for_url(re.compile("/fr/search/"))
    page.goto(f"{page.url}&from={start}T10:00&to={end}T10:00")
    card = page.locator(f"a[href*='{listing}']").first
    expect(card).to_be_visible()
    expect(page.get_by_text(re.compile(r"30,52")).first).to_be_visible()


def _amounts(booking: str) -> tuple[int, int, int, int]:
    found = Booking.objects.get(uuid=booking)
    payment = Payment.objects.get(booking=found)
    return payment.amount, found.owner_net, found.commission, found.renter_fee


def _travel(site: Site, booking: str, column: str) -> None:
    """Move every process's clock to just after a moment of the booking."""

    def move() -> None:
        moment = getattr(Booking.objects.get(uuid=booking), column)
        clock.travel_to(moment + timedelta(minutes=1))

    site.travel(move)


def _another(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"
