"""Every page with the demo's data: nothing for axe, nothing wider than the screen, no word on the console."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, ConsoleMessage, Page
from pytest_django.plugin import DjangoDbBlocker

from bikeens.accounts.models import User
from bikeens.core import clock
from tests import database, every_page
from tests.e2e import axe, walk
from tests.e2e.conftest import PATIENCE_MS, PHONE
from tests.e2e.site import Site, free_ports, running

pytestmark = pytest.mark.e2e

# Each language, theme and size once.
LOOKS = (("fr", "dark", PHONE), ("en", "light", axe.DESK))


@pytest.fixture(scope="module")
def site(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The site with the demo's data, made as `make run` makes them: before it is open."""
    folder = tmp_path_factory.mktemp("site")
    [stripe_port] = free_ports(1)
    place = {"BIKEENS_SANDBOX_PORT": str(stripe_port), "BIKEENS_DATA_DIR": str(folder)}
    command = [sys.executable, "manage.py", "seed_demo"]
    with django_db_blocker.unblock():
        subprocess.run(command, cwd=settings.BASE_DIR, env=database.environment() | place, check=True, timeout=300)
        with running(folder) as site:
            yield site
        database.empty()
        clock.forget()


@pytest.mark.parametrize("who", ["everybody", "hugo", "claire"])
@pytest.mark.parametrize(("language", "theme", "size"), LOOKS)
def test_there_is_nothing_to_find_fault_with(
    site: Site, browser: Browser, who: str, language: str, theme: str, size: dict[str, int]
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
        every_page.come_to(page, name, f"/{language}{address}")
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
