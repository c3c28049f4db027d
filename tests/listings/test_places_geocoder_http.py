"""The three geocoders over real HTTP: a server of ours answers as each of them does, and in every wrong way."""

import gzip
import json
import logging
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar, Literal
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import caches

from bikeens.core import clock
from listings.places import geocoder
from listings.places.geocoder import Breaker

MINUTE = timedelta(minutes=1)
TYPED = "12 rue Droite, Narbonne"
POINT = {"type": "Point", "coordinates": [3.0035, 43.1845]}
BAN = {
    "type": "FeatureCollection",
    "features": [{"type": "Feature", "geometry": POINT, "properties": {"label": "12 Rue Droite 11100 Narbonne"}}],
}
PHOTON = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "geometry": POINT,
            "properties": {"housenumber": "12", "street": "Rue Droite", "city": "Narbonne", "country": "France"},
        }
    ],
}
NOMINATIM = [{"lat": "43.1845", "lon": "3.0035", "display_name": "12, Rue Droite, Narbonne, Aude, France"}]
ANSWERS = {"ban": BAN, "photon": PHOTON, "nominatim": NOMINATIM}


class Service(ThreadingHTTPServer):
    """`status`, `headers`, `body` and `wait` (seconds) say how it answers; from `trickles` on byte by byte.

    `asked` holds paths and user agents.
    """

    daemon_threads = True
    status: int = 200
    headers: bytes = b"Content-Type: application/json\r\n"
    body: bytes = b""
    wait: float = 0.0
    trickles: Literal["head", "body", None] = None
    closing: threading.Event
    asked: ClassVar[list[tuple[str, str]]] = []


class Handler(BaseHTTPRequestHandler):
    server: Service

    def do_GET(self) -> None:
        service = self.server
        service.asked.append((self.path, self.headers["User-Agent"]))
        service.closing.wait(service.wait)
        head = b"HTTP/1.0 %d Said\r\n%b\r\n" % (service.status, service.headers)
        answer = head + service.body
        at_once = {"head": len(b"HTTP/1.0"), "body": len(head), None: len(answer)}[service.trickles]
        try:
            self.wfile.write(answer[:at_once])
            for byte in answer[at_once:]:
                service.closing.wait(0.05)
                self.wfile.write(bytes([byte]))
        except OSError:
            pass

    def log_message(self, *_said: object) -> None:
        pass


@pytest.fixture(params=["ban", "photon", "nominatim"])
def service(request, db, settings, monkeypatch) -> Iterator[Service]:
    server = Service(("127.0.0.1", 0), Handler)
    server.asked.clear()
    server.closing = threading.Event()
    server.body = json.dumps(ANSWERS[request.param]).encode()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    settings.GEOCODER = request.param
    settings.GEOCODER_URL = f"http://127.0.0.1:{server.server_port}"
    caches["answers"].clear()
    monkeypatch.setattr(geocoder, "breaker", Breaker())
    yield server
    server.closing.set()
    server.shutdown()
    server.server_close()


def suggest(api, typed: str = TYPED, **more: str) -> list[dict]:
    answer = api(None).get("/api/places", {"q": typed, **more})
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def test_an_address_comes_with_its_point(api, service) -> None:
    [found] = suggest(api)

    assert found["id"] is None
    assert found["kind"] == "address"
    assert "Rue Droite" in found["name"]
    assert found["point"] == {"lat": 43.1845, "lon": 3.0035}
    assert (found["region"], found["department"], found["country"]) == ("Occitanie", "Aude", "FR")
    [(path, agent)] = service.asked
    assert parse_qs(urlsplit(path).query)["q"] == [TYPED]
    assert agent == "Bikeens (+http://localhost:8000)"


def test_an_answer_is_kept(api, service) -> None:
    assert suggest(api) == suggest(api)
    assert len(service.asked) == 1


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (429, b"{}"),
        (500, b"oops"),
        (403, b""),
        (200, b"<html>"),
        (200, b""),
        (200, b"7"),
        (200, b'"text"'),
        (200, b"[[]]"),
        (200, b"[{}]"),
        (200, b'{"features": [{}]}'),
        (200, b'{"features": [{"geometry": {"coordinates": ["a", "b"]}, "properties": {"label": "x"}}]}'),
        (200, b'{"features": null}'),
    ],
)
def test_towns_answer_whatever_the_service_says(api, service, caplog, status: int, body: bytes) -> None:
    service.status, service.body = status, body

    with caplog.at_level(logging.DEBUG):
        found = suggest(api, "Lyon 03")

    assert [place["name"] for place in found if place["kind"] == "town"] == ["Lyon 03"]
    assert len(service.asked) == 1
    assert "Lyon" not in caplog.text


