"""Where a row's bike stands, when its coordinates don't say. Nobody's door is guessed."""

import re

from listings.geo import LatLon
from listings.places.geocoder import suggest_addresses
from listings.places.lookup import Suggestion, suggest_towns
from listings.places.names import fold

NUMBERS = re.compile(r"\d+")


def full_address(address: str, postcode: str, town: str) -> str:
    """The address on one line, postcode and town behind it unless it ends with them already."""
    tail = " ".join(part for part in (postcode, town) if part)
    if not address or not tail or f" {fold(address)}".endswith(f" {fold(tail)}"):
        return address or tail
    return f"{address}, {tail}"


def door_of(address: str) -> LatLon | None:
    """Where the geocoder says that this address is; None without one, and when its best answer is another address."""
    for found in suggest_addresses(address)[:1]:
        if _same(address, found):
            return found.point
    return None


def town_known(town: str) -> bool:
    """Whether the towns table has a town of just this name."""
    return any(fold(found.name) == fold(town) for found in suggest_towns(town, limit=3))


def _same(address: str, found: Suggestion) -> bool:
    """Geocoders answer something to everything: every number asked for, of house and town, must be in the answer."""
    asked = NUMBERS.findall(address)
    return bool(asked) and set(asked) <= set(NUMBERS.findall(found.name))
