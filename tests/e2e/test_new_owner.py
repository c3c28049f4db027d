"""A new owner publishes a bike with five photos on a phone: few taps, few fields, a mistake on the way."""

import io
import re
import time
from dataclasses import dataclass, field

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from listings.models import Listing
from tests.e2e import axe, walk
from tests.e2e.site import Site
from tests.factories import people

MOST_TAPS, MOST_FIELDS, SECONDS = 25, 12, 120

WORDS = {
    "fr": {
        "bikes": "Mes vélos",
        "list": "Proposer un vélo",
        "kind": "Vélo de ville",
        "begin": "Commencer",
        "title": "Titre",
        "on": "Continuer",
        "photos": "Choisir des photos",
        "address": "Adresse",
        "here": "C’est bien ici",
        "day": "Par jour",
        "usual": "Tous les jours",
        "all": "J’ai vérifié les quatre",
        "finish": "Vue d’ensemble",
        "publish": "Publier le vélo",
        "online": "Votre vélo est en ligne",
        "missing": "Il manque",
    },
    "en": {
        "bikes": "My bikes",
        "list": "List a bike",
        "kind": "City bike",
        "begin": "Begin",
        "title": "Title",
        "on": "Continue",
        "photos": "Choose photos",
        "address": "Address",
        "here": "It is right here",
        "day": "Per day",
        "usual": "Every day",
        "all": "I have checked all four",
        "finish": "To the overview",
        "publish": "Publish the bike",
        "online": "Your bike is online",
        "missing": "things are missing",
    },
}


@dataclass
class Thumb:
    """Somebody's thumb on a phone, counted."""

    page: Page
    taps: int = 0
    fields: int = 0
    started: float = field(default_factory=time.monotonic)

    def tap(self, what: Locator) -> None:
        self.taps += 1
        what.tap()

    def type(self, what: Locator, text: str) -> None:
        """Into a field that has to be tapped first."""
        self.tap(what)
        self.fields += 1
        what.press_sequentially(text)

    def choose(self, button: Locator, files: list[dict]) -> None:
        """The phone's own picture list comes up, which is no page of ours."""
        with self.page.expect_file_chooser() as chooser:
            self.tap(button)
        chooser.value.set_files(files)


