"""Bikes like one of an owner's: same kind, nearby, somebody else's. Only what everybody may see of them is used."""

from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection

from listings import geo, quoting
from listings.advice import FEWEST, Example, Spread, examples, spread
from listings.bookable import Values
from listings.models import Listing
from listings.pricing import Rates

RADII_KM = (5, 15, 50)
# The nearest so many are enough for a median, and bound the work in a metropolis.
SAMPLE = 200

_NEAREST = """
SELECT price_day, price_hour, discount_7, discount_28, public_point[0], public_point[1]
FROM listings_listing
WHERE status = 'published' AND category = %(category)s AND electric = %(electric)s AND currency = %(currency)s
  AND owner_id <> %(owner)s AND public_point <@ circle(point(%(x)s, %(y)s), %(radius)s)
ORDER BY public_point <-> point(%(x)s, %(y)s) LIMIT %(limit)s
"""


class Comparable(NamedTuple):
    """Cents and percents of one bike."""

    day: int
    hour: int | None
    discount_7: int
    discount_28: int


@dataclass(frozen=True, slots=True)
class Advice:
    """`count` bikes were found up to `radius_km` away; a spread is None where too few say what it is about.

    `reason` says why there is no `day`: `category` or `place` is not known yet, or there are too `few`. `examples` go
    by `price`, the bike's own day price or else the median; without either there are none.
    """

    reason: str
    count: int
    radius_km: int
    day: Spread | None = None
    hour: Spread | None = None
    discount_7: Spread | None = None
    discount_28: Spread | None = None
    price: int | None = None
    examples: tuple[Example, ...] = ()


def price_advice(listing: Listing) -> Advice:
    """What to ask for a bike, from the nearest of its kind; the radius grows until there are enough of them."""
    if not listing.category or listing.public_point is None:
        return _advice(listing, "category" if not listing.category else "place", [], 0)
    found, radius_km = nearest(listing)
    return _advice(listing, "" if len(found) >= FEWEST else "few", found, radius_km)


def nearest(listing: Listing) -> tuple[list[Comparable], int]:
    """At most SAMPLE bikes like this one, and how far it was looked for them, in km."""
    found: list[Comparable] = []
    for radius_km in RADII_KM:
        found = _within(listing, radius_km)
        if len(found) >= FEWEST:
            break
    return found, radius_km


def _within(listing: Listing, radius_km: int) -> list[Comparable]:
    centre = listing.public
    assert centre is not None
    reach = geo.reach(centre, radius_km * 1000)
    values: Values = {
        "category": listing.category,
        "electric": listing.electric,
        "currency": listing.currency,
        "owner": listing.owner_id,
        "radius": reach.radius,
        "limit": SAMPLE,
    }
    found: list[tuple[float, Comparable]] = []
    for x, y in reach.centres:
        with connection.cursor() as cursor:
            cursor.execute(_NEAREST, values | {"x": x, "y": y})
            for *prices, there_x, there_y in cursor.fetchall():
                away = geo.distance_m(centre, geo.to_latlon(geo.Mercator(there_x, there_y)))
                if away <= radius_km * 1000:
                    found.append((away, Comparable(*prices)))
    return [bike for _away, bike in sorted(found, key=lambda one: one[0])[:SAMPLE]]


def _advice(listing: Listing, reason: str, found: list[Comparable], radius_km: int) -> Advice:
    day = spread([bike.day for bike in found])
    price = listing.price_day or (day.median if day else None)
    shown: tuple[Example, ...] = ()
    if price is not None:
        rates = Rates(listing.currency, price, None, listing.discount_7, listing.discount_28)
        shown = tuple(examples(rates, quoting.house_fees()))
    return Advice(
        reason=reason,
        count=len(found),
        radius_km=radius_km,
        day=day,
        hour=spread([bike.hour for bike in found if bike.hour is not None]),
        # Who gives no discount says nothing about how high one is.
        discount_7=spread([bike.discount_7 for bike in found if bike.discount_7]),
        discount_28=spread([bike.discount_28 for bike in found if bike.discount_28]),
        price=price,
        examples=shown,
    )
