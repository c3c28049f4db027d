"""A page of search results as the API answers it."""

from collections.abc import Sequence
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import connection

from bikeens.core.money import MoneyJSON
from listings.geo import LatLon, Mercator, distance_m, to_latlon
from listings.search.engine import Hit
from listings.search.statement import Row

# What a row of results says beside the listing's own columns: the owner's name and the cover.
_CARDS = """
SELECT l.id, u.name, p.uuid, p.key, p.width, p.height, p.widths
FROM listings_listing l
JOIN accounts_user u ON u.id = l.owner_id
LEFT JOIN listings_photo p ON p.listing_id = l.id AND p.position = 0
WHERE l.id = ANY(%s)
"""
Card = tuple[str, UUID | None, str, int, int, list[int]]


def hits_json(hits: Sequence[Hit], origin: LatLon | None) -> list[dict[str, object]]:
    """SearchHit objects, ready for orjson; distances to ten metres, null where there is no origin."""
    cards = _cards([hit.row.id for hit in hits]) if hits else {}
    return [_hit_json(hit, cards[hit.row.id], origin) for hit in hits]


def _hit_json(hit: Hit, card: Card, origin: LatLon | None) -> dict[str, object]:
    row = hit.row
    point = to_latlon(Mercator(row.x, row.y))
    height = None
    if row.rider_height_from is not None:
        height = {"from": row.rider_height_from, "to": row.rider_height_to}
    return {
        "id": row.uuid,
        "title": row.title,
        "category": row.category,
        "electric": row.electric,
        "cover": _cover_json(card, row.title),
        "rating": {
            "average": round(row.rating_sum / row.rating_count, 1) if row.rating_count else None,
            "count": row.rating_count,
        },
        "point": point.as_json(),
        "distance_m": round(distance_m(origin, point) / 10) * 10 if origin else None,
        "rider_height": height,
        "price_per_day": _money(row.price_day, row),
        "price_per_hour": None if row.price_hour is None else _money(row.price_hour, row),
        "total": None if hit.total is None else _money(hit.total, row),
        "instant": row.instant,
        "owner": {"name": card[0]},
        "town": row.town,
        "frame_size": row.frame_size,
    }


def _cover_json(card: Card, alt: str) -> dict[str, object] | None:
    _name, uuid, key, width, height, widths = card
    if uuid is None:
        return None
    sizes = [{"width": size, "url": default_storage.url(f"{key}-{size}.webp")} for size in widths]
    return {"id": uuid, "width": width, "height": height, "sizes": sizes, "alt": alt}


def _money(cents: int, row: Row) -> MoneyJSON:
    return {"amount": cents, "currency": row.currency}


def _cards(ids: list[int]) -> dict[int, Card]:
    with connection.cursor() as cursor:
        cursor.execute(_CARDS, [ids])
        return {int(row[0]): row[1:] for row in cursor.fetchall()}
