"""Changing one's mind about dates on a phone: from the results, after a quick choice, and the same start twice."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e import walk
from tests.e2e.site import Site

pytestmark = pytest.mark.e2e


def day(page: Page, ahead: int) -> Locator:
    """A day of the calendar, with its month turned to."""
    cell = page.locator(f"[data-day='{walk.days_ahead(ahead)}']:visible").first
    if not cell.is_visible():
        page.get_by_role("button", name="Mois suivant").last.click()
    return cell


def test_dates_are_changed_from_the_results_and_not_lost(site: Site, phone, bike: str) -> None:
    page: Page = phone()
    page.goto("/fr/search/?near=43.1843,3.0031")
    page.get_by_role("button", name="Modifier la recherche").tap()
    form = page.get_by_role("dialog", name="Modifier la recherche")
    form.get_by_role("button", name="Demain").tap()
    form.get_by_role("button", name="Du").tap()
    calendar = page.get_by_role("dialog").last
    # What a quick choice set is what the calendar shows.
    expect(calendar.locator(f"[data-day='{walk.days_ahead(1)}']")).to_be_visible()
    day(page, 1).tap()
    day(page, 2).tap()
    calendar.get_by_role("button", name="Valider").tap()
    expect(page.locator("dialog[open]")).to_have_count(1)
    form.get_by_role("button", name="Trouver un vélo").tap()
    page.wait_for_url(f"**from={walk.days_ahead(1)}**to={walk.days_ahead(2)}**")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_back_closes_the_form_and_stays_on_the_results(site: Site, phone, bike: str) -> None:
    page: Page = phone()
    page.goto("/fr/search/?near=43.1843,3.0031")
    page.get_by_role("button", name="Modifier la recherche").tap()
    page.get_by_role("dialog").get_by_role("button", name="Du").tap()
    expect(page.locator("dialog[open]")).to_have_count(2)
    page.go_back()
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert "/fr/search/" in page.url


def test_the_same_start_chosen_again_has_its_ends_again(site: Site, phone, bike: str) -> None:
    page: Page = phone()
    page.goto(f"/fr/listings/{bike}/")
    walk.see_all(page)
    first, last = walk.days_ahead(3), walk.days_ahead(4)
    day(page, 3).tap()
    day(page, 4).tap()
    page.wait_for_url(f"**from={first}**to={last}**")
    page.get_by_role("button", name="Effacer les dates").tap()
    page.wait_for_url(lambda url: "from=" not in url)

    day(page, 3).tap()
    day(page, 4).tap()

    page.wait_for_url(f"**from={first}**to={last}**")
