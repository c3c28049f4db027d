"""What search reads of a bike."""

from collections.abc import Sequence
from typing import NamedTuple

from psycopg import sql

RATES = sql.SQL("l.time_zone, l.currency, l.price_day, l.price_hour, l.discount_7, l.discount_28, {other_prices}")
BIKE = sql.SQL(
    "l.uuid::text, l.title, l.category, l.electric, l.frame_size, l.rider_height_from, l.rider_height_to, l.instant,"
    " l.town, l.rating_sum, l.rating_count, l.public_point[0], l.public_point[1]"
)


class Candidate(NamedTuple):
    """A bike in its place of the order, with what its price depends on.

    `distance` is what order and pages go by: metres on the ground from the origin, on a map metres in the plane.
    `band` and `rank` are the order's keys before it. `other_prices`: JSON by date.
    """

    id: int
    distance: float
    band: float
    rank: float
    time_zone: str
    currency: str
    price_day: int
    price_hour: int | None
    discount_7: int
    discount_28: int
    other_prices: str | None


class Row(NamedTuple):
    """A candidate with all that a card shows; the photo is the cover, if there is one."""

    id: int
    distance: float
    band: float
    rank: float
    time_zone: str
    currency: str
    price_day: int
    price_hour: int | None
    discount_7: int
    discount_28: int
    other_prices: str | None
    uuid: str
    title: str
    category: str
    electric: bool
    frame_size: str
    rider_height_from: int | None
    rider_height_to: int | None
    instant: bool
    town: str
    rating_sum: int
    rating_count: int
    x: float
    y: float
    owner: str = ""
    photo: str | None = None
    key: str = ""
    width: int = 0
    height: int = 0
    widths: Sequence[int] = ()
