"""List and map in step: what the map shows is what the list holds, whoever of the two was moved."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from listings import actions, geo
from listings.geo import LatLon
from listings.models import Listing
from tests.e2e import axe
from tests.e2e.site import Site
from tests.factories import listings, people

pytestmark = pytest.mark.e2e

TOWN = "bbox=2.96,43.16,3.05,43.21"


@pytest.fixture(scope="module", autouse=True)
def bikes(site: Site) -> dict[str, str]:
    """Twenty-four bikes east of the town, close together, one in the west; ids by title."""

    def make() -> dict[str, str]:
        owner = people.alice()
        places = [(f"East {number}", 43.18 + number % 5 / 5_000, 3.03 + number / 50_000) for number in range(24)]
        made = {}
        for title, lat, lon in [("West", 43.185, 2.975), *places]:
            bike = listings.listing(owner, title=title, photos=0, price_day=900 if title == "West" else 1500)
            Listing.objects.filter(pk=bike.pk).update(public_point=geo.to_mercator(LatLon(lat, lon)))
            made[title] = str(bike.uuid)
        actions.rebuild_map()
        return made

    return site.ask_database(make)


@pytest.fixture
def desk(browser: Browser, site: Site):
    context = browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 800}, locale="fr-FR")
    yield context.new_page()
    context.close()


def bounds(page: Page) -> list[float]:
    found = re.search(r"bbox=([^&]+)", page.url.replace("%2C", ","))
    assert found
    return [float(part) for part in found[1].split(",")]


def test_the_map_counts_all_bikes_of_its_box_and_the_list_follows_it(desk: Page) -> None:
    desk.goto(f"/fr/search/?{TOWN}&sort=price")
    region = desk.get_by_role("region", name="Carte des vélos trouvés")
    expect(desk.get_by_text("25 vélos sur cette carte")).to_be_visible()
    cluster = region.get_by_role("button", name=re.compile(r"^24 vélos")).first
    west = region.get_by_role("button", name=re.compile("^West, 9"))
    expect(west).to_be_visible()
    assert axe.faults(desk) == []

    # A card lights its pin, and a pin its card.
    desk.get_by_role("article").filter(has_text="West").hover()
    expect(west).to_have_class(re.compile(r"\bon\b"))

    # By key: the cluster comes nearer, the address says where, the list holds nothing else.
    cluster.press("Enter")
    expect(desk.get_by_role("article").filter(has_text="West")).to_have_count(0)
    expect(desk.get_by_text("24 vélos sur cette carte")).to_be_visible()
    assert bounds(desk)[0] > 2.975
    expect(region).to_be_focused()

    # The same address shows the same part again.
    before = bounds(desk)
    desk.reload()
    expect(desk.get_by_text("24 vélos sur cette carte")).to_be_visible()
    assert bounds(desk) == before


def test_a_map_that_does_not_follow_asks_first(desk: Page) -> None:
    desk.goto(f"/fr/search/?{TOWN}")
    region = desk.get_by_role("region", name="Carte des vélos trouvés")
    expect(desk.get_by_text("25 vélos sur cette carte")).to_be_visible()
    desk.get_by_role("switch", name="Chercher en bougeant").uncheck(force=True)
    before = bounds(desk)

    region.focus()
    for _step in range(12):
        desk.keyboard.press("ArrowLeft")
    expect(desk.get_by_role("button", name="Chercher ici")).to_be_visible()
    assert bounds(desk) == before

    desk.get_by_role("button", name="Chercher ici").click()
    expect(desk.get_by_role("button", name="Chercher ici")).to_have_count(0)
    desk.wait_for_url(lambda url: "bbox" in url and bounds(desk) != before)
    assert bounds(desk)[0] < before[0]


def test_nothing_here_is_said_with_the_way_out(desk: Page) -> None:
    desk.goto("/fr/search/?bbox=2.90,43.10,2.91,43.11")

    expect(desk.get_by_text("Pas de vélo ici.")).to_be_visible()
    assert axe.faults(desk) == []
    desk.get_by_role("button", name="Voir plus large").click()
    desk.wait_for_url(lambda url: bounds(desk)[0] < 2.9)


def test_the_farthest_north_is_no_error(desk: Page) -> None:
    desk.goto("/fr/search/?bbox=2,84,8,85")
    region = desk.get_by_role("region", name="Carte des vélos trouvés")
    expect(desk.get_by_text("Pas de vélo ici.")).to_be_visible()

    region.focus()
    for _step in range(6):
        desk.keyboard.press("ArrowUp")
    desk.keyboard.press("-")
    desk.wait_for_url(lambda url: bounds(desk)[1] < 84)
    expect(desk.get_by_text("Pas de vélo ici.")).to_be_visible()
    assert bounds(desk)[3] <= 85


def test_on_a_phone_two_taps_lead_to_the_map_and_back(phone: Callable[..., Page], bikes: dict[str, str]) -> None:
    page = phone()
    page.goto(f"/fr/search/?{TOWN}")
    expect(page.get_by_role("article").first).to_be_visible()

    page.get_by_role("button", name="Carte", exact=True).tap()
    expect(page.get_by_text("25 vélos sur cette carte")).to_be_visible()
    page.get_by_role("button", name=re.compile("^West, 9")).tap()
    chosen = page.locator(".chosen")
    expect(chosen.get_by_role("heading", name="West")).to_be_visible()
    expect(chosen.get_by_role("link", name="West")).to_have_attribute("href", re.compile(bikes["West"]))
    assert axe.faults(page) == []
    page.get_by_role("button", name="Liste", exact=True).tap()
    expect(page.get_by_text("25 vélos sur cette carte")).to_have_count(0)
    expect(page.get_by_role("article").first).to_be_visible()
