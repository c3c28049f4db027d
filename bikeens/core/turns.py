"""How often something may be done. PostgreSQL counts, in one statement: of many at once none takes another's turn."""

from datetime import datetime, timedelta

from django.db import connection

# An end that lies further ahead was written before the clock was moved back, and holds nobody up.
_TAKE = """
INSERT INTO turns AS kept (key, taken, ends_at) VALUES (%(key)s, 1, %(ends_at)s)
ON CONFLICT (key) DO UPDATE SET
    taken = CASE WHEN kept.ends_at > %(now)s AND kept.ends_at <= %(latest)s
        THEN least(kept.taken, %(most)s) + 1 ELSE 1 END,
    ends_at = CASE WHEN kept.ends_at > %(now)s AND kept.ends_at <= %(latest)s
        THEN kept.ends_at ELSE excluded.ends_at END
RETURNING taken, ends_at
"""


def take_turn(key: str, *, most: int, within: timedelta, now: datetime) -> timedelta | None:
    """Take one of `most` turns that there are `within` a time beginning with the first; None when there was one.

    Else how long it is until the next. Not inside a transaction: others would wait for its end. Keys have at most 200
    characters.
    """
    ends_at, latest = now + within, now + 2 * within
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, {"key": key, "most": most, "now": now, "ends_at": ends_at, "latest": latest})
        taken, ends_at = cursor.fetchone()
    return None if taken <= most else ends_at - now
