"""A running site and a real Chromium for the tests that walk through the pages."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from bikeens.core import clock
from tests import database
from tests.e2e import site as sites
from tests.e2e import walk
from tests.factories import listings, people

# Generous: two cores may be busy with the web, the worker, the local Stripe and the browser at once.
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)

PHONE = {"width": 390, "height": 844}
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def site(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sites.Site]:
    with django_db_blocker.unblock():
        with sites.running(tmp_path_factory.mktemp("site")) as running:
            yield running
        database.empty()
        clock.forget()


@pytest.fixture(scope="module")
def browser(site: sites.Site) -> Iterator[Browser]:
    # Closed with the module, and before the site, which asks the database at its end: an open Playwright keeps an
    # event loop in this thread, where Django then refuses to work.
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def phone(browser: Browser, site: sites.Site) -> Iterator[Callable[..., Page]]:
    """`phone()` opens one more phone, with cookies of its own."""
    contexts: list[BrowserContext] = []

    def open_phone(locale: str = "fr-FR") -> Page:
        context = browser.new_context(
            base_url=site.url,
            viewport=PHONE,
            device_scale_factor=2,
            has_touch=True,
            is_mobile=True,
            locale=locale,
            timezone_id="Europe/Paris",
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        return context.new_page()

    yield open_phone
    for context in contexts:
        context.close()


@pytest.fixture
def bike(site: sites.Site) -> str:
    """Alice's bike, to be booked at once: 20 € a day, moderate policy."""

    def make() -> str:
        return str(listings.listing(people.alice(), instant=True, price_hour=None, photos=0).uuid)

    return site.ask_database(make)


@pytest.fixture
def bob(site: sites.Site, phone: Callable[..., Page]) -> Page:
    """Bob's phone, signed in."""
    page = phone()
    walk.come_in(page, site, people.bob)
    return page
