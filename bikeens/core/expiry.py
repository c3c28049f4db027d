"""Rows that are of no use any more, and that nobody else would delete."""

from datetime import UTC, datetime

from django.conf import settings
from django.db import connection
from psycopg import sql


def forget_expired() -> None:
    """Delete expired entries of every cache: Django deletes one when it is read, and the rest when all is full."""
    with connection.cursor() as cursor:
        for cache in settings.CACHES.values():
            # The caches go by the machine's clock.
            cursor.execute(
                sql.SQL("DELETE FROM {} WHERE expires < %s").format(sql.Identifier(str(cache["LOCATION"]))),
                [datetime.now(UTC)],
            )