def pictures(count: int) -> list[dict]:
    found = []
    for index in range(count):
        out = io.BytesIO()
        Image.effect_noise((1200, 900), 30 + index).convert("RGB").save(out, "JPEG")
        found.append({"name": f"IMG_{index}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()})
    return found


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name).filter(visible=True).first


def begin(page: Page, thumb: Thumb, words: dict[str, str], language: str) -> None:
    page.goto(f"/{language}/owner/")
    thumb.tap(page.get_by_role("link", name=words["bikes"]).filter(visible=True).first)
    thumb.tap(page.get_by_role("link", name=words["list"]).filter(visible=True).first)
    thumb.tap(page.get_by_role("radio", name=words["kind"]).locator("xpath=.."))
    thumb.tap(button(page, words["begin"]))
    page.wait_for_url(re.compile("step=bike"))


def test_a_new_owner_publishes_in_few_taps(site: Site, phone) -> None:
    page, words = phone("fr-FR"), WORDS["fr"]
    walk.come_in(page, site, lambda: people.person("Nadia", language="fr"))
    thumb = Thumb(page)
    begin(page, thumb, words, "fr")

    thumb.type(page.get_by_label(words["title"]), "Gitane hollandais, panier")
    thumb.tap(button(page, words["on"]))
    thumb.tap(page.get_by_role("button", name="M", exact=True))
    thumb.tap(button(page, words["on"]))
    thumb.choose(button(page, words["photos"]), pictures(5))
    expect(page.locator("li[data-photo]")).to_have_count(5, timeout=30_000)
    thumb.tap(button(page, words["on"]))
    thumb.type(page.get_by_label(words["address"]), "14 quai Victor-Hugo, 11100 Narbonne")
    thumb.type(page.get_by_role("combobox").first, "Narbonne")
    thumb.tap(page.get_by_role("option").filter(has_text="Narbonne").first)
    thumb.tap(button(page, words["here"]))
    thumb.tap(button(page, words["on"]))
    thumb.type(page.get_by_label(words["day"]), "14")
    thumb.tap(button(page, words["on"]))
    thumb.tap(button(page, words["usual"]))
    thumb.tap(button(page, words["on"]))
    thumb.tap(button(page, words["all"]))
    thumb.tap(button(page, words["finish"]))
    thumb.tap(button(page, words["publish"]))
    expect(page.get_by_text(words["online"]).first).to_be_visible()

    assert thumb.taps <= MOST_TAPS, thumb
    assert thumb.fields <= MOST_FIELDS, thumb
    assert time.monotonic() - thumb.started < SECONDS
    made = site.ask_database(lambda: Listing.objects.get(owner__name="Nadia"))
    assert (made.status, made.price_day, made.rider_height_from) == ("published", 1400, 170)
    assert site.ask_database(lambda: made.photos.count()) == 5


def test_what_is_missing_is_named_at_once_and_leads_to_its_field(site: Site, phone) -> None:
    page, words = phone("en-GB"), WORDS["en"]
    walk.come_in(page, site, lambda: people.person("Olga", language="en"))
    thumb = Thumb(page)
    begin(page, thumb, words, "en")
    assert axe.faults(page) == []

    # Straight through, with the title, the heights, the price and the checks left out.
    thumb.tap(button(page, words["on"]))
    page.wait_for_url(re.compile("step=size"))
    assert axe.faults(page) == []
    thumb.tap(button(page, words["on"]))
    thumb.choose(button(page, words["photos"]), pictures(1))
    expect(page.locator("li[data-photo]")).to_have_count(1, timeout=30_000)
    assert axe.faults(page) == []
    thumb.tap(button(page, words["on"]))
    thumb.type(page.get_by_label(words["address"]), "14 quai Victor-Hugo, 11100 Narbonne")
    thumb.type(page.get_by_role("combobox").first, "Narbonne")
    thumb.tap(page.get_by_role("option").filter(has_text="Narbonne").first)
    thumb.tap(button(page, words["here"]))
    thumb.tap(button(page, words["on"]))
    page.wait_for_url(re.compile("step=prices"))
    assert axe.faults(page) == []
    thumb.tap(button(page, words["on"]))
    thumb.tap(button(page, words["usual"]))
    assert axe.faults(page) == []
    thumb.tap(button(page, words["on"]))
    thumb.tap(button(page, words["finish"]))
    page.wait_for_url(lambda url: "step=" not in url)
    thumb.tap(button(page, words["publish"]))

    said = page.get_by_role("alert").filter(has_text=words["missing"])
    expect(said).to_be_focused()
    expect(said.get_by_role("listitem")).to_have_text(
        [
            "Give the bike a title.",
            "Say for riders of which height it is.",
            "Give a price for a day.",
            "Check brakes, tyres, chain and lights, and tick them.",
        ]
    )
    assert axe.faults(page) == []
    assert site.ask_database(lambda: Listing.objects.get(owner__name="Olga").status) == "draft"

    thumb.tap(said.get_by_role("link", name="Give the bike a title."))
    title = page.get_by_label(words["title"])
    expect(title).to_be_focused()
    title.fill("Peugeot with a basket")
    thumb.tap(button(page, words["on"]))
    thumb.tap(page.get_by_role("button", name="L", exact=True))
    thumb.tap(button(page, words["on"]))
    thumb.type(page.get_by_label(words["day"]), "16")
    thumb.tap(button(page, words["on"]))
    thumb.tap(button(page, words["all"]))
    assert axe.faults(page) == []
    thumb.tap(button(page, words["finish"]))
    thumb.tap(button(page, words["publish"]))
    expect(page.get_by_text(words["online"]).first).to_be_visible()


def test_two_taps_on_begin_make_one_draft(site: Site, phone) -> None:
    page, words = phone("en-GB"), WORDS["en"]
    walk.come_in(page, site, lambda: people.person("Pia", language="en"))
    for _round in range(2):
        page.goto("/en/owner/listings/new/")
        page.get_by_role("radio", name=words["kind"]).check()
        button(page, words["begin"]).dblclick()
        page.wait_for_url(re.compile("step=bike"))

    assert site.ask_database(lambda: Listing.objects.filter(owner__name="Pia").count()) == 1
