"""A listing that somebody else is changing: whoever comes to it waits, at a moment that the test knows."""

import contextlib
import time
from collections.abc import Iterator

import psycopg
from django.conf import settings

from listings.models import Listing
from tests import database

WAITING = """SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' ORDER BY query_start"""
LONGEST_S = 30


class Held:
    """The lock on one listing, until `free`."""

    def __init__(self, row: psycopg.Connection, watch: psycopg.Connection) -> None:
        self._row, self._watch = row, watch

    def free(self) -> None:
        self._row.rollback()

    def until_waiting(self, count: int = 1) -> list[int]:
        """The database's processes that wait for a lock, once there are so many; the first that came is first."""
        return self._until(lambda found: len(found) == count, WAITING, [])

    def until_gone(self, processes: list[int]) -> None:
        """A client that was killed leaves its process of the database behind until that one notices."""
        self._until(lambda found: not found, "SELECT pid FROM pg_stat_activity WHERE pid = ANY(%s)", [processes])

    def _until(self, enough, question: str, values: list[object]) -> list[int]:
        until = time.monotonic() + LONGEST_S
        while time.monotonic() < until:
            found = [row[0] for row in self._watch.execute(question, values).fetchall()]
            if enough(found):
                return found
            self._watch.execute("SELECT pg_sleep(0.02)")
        raise AssertionError(f"After {LONGEST_S} seconds: {found}")


@contextlib.contextmanager
def held(listing: Listing) -> Iterator[Held]:
    name = str(settings.DATABASES["default"]["NAME"])
    with database.connect(name) as row, database.connect(name) as watch:
        row.autocommit = False
        row.execute("SELECT 1 FROM listings_listing WHERE id = %s FOR UPDATE", [listing.pk])
        yield Held(row, watch)
