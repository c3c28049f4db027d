"""A booking is read without a network by who opened it, and by nobody after them."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import walk
from tests.e2e.site import Pause

pytestmark = pytest.mark.e2e

KEPT = """async () => {
    const kept = await caches.open("bikeens-personal");
    return (await kept.keys()).map((one) => new URL(one.url).pathname);
}"""


def wait_kept(page: Page, *wanted: str) -> None:
    """Until the worker holds these addresses; none given: until it holds nothing."""
    pause = Pause()
    kept: set[str] = set()
    for _ in range(300):
        kept = set(page.evaluate(KEPT))
        if kept >= set(wanted) and (wanted or not kept):
            return
        pause.short()
    raise AssertionError(f"Kept: {kept}")


def test_a_booking_is_read_offline_until_sign_out(bob: Page, bike: str) -> None:
    walk.reserve(bob, bike, walk.days_ahead(3), walk.days_ahead(5))
    walk.pay(bob)
    bob.wait_for_url(re.compile(r"/bookings/.+checkout=done"))
    heading = bob.get_by_role("heading", name="Rendez-vous")
    expect(heading).to_be_visible()
    code = walk.shown_code(bob)
    booking = walk.booking_in(bob.url)
    address = f"/fr/bookings/{booking}/"
    wait_kept(bob, address, f"/api/bookings/{booking}")

    bob.context.set_offline(True)
    bob.goto(address)
    expect(heading).to_be_visible()
    assert walk.shown_code(bob) == code
    bob.reload()
    expect(heading).to_be_visible()
    assert walk.shown_code(bob) == code

    # What was never opened says so, in the page's language.
    bob.goto("/fr/search/")
    expect(bob.get_by_role("heading", name="Pas de réseau par ici")).to_be_visible()
    bob.goto("/en/account/")
    expect(bob.get_by_role("heading", name="No network around here")).to_be_visible()

    bob.context.set_offline(False)
    bob.goto("/fr/account/")
    bob.get_by_role("button", name="Se déconnecter").click()
    bob.wait_for_url(re.compile(r"/fr/$"))
    wait_kept(bob)
    bob.context.set_offline(True)
    bob.goto(address)
    expect(bob.get_by_role("heading", name="Pas de réseau par ici")).to_be_visible()
    expect(heading).to_have_count(0)
    bob.context.set_offline(False)


def test_what_was_kept_goes_with_a_session_that_ended(bob: Page, bike: str) -> None:
    walk.reserve(bob, bike, walk.days_ahead(13), walk.days_ahead(15))
    walk.pay(bob)
    bob.wait_for_url(re.compile(r"/bookings/.+checkout=done"))
    expect(bob.get_by_role("heading", name="Rendez-vous")).to_be_visible()
    address = f"/fr/bookings/{walk.booking_in(bob.url)}/"
    wait_kept(bob, address)
    bob.context.clear_cookies()
    bob.goto("/fr/bookings/")
    wait_kept(bob)
