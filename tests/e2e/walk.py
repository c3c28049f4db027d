"""What people do on the pages, by what they read there (French), on a phone."""

import io
import random
import re
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes
from zoneinfo import ZoneInfo

from django.conf import settings
from django.test import Client
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from bikeens.accounts.models import User
from bikeens.core import clock
from tests.e2e.site import Pause, Site

PASSWORD = "un vélo sans freins"
PARIS = ZoneInfo("Europe/Paris")


def sign_up(page: Page, site: Site, name: str) -> str:
    """Sign up with a code from the letter; returns the e-mail address."""
    address = f"{name.lower()}@example.org"
    page.goto("/fr/sign-up/")
    page.get_by_label("Prénom").fill(name)
    page.get_by_label("E-mail").fill(address)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Créer mon compte").click()
    field = page.get_by_label("Code", exact=True)
    expect(field).to_be_visible()
    field.fill(code_in_letter(site, address))
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_url(lambda url: "sign-up" not in url)
    return address


def letters_to(site: Site, address: str) -> list[str]:
    """The texts of all letters to an address, oldest first."""
    texts = []
    for file in sorted((site.folder / "mail").glob("*.log"), key=lambda one: one.stat().st_mtime):
        for raw in file.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
            letter = message_from_bytes(raw)
            if address in (letter["To"] or ""):
                part = next(part for part in letter.walk() if part.get_content_type() == "text/plain")
                texts.append(part.get_payload(decode=True).decode())
    return texts


def code_in_letter(site: Site, address: str) -> str:
    """The newest code sent to an address."""
    pause = Pause()
    for _ in range(200):
        for text in reversed(letters_to(site, address)):
            found = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", text, re.MULTILINE)
            if found:
                return found[1]
        pause.short()
    raise AssertionError(f"No code was sent to {address}.\n{letters_to(site, address)}")


def phone_picture() -> bytes:
    """A picture as a phone takes it: 12 megapixels, lying on its side with an orientation tag, with GPS."""
    noise = random.Random(7)
    small = Image.effect_noise((400, 300), 60).convert("RGB")
    small.putpixel((0, 0), (noise.randrange(256), 20, 20))
    picture = small.resize((4032, 3024))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Fairphone"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (43.0, 11.0, 3.5), "E", (3.0, 0.0, 11.2)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=92, exif=exif)
    return out.getvalue()


def wait_saved(page: Page) -> None:
    """The editor has nothing left to save."""
    expect(page.get_by_text("Enregistré", exact=True).first).to_be_visible()


def list_a_bike(page: Page) -> str:
    """From nothing to a published listing in Narbonne; returns the listing's id."""
    page.goto("/fr/owner/listings/new/")
    page.get_by_role("radio", name="Vélo de ville").check()
    page.get_by_role("button", name="Commencer").click()
    page.wait_for_url(re.compile(r"/fr/owner/listings/[0-9a-f-]{36}/"))
    listing = re.search(r"/listings/([0-9a-f-]{36})/", page.url)[1]

    page.goto(f"/fr/owner/listings/{listing}/?step=bike")
    page.get_by_label("Titre").fill("Gitane hollandais, panier")
    page.get_by_label("Description").fill("Un vélo de ville confortable, révisé au printemps.")
    wait_saved(page)
    page.goto(f"/fr/owner/listings/{listing}/?step=size")
    page.get_by_placeholder("160").fill("162")
    page.get_by_placeholder("180").fill("180")
    wait_saved(page)
    page.goto(f"/fr/owner/listings/{listing}/?step=photos")
    picture = {"name": "IMG_2041.jpg", "mimeType": "image/jpeg", "buffer": phone_picture()}
    page.locator("input[data-photos]").set_input_files(picture)
    expect(page.locator("li[data-photo]")).to_have_count(1, timeout=30_000)
    page.goto(f"/fr/owner/listings/{listing}/?step=place")
    page.get_by_label("Adresse").fill("14 quai Victor-Hugo, 11100 Narbonne")
    choose_town(page, "Narbonne")
    page.get_by_role("button", name="C’est bien ici").click()
    wait_saved(page)
    page.goto(f"/fr/owner/listings/{listing}/?step=prices")
    page.get_by_label("Par jour").fill("14")
    wait_saved(page)
    page.goto(f"/fr/owner/listings/{listing}/?step=hours")
    page.get_by_role("button", name="Tous les jours").click()
    wait_saved(page)
    page.goto(f"/fr/owner/listings/{listing}/?step=safety")
    expect(page.get_by_role("checkbox")).to_have_count(4)
    for box in page.get_by_role("checkbox").all():
        box.check()
    wait_saved(page)
    page.goto(f"/fr/owner/listings/{listing}/")
    page.get_by_role("button", name="Publier le vélo").click()
    expect(page.get_by_text("Votre vélo est en ligne").first).to_be_visible()
    return listing


