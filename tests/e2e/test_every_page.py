"""Every page with the demo's data: nothing for axe, nothing wider than the screen, no word on the console."""

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, ConsoleMessage, Page

from bikeens.accounts.models import User
from tests import every_page
from tests.e2e import axe, walk
from tests.e2e.conftest import PATIENCE_MS, PHONE
from tests.e2e.site import Site

pytestmark = pytest.mark.e2e

# Each language in both themes and both sizes, each theme in both sizes.
LOOKS = (
    ("fr", "dark", PHONE),
    ("fr", "light", axe.DESK),
    ("en", "light", PHONE),
    ("en", "dark", axe.DESK),
)


@pytest.fixture(scope="module")
def demo(site: Site) -> None:
    site.ask_database(lambda: call_command("seed_demo", verbosity=0))


@pytest.mark.parametrize("who", ["everybody", "hugo", "claire"])
@pytest.mark.parametrize(("language", "theme", "size"), LOOKS)
def test_there_is_nothing_to_find_fault_with(
    demo: None, site: Site, browser: Browser, who: str, language: str, theme: str, size: dict[str, int]
) -> None:
    context = browser.new_context(
        base_url=site.url,
        viewport=size,
        color_scheme=theme,
        locale={"fr": "fr-FR", "en": "en-GB"}[language],
        timezone_id="Europe/Paris",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(_heard(message)))
    page.on("pageerror", lambda error: said.append(str(error)))
    if who != "everybody":
        person: User = site.ask_database(getattr(every_page, who))
        walk.come_in(page, site, lambda: person)

    found = {}
    for name, address in site.ask_database(lambda: list(getattr(every_page, f"{who}_sees")())):
        page.goto(f"/{language}{address}")
        faults = axe.faults(page) + too_wide(page) + [text for text in said if text]
        said.clear()
        if faults:
            found[name] = faults
    context.close()

    assert found == {}


def too_wide(page: Page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [f"{wide} px wider than the screen"] if wide > 0 else []


def _heard(message: ConsoleMessage) -> str:
    """What a page that is not there answers is no fault of the page that asked for it."""
    if message.type not in ("error", "warning") or "404" in message.text:
        return ""
    return f"{message.type}: {message.text}"
