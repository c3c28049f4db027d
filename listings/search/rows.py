"""What search reads of a bike."""

from typing import NamedTuple

from psycopg import sql

# The columns of a listing that a candidate and a card are made of.
RATES = "time_zone, discount_7, discount_28, currency, price_day, price_hour"
BIKE = (
    "uuid, title, category, electric, frame_size, rider_height_from, rider_height_to, instant, town, rating_sum,"
    " rating_count"
)
NOTHING = sql.SQL("NULL")


def rates(row: str, other_prices: sql.Composable = NOTHING) -> sql.Composable:
    """A candidate's columns from `time_zone` on, of a row that has those of a listing."""
    return sql.SQL(
        f"{row}.time_zone, {row}.discount_7, {row}.discount_28, {{}}, {row}.currency, {row}.price_day, {row}.price_hour"
    ).format(other_prices)


def bike(row: str) -> sql.Composable:
    """A card's columns that follow, up to the point."""
    columns = BIKE.replace("uuid,", "uuid::text,").split(", ")
    return sql.SQL(", ".join(f"{row}.{column}" for column in [*columns, "public_point[0]", "public_point[1]"]))


# The last ones of a card: whose it is, and the cover.
OWNER_AND_COVER = sql.SQL("u.name, p.uuid::text, p.key, p.width, p.height, p.widths::text")


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
