"""Through the doors on a phone: signing up with a code, back in with another, and a visit to the operator's desk."""

import email
import re
from email.policy import default
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from bikeens.accounts.actions import open_account
from tests.e2e.site import Site

pytestmark = pytest.mark.e2e
PASSWORD = "un vélo dans chaque rue"


def last_letter(site: Site) -> email.message.EmailMessage:
    """The letter written last, of those that a machine without a mail server keeps in files."""
    files = sorted((site.folder / "mail").glob("*.log"), key=lambda file: file.stat().st_mtime_ns)
    # One file holds the letters of one connection, each between lines of dashes.
    *_, letter, _rest = re.split(r"^-{79}$", Path(files[-1]).read_text(), flags=re.MULTILINE)
    parsed = email.message_from_string(letter.strip(), policy=default)
    assert isinstance(parsed, email.message.EmailMessage)
    return parsed


def code_in(letter: email.message.EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    (code,) = re.findall(r"^\s+(\d{4}-\d{4})\s*$", body.get_content(), re.MULTILINE)
    return str(code)


def type_code(page: Page, site: Site) -> None:
    field = page.get_by_label("Code")
    expect(field).to_be_visible()
    field.fill(code_in(last_letter(site)))
    page.get_by_role("button", name="Continuer").click()


def sign_out(page: Page) -> None:
    page.context.clear_cookies(name="sessionid")


def test_a_person_signs_up_in_french_and_comes_back_with_a_code(site, phone):
    page = phone()
    page.goto("/fr/sign-up/?next=/fr/account/")
    page.get_by_label("Prénom").fill("Zoë")
    page.get_by_label("E-mail").fill("zoe@example.com")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Créer mon compte").click()
    type_code(page, site)
    page.wait_for_url("**/fr/account/")
    expect(page.get_by_label("Prénom")).to_have_value("Zoë")
    assert last_letter(site)["Subject"] == "Votre code pour confirmer votre adresse e-mail"

    sign_out(page)
    page.goto("/fr/sign-in/?next=/fr/account/")
    page.get_by_label("E-mail").fill("zoe@example.com")
    page.get_by_role("button", name=re.compile("code")).click()
    type_code(page, site)
    page.wait_for_url("**/fr/account/")
    assert last_letter(site)["Subject"] == "Votre code de connexion"


def test_who_left_before_the_code_confirms_the_address_at_the_next_sign_in(site, phone):
    page = phone()
    page.goto("/fr/sign-up/")
    page.get_by_label("Prénom").fill("Yann")
    page.get_by_label("E-mail").fill("yann@example.com")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Créer mon compte").click()
    expect(page.get_by_label("Code")).to_be_visible()

    sign_out(page)
    # An address is written to once in ten seconds, by the real clock.
    site.ask_database(cache.clear)
    page.goto("/fr/sign-in/?next=/fr/account/")
    page.get_by_label("E-mail").fill("yann@example.com")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Connexion", exact=True).click()
    type_code(page, site)
    page.wait_for_url("**/fr/account/")


def test_an_operator_signs_in_where_everybody_does_and_lands_at_the_desk(site, phone):
    site.ask_database(
        lambda: open_account(
            email="olga@example.com", name="Olga", password=PASSWORD, language="fr", is_staff=True, is_superuser=True
        )
    )
    page = phone()
    page.goto("/desk/")
    page.get_by_label("E-mail").fill("olga@example.com")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Connexion", exact=True).click()
    page.wait_for_url("**/desk/")
    expect(page.get_by_text("Olga").first).to_be_attached()


def test_a_link_to_elsewhere_is_not_followed_after_signing_in(site, phone):
    site.ask_database(lambda: open_account(email="xena@example.com", name="Xena", password=PASSWORD, language="fr"))
    page = phone()
    page.goto("/fr/sign-in/?next=/%5Celsewhere.example/")
    page.get_by_label("E-mail").fill("xena@example.com")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Connexion", exact=True).click()
    page.wait_for_url("**/fr/")
    assert page.url == f"{site.url}/fr/"
