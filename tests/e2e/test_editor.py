"""The listing editor on bad days: no network, two tabs, photos that fail; its calendar, menu and preview."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from bikeens.core import clock
from listings.models import Block, Listing, Photo
from tests.e2e import axe, walk
from tests.e2e.site import Site
from tests.e2e.test_new_owner import pictures
from tests.factories import bookings, listings, people


@pytest.fixture
def bike(site: Site) -> str:
    """Alice's bike, published, 20 € a day."""
    return site.ask_database(lambda: str(listings.listing(people.alice(), photos=1).uuid))


@pytest.fixture
def alice_phone(site: Site, phone) -> Page:
    page = phone("en-GB")
    walk.come_in(page, site, people.alice)
    return page


def stored(site: Site, bike: str) -> Listing:
    return site.ask_database(lambda: Listing.objects.get(uuid=bike))


def step(page: Page, bike: str, name: str) -> None:
    page.goto(f"/en/owner/listings/{bike}/?step={name}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def saved(page: Page) -> None:
    expect(page.get_by_text("Saved", exact=True).first).to_be_visible()


def test_what_was_typed_without_a_network_arrives_later(site: Site, alice_phone: Page, bike: str) -> None:
    page = alice_phone
    step(page, bike, "bike")
    page.context.set_offline(True)
    page.get_by_label("Title").fill("Typed in a tunnel")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    assert stored(site, bike).title == "Gitane with a basket"

    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    saved(page)
    assert stored(site, bike).title == "Typed in a tunnel"


def test_what_never_arrived_is_there_when_the_page_is_opened_again(site: Site, alice_phone: Page, bike: str) -> None:
    page = alice_phone
    step(page, bike, "bike")
    page.route("**/api/my/listings/**", lambda route: route.abort())
    page.get_by_label("Title").fill("Typed and lost")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()

    page.unroute("**/api/my/listings/**")
    page.on("dialog", lambda dialog: dialog.accept())
    step(page, bike, "bike")
    expect(page.get_by_label("Title")).to_have_value("Typed and lost")
    saved(page)
    assert stored(site, bike).title == "Typed and lost"
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('bikeens-unsent'))") == []


def test_two_tabs_follow_each_other(site: Site, alice_phone: Page, bike: str) -> None:
    page, other = alice_phone, alice_phone.context.new_page()
    step(page, bike, "bike")
    step(other, bike, "bike")
    page.get_by_label("Make").fill("Peugeot")
    saved(page)

    expect(other.get_by_label("Make")).to_have_value("Peugeot")
    other.get_by_label("Model").fill("Vogue")
    saved(other)
    expect(page.get_by_label("Model")).to_have_value("Vogue")
    made = stored(site, bike)
    assert (made.brand, made.model) == ("Peugeot", "Vogue")


def test_a_failed_photo_is_tried_again_and_the_order_follows_keys_and_hand(
    site: Site, alice_phone: Page, bike: str
) -> None:
    page = alice_phone
    site.ask_database(lambda: Photo.objects.filter(listing__uuid=bike).delete())
    step(page, bike, "photos")
    failed: list[str] = []

    def fail_once(route) -> None:
        if failed:
            return route.continue_()
        failed.append(route.request.url)
        return route.abort()

    page.route("**/photos", fail_once)
    page.locator("input[data-photos]").set_input_files(pictures(3))
    expect(page.locator("li[data-photo]")).to_have_count(2)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("li[data-photo]")).to_have_count(3)
    tiles = page.locator("li[data-photo]")
    first, second, third = (tiles.nth(index).get_attribute("data-photo") for index in range(3))

    handle = page.get_by_role("button", name=re.compile("^Move photo 3"))
    handle.press("ArrowLeft")
    expect(page.get_by_text("Now photo 2 of 3")).to_be_attached()
    expect(page.locator(f"[data-photo='{third}'] .handle")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_text("Now photo 1 of 3")).to_be_attached()

    def order() -> list[str]:
        return [str(photo.uuid) for photo in Listing.objects.get(uuid=bike).photos.all()]

    site.wait_until(lambda: order() == [third, first, second])
    # By hand: the second one onto the first.
    grip, goal = page.locator(f"[data-photo='{first}'] .handle"), page.locator(f"[data-photo='{third}']")
    grip.scroll_into_view_if_needed()
    start = grip.bounding_box()
    page.mouse.move(start["x"] + 20, start["y"] + 20)
    page.mouse.down()
    box = goal.bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 60, steps=5)
    page.mouse.up()
    site.wait_until(lambda: order() == [first, third, second])
    assert axe.faults(page) == []


