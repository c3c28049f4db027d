"""Around me: the phone says where it is, does not, or may not; there is always a way on."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import axe
from tests.e2e.site import Site

pytestmark = pytest.mark.e2e
FAILS = """
navigator.geolocation.getCurrentPosition = (_found, failed) => failed({ code: %d, PERMISSION_DENIED: 1, TIMEOUT: 3 })
"""


DENIED = {"fr": "garde votre position pour lui", "en": "keeps your position to itself"}
WHERE = {"fr": "Où", "en": "Where"}
HEIGHT = {"fr": ("Votre taille", "1,72 m"), "en": ("Your height", "172 cm")}
TOMORROW = {"fr": "Demain", "en": "Tomorrow"}
FIND = {"fr": "Trouver un vélo", "en": "Find a bike"}


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


@pytest.mark.parametrize("language", ["fr", "en"])
def test_nothing_said_means_around_me_and_a_refusal_keeps_what_was_typed(site: Site, phone, language: str) -> None:
    page = phone("fr-FR" if language == "fr" else "en-GB")
    page.goto(f"/{language}/")
    label, written = HEIGHT[language]
    page.get_by_label(label).fill("1,72")
    page.get_by_role("button", name=TOMORROW[language]).click()

    page.get_by_role("button", name=FIND[language]).click()

    field = page.get_by_role("combobox", name=WHERE[language])
    expect(page.get_by_role("status").filter(has_text=DENIED[language])).to_be_visible()
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile(DENIED[language]))
    assert axe.faults_in_every_look(page) == []
    expect(page.get_by_label(label)).to_have_value(re.compile(written.replace(" ", r"\s")))
    expect(page.get_by_role("button", name=TOMORROW[language])).to_have_attribute("aria-pressed", "true")
    field.fill("11100")
    field.press("Enter")
    expect(field).to_have_value("Narbonne")
    expect(page.get_by_role("status").filter(has_text=DENIED[language])).to_have_count(0)
    field.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?place=2990919&from=.+&height=172"))


def test_the_keyboard_alone_finds_bikes_around_me(site: Site, phone) -> None:
    page = phone()
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 43.184312, "longitude": 3.003187})
    page.goto("/fr/")
    page.get_by_role("combobox", name="Où").press("Tab")
    for _chip_and_day in range(5):
        page.keyboard.press("Tab")
    expect(page.get_by_label("Votre taille")).to_be_focused()
    page.keyboard.type("1,72")

    page.keyboard.press("Enter")

    page.wait_for_url(re.compile(r"/search/\?near=43\.184(%2C|,)3\.003&height=172"))


def test_a_town_typed_and_not_chosen_is_found_when_the_form_is_sent(site: Site, phone) -> None:
    page = phone()
    page.goto("/fr/")
    page.get_by_role("combobox", name="Où").press_sequentially("narbonn")

    page.get_by_role("button", name="Trouver un vélo").click()

    page.wait_for_url(re.compile(r"/search/\?place=2990919$"))


def test_a_place_that_nobody_knows_is_said_and_kept(site: Site, phone) -> None:
    page = phone()
    page.goto("/fr/")
    field = page.get_by_role("combobox", name="Où")
    field.fill("Xyzzyville")

    page.get_by_role("button", name="Trouver un vélo").click()

    expect(page.get_by_role("status").filter(has_text="Aucun lieu de ce nom")).to_be_visible()
    expect(field).to_be_focused()
    expect(field).to_have_value("Xyzzyville")
    assert "/search/" not in page.url


def test_a_place_that_nobody_knows_is_not_the_one_before(site: Site, phone) -> None:
    page = phone()
    page.goto("/fr/search/?place=2990919")
    page.get_by_role("button", name="Modifier la recherche").click()
    form = page.get_by_role("dialog")
    field = form.get_by_role("combobox", name="Où")
    expect(field).to_have_value("Narbonne")
    field.fill("Xyzzyville")

    form.get_by_role("button", name="Trouver un vélo").click()

    expect(form.get_by_role("status").filter(has_text="Aucun lieu de ce nom")).to_be_visible()
    expect(field).to_have_value("Xyzzyville")
    expect(form).to_be_visible()


def test_a_town_said_while_the_position_is_sought_wins(site: Site, phone) -> None:
    page = phone()
    page.add_init_script("navigator.geolocation.getCurrentPosition = (found) => { window.found = found }")
    page.goto("/fr/")
    find = page.get_by_role("button", name="Trouver un vélo")
    find.click()
    expect(find).to_have_attribute("aria-busy", "true")

    page.get_by_role("combobox", name="Où").fill("narbonne")
    page.evaluate("found({ coords: { latitude: 48.85, longitude: 2.35 } })")
    expect(page.get_by_role("option", name=re.compile("^Narbonne"))).to_be_visible()
    find.click()

    page.wait_for_url(re.compile(r"/search/\?place=2990919$"))
