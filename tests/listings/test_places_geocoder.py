"""Addresses from a geocoder that works, fails, or is slow to come back."""

import pytest
from django.core.cache import caches
from geopy.exc import GeocoderTimedOut

from listings.geo import LatLon
from listings.places import geocoder
from listings.places.geocoder import Breaker, suggest_addresses

TYPED = "12 rue Droite, Narbonne"


@pytest.fixture(autouse=True)
def fresh(db: None, settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.GEOCODER = "ban"
    caches["answers"].clear()
    monkeypatch.setattr(geocoder, "breaker", Breaker())


class Service:
    """Stands for the remote service: answers, or fails."""

    def __init__(self, *, fails: bool = False) -> None:
        self.fails = fails
        self.asked: list[str] = []

    def __call__(self, typed: str, near: LatLon | None) -> list[tuple[str, float, float]]:
        self.asked.append(typed)
        if self.fails:
            raise GeocoderTimedOut
        return [("12 Rue Droite 11100 Narbonne", 43.1845, 3.0035), ("North Pole", 90.0, 0.0)]


def test_an_address_is_a_point_with_the_nearest_town_s_zone() -> None:
    [found] = suggest_addresses(TYPED, ask=Service())

    assert (found.id, found.kind, found.name) == (None, "address", "12 Rue Droite 11100 Narbonne")
    assert (found.point.lat, found.point.lon) == (43.1845, 3.0035)
    assert (found.region, found.country, found.time_zone) == ("Occitanie", "FR", "Europe/Paris")


def test_an_answer_is_kept() -> None:
    service = Service()

    assert suggest_addresses(TYPED, ask=service) == suggest_addresses(f"  {TYPED.upper()} ", ask=service)
    assert service.asked == [TYPED]


def test_towns_and_a_missing_geocoder_ask_nobody(settings) -> None:
    service = Service()

    assert suggest_addresses("Narbonne", ask=service) == []
    assert suggest_addresses("12", ask=service) == []
    settings.GEOCODER = "none"
    assert suggest_addresses(TYPED, ask=service) == []
    assert service.asked == []


def test_a_service_that_fails_is_left_alone_for_a_while() -> None:
    service = Service(fails=True)

    for number in range(10):
        assert suggest_addresses(f"{number} rue Droite", ask=service) == []

    assert len(service.asked) == 3


def test_the_breaker_forgets_failures_that_are_followed_by_success() -> None:
    breaker = Breaker()

    for _round in range(5):
        breaker.failed()
        breaker.failed()
        breaker.succeeded()

    assert breaker.allows()


def test_towns_answer_while_the_geocoder_cannot_be_reached(api, settings) -> None:
    settings.GEOCODER = "ban"
    for _time in range(3):
        geocoder.breaker.failed()

    answer = api(None).get("/api/places", {"q": "Lyon 03"})

    assert answer.json()["results"][0]["name"] == "Lyon 03"


def test_the_log_is_not_told_what_was_typed(settings, caplog) -> None:
    settings.GEOCODER = "ban"
    caches["answers"].clear()

    def fails(typed: str, near: LatLon | None) -> list[tuple[str, float, float]]:
        raise GeocoderTimedOut(f"Max retries exceeded with url: /search?q={typed}")

    with caplog.at_level("WARNING"):
        assert suggest_addresses("12 rue Droite", ask=fails) == []

    assert "the geocoder ban failed: GeocoderTimedOut" in caplog.text
    assert "Droite" not in caplog.text
