"""The local Stripe's pages on a phone: by keyboard, without scripts, read aloud, in both languages and themes."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import axe
from tests.e2e.conftest import PHONE
from tests.payments.sandbox.stand_in import Inbox, StandIn, running

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    inbox = Inbox()
    with running(tmp_path_factory.mktemp("sandbox") / "state.sqlite3") as base:
        yield StandIn(base, inbox)
    inbox.server.shutdown()
    inbox.server.server_close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    contexts = []

    def opened(url: str, **options) -> Page:
        context = browser.new_context(viewport=PHONE, locale="fr-FR", bypass_csp=True, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()


def session_of(stand_in: StandIn, **changed):
    return stand_in.session(success_url=f"{stand_in.base}/healthz", **changed)


def test_paying_by_keyboard_alone(stand_in, open_page):
    session = session_of(stand_in)
    page = open_page(session.url)
    # The way back comes first, then the form from top to bottom.
    for text in (None, "4242424242424242", "934", "123", "Bob Renter"):
        page.keyboard.press("Tab")
        if text is not None:
            page.keyboard.type(text)
    assert page.get_by_label("Numéro de carte").input_value() == "4242 4242 4242 4242"
    assert page.get_by_label("Expiration").input_value() == "09 / 34"
    page.keyboard.press("Enter")
    page.wait_for_url("**/healthz")
    assert stand_in.v1.checkout.sessions.retrieve(session.id).status == "complete"


def test_a_declined_card_is_told_at_once_and_keeps_what_was_typed(stand_in, open_page):
    page = open_page(session_of(stand_in).url)
    page.get_by_text("Cartes pour essayer").click()
    page.get_by_role("button", name="4000 0000 0000 0002, refusée").click()
    expect(page.get_by_role("button", name="Payer 31,50 €")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Votre carte a été refusée. Rien n’a été débité.")
    expect(page.get_by_role("alert")).to_be_focused()
    assert page.get_by_label("Numéro de carte").input_value() == "4000 0000 0000 0002"
    assert page.get_by_label("Nom sur la carte").input_value() == "Camille Martin"
    assert page.get_by_label("Code de sécurité").input_value() == ""
    assert axe.faults(page) == []


def test_a_digit_in_the_middle_is_corrected_where_it_is(stand_in, open_page):
    page = open_page(session_of(stand_in).url)
    number = page.get_by_label("Numéro de carte")
    number.press_sequentially("424242424242424")
    number.evaluate("input => input.setSelectionRange(4, 4)")
    page.keyboard.type("4")
    assert number.input_value() == "4242 4424 2424 2424"
    page.keyboard.type("9")
    assert number.input_value() == "4242 4942 4242 4242 4"


def test_paying_works_without_scripts(stand_in, open_page):
    session = session_of(stand_in)
    page = open_page(session.url, java_script_enabled=False)
    page.get_by_label("Numéro de carte").fill("4242424242424242")
    page.get_by_label("Expiration").fill("9/34")
    page.get_by_label("Code de sécurité").fill("123")
    page.get_by_label("Nom sur la carte").fill("Bob Renter")
    page.get_by_role("button", name="Payer").click()
    page.wait_for_url("**/healthz")
    assert stand_in.v1.checkout.sessions.retrieve(session.id).status == "complete"


def test_the_way_back_leads_to_the_site(stand_in, open_page):
    page = open_page(session_of(stand_in, cancel_url=f"{stand_in.base}/healthz").url)
    page.get_by_role("link", name="Revenir à Bikeens").click()
    page.wait_for_url("**/healthz")


def test_onboarding_fills_itself_in_to_try(stand_in, open_page):
    account = stand_in.account(onboarded=False)
    urls = {"refresh_url": f"{stand_in.base}/refresh", "return_url": f"{stand_in.base}/healthz"}
    link = stand_in.v2.core.account_links.create(
        {"account": account.id, "use_case": {"type": "account_onboarding", "account_onboarding": urls}}
    )
    page = open_page(link.url)
    page.get_by_role("button", name="Remplir pour essayer").click()
    page.get_by_role("button", name="Enregistrer et continuer").click()
    page.wait_for_url("**/healthz")
    assert stand_in.ask("calls", path="/v2/core/account_links")["calls"][-1]["status"] == 200


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["fr", "en"])
def test_every_page_is_accessible_and_fits(stand_in, open_page, scheme, locale):
    session = session_of(stand_in, locale=locale)
    page = open_page(session.url, color_scheme=scheme)

    def check() -> None:
        assert axe.faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    check()
    page.locator(".go").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check()
    page.locator("summary").click()
    check()
    page.locator("button[data-card='4000002760003184']").click()
    page.locator(".go").click()
    page.wait_for_url("**/3ds/**")
    check()
    page.goto(stand_in.link(stand_in.account(onboarded=False).id).url)
    check()
    stand_in.v1.checkout.sessions.expire(session.id)
    page.goto(session.url)
    check()
