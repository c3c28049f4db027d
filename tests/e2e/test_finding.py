"""Finding a bike on a phone: four taps from home, counts at filters, what else there is, hearts, saved searches."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from listings import saved
from listings.models import Listing, SavedBike, SavedSearch
from tests.e2e import axe, walk
from tests.e2e.site import Site
from tests.factories import listings, people

pytestmark = pytest.mark.e2e
NARBONNE = {"latitude": 43.1843, "longitude": 3.0031}


class Taps:
    """Counts what a finger does."""

    def __init__(self) -> None:
        self.count = 0

    def on(self, target: Locator) -> None:
        self.count += 1
        target.tap()


def button(page: Page, name: str | re.Pattern[str]) -> Locator:
    return page.get_by_role("button", name=name)


@dataclass
class Words:
    """What the pages say on the way to a bike."""

    height: str
    weekend: str
    find: str
    fits: str
    book: str


FRENCH = Words("Votre taille", "Ce week-end", "Trouver un vélo", "À votre taille", "Réserver")
ENGLISH = Words("Your height", "This weekend", "Find a bike", "In your size", "Book")


@pytest.mark.parametrize(("language", "words"), [("fr", FRENCH), ("en", ENGLISH)])
def test_four_taps_from_home_to_a_bike_that_fits_and_is_free(
    site: Site, phone, bike: str, language: str, words: Words
) -> None:
    """For somebody who was never here: nothing is kept in this browser, and nothing is tapped away on the way."""
    small = {"title": "Child's bike", "rider_height_from": 110, "rider_height_to": 135, "price_day": 500}
    site.ask_database(lambda: listings.listing(people.alice(), photos=0, **small).pk)
    page: Page = phone("fr-FR" if language == "fr" else "en-GB")
    page.context.grant_permissions(["geolocation"], origin=site.url)
    page.context.set_geolocation(NARBONNE)
    page.goto(f"/{language}/")
    assert page.evaluate("localStorage.length") == 0
    taps = Taps()

    taps.on(page.get_by_label(words.height))
    page.keyboard.type("1,72")
    taps.on(button(page, words.weekend))
    taps.on(page.locator("main form").get_by_role("button", name=words.find))
    page.wait_for_url("**/search/**")
    taps.on(page.get_by_role("article").first.get_by_role("link"))
    page.wait_for_url("**/listings/**")

    expect(page.get_by_text(words.fits, exact=True).first).to_be_visible()
    expect(button(page, words.book).last).to_be_visible()
    assert taps.count == 4
    asked = parse_qs(urlsplit(page.url).query)
    assert asked["height"] == ["172"]
    assert datetime.fromisoformat(asked["from"][0]).isoweekday() == 6
    found = urlsplit(page.url).path.replace(f"/{language}/", "/api/").rstrip("/")
    fits = page.request.get(found).json()["rider_height"]
    assert fits["from"] <= 172 <= fits["to"]
    quote = page.request.get(f"{found}/quote?from={asked['from'][0]}&to={asked['to'][0]}").json()
    assert (quote["bookable"], quote["reasons"]) == (True, [])


def test_filters_show_counts_and_grey_out_what_gives_nothing(site: Site, phone) -> None:
    site.ask_database(lambda: [listings.listing(people.alice(), title=f"{n}", photos=0) for n in range(2)] and None)
    site.ask_database(
        lambda: listings.listing(people.alice(), title="cargo", category="cargo", electric=True, photos=0).pk
    )
    page: Page = phone()
    page.goto("/fr/search/?near=43.1843,3.0031")
    button(page, "Filtres").tap()

    sheet = page.get_by_role("dialog")
    cargo = sheet.get_by_role("button", name=re.compile(r"Vélo cargo\s*1$"))
    expect(cargo).to_be_enabled()
    expect(sheet.get_by_role("button", name=re.compile(r"Tandem\s*0$"))).to_be_disabled()
    assert axe.faults(page) == []
    cargo.tap()
    expect(sheet.get_by_role("button", name="Voir 1 vélo")).to_be_visible()
    expect(sheet.get_by_role("button", name=re.compile(r"Sans moteur\s*0$"))).to_be_disabled()
    sheet.get_by_role("button", name="Effacer").tap()
    expect(sheet.get_by_role("button", name=re.compile(r"Voir \d vélos"))).to_be_visible()
    cargo.tap()
    sheet.get_by_role("button", name="Voir 1 vélo").tap()
    page.wait_for_url("**category=cargo**")
    expect(page.get_by_role("article")).to_have_count(1)


def test_nothing_free_then_names_other_dates_and_the_filter_to_drop(site: Site, phone) -> None:
    start = walk.days_ahead(6)

    def busy() -> str:
        made = listings.listing(people.alice(), title="Pris ce jour-là", at=listings.LatLon(45.0, 1.0), photos=0)
        day = datetime.fromisoformat(f"{start}T00:00+00:00")
        listings.block(made, day, day + timedelta(days=1))
        return str(made.uuid)

    taken = site.ask_database(busy)
    page: Page = phone()
    page.goto(f"/fr/search/?near=45,1&from={start}T10:00&to={start}T18:00&category=city")
    expect(page.get_by_text("Les vélos d’ici, à d’autres dates")).to_be_visible()
    assert axe.faults(page) == []
    page.get_by_role("link", name=re.compile("€")).first.tap()
    page.wait_for_url(f"**/listings/{taken}/**")
    expect(button(page, re.compile("Réserver|Demander")).last).to_be_visible()

    page.goto("/fr/search/?near=45,1&electric=true&radius=5000")
    button(page, re.compile("1 vélo sans « Électrique »".replace(" ", r"\s"))).tap()
    expect(page.get_by_role("article")).to_have_count(1)


def test_a_heart_asks_to_sign_in_and_is_then_done(site: Site, phone, bike: str) -> None:
    page: Page = phone()
    page.goto(f"/fr/listings/{bike}/")
    button(page, re.compile("favoris")).first.tap()
    page.wait_for_url("**/sign-in/**")
    assert f"/listings/{bike}/" in parse_qs(urlsplit(page.url).query)["next"][0]
    walk.come_in(page, site, people.bob)
    page.goto(f"/fr/listings/{bike}/")
    expect(button(page, re.compile("favoris")).first).to_have_attribute("aria-pressed", "true")
    site.wait_until(lambda: SavedBike.objects.filter(listing__uuid=bike).exists())

    page.goto("/fr/saved/")
    expect(page.get_by_role("link", name="Gitane with a basket")).to_be_visible()
    assert axe.faults(page) == []
    heart = button(page, re.compile("favoris")).first
    heart.tap()
    expect(heart).to_have_attribute("aria-pressed", "false")
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        button(page, "Annuler").tap()
    expect(heart).to_have_attribute("aria-pressed", "true")
    site.ask_database(lambda: Listing.objects.filter(uuid=bike).update(status="paused"))
    page.reload()
    expect(page.get_by_text("En pause")).to_be_visible()
    assert axe.faults(page) == []


def test_a_search_is_saved_renamed_silenced_removed_and_back(site: Site, bob: Page) -> None:
    page = bob
    page.goto("/fr/search/?near=43.1843,3.0031&category=cargo&height=172")
    button(page, "M’alerter").tap()
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_label("Nom de la recherche")).to_have_value(re.compile("Autour de moi, Vélo cargo, pour 1,72"))
    assert axe.faults(page) == []
    sheet.get_by_role("button", name="Enregistrer la recherche").tap()
    expect(page.get_by_text("Vous serez averti")).to_be_visible()

    page.goto("/fr/saved/")
    button(page, re.compile("Renommer")).tap()
    page.get_by_label("Nom de la recherche").fill("Le cargo du marché")
    button(page, "Enregistrer").tap()
    expect(page.get_by_role("link", name="Le cargo du marché")).to_be_visible()
    button(page, "E-mail pour les nouveaux vélos").tap()
    expect(button(page, "E-mail pour les nouveaux vélos")).to_have_attribute("aria-pressed", "false")
    assert axe.faults(page) == []
    button(page, "Retirer Le cargo du marché").tap()
    expect(page.get_by_role("link", name="Le cargo du marché")).to_have_count(0)
    button(page, "Annuler").tap()
    expect(page.get_by_role("link", name="Le cargo du marché")).to_be_visible()
    site.wait_until(lambda: SavedSearch.objects.filter(notify=False, name="Le cargo du marché").exists())


def test_the_link_in_the_letter_shows_a_button(site: Site, phone) -> None:
    def make() -> str:
        search = SavedSearch.objects.create(person=people.carol(), name="Clape", params={"near": "43,3"})
        return saved.stop_page(search)

    page: Page = phone()
    page.goto("/fr" + site.ask_database(make))
    expect(page.get_by_role("heading", name=re.compile("Clape"))).to_be_visible()
    assert axe.faults(page) == []
    assert site.ask_database(lambda: SavedSearch.objects.get(name="Clape").notify)
    button(page, "Couper les e-mails").tap()
    expect(page.get_by_text("C’est fait")).to_be_visible()
    assert not site.ask_database(lambda: SavedSearch.objects.get(name="Clape").notify)
