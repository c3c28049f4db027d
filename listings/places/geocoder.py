"""Street addresses through geopy, when the setting GEOCODER names a service. Without it, or when it is down: none.

Nobody waits for it: one second at most, answers are kept for a day, and after three failures in a row it is left alone
for a minute (in each process).
"""

import logging
import time
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from geopy.exc import GeopyError
from geopy.geocoders import BANFrance, Nominatim, Photon
from geopy.location import Location

from listings.geo import MAX_LATITUDE, LatLon
from listings.places.lookup import Suggestion, nearest_town

log = logging.getLogger(__name__)

TIMEOUT_S = 1.0
KEPT_S = 24 * 3600
FAILURES, PAUSE_S = 3, 60.0
# Shorter texts are beginnings of towns.
SHORTEST = 6
MOST = 3

Found = list[tuple[str, float, float]]
Ask = Callable[[str], Found]


class Breaker:
    """Leaves a failing service alone for a while."""

    def __init__(self) -> None:
        self._failures = 0
        self._closed_until = 0.0

    def allows(self) -> bool:
        return time.monotonic() >= self._closed_until

    def succeeded(self) -> None:
        self._failures = 0

    def failed(self) -> None:
        self._failures += 1
        if self._failures >= FAILURES:
            self._failures = 0
            self._closed_until = time.monotonic() + PAUSE_S


breaker = Breaker()


def suggest_addresses(typed: str, *, near: LatLon | None = None, ask: Ask | None = None) -> list[Suggestion]:
    """Addresses somebody may mean, at most three; only for texts with a number in them, as addresses have."""
    typed = " ".join(typed.split())
    if settings.GEOCODER == "none" or len(typed) < SHORTEST or not any(letter.isdigit() for letter in typed):
        return []
    found = _asked(typed, ask or _service())
    points = [(name, LatLon(lat, lon)) for name, lat, lon in found if abs(lat) <= MAX_LATITUDE and abs(lon) <= 180]
    return [_suggestion(name, point) for name, point in points[:MOST]]


def _asked(typed: str, ask: Ask) -> Found:
    key = "geocoder:" + sha256(f"{settings.GEOCODER} {typed.lower()}".encode()).hexdigest()
    kept: Found | None = cache.get(key)
    if kept is not None:
        return kept
    if not breaker.allows():
        return []
    try:
        found = ask(typed)
    except (GeopyError, OSError, ValueError) as error:
        # Its text may carry the address that was typed, which no log is told.
        log.warning("the geocoder %s failed: %s", settings.GEOCODER, type(error).__name__)
        breaker.failed()
        return []
    breaker.succeeded()
    cache.set(key, found, KEPT_S)
    return found


def _suggestion(name: str, point: LatLon) -> Suggestion:
    town = nearest_town(point)
    return Suggestion(
        id=None,
        kind="address",
        name=name,
        region=town.region if town else "",
        department=town.department if town else "",
        department_code=town.department_code if town else "",
        country=town.country if town else "",
        point=point,
        time_zone=town.time_zone if town else settings.DEFAULT_ZONE,
        population=0,
    )


@lru_cache(maxsize=1)
def _service() -> Ask:
    geocoder: BANFrance | Photon | Nominatim
    match settings.GEOCODER:
        case "ban":
            geocoder = BANFrance(user_agent="bikeens", timeout=TIMEOUT_S)
        case "photon":
            geocoder = Photon(user_agent="bikeens", timeout=TIMEOUT_S)
        case _:
            geocoder = Nominatim(user_agent="bikeens", timeout=TIMEOUT_S)

    look_up: Callable[..., list[Location] | None] = geocoder.geocode

    def ask(typed: str) -> Found:
        places = look_up(typed, exactly_one=False) or []
        return [(str(place.address), float(place.latitude), float(place.longitude)) for place in places]

    return ask
