"""The ways a booking goes when it does not go straight: card refused, bank asks, time runs out, plans change."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from bikeens.core import clock
from bookings.models import Booking
from payments.ledger import check
from payments.ledger.balances import balances
from tests.e2e import walk
from tests.e2e.site import Site

pytestmark = pytest.mark.e2e

DECLINED = "4000 0000 0000 0002"
ASKS_THE_BANK = "4000 0025 0000 3155"


def test_a_refused_card_keeps_the_dates_and_another_card_pays(site: Site, bob: Page, bike: str) -> None:
    walk.reserve(bob, bike, walk.days_ahead(3), walk.days_ahead(5))
    walk.pay(bob, DECLINED)
    expect(bob.get_by_role("alert")).to_contain_text("Votre carte a été refusée. Rien n’a été débité.")
    walk.pay(bob, ASKS_THE_BANK)
    bob.get_by_role("button", name="Refuser").or_(bob.get_by_role("button", name="Échouer")).first.click()
    expect(bob.get_by_role("alert")).to_be_visible()
    walk.pay(bob, ASKS_THE_BANK)
    bob.get_by_role("button", name=re.compile("Valider|Confirmer|Réussir|Autoriser")).first.click()
    bob.wait_for_url(re.compile(r"/bookings/.+checkout=done"))
    expect(bob.get_by_role("heading", name="Rendez-vous")).to_be_visible()

    # Three days ahead under the moderate policy: half of 40 € comes back, unless within the hour of booking.
    booking = walk.booking_in(bob.url)
    site.travel(lambda: clock.travel(timedelta(hours=2)))
    bob.goto(f"/fr/bookings/{booking}/")
    bob.get_by_role("button", name="Annuler", exact=True).click()
    expect(bob.get_by_text("20,00 €")).to_be_visible()
    bob.get_by_role("button", name="Annuler la réservation").click()
    expect(bob.get_by_role("heading", name="Réservation annulée")).to_be_visible()
    site.wait_until(lambda: balances().get("held") == 0 and balances().get("refund_payable") == 0)
    refunded = site.ask_database(lambda: Booking.objects.get(uuid=booking).payment.refunds.get().amount)
    assert refunded == 2000
    assert site.ask_database(check.problems) == []


def test_dates_that_nobody_pays_for_are_free_again(site: Site, bob: Page, bike: str) -> None:
    start, end = walk.days_ahead(10), walk.days_ahead(12)
    walk.reserve(bob, bike, start, end)
    booking = site.ask_database(lambda: str(Booking.objects.latest("pk").uuid))
    bob.goto(f"/fr/bookings/{booking}/?checkout=cancelled")
    expect(bob.get_by_role("heading", name="Payez pour garder ces dates")).to_be_visible()
    site.travel(lambda: clock.travel(timedelta(minutes=31)))
    site.wait_until(lambda: Booking.objects.get(uuid=booking).state == "expired")
    bob.reload()
    expect(bob.get_by_role("heading", name="Ces dates ont été libérées")).to_be_visible()
    bob.goto(f"/fr/listings/{bike}/?from={start}T10:00&to={end}T10:00")
    expect(bob.get_by_text("43,60 €").first).to_be_visible()
    assert site.ask_database(lambda: Booking.objects.get(uuid=booking).block) is None
