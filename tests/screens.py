"""`make screens`: a picture of every page, both sizes, both themes, into docs/screens."""

import io
import os
import shutil
import sys
import tempfile
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

from tests import database  # noqa: E402
from tests.e2e import walk  # noqa: E402
from tests.e2e.conftest import CHROMIUM_FLAGS  # noqa: E402
from tests.e2e.site import Site, running  # noqa: E402
from tests.every_page import claire, claire_sees, come_to, everybody_sees, hugo, hugo_sees  # noqa: E402

OUT = ROOT / "docs" / "screens"
SIZES = {"phone": (390, 844), "desk": (1280, 800)}
THEMES = ("light", "dark")
# What is drawn of each: small enough to keep, large enough to judge.
QUALITY = 72


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
                    come_to(page, name, f"/fr{address}")
                    _draw_one(page, OUT / f"{name}-{size}-{theme}.webp")
                    drawn += 1
                context.close()
    return drawn


def _draw_one(page: Page, file: Path) -> None:
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
