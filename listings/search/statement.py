"""The SQL of a search: nearest first over the GiST index, with the conditions of `bookable.py` ANDed."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from psycopg import sql

from listings import bookable, geo
from listings.bookable import Values
from listings.geo import Mercator
from listings.pricing import Stretch
from listings.search.query import SearchQuery

# Metres on the ground from the origin, by the haversine formula: the one distance that search knows.
_GROUND = sql.SQL(
    "2 * 6371008.8 * asin(least(1, sqrt("
    "sin((atan(sinh(l.public_point[1] / 6378137.0)) - %(lat)s) / 2) ^ 2"
    " + cos(%(lat)s) / cosh(l.public_point[1] / 6378137.0) * sin((l.public_point[0] / 6378137.0 - %(lon)s) / 2) ^ 2)))"
)
# Every bike has three ratings of 4.2 to begin with. Whole numbers, so that pages meet exactly.
SCORE = sql.SQL("(l.rating_sum * 1000 + 12600) / (l.rating_count + 3)")

_COLUMNS = sql.SQL(
    "l.id, l.uuid, l.title, l.category, l.electric, l.frame_size, l.rider_height_from, l.rider_height_to,"
    " l.price_day, l.price_hour, l.discount_7, l.discount_28, l.currency, l.time_zone, l.instant, l.town,"
    " l.rating_sum, l.rating_count, l.response_rank, l.public_point[0] AS x, l.public_point[1] AS y"
)
_DELIVERS = sql.SQL(
    "EXISTS (SELECT FROM listings_extra e WHERE e.listing_id = l.id AND e.kind = 'delivery'"
    " AND e.radius_km * 1000 >= {ground})"
)
_OFFERS = sql.SQL(
    "({extra} = ANY(l.included)"
    " OR EXISTS (SELECT FROM listings_extra e WHERE e.listing_id = l.id AND e.kind = {extra}))"
)
_ZONES = """
WITH RECURSIVE zones (zone) AS (
    (SELECT time_zone FROM listings_listing WHERE status = 'published' ORDER BY time_zone LIMIT 1)
    UNION ALL
    SELECT (SELECT time_zone FROM listings_listing WHERE status = 'published' AND time_zone > zones.zone
            ORDER BY time_zone LIMIT 1)
    FROM zones WHERE zones.zone IS NOT NULL
)
SELECT zone FROM zones WHERE zone IS NOT NULL
"""


@dataclass(slots=True)
class Row:
    """One listing found.

    `distance` is what order and pages go by: metres on the ground from the origin, on a map metres in the plane.
    `plane` is what the index orders by.
    """

    id: int
    uuid: UUID
    title: str
    category: str
    electric: bool
    frame_size: str
    rider_height_from: int | None
    rider_height_to: int | None
    price_day: int
    price_hour: int | None
    discount_7: int
    discount_28: int
    currency: str
    time_zone: str
    instant: bool
    town: str
    rating_sum: int
    rating_count: int
    response_rank: int
    x: float
    y: float
    distance: float
    plane: float
    score: int


@dataclass(frozen=True, slots=True)
class _Area:
    """A circle or a box, the centre as seen from there, and the expression of the distance from it."""

    shape: sql.Composable
    centre: sql.Composable
    distance: sql.Composable


class Statement:
    """A search's statement; only how many rows and from where on changes from call to call."""

    def __init__(self, query: SearchQuery, *, radius_m: int, stretches: Sequence[Stretch], now: datetime) -> None:
        self.values: Values = {}
        # A row in the plane is at most so much nearer on the ground.
        self.scale = 1.0
        self.areas = self._boxes(query) if query.box else self._circles(query, radius_m)
        self.conditions = self._filters(query)
        self.source: sql.Composable = sql.SQL("listings_listing l")
        if query.dated:
            self.conditions.append(bookable.ALL)
            # LIMIT keeps this a look-up for each listing: a join could lose the order that the index gives.
            self.source = sql.SQL(
                "listings_listing l CROSS JOIN LATERAL (SELECT * FROM {} WHERE zone = l.time_zone LIMIT 1) w"
            ).format(bookable.ASKED)
            self.values |= bookable.asked_values(stretches, now=now)
        else:
            self.conditions.append(sql.SQL("l.status = 'published'"))

    def nearest(self, area: _Area, limit: int, *, floor: float) -> list[Row]:
        """At most `limit` rows of one area, nearest in the plane first, none nearer than `floor`."""
        more = sql.SQL("{} >= %(floor)s").format(area.distance)
        return self._rows(self._select(area, sql.SQL("plane"), more), {"limit": limit, "floor": floor})

    def best_rated(self, area: _Area, limit: int, *, after: tuple[float, float, float] | None) -> list[Row]:
        """At most `limit` rows of one area by score, distance and id, those after these keys alone."""
        values: Values = {"limit": limit}
        more: sql.Composable = sql.SQL("true")
        if after:
            more = sql.SQL("(-({}), {}, l.id) > (%(score)s, %(distance)s, %(id)s)").format(SCORE, area.distance)
            values |= dict(zip(("score", "distance", "id"), after, strict=True))
        return self._rows(self._select(area, sql.SQL("score DESC, distance, id"), more), values)

    def explain(self, limit: int) -> str:
        """The plan of `nearest`, for tests and benchmarks."""
        query = self._select(self.areas[0], sql.SQL("plane"), sql.SQL("true"))
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("EXPLAIN {}").format(query), self.values | {"limit": limit})
            return "\n".join(str(row[0]) for row in cursor.fetchall())

    def _rows(self, query: sql.Composable, values: Values) -> list[Row]:
        with connection.cursor() as cursor:
            cursor.execute(query, self.values | values)
            return [Row(*row) for row in cursor.fetchall()]

    def _select(self, area: _Area, order: sql.Composable, more: sql.Composable) -> sql.Composable:
        return sql.SQL(
            "SELECT {columns}, {distance} AS distance, l.public_point <-> {centre} AS plane, {score} AS score"
            " FROM {source} WHERE l.public_point <@ {shape} AND {conditions} ORDER BY {order} LIMIT %(limit)s"
        ).format(
            columns=_COLUMNS,
            distance=area.distance,
            centre=area.centre,
            score=SCORE,
            source=self.source,
            shape=area.shape,
            conditions=sql.SQL(" AND ").join([*self.conditions, more]),
            order=order,
        )

    def _circles(self, query: SearchQuery, radius_m: int) -> list[_Area]:
        assert query.origin is not None
        self.values |= {"lat": math.radians(query.origin.lat), "lon": math.radians(query.origin.lon)}
        reach = geo.reach(query.origin, radius_m)
        self.scale = reach.scale
        within = sql.SQL("circle({}, {}) AND {} <= {}")
        return [
            _Area(
                shape=within.format(_point(centre), sql.Literal(reach.radius), _GROUND, sql.Literal(radius_m)),
                centre=_point(centre),
                distance=_GROUND,
            )
            for centre in reach.centres
        ]

    def _boxes(self, query: SearchQuery) -> list[_Area]:
        assert query.box is not None
        corners = query.box.south_west, query.box.north_east
        start = geo.to_mercator(query.origin or geo.middle(*corners))
        found = []
        for box in geo.boxes(*corners):
            # The origin as seen from this side of the 180th meridian.
            turns = round(((box.low.x + box.high.x) / 2 - start.x) / geo.WORLD_M)
            centre = _point(Mercator(start.x + turns * geo.WORLD_M, start.y))
            shape = sql.SQL("box({}, {})").format(_point(box.low), _point(box.high))
            found.append(_Area(shape, centre, sql.SQL("(l.public_point <-> {})").format(centre)))
        return found

    def _filters(self, query: SearchQuery) -> list[sql.Composable]:
        found: list[sql.Composable] = []
        if query.categories:
            found.append(sql.SQL("l.category = ANY(%(categories)s)"))
            self.values["categories"] = list(query.categories)
        if query.electric is not None:
            found.append(sql.SQL("l.electric = %(electric)s"))
            self.values["electric"] = query.electric
        if query.height is not None:
            found.append(sql.SQL("%(height)s BETWEEN l.rider_height_from AND l.rider_height_to"))
            self.values["height"] = query.height
        if query.price_max is not None and not query.dated:
            found.append(sql.SQL("l.price_day <= %(price_max)s"))
            self.values["price_max"] = query.price_max
        if query.instant:
            found.append(sql.SQL("l.instant"))
        for extra in query.extras:
            if extra == "delivery" and query.origin and not query.box:
                found.append(_DELIVERS.format(ground=_GROUND))
            else:
                found.append(_OFFERS.format(extra=sql.Literal(extra)))
        return found


def published_zones() -> list[str]:
    """The distinct zones of published listings, by skipping through an index from one to the next."""
    with connection.cursor() as cursor:
        cursor.execute(_ZONES)
        return [str(row[0]) for row in cursor.fetchall()]


def _point(point: Mercator) -> sql.Composable:
    return sql.SQL("point({}, {})").format(sql.Literal(point.x), sql.Literal(point.y))