def choose_town(page: Page, name: str) -> None:
    """Type the beginning of a town and take the first that is offered."""
    field = page.get_by_role("combobox").first
    field.fill(name)
    page.get_by_role("option").filter(has_text=name).first.click()


def days_ahead(days: int) -> str:
    """The date that many days from now on the wall in Paris."""
    return (clock.now().astimezone(PARIS).date() + timedelta(days=days)).isoformat()


def reserve(page: Page, listing: str, start: str, end: str) -> None:
    """From the listing's page with its dates to the payment page."""
    page.goto(f"/fr/listings/{listing}/?from={start}T10:00&to={end}T10:00")
    page.get_by_role("link", name="Réserver").or_(page.get_by_role("button", name="Réserver")).last.click()
    page.wait_for_url(re.compile("/book/"))
    page.get_by_label("Un mot pour").fill("Bonjour, on fait le tour de la Clape.")
    page.get_by_role("button", name=re.compile("Autoriser|Payer")).last.click()
    page.wait_for_url(re.compile("/pay/"))


def pay(page: Page, number: str = "4242424242424242") -> None:
    """Fill the payment page and press its button."""
    page.get_by_label("Numéro de carte").fill(number)
    page.get_by_label("Expiration").fill("12 / 34")
    page.get_by_label("Code de sécurité").fill("123")
    page.get_by_label("Nom sur la carte").fill("Bob Martin")
    page.get_by_role("button", name="Payer").click()


def shown_code(page: Page) -> str:
    """The six digits on this person's booking page."""
    digits = page.get_by_text(re.compile(r"^\d{3}\s\d{3}$"))
    expect(digits).to_be_visible()
    return re.sub(r"\D", "", digits.inner_text())


def enter_code(page: Page, code: str, button: str) -> None:
    field: Locator = page.get_by_label("Code", exact=True)
    field.fill(code)
    page.get_by_role("button", name=button).click()


def come_in(page: Page, site: Site, who: Callable[[], User]) -> None:
    """Sign a person of the tests in, by a session of theirs and not by the page."""

    def session() -> str:
        client = Client()
        client.force_login(who(), backend="django.contrib.auth.backends.ModelBackend")
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    key = site.ask_database(session)
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site.url}])


def booking_in(url: str) -> str:
    """The id of the booking whose page this is."""
    return re.search(r"/bookings/([0-9a-f-]{36})/", url)[1]


def settle(page: Page) -> None:
    """Until the page has its heading and whatever it shows as on its way is there, and nothing on it moves.

    Not until the network is idle: of what a service worker answers the browser does not always say that it ended.
    """
    page.wait_for_load_state("load")
    page.locator("h1").first.wait_for(state="attached")
    page.wait_for_function(
        "() => !document.querySelector('.skeleton, [aria-busy=true]')"
        " && [...document.images].every((one) => one.complete || one.loading === 'lazy')"
    )
    ending = "document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime !== Infinity)"
    page.evaluate(f"document.fonts.ready.then(() => Promise.allSettled({ending}.map((one) => one.finished)))")


def see_all(page: Page) -> None:
    """Scroll to what is built only for somebody who scrolls there, and back to the top."""
    page.wait_for_function(
        "() => { const later = document.querySelector('[data-later]'); later?.scrollIntoView(); return !later }"
    )
    settle(page)
    page.evaluate("window.scrollTo(0, 0)")
