"""A page of search results as the API answers it."""

import re
from collections.abc import Sequence

from django.core.files.storage import default_storage

from bikeens.core.money import MoneyJSON
from listings.geo import LatLon, Mercator, distance_m, to_latlon
from listings.search.engine import Hit
from listings.search.rows import Row

# Names that stand in an address as they are.
_PLAIN = re.compile(r"[\w/-]+", re.ASCII)


def hits_json(hits: Sequence[Hit], origin: LatLon | None) -> list[dict[str, object]]:
    """SearchHit objects, ready for orjson; distances to ten metres, null where there is no origin."""
    folder = _folder() if hits else None
    return [_hit_json(hit, origin, folder) for hit in hits]


def _hit_json(hit: Hit, origin: LatLon | None, folder: str | None) -> dict[str, object]:
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
        "cover": _cover_json(row, folder),
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
        "owner": {"name": row.owner},
        "town": row.town,
        "frame_size": row.frame_size,
    }


def _cover_json(row: Row, folder: str | None) -> dict[str, object] | None:
    if row.photo is None:
        return None
    if folder is not None and _PLAIN.fullmatch(row.key):
        sizes = [{"width": size, "url": f"{folder}{row.key}-{size}.webp"} for size in row.widths]
    else:
        sizes = [{"width": size, "url": default_storage.url(f"{row.key}-{size}.webp")} for size in row.widths]
    return {"id": row.photo, "width": row.width, "height": row.height, "sizes": sizes, "alt": row.title}


def _folder() -> str | None:
    """What stands before a file's name in its address, asked once for a page; None where addresses are signed."""
    address = default_storage.url("0")
    return address[:-1] if address.endswith("/0") else None


def _money(cents: int, row: Row) -> MoneyJSON:
    return {"amount": cents, "currency": row.currency}
