"""Extras that few bikes have: those bikes are looked up by the extra, and not the whole disc by its bikes."""

import time

from django.db import connection
from psycopg import sql

from listings.search.query import SearchQuery

# Up to so many bikes it is quicker to look at each of them than to walk outwards until twenty turn up.
FEW = 4_000
# How long a count is believed. An old one makes a search slower, never wrong.
BELIEVED_S = 60.0

_EXTRAS = "SELECT e.listing_id FROM listings_extra e WHERE e.kind = %(rare)s::varchar"
_INCLUDED = (
    "SELECT i.id FROM listings_listing i WHERE i.status = 'published' AND i.included @> ARRAY[%(rare)s::varchar]"
)
RARE = sql.SQL(f"l.id = ANY(ARRAY({_EXTRAS} UNION ALL {_INCLUDED}))")
_COUNT = (
    f"SELECT (SELECT count(*) FROM ({_EXTRAS} LIMIT %(most)s) e)"  # noqa: S608
    f" + (SELECT count(*) FROM ({_INCLUDED} LIMIT %(most)s) i)"
)

_counted: dict[str, tuple[float, int]] = {}


def rarest(query: SearchQuery) -> str | None:
    """The asked extra that the fewest bikes have, when those are few."""
    if not query.extras:
        return None
    counts = {extra: _count(extra) for extra in query.extras}
    extra = min(counts, key=lambda name: (counts[name], name))
    return extra if counts[extra] <= FEW else None


def _count(extra: str) -> int:
    """How many bikes offer it; above `FEW` it only says so."""
    until, count = _counted.get(extra, (0.0, 0))
    if time.monotonic() >= until:
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, {"rare": extra, "most": FEW + 1})
            count = int(cursor.fetchone()[0])
        _counted[extra] = time.monotonic() + BELIEVED_S, count
    return count
