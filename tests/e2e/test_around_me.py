"""Around me: the phone says where it is, does not, or may not; there is always a way on."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.site import Site

pytestmark = pytest.mark.e2e
FAILS = """
navigator.geolocation.getCurrentPosition = (_found, failed) => failed({ code: %d, PERMISSION_DENIED: 1, TIMEOUT: 3 })
"""


def ask_around_me(page: Page) -> None:
    page.goto("/en/")
    page.get_by_role("combobox", name="Where").click()
    page.get_by_role("option", name="Around me").click()


def a_town_instead(page: Page) -> None:
    """What was refused leaves the field ready for a town."""
    field = page.get_by_role("combobox", name="Where")
    expect(field).to_be_focused()
    field.fill("11100")
    expect(page.get_by_role("option", name="Narbonne (11) Aude")).to_be_visible()
    field.press("Enter")
    expect(field).to_have_value("Narbonne")


def test_a_position_enters_the_address_to_some_hundred_metres(site: Site, phone) -> None:
    page = phone("en-GB")
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 43.184312, "longitude": 3.003187})

    ask_around_me(page)
    expect(page.get_by_role("combobox", name="Where")).to_have_value("Around me")
    page.get_by_role("button", name="Find a bike").click()

    page.wait_for_url(re.compile(r"near=43\.184(%2C|,)3\.003(&|$)"))


def test_a_position_that_is_denied(site: Site, phone) -> None:
    page = phone("en-GB")

    ask_around_me(page)

    expect(page.get_by_role("status").filter(has_text="keeps your position to itself")).to_have_count(1)
    a_town_instead(page)


@pytest.mark.parametrize(("code", "said"), [(2, "does not know where it is"), (3, "takes too long")])
def test_a_position_that_cannot_be_found(site: Site, phone, code: int, said: str) -> None:
    page = phone("en-GB")
    page.add_init_script(FAILS % code)

    ask_around_me(page)

    expect(page.get_by_role("status").filter(has_text=said)).to_have_count(1)
    a_town_instead(page)


def test_a_page_without_a_secure_connection(site: Site, phone) -> None:
    page = phone("en-GB")
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")

    ask_around_me(page)

    expect(page.get_by_role("status").filter(has_text="secure connections only")).to_have_count(1)
    a_town_instead(page)
