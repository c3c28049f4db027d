"""What a saved search finds at the moment, as far as a look goes."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property

from django.http import QueryDict

from bikeens.core.errors import DomainError
from listings.geo import LatLon
from listings.search.engine import Hit, search
from listings.search.query import MapBox, SearchQuery, Sort
from listings.serializers.search import SearchParams, search_query

log = logging.getLogger(__name__)

# A look goes through so many pages of the nearest bikes.
PAGES = 10


@dataclass(frozen=True)
class Look:
    """`whole`: there was nothing beyond what was seen. `wide`: nothing was within 5 km, so it went to 50."""

    hits: Sequence[Hit]
    origin: LatLon | None
    whole: bool
    wide: bool

    @cached_property
    def listings(self) -> list[int]:
        """The keys of the found listings, nearest first."""
        return [hit.row.id for hit in self.hits]


NOTHING = Look([], None, whole=True, wide=False)


def params_of(query: str) -> dict[str, str]:
    """The parameters of a search's address ("place=3001&electric=true"), checked, without order and page.

    Raises as the search itself does.
    """
    given = QueryDict(query, mutable=True)
    for name in ("sort", "cursor"):
        given.pop(name, None)
    checked = SearchParams.of(given)
    search_query(checked)
    texts = {name: [str(text) for text in given.getlist(name)] for name in sorted(checked)}
    return {
        name: _in_order(found) if name in SearchParams.lists else _as_checked(checked[name], found[0])
        for name, found in texts.items()
    }


def _as_checked(value: object, text: str) -> str:
    """Numbers, flags and points as we write them: "0170", "１７０" and a thousand noughts before it are one search,
    and so are "43.18,3" and " 43.180, 3.00"."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, LatLon | MapBox):
        # Minus nought is nought.
        return ",".join(f"{Decimal(part.strip()).normalize() + 0:f}" for part in text.split(","))
    return str(value) if isinstance(value, int) else text


def _in_order(given: Sequence[str]) -> str:
    """A list as one text, the same for the same choices."""
    return ",".join(sorted({part for text in given for part in text.split(",") if part}))


def query_of(params: Mapping[str, str]) -> SearchQuery:
    """Raises as the search itself does: a town may have left the table since."""
    given = QueryDict(mutable=True)
    given.update(dict(params))
    query, _place = search_query(SearchParams.of(given))
    return replace(query, sort=Sort.NEAREST)


def look(params: Mapping[str, str], *, now: datetime) -> Look:
    """The nearest bikes that the search finds. Nothing for one that can't be asked any more."""
    try:
        query = query_of(params)
        hits: list[Hit] = []
        cursor: str | None = None
        for _page in range(PAGES):
            found = search(query, cursor=cursor, now=now)
            hits += found.hits
            cursor = found.next
            if cursor is None:
                break
    except DomainError as refused:
        log.info("A saved search can't be asked any more: %s", refused.code)
        return NOTHING
    return Look(hits, query.origin, whole=cursor is None, wide=found.wide)


def over(params: Mapping[str, str], *, now: datetime) -> bool:
    """Whether the search's dates have begun wherever on earth the bikes are."""
    start = params.get("from")
    # No clock is further behind than twelve hours after UTC.
    return start is not None and datetime.fromisoformat(start) <= now.replace(tzinfo=None) - timedelta(hours=12)
