"""So many turns and not one more, however many ask at once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from bikeens.core import clock
from bikeens.core.throttling import client_of
from bikeens.core.turns import take_turn

NOW = datetime(2027, 7, 5, 8, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
AT_ONCE = 8


def take(key: str = "someone", *, most: int = 2, now: datetime = NOW) -> timedelta | None:
    return take_turn(key, most=most, within=MINUTE, now=now)


def at_once(ask) -> list:
    """What eight threads get that ask together, each over a connection of its own, forty times."""
    start = Barrier(AT_ONCE)

    def run(_number: int) -> list:
        try:
            answers = []
            for _time in range(40):
                start.wait()
                answers.append(ask())
            return answers
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return [answer for answers in threads.map(run, range(AT_ONCE)) for answer in answers]


def test_turns_are_taken_until_there_are_none(db) -> None:
    assert [take(), take(), take(), take()] == [None, None, MINUTE, MINUTE]
    assert take(now=NOW + 20 * SECOND) == 40 * SECOND
    assert take("someone else") is None


def test_turns_come_back_together_a_time_after_the_first(db) -> None:
    take()
    take(now=NOW + 59 * SECOND)
    assert take(now=NOW + 59 * SECOND) == SECOND
    assert [take(now=NOW + MINUTE) for _time in range(3)] == [None, None, MINUTE]


def test_who_read_the_clock_a_little_earlier_brings_no_turn_back(db) -> None:
    take(now=NOW + SECOND)
    take(now=NOW)
    assert take(now=NOW) == 61 * SECOND


def test_a_clock_moved_back_holds_nobody_up(db) -> None:
    take(now=NOW + timedelta(days=1))
    take(now=NOW + timedelta(days=1))
    assert take(now=NOW) is None


def test_eight_at_once_take_sixty_turns_of_sixty(commits) -> None:
    answers = at_once(lambda: take(most=60))

    assert answers.count(None) == 60
    assert len(answers) == 320


def test_a_count_that_has_ended_gives_one_turn_to_many_at_once(commits) -> None:
    for number in range(6):
        now = NOW + number * MINUTE
        assert at_once(lambda now=now: take(most=1, now=now)).count(None) == 1


def test_eight_clients_of_one_address_find_sixty_addresses_a_minute(commits, settings) -> None:
    settings.GEOCODER = "photon"
    # Nobody listens there: the limit counts what is asked, not what is found.
    settings.GEOCODER_URL = "http://127.0.0.1:9"
    clock.travel_to(NOW)

    answers = at_once(lambda: Client().get("/api/places", {"q": "12 rue Droite"}).status_code)

    assert Counter(answers) == {200: 60, 429: 260}


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
    ],
)
def test_a_client_is_an_address_or_with_ipv6_a_household(address: str, client: str) -> None:
    assert client_of(address) == client


@pytest.mark.parametrize("address", [None, "", "unix:", "1.2.3.4:5", "x" * 5_000, "\udcff", "fe80::1%eth0" * 40])
def test_what_is_no_address_is_a_client_too(db, address: str | None) -> None:
    assert len(client_of(address)) == 32
    assert take(client_of(address)) is None
