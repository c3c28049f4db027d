"""What costs much and is open to all is not for loops; people, families and search itself are let alone."""

from datetime import timedelta

import pytest

from bikeens.core import clock
from bikeens.core.turns import take_turn
from tests.core.test_problems import problem
from tests.factories import listings

DATES = "from=2027-07-05T10:00&to=2027-07-07T18:00"
NEAR = f"near=43.2,3.1&{DATES}"
MAP = "/api/search/map?bbox=2.9,43.1,3.2,43.3&zoom=12"
# The scope of each limit, how often a minute, and an address that it is about.
LIMITED = {
    "map": (600, f"{MAP}&{DATES}"),
    "facets": (300, f"/api/search/facets?{NEAR}"),
    "alternatives": (120, f"/api/search/alternatives?{NEAR}"),
    "returns": (300, "/api/listings/{bike}/availability?month=2027-07&from=2027-07-05T10:00"),
    "quote": (300, f"/api/listings/{{bike}}/quote?{DATES}"),
    "price_advice": (120, "/api/my/listings/{bike}/price_advice"),
}
FREE = [
    f"/api/search?{NEAR}",
    MAP,
    "/api/listings/{bike}",
    "/api/listings/{bike}/availability?month=2027-07",
    "/api/places?q=Narbonne",
    "/api/my/listings/{bike}",
]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def bike(alice):
    return listings.listing(alice)


def spend(scope: str, client: str, *, but: int = 0) -> None:
    """Have a client ask as often as it may, but so many times."""
    most, _address = LIMITED[scope]
    for _time in range(most - but):
        assert take_turn(f"{scope} {client}", most=most, within=MINUTE, now=clock.now()) is None


@pytest.mark.parametrize("scope", LIMITED)
def test_a_loop_is_told_when_to_come_back_and_others_are_not_held_up(api, alice, bike, scope: str) -> None:
    address = LIMITED[scope][1].format(bike=bike.uuid)
    client = api(alice)
    spend(scope, "127.0.0.1", but=1)

    assert client.get(address).status_code == 200
    refused = client.get(address, headers={"x-forwarded-for": "203.0.113.9"})
    problem(refused, 429, "throttled")
    assert 0 < int(refused["Retry-After"]) <= 61
    assert client.get(address, REMOTE_ADDR="203.0.113.7").status_code == 200
    for other in [*FREE, *(path for name, (_most, path) in LIMITED.items() if name != scope)]:
        assert client.get(other.format(bike=bike.uuid)).status_code == 200
    clock.travel(MINUTE)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("scope", LIMITED)
def test_a_family_at_their_phones_is_not_held_up(api, alice, bike, scope: str) -> None:
    """Four people, each of whom asks every other second of a minute."""
    client = api(alice)
    address = LIMITED[scope][1].format(bike=bike.uuid)
    assert {client.get(address).status_code for _time in range(4 * 30)} == {200}


def test_behind_a_proxy_of_ours_a_client_is_who_the_proxy_names(api, bike, settings) -> None:
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": 1}
    spend("map", "203.0.113.7")
    spend("map", "2001:db8:1:2::/64")

    def asked(forwarded: str) -> int:
        return api(None).get(LIMITED["map"][1], headers={"x-forwarded-for": forwarded}).status_code

    assert asked("203.0.113.7") == 429
    # What the client itself wrote stands before what the proxy adds.
    assert asked("198.51.100.1, 203.0.113.7") == 429
    assert asked("203.0.113.7, 198.51.100.1") == 200
    assert asked("2001:db8:1:2:aaaa:bbbb:cccc:dddd") == 429
    assert asked("2001:db8:1:3::1") == 200
