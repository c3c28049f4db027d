"""Logs, the cache, error pages, the pages' heads and letters know no door."""

import logging
import re
from base64 import b64decode

import pytest
from django.core import mail
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bikeens.core import embedded
from listings.actions.numbers import lock_numbers
from listings.geo import to_mercator
from listings.models import Listing
from tests import database
from tests.factories import listings

DOOR = listings.NARBONNE
MERCATOR = to_mercator(DOOR)
# As degrees and as the plane's metres, in the digits that any precision begins with.
TELLING = (
    f"{DOOR.lat:.4f}",
    f"{DOOR.lon:.4f}",
    f"{MERCATOR.x:.0f}",
    f"{MERCATOR.y:.0f}",
    "rue Droite",
    "WTU123456",
    "BC12345678",
)


def silent(said: str) -> None:
    # A public point may begin with the same digits and go on.
    assert [part for part in TELLING if re.search(re.escape(part) + r"(?!\d)", said)] == []


def addresses(bike) -> list[str]:
    page = f"/api/listings/{bike.uuid}"
    dates = "from=2027-07-05T10:00&to=2027-07-07T18:00"
    return [
        page,
        f"{page}/availability?month=2027-07",
        f"{page}/quote?{dates}",
        f"{page}/quote?from=2027-07-05T10:00&to=nonsense",
        "/api/search?near=43.2,3.1&radius=50000",
        "/api/search?near=43.2,3.1&radius=50000&cursor=nonsense",
        "/api/search/map?bbox=2.9,43.1,3.2,43.3&zoom=12",
        f"/en/listings/{bike.uuid}/",
        "/en/search/?near=43.2,3.1",
        "/sitemap.xml",
    ]


@pytest.mark.parametrize("debug", [False, True])
def test_answers_and_logs_at_their_most_talkative(alice, settings, caplog, debug: bool) -> None:
    bike = listings.listing(alice)
    settings.DEBUG = debug
    client = Client(raise_request_exception=False)

    with caplog.at_level(logging.DEBUG):
        answers = [client.get(address) for address in addresses(bike)]

    assert any(answer.status_code == 200 for answer in answers)
    assert all(answer.status_code < 500 for answer in answers)
    for answer in answers:
        silent(b"".join(answer).decode() + str(answer.headers))
    # SQL is logged with DEBUG alone, which production refuses; reading, it names columns, not what stands in them.
    silent("\n".join(record.getMessage() for record in caplog.records))


@pytest.mark.parametrize("debug", [False, True])
def test_an_error_page_shows_no_door(alice, settings, caplog, debug: bool) -> None:
    """A fault inside the search, with the bikes at hand: the table of their photos is gone."""
    bike = listings.listing(alice)
    settings.DEBUG = debug

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE listings_photo RENAME TO listings_gone")
        with caplog.at_level(logging.DEBUG):
            answer = Client(raise_request_exception=False).get("/api/search?near=43.2,3.1&radius=50000")
        transaction.set_rollback(True)

    assert answer.status_code == 500
    assert bike.exact is not None
    silent(answer.content.decode())
    silent("\n".join(map(str, (record.getMessage() for record in caplog.records))))


def test_the_cache_and_letters_know_no_door(alice) -> None:
    bike = listings.listing(alice)
    client = Client()
    for address in addresses(bike):
        client.get(address)

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache UNION ALL SELECT cache_key, value FROM cache_answers")
        for key, value in cursor.fetchall():
            silent(key + b64decode(value).decode("latin-1"))
    silent(" ".join(str(letter.message()) for letter in mail.outbox))


def test_the_database_server_s_log_knows_no_door(alice, settings) -> None:
    """Errors inside statements that carry a whole bike: a rule broken, and a wait that was ended."""
    bike = listings.listing(alice)
    log = embedded.home_of(settings.DATA_DIR) / "postgres.log"
    before = log.stat().st_size

    bike.price_day = -1
    with pytest.raises(IntegrityError), transaction.atomic():
        bike.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Listing.objects.filter(pk=bike.pk).update(frame_number=bike.frame_number, address=bike.address, status="none")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 50")
        with pytest.raises(OperationalError), transaction.atomic():
            cursor.execute("SELECT pg_sleep(10), %s", [f"{bike.address} {bike.frame_number}"])

    said = log.read_bytes()[before:].decode()
    assert said.count("violates check constraint") == 2
    assert "canceling statement due to statement timeout" in said
    silent(said)
    assert bike.frame_number not in said
    assert bike.bicycode not in said


def test_a_number_is_locked_without_being_told_to_the_server(alice) -> None:
    bike = listings.listing(alice)
    numbers = {"bicycode": bike.bicycode, "frame": bike.frame_number}
    with database.connect(connection.settings_dict["NAME"]) as other, transaction.atomic():
        with CaptureQueriesContext(connection) as sent:
            lock_numbers(numbers)
        said = " ".join(query["sql"] for query in sent)

        assert said.count("pg_advisory_xact_lock") == 2
        silent(said)
        assert bike.frame_number not in said
        assert bike.bicycode not in said
        for query in sent:
            again = query["sql"].replace("pg_advisory_xact_lock", "pg_try_advisory_xact_lock")
            assert other.execute(again).fetchone() == (False,)
