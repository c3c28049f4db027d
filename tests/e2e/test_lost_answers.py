"""The network fails after the server did what was asked: pressed again, it is done once."""

import re

import pytest
from playwright.sync_api import Route, expect

from listings.models import Listing
from tests.e2e import walk
from tests.e2e.site import Site
from tests.factories import listings, people

pytestmark = pytest.mark.e2e


def test_a_bike_duplicated_again_after_a_lost_answer_has_one_copy_and_then_another(site: Site, phone) -> None:
    bike = site.ask_database(lambda: str(listings.listing(people.alice(), photos=1).uuid))
    page = phone()
    walk.come_in(page, site, people.alice)
    keys: list[str] = []

    def lose_the_answer(route: Route) -> None:
        assert route.fetch().status == 201
        route.abort()

    def duplicate() -> None:
        if bike not in page.url:
            page.goto(f"/fr/owner/listings/{bike}/")
        page.get_by_role("button", name="Plus pour").first.click()
        page.get_by_role("menuitem", name="Dupliquer").click()

    def note(sent) -> None:
        if sent.url.endswith("/duplicate"):
            keys.append(sent.headers["idempotency-key"])

    page.on("request", note)
    page.route("**/duplicate", lose_the_answer, times=1)
    duplicate()
    expect(page.locator(".toast.bad")).to_be_visible()
    duplicate()
    expect(page).not_to_have_url(re.compile(bike))
    assert site.ask_database(Listing.objects.count) == 2

    duplicate()
    expect(page).not_to_have_url(re.compile(bike))
    assert site.ask_database(Listing.objects.count) == 3
    assert [keys.index(key) for key in keys] == [0, 0, 2]
