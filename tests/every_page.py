"""Every page of the site as it looks with the demo's data, for those who look at all of them."""

import re
from collections.abc import Iterator

from playwright.sync_api import Page

from bikeens.accounts.models import User
from bikeens.demo.saved import NARBONNE
from bookings.models import Booking
from listings.models import Listing
from tests.e2e import walk

# What opens over a page, by the words on what opens it, in both languages.
OPENED = {"search-filters": r"^(Filtres|Filters)", "search-map": r"^(Carte|Map)$", "search-form": r"^(Modifier|Change)"}


def come_to(page: Page, name: str, address: str) -> None:
    """Load a page, and open what its name says is open; a wide screen shows the map and the form as they are."""
    page.goto(address)
    if name in OPENED:
        opener = page.get_by_role("button", name=re.compile(OPENED[name])).first
        walk.settle(page)
        if opener.is_visible():
            opener.click()


def claire() -> User:
    return User.objects.get(email="claire@bikeens.example")


def hugo() -> User:
    return User.objects.get(email="hugo@bikeens.example")


def everybody_sees() -> Iterator[tuple[str, str]]:
    """(name, address without its language) of the pages that need nobody signed in."""
    bike = Listing.objects.filter(town="Narbonne", category="city", status="published").earliest("pk").uuid
    dates = f"from={walk.days_ahead(20)}T10:00&to={walk.days_ahead(22)}T10:00"
    yield "home", "/"
    for name in ("search", *OPENED):
        yield name, f"/search/?place={NARBONNE}&{dates}&height=172"
    yield "search-nothing", f"/search/?place={NARBONNE}&category=tandem&price_max=500"
    yield "listing", f"/listings/{bike}/?{dates}&height=172"
    yield "book-signed-out", f"/listings/{bike}/book/?{dates}"
    yield "person", f"/people/{Listing.objects.get(uuid=bike).owner.uuid}/"
    for name, path in (("sign-in", "sign-in"), ("sign-up", "sign-up"), ("how", "how-it-works"), ("help", "help")):
        yield name, f"/{path}/"
    for name in ("terms", "privacy", "imprint", "nowhere"):
        yield name, f"/{name}/"


def hugo_sees() -> Iterator[tuple[str, str]]:
    """The renter's pages; one booking of each state that he has."""
    bike = Listing.objects.filter(town="Narbonne", category="road", status="published").earliest("pk").uuid
    dates = f"from={walk.days_ahead(20)}T10:00&to={walk.days_ahead(22)}T10:00"
    yield "book", f"/listings/{bike}/book/?{dates}"
    yield "bookings", "/bookings/"
    yield "saved", "/saved/"
    yield "account", "/account/"
    mine = Booking.objects.filter(renter=hugo()).order_by("state", "-starts_at").distinct("state")
    for booking in mine:
        yield f"booking-{booking.state.replace('_', '-')}", f"/bookings/{booking.uuid}/"


def claire_sees() -> Iterator[tuple[str, str]]:
    """The owner's pages."""
    bike = Listing.objects.filter(owner=claire()).earliest("pk").uuid
    for name, path in (
        *(("owner", ""), ("owner-listings", "listings/"), ("listing-new", "listings/new/")),
        *(("owner-requests", "requests/"), ("earnings", "earnings/"), ("payouts", "payouts/")),
    ):
        yield name, f"/owner/{path}"
    yield "editor", f"/owner/listings/{bike}/"
    yield "editor-preview", f"/listings/{bike}/?preview=1"
    yield "listing-import", "/owner/listings/import/"
    for step in (
        *("bike", "size", "photos", "place", "prices", "hours"),
        *("safety", "dates", "rules", "extras", "private", "own"),
    ):
        yield f"editor-{step}", f"/owner/listings/{bike}/?step={step}"
    mine = Booking.objects.filter(owner=claire()).order_by("state", "-starts_at").distinct("state")
    for booking in mine.filter(state__in=["requested", "confirmed", "active", "returned"]):
        yield f"letting-{booking.state}", f"/bookings/{booking.uuid}/"
