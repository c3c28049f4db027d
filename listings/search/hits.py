"""A page of search results as the API answers it."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import orjson
from django.core.files.storage import default_storage

from bikeens.core.money import MoneyJSON
from listings.geo import LatLon, Mercator, distance_m, to_latlon
from listings.search.engine import Hit
from listings.search.rows import CARD_START, Card

# Names that stand in an address as they are.
_PLAIN = re.compile(r"[\w/-]+", re.ASCII)


def hits_json(hits: Sequence[Hit], origin: LatLon | None) -> list[orjson.Fragment]:
    """SearchHit objects, ready for orjson; distances to ten metres, null where there is no origin."""
    folder = _folder() if hits else None
    return [_hit_json(hit, origin, folder) for hit in hits]


def _hit_json(hit: Hit, origin: LatLon | None, folder: str | None) -> orjson.Fragment:
    # Signed addresses run out.
    write = _written.__wrapped__ if folder is None else _written
    point, card, currency = write(hit.row[CARD_START:], folder)
    away = b"null" if origin is None else b"%d" % (round(distance_m(origin, point) / 10) * 10)
    total = b"null" if hit.total is None else b'{"amount":%d,"currency":%b}' % (hit.total, currency)
    return orjson.Fragment(b'%b,"distance_m":%b,"total":%b}' % (card, away, total))


# The same bikes are shown again and again: to neighbours, for each filter, with each step on the map. Kept by all that
# is written, so that it cannot be old.
@lru_cache(maxsize=20_000)
def _written(columns: Sequence[Any], folder: str | None) -> tuple[LatLon, bytes, bytes]:
    """What a hit says wherever it is searched from, without its closing brace."""
    card = Card._make(columns)
    point = to_latlon(Mercator(card.x, card.y))
    height = None
    if card.rider_height_from is not None:
        height = {"from": card.rider_height_from, "to": card.rider_height_to}
    written = orjson.dumps(
        {
            "id": card.uuid,
            "title": card.title,
            "category": card.category,
            "electric": card.electric,
            "cover": _cover_json(card, folder),
            "rating": {
                "average": round(card.rating_sum / card.rating_count, 1) if card.rating_count else None,
                "count": card.rating_count,
            },
            "point": point.as_json(),
            "rider_height": height,
            "price_per_day": _money(card.price_day, card),
            "price_per_hour": None if card.price_hour is None else _money(card.price_hour, card),
            "instant": card.instant,
            "owner": {"name": card.owner},
            "town": card.town,
            "frame_size": card.frame_size,
        }
    )
    return point, written[:-1], orjson.dumps(card.currency)


def _cover_json(card: Card, folder: str | None) -> dict[str, object] | None:
    if card.photo is None:
        return None
    widths = [int(width) for width in card.widths.strip("{}").split(",") if width]
    if folder is not None and _PLAIN.fullmatch(card.key):
        sizes = [{"width": size, "url": f"{folder}{card.key}-{size}.webp"} for size in widths]
    else:
        sizes = [{"width": size, "url": default_storage.url(f"{card.key}-{size}.webp")} for size in widths]
    return {"id": card.photo, "width": card.width, "height": card.height, "sizes": sizes, "alt": card.title}


def _folder() -> str | None:
    """What stands before a file's name in its address, asked once for a page; None where addresses are signed."""
    address = default_storage.url("0")
    return address[:-1] if address.endswith("/0") else None


def _money(cents: int, card: Card) -> MoneyJSON:
    return {"amount": cents, "currency": card.currency}
