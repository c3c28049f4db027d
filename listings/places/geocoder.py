"""Street addresses through geopy, when the setting GEOCODER names a service. Without it, or when it is down: none.

Nobody waits for it: one second at most for a whole answer, answers are kept for a day, and after three failures in a
row it is left alone for a minute (in each process). Nominatim is asked once a second at most by all processes together,
as its usage policy asks: https://operations.osmfoundation.org/policies/nominatim/. Who comes too soon gets towns alone.
"""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache, partial
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import caches
from geopy.exc import GeopyError
from geopy.geocoders import BANFrance, Nominatim, Photon
from geopy.location import Location

from bikeens.core import clock
from bikeens.core.turns import take_turn
from listings.geo import MAX_LATITUDE, LatLon
from listings.places.fetching import BoundedAdapter
from listings.places.lookup import Suggestion, nearest_town
from listings.places.names import asked_for

log = logging.getLogger(__name__)

TIMEOUT_S = 1.0
KEPT_S = 24 * 3600
FAILURES, PAUSE_S = 3, 60.0
TURNS = {"nominatim": timedelta(seconds=1)}
# Shorter texts are beginnings of towns.
SHORTEST = 6
MOST = 3
# What geopy raises, and what it stumbles over where an answer is JSON of another shape.
FAULTS = (GeopyError, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError)

Found = list[tuple[str, float, float]]
Ask = Callable[[str, LatLon | None], Found]


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


def may_be_address(typed: str) -> bool:
    """Whether a geocoder would be asked: addresses have a number that is not the postcode."""
    if settings.GEOCODER == "none" or len(typed) < SHORTEST:
        return False
    name, _beside = asked_for(typed)
    return any(letter.isdigit() for letter in name) and any(letter.isalpha() for letter in name)


def suggest_addresses(typed: str, *, near: LatLon | None = None, ask: Ask | None = None) -> list[Suggestion]:
    """Addresses somebody may mean, at most three; those near `near` first where the service can."""
    typed = " ".join(typed.split())
    if not may_be_address(typed):
        return []
    found = _asked(typed, near, ask or _service(settings.GEOCODER, settings.GEOCODER_URL))
    points = [(name, LatLon(lat, lon)) for name, lat, lon in found if abs(lat) <= MAX_LATITUDE and abs(lon) <= 180]
    return [_suggestion(name, point) for name, point in points[:MOST]]


def _asked(typed: str, near: LatLon | None, ask: Ask) -> Found:
    # Some 10 km: whoever types the same in the same town gets what is kept.
    around = "" if near is None else f"{near.lat:.1f},{near.lon:.1f}"
    key = "geocoder:" + sha256(f"{settings.GEOCODER} {around} {typed.lower()}".encode()).hexdigest()
    kept: Found | None = caches["answers"].get(key)
    if kept is not None:
        return kept
    if not breaker.allows() or not _has_turn(settings.GEOCODER):
        return []
    try:
        found = ask(typed, near)
    except FAULTS as error:
        # Its text may carry the address that was typed, which no log is told.
        log.warning("the geocoder %s failed: %s", settings.GEOCODER, type(error).__name__)
        breaker.failed()
        return []
    breaker.succeeded()
    caches["answers"].set(key, found, KEPT_S)
    return found


def _has_turn(service: str) -> bool:
    every = TURNS.get(service)
    return every is None or take_turn(f"geocoder {service}", most=1, within=every, now=clock.now()) is None


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


@lru_cache(maxsize=4)
def _service(kind: str, url: str) -> Ask:
    """Asks the public service, or one of our own at `url`."""
    own = urlsplit(url)
    at: dict[str, Any] = {"domain": own.netloc + own.path, "scheme": own.scheme} if url else {}
    at |= {"user_agent": settings.GEOCODER_USER_AGENT, "timeout": TIMEOUT_S}
    at |= {"adapter_factory": partial(BoundedAdapter, max_retries=0)}
    country = settings.ACCOUNT_COUNTRY.lower()

    def ban(_near: LatLon | None) -> dict[str, Any]:
        return {}

    def photon(near: LatLon | None) -> dict[str, Any]:
        return {"location_bias": (near.lat, near.lon)} if near else {}

    def nominatim(near: LatLon | None) -> dict[str, Any]:
        if near is None:
            return {"country_codes": country}
        return {"viewbox": ((near.lat - 0.5, near.lon - 0.5), (near.lat + 0.5, near.lon + 0.5))}

    services: dict[str, tuple[Callable[..., Any], Callable[[LatLon | None], dict[str, Any]]]] = {
        "ban": (BANFrance, ban),
        "photon": (Photon, photon),
        "nominatim": (Nominatim, nominatim),
    }
    make, bias = services[kind]
    look_up: Callable[..., list[Location] | None] = make(**at).geocode

    def ask(typed: str, near: LatLon | None) -> Found:
        places = look_up(typed, exactly_one=False, **bias(near)) or []
        return [(str(place.address), float(place.latitude), float(place.longitude)) for place in places]

    return ask
