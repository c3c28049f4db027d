"""`make screens`: a picture of every page, both sizes, both themes, into docs/screens."""

import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bikeens.core import embedded

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(tempfile.mkdtemp(prefix="bikeens-screens-"))
# Pictures and mail go to a folder of their own, the database stays where the project's server is.
server = embedded.socket_folder_of(ROOT / ".data")
os.environ.setdefault("DATABASE_URL", f"postgresql://bikeens@/bikeens?host={server}")
os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.settings", "BIKEENS_DATA_DIR": str(FOLDER)}

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from bikeens.accounts.models import User  # noqa: E402
from bookings.models import Booking  # noqa: E402
from listings.models import Listing  # noqa: E402
from tests import database  # noqa: E402
from tests.e2e import walk  # noqa: E402
from tests.e2e.conftest import CHROMIUM_FLAGS  # noqa: E402
from tests.e2e.site import Site, running  # noqa: E402

OUT = ROOT / "docs" / "screens"
SIZES = {"phone": (390, 844), "desk": (1280, 800)}
THEMES = ("light", "dark")
NARBONNE = 2990919
# What is drawn of each: small enough to keep, large enough to judge.
QUALITY = 72


def claire() -> User:
    return User.objects.get(email="claire@bikeens.example")


def hugo() -> User:
    return User.objects.get(email="hugo@bikeens.example")


def everybody_sees() -> Iterator[tuple[str, str]]:
    """(name, address) of the pages that need nobody signed in."""
    bike = Listing.objects.filter(town="Narbonne", category="city", status="published").earliest("pk").uuid
    dates = f"from={walk.days_ahead(20)}T10:00&to={walk.days_ahead(22)}T10:00"
    yield "home", "/fr/"
    yield "home-english", "/en/"
    yield "search", f"/fr/search/?place={NARBONNE}&{dates}&height=172"
    yield "search-nothing", f"/fr/search/?place={NARBONNE}&category=tandem&price_max=5"
    yield "listing", f"/fr/listings/{bike}/?{dates}&height=172"
    yield "book-signed-out", f"/fr/listings/{bike}/book/?{dates}"
    yield "person", f"/fr/people/{Listing.objects.get(uuid=bike).owner.uuid}/"
    for name, path in (("sign-in", "sign-in"), ("sign-up", "sign-up"), ("how", "how-it-works"), ("help", "help")):
        yield name, f"/fr/{path}/"
    for name in ("terms", "privacy", "imprint", "nowhere"):
        yield name, f"/fr/{name}/"


def hugo_sees() -> Iterator[tuple[str, str]]:
    """The renter's pages; one booking of each state that he has."""
    bike = Listing.objects.filter(town="Narbonne", category="road", status="published").earliest("pk").uuid
    dates = f"from={walk.days_ahead(20)}T10:00&to={walk.days_ahead(22)}T10:00"
    yield "book", f"/fr/listings/{bike}/book/?{dates}"
    yield "bookings", "/fr/bookings/"
    yield "saved", "/fr/saved/"
    yield "account", "/fr/account/"
    mine = Booking.objects.filter(renter=hugo()).order_by("state", "-starts_at").distinct("state")
    for booking in mine:
        yield f"booking-{booking.state.replace('_', '-')}", f"/fr/bookings/{booking.uuid}/"


def claire_sees() -> Iterator[tuple[str, str]]:
    """The owner's pages."""
    bike = Listing.objects.filter(owner=claire()).earliest("pk").uuid
    for name, path in (
        *(("owner", ""), ("owner-listings", "listings/"), ("listing-new", "listings/new/")),
        *(("owner-requests", "requests/"), ("earnings", "earnings/"), ("payouts", "payouts/")),
    ):
        yield name, f"/fr/owner/{path}"
    yield "editor", f"/fr/owner/listings/{bike}/"
    yield "editor-preview", f"/fr/listings/{bike}/?preview=1"
    for step in ("bike", "size", "photos", "place", "prices", "hours", "safety", "dates", "rules", "extras", "own"):
        yield f"editor-{step}", f"/fr/owner/listings/{bike}/?step={step}"
    mine = Booking.objects.filter(owner=claire()).order_by("state", "-starts_at").distinct("state")
    for booking in mine.filter(state__in=["requested", "confirmed", "active", "returned"]):
        yield f"letting-{booking.state}", f"/fr/bookings/{booking.uuid}/"


def draw(browser: Browser, site: Site) -> int:
    """Every page; returns how many pictures there are."""
    drawn = 0
    for size, (width, height) in SIZES.items():
        for theme in THEMES:
            for pages, who in ((everybody_sees, None), (hugo_sees, hugo), (claire_sees, claire)):
                context = browser.new_context(
                    base_url=site.url,
                    viewport={"width": width, "height": height},
                    color_scheme=theme,
                    locale="fr-FR",
                    timezone_id="Europe/Paris",
                    reduced_motion="reduce",
                )
                page = context.new_page()
                if who is not None:
                    walk.come_in(page, site, who)
                for name, address in site.ask_database(lambda pages=pages: list(pages())):
                    _draw_one(page, address, OUT / f"{name}-{size}-{theme}.webp")
                    drawn += 1
                context.close()
    return drawn


def _draw_one(page: Page, address: str, file: Path) -> None:
    page.goto(address)
    walk.settle(page)
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.convert("RGB").save(file, "WEBP", quality=QUALITY, method=5)


def main() -> None:
    name = database.create()
    try:
        os.environ |= {"DATABASE_URL": database.environment()["DATABASE_URL"], "BIKEENS_CLOCK_SHARED": "yes"}
        call_command("seed_demo")
        shutil.rmtree(OUT, ignore_errors=True)
        OUT.mkdir(parents=True)
        with running(FOLDER) as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
            sys.stdout.write(f"{draw(browser, site)} pictures are in docs/screens.\n")
            browser.close()
    finally:
        database.drop(name)
        shutil.rmtree(FOLDER, ignore_errors=True)


if __name__ == "__main__":
    main()
