"""What axe finds on a page, once nothing of it is still on its way."""

from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page

from tests.e2e import walk
from tests.e2e.conftest import PHONE

AXE = Path(settings.BASE_DIR) / "frontend/app/node_modules/axe-core/axe.min.js"
DESK = {"width": 1280, "height": 800}


def faults(page: Page) -> list[str]:
    """One line for each rule that is broken, with the pieces of the page that break it."""
    # Run through the debugger: the page's policy lets no foreign script in.
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(AXE.read_text())
    # Half faded in, a text has another contrast than it will have.
    page.emulate_media(reduced_motion="reduce")
    walk.settle(page)
    walk.see_all(page)
    found = page.evaluate("axe.run()")["violations"]
    return [f"{one['id']}: {[node['html'] for node in one['nodes']]}" for one in found]


def faults_in_every_look(page: Page) -> list[str]:
    """In both themes and both sizes; the page is left light and on a phone."""
    found = []
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        for theme in ("dark", "light"):
            page.emulate_media(color_scheme=theme)
            # A picture waits until the page is drawn in the new theme.
            page.screenshot()
            found += [f"{size['width']} px, {theme}, {fault}" for fault in faults(page)]
    return found