def test_nobody_waits_for_a_slow_service(api, service, monkeypatch) -> None:
    monkeypatch.setattr(geocoder, "TIMEOUT_S", 0.1)
    geocoder._service.cache_clear()
    service.wait = 2.0

    started = time.monotonic()
    found = suggest(api, "Lyon 03")
    geocoder._service.cache_clear()

    assert found[0]["name"] == "Lyon 03"
    assert time.monotonic() - started < 1.5


@pytest.mark.parametrize("part", ["head", "body"])
def test_nobody_waits_for_an_answer_that_trickles(api, service, monkeypatch, part) -> None:
    monkeypatch.setattr(geocoder, "TIMEOUT_S", 0.2)
    geocoder._service.cache_clear()
    service.trickles = part

    for number in range(10, 14):
        started = time.monotonic()
        assert suggest(api, f"Lyon 0{number}") == []
        assert time.monotonic() - started < 1
        clock.travel(MINUTE)
    geocoder._service.cache_clear()

    # Three such answers are three failures.
    assert len(service.asked) == 3


def test_an_answer_too_large_is_a_failure(api, service, monkeypatch) -> None:
    whole = service.body
    service.body = b" " * 260 * 1024 + whole
    for number in range(10, 14):
        assert suggest(api, f"{number} rue Droite") == []
        clock.travel(MINUTE)
    assert len(service.asked) == 3

    monkeypatch.setattr(geocoder, "breaker", Breaker())
    service.body = b" " * 250 * 1024 + whole
    assert len(suggest(api)) == 1


def test_an_answer_too_large_is_a_failure_packed_up_too(api, service) -> None:
    service.headers += b"Content-Encoding: gzip\r\n"
    service.body = gzip.compress(b" " * 100_000_000 + service.body)

    assert suggest(api) == []


def test_a_service_that_has_moved_is_followed_a_few_times(api, service) -> None:
    moved = f"http://127.0.0.1:{service.server_port}/again?q=1"
    service.status, service.headers = 301, f"Location: {moved}\r\n".encode()

    assert suggest(api) == []
    assert [path for path, _agent in service.asked[1:]] == ["/again?q=1"] * 3


def test_a_service_that_is_down(api, service) -> None:
    service.shutdown()
    service.server_close()

    assert suggest(api, "Lyon 03")[0]["name"] == "Lyon 03"


@pytest.mark.parametrize("service", ["nominatim"], indirect=True)
def test_nominatim_is_asked_once_a_second_by_everybody_together(api, service) -> None:
    for number in range(10, 15):
        suggest(api, f"{number} rue Droite")
    assert len(service.asked) == 1

    clock.travel(timedelta(seconds=1))
    suggest(api, "15 rue Droite")
    assert len(service.asked) == 2


@pytest.mark.parametrize("service", ["photon"], indirect=True)
def test_what_is_near_comes_first_where_the_service_can(api, service) -> None:
    suggest(api, near="43.2,3.0")

    query = parse_qs(urlsplit(service.asked[0][0]).query)
    assert (query["lat"], query["lon"]) == (["43.2"], ["3.0"])


@pytest.mark.parametrize("service", ["ban"], indirect=True)
def test_a_town_s_postcode_is_no_address(api, service) -> None:
    assert suggest(api, "11100 Narbonne")[0]["name"] == "Narbonne"
    assert suggest(api, "11100 ")[0]["name"] == "Narbonne"
    assert service.asked == []


@pytest.mark.parametrize("service", ["ban"], indirect=True)
def test_one_client_has_the_geocoder_asked_sixty_times_a_minute(api, service) -> None:
    for _time in range(60):
        suggest(api)

    answer = api(None).get("/api/places", {"q": TYPED})
    assert answer.status_code == 429
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "throttled"
    assert 0 < int(answer["Retry-After"]) <= 61
    assert suggest(api, "Narbonne")[0]["name"] == "Narbonne"