def test_special_days_are_chosen_by_keys(site: Site, alice_phone: Page, bike: str) -> None:
    page = alice_phone
    step(page, bike, "dates")
    page.get_by_role("button", name="Month after").click()
    day = page.locator("[data-day$='-10']")
    day.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+Enter")
    expect(page.get_by_text(re.compile("^3 days: "))).to_be_visible()
    page.get_by_label("Price per day").fill("25")
    saved(page)
    page.get_by_role("combobox", name="Hours").select_option("closed")
    page.get_by_role("button", name="Done").click()
    page.get_by_role("button", name="Whole month").click()
    page.get_by_role("combobox", name="Hours").select_option("other")
    saved(page)
    assert axe.faults(page) == []
    first = page.locator("[data-day$='-10']").get_attribute("data-day")

    def kept() -> tuple[list[tuple[str, int]], dict[str, tuple]]:
        made = Listing.objects.get(uuid=bike)
        prices = [(f"{row.date:%Y-%m-%d}", row.price_day) for row in made.price_overrides.all()]
        return prices, {f"{row.date:%Y-%m-%d}": row.hours for row in made.opening_exceptions.all()}

    site.wait_until(lambda: len(kept()[1]) > 27)
    prices, hours = site.ask_database(kept)
    assert prices == [(f"{first[:8]}{day}", 2500) for day in (10, 11, 12)]
    assert set(hours.values()) == {((540, 720),)}

    page.get_by_role("button", name="Back to usual", exact=True).click()
    site.wait_until(lambda: kept() == ([], {}))


def test_a_bike_may_wait_on_the_meridian_of_greenwich(site: Site, alice_phone: Page, bike: str) -> None:
    page = alice_phone
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 44.0, "longitude": 0.0})
    step(page, bike, "place")

    page.locator("[data-field=exact_point]").get_by_role("combobox").click()
    page.get_by_role("option", name="Around me").click()
    page.get_by_role("button", name="It is right here").click()

    saved(page)
    point = stored(site, bike).exact
    assert (round(point.lat, 6), round(point.lon, 6)) == (44.0, 0.0)


def test_removing_names_the_bookings_that_keep_the_bike(site: Site, alice_phone: Page, bike: str) -> None:
    page = alice_phone

    def book() -> str:
        made = Listing.objects.get(uuid=bike)
        now = clock.now()
        own = Block(listing=made, kind="own", starts_at=now + timedelta(days=9), ends_at=now + timedelta(days=10))
        own.save()
        return str(bookings.booking("confirmed", made, start=3).uuid)

    booking = site.ask_database(book)
    page.goto("/en/owner/listings/")
    card = page.get_by_role("article").filter(has=page.locator(f"a[href*='{bike}']"))
    more = card.get_by_role("button", name="More for")
    more.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem").first).to_be_focused()
    assert axe.faults(page) == []
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Remove it").click()
    sheet = page.get_by_role("dialog")
    link = sheet.get_by_role("link")
    expect(link).to_have_count(1)
    expect(link).to_have_attribute("href", re.compile(f"/bookings/{booking}/"))
    assert axe.faults(page) == []
    assert stored(site, bike).status == "published"

    sheet.get_by_role("button", name="Pause").click()
    expect(card.get_by_text("Paused", exact=True)).to_be_visible()
    assert stored(site, bike).status == "paused"


def test_a_copy_opens_as_a_draft(site: Site, alice_phone: Page, bike: str) -> None:
    page = alice_phone
    page.goto(f"/en/owner/listings/{bike}/")
    page.get_by_role("button", name="More for").click()
    page.get_by_role("menuitem", name="Duplicate").click()
    page.wait_for_url(lambda url: bike not in url)
    expect(page.get_by_text("Draft", exact=True).first).to_be_visible()


def test_the_preview_is_the_renters_page(site: Site, alice_phone: Page, bike: str) -> None:
    page = alice_phone
    site.ask_database(lambda: Listing.objects.filter(uuid=bike).update(status="draft", published_at=None))
    page.goto(f"/en/owner/listings/{bike}/")
    page.get_by_role("link", name="Preview").click()
    expect(page.get_by_role("complementary", name="Preview")).to_be_visible()
    day = page.locator("[data-day]:not([aria-disabled])").first
    expect(day).to_be_visible()
    dates = f"from={walk.days_ahead(9)}T10:00&to={walk.days_ahead(10)}T10:00"
    page.goto(f"/en/listings/{bike}/?preview=1&{dates}")
    page.get_by_role("button", name="Book", exact=False).filter(visible=True).first.click()
    expect(page.get_by_text("This is only a preview")).to_be_visible()
    assert axe.faults(page) == []
    page.get_by_role("link", name="Back to editing").click()
    page.wait_for_url(re.compile("/owner/listings/"))


def test_who_was_signed_out_meanwhile_loses_nothing(site: Site, alice_phone: Page, bike: str) -> None:
    page = alice_phone
    step(page, bike, "bike")
    cookies = page.context.cookies()
    page.on("dialog", lambda dialog: dialog.accept())
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_label("Title").fill("Typed after the session")
    expect(page.get_by_role("button", name="Sign in again")).to_be_visible()

    page.context.add_cookies(cookies)
    step(page, bike, "bike")
    expect(page.get_by_label("Title")).to_have_value("Typed after the session")
    saved(page)
    assert stored(site, bike).title == "Typed after the session"
