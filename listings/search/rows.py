"""What search reads of a bike."""

from typing import NamedTuple

from psycopg import sql

RATES = sql.SQL("l.time_zone, l.discount_7, l.discount_28, {other_prices}, l.currency, l.price_day, l.price_hour")
BIKE = sql.SQL(
    "l.uuid::text, l.title, l.category, l.electric, l.frame_size, l.rider_height_from, l.rider_height_to, l.instant,"
    " l.town, l.rating_sum, l.rating_count, l.public_point[0], l.public_point[1]"
)
COVER = sql.SQL("p.uuid::text, p.key, p.width, p.height, p.widths::text")


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
    discount_7: int
    discount_28: int
    other_prices: str | None
    currency: str
    price_day: int
    price_hour: int | None


class Card(NamedTuple):
    """All that is written of a bike wherever it is searched from: a row's last columns.

    The photo is the cover, if there is one; `widths` as PostgreSQL writes an array.
    """

    currency: str
    price_day: int
    price_hour: int | None
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
    owner: str
    photo: str | None
    key: str
    width: int
    height: int
    widths: str


class Row(NamedTuple):
    """A candidate with all that its card needs; without owner and cover where those are not read."""

    id: int
    distance: float
    band: float
    rank: float
    time_zone: str
    discount_7: int
    discount_28: int
    other_prices: str | None
    currency: str
    price_day: int
    price_hour: int | None
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
    widths: str = "{}"


# Where in a row its rates begin and end, and its card begins.
RATES_START, RATES_END = Row._fields.index("time_zone"), len(Candidate._fields)
CARD_START = len(Row._fields) - len(Card._fields)
