"""Rows that are of no use any more, and that nobody else would delete."""

from datetime import UTC, datetime

from django.conf import settings
from django.db import connection
from psycopg import sql

from bikeens.core import clock


def forget_expired() -> None:
    """Delete ended counts of turns, and expired entries of caches: Django does that only when they are read or full."""
    with connection.cursor() as cursor:
        for cache in settings.CACHES.values():
            # The caches go by the machine's clock.
            cursor.execute(
                sql.SQL("DELETE FROM {} WHERE expires < %s").format(sql.Identifier(str(cache["LOCATION"]))),
                [datetime.now(UTC)],
            )
        cursor.execute("DELETE FROM turns WHERE ends_at < %s", [clock.now()])
