"""The conditions of a search in SQL: where, which bikes, and bookable then. Pages, map and counts share them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db import connection
from psycopg import sql

from listings import bookable, geo
from listings.bookable import Values
from listings.geo import Mercator
from listings.pricing import MONTH, WEEK, Stretch
from listings.quoting import house_fees
from listings.search.query import SearchQuery
from listings.search.rows import Row, bike, rates

# Metres on the ground from the origin, by the haversine formula: the one distance that search knows.
_GROUND = (
    "(2 * 6371008.8 * asin(least(1, sqrt("
    "sin((atan(sinh({point}[1] / 6378137.0)) - %(lat)s::float8) / 2) ^ 2"
    " + cos(%(lat)s::float8) / cosh({point}[1] / 6378137.0)"
    " * sin(({point}[0] / 6378137.0 - %(lon)s::float8) / 2) ^ 2))))"
)
_DELIVERS = sql.SQL(
    "EXISTS (SELECT FROM listings_extra e WHERE e.listing_id = l.id AND e.kind = 'delivery'"
    f" AND e.radius_km * 1000 >= {_GROUND.replace('{point}', 'l.public_point')})"
)
# The index on points carries this expression as well: rare wishes are found among all others without looking at each.
_OFFERS = sql.SQL("array_to_tsvector((l.included || l.extra_kinds)::text[]) @@ %(offers)s::tsquery")
# LIMIT keeps this a look-up for each listing: a join could lose the order that the index gives.
_THEN = sql.SQL("{} CROSS JOIN LATERAL (SELECT * FROM {} WHERE zone = l.time_zone LIMIT 1) w")
_BIKES = sql.SQL("listings_listing l")
OFFERED = sql.SQL("l.status = 'published'")
# A bound that no bike's rental is below, whichever way it is reckoned: what is above the limit by this is above it, the
# rest is worked out by `listings/pricing.py`. Of other prices in that time the lowest counts for every day.
_NOT_TOO_DEAR = sql.SQL(
    "(l.price_hour * %(hours)s::bigint <= %(rental_max)s::bigint"
    " OR l.price_day::bigint * {days} <= %(rental_max)s::bigint * 100 + 50"
    " OR (SELECT min(o.price_day) FROM listings_priceoverride o WHERE o.listing_id = l.id"
    " AND o.date BETWEEN %(first_day)s::date AND %(last_day)s::date)::bigint * {days}"
    " <= %(rental_max)s::bigint * 100 + 50)"
)
_LEAST_DAYS = sql.SQL(
    "least(%(days)s::int * (100 - {asked}), %(week)s::int * (100 - {week}),"
    " %(month)s::int * (100 - greatest(l.discount_7, l.discount_28)))"
)
_BY_WEEK, _BY_MONTH = sql.SQL("l.discount_7"), sql.SQL("greatest(l.discount_7, l.discount_28)")
_NEAREST = sql.SQL(
    "SELECT l.id, {distance}, 0, 0, {columns} FROM {source}"
    " WHERE l.public_point <@ {shape} AND {conditions} ORDER BY l.public_point <-> {centre} LIMIT %(limit)s"
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


@dataclass(frozen=True, slots=True)
class Area:
    """A circle or a box, and its centre as seen from there.

    `frame` is what the index on `l.public_point` is asked with `<@`; a circle in the plane is a little more than the
    disc on the ground, so `shape` says the rest as well.
    """

    frame: sql.Composable
    centre: sql.Composable
    on_ground: bool

    @property
    def shape(self) -> sql.Composable:
        if not self.on_ground:
            return self.frame
        return sql.SQL("{} AND {} <= %(radius)s::float8").format(self.frame, self.distance("l.public_point"))

    def distance(self, point: str) -> sql.Composable:
        """Metres from the centre to a column: on the ground, on a map in the plane."""
        if self.on_ground:
            return sql.SQL(_GROUND.replace("{point}", point))
        return sql.SQL("({} <-> {})").format(sql.SQL(point), self.centre)


class Statement:
    """A search's conditions over `source`, and the values of their placeholders.

    `conditions` are to be ANDed. To count, or to look at other bikes than a page of them, put together
    `SELECT … FROM {source} WHERE l.public_point <@ {area.shape} AND {conditions}` for each of the `areas`, and execute
    it with `values`. Texts depend on the `shape` alone, never on what was asked for, so that they can be kept.

    Of the conditions `filters` are quick to tell; `bookable`, with dates the whole rule, looks into other tables.
    """

    def __init__(self, query: SearchQuery, *, radius_m: int, stretches: Sequence[Stretch], now: datetime) -> None:
        self.query = query
        self.values: Values = {}
        # A row in the plane is at most so much nearer on the ground.
        self.scale = 1.0
        # The longest side of a map, in the plane.
        self.side = 0.0
        self._areas = self._box_values(query) if query.box else self._circle_values(query, radius_m)
        self._filter_values(query)
        if query.dated:
            self.values |= bookable.asked_values(stretches, now=now)
            self._price_values(query, stretches)

    @property
    def shape(self) -> tuple[object, ...]:
        """What the texts depend on."""
        asked = self.query
        return (
            self._areas,
            asked.box is not None,
            asked.origin is not None,
            asked.dated and (int(self.values["days"]) >= WEEK) + (int(self.values["days"]) >= MONTH),  # type: ignore[arg-type]
            bool(asked.categories),
            asked.electric is not None,
            asked.height is not None,
            asked.price_max is not None,
            asked.instant,
            asked.dated,
            "delivery" in asked.extras,
            bool(asked.extras),
        )

    def nearest(self, area: Area, limit: int) -> list[Row]:
        """At most `limit` rows of one area, nearest in the plane first, without what stands in other tables."""
        select = _NEAREST.format(
            columns=sql.SQL(", ").join([rates("l"), bike("l")]),
            distance=area.distance("l.public_point"),
            centre=area.centre,
            source=self.source,
            shape=area.shape,
            conditions=sql.SQL(" AND ").join(self.conditions),
        )
        with connection.cursor() as cursor:
            cursor.execute(select, self.values | {"limit": limit})
            return [Row(*row) for row in cursor.fetchall()]

    @cached_property
    def areas(self) -> list[Area]:
        return [self._box(number) if self.query.box else self._circle(number) for number in range(self._areas)]

    @cached_property
    def source(self) -> sql.Composable:
        return self.source_of(_BIKES)

    def source_of(self, bikes: sql.Composable) -> sql.Composable:
        """`source` for some of the bikes: rows of listings_listing as `l`."""
        return _THEN.format(bikes, bookable.ASKED) if self.query.dated else bikes

    @property
    def conditions(self) -> list[sql.Composable]:
        return [*self.filters, self.bookable]

    @property
    def bookable(self) -> sql.Composable:
        return bookable.ALL if self.query.dated else OFFERED

    @cached_property
    def filters(self) -> list[sql.Composable]:
        query = self.query
        found: list[sql.Composable] = []
        if query.categories:
            found.append(sql.SQL("l.category = ANY(%(categories)s::text[])"))
        if query.electric is not None:
            found.append(sql.SQL("l.electric = %(electric)s::boolean"))
        if query.height is not None:
            found.append(sql.SQL("%(height)s::int BETWEEN l.rider_height_from AND l.rider_height_to"))
        if query.instant:
            found.append(sql.SQL("l.instant"))
        if query.price_max is not None:
            found.append(self._price_limit())
        found += self.offers
        if "delivery" in query.extras and query.origin and not query.box:
            found.append(_DELIVERS)
        return found

    @property
    def offers(self) -> list[sql.Composable]:
        """Of the filters what the index on points tells."""
        return [_OFFERS] if self.query.extras else []

    def _filter_values(self, query: SearchQuery) -> None:
        if query.categories:
            self.values["categories"] = list(query.categories)
        if query.electric is not None:
            self.values["electric"] = query.electric
        if query.height is not None:
            self.values["height"] = query.height
        if query.price_max is not None:
            self.values["price_max"] = query.price_max
        if query.extras:
            self.values["offers"] = " & ".join(query.extras)

    def _price_values(self, query: SearchQuery, stretches: Sequence[Stretch]) -> None:
        """Days and dates are the same on every clock, the hours are not where one of them is put forward or back."""
        days, first = stretches[0].days, stretches[0].from_local.date()
        self.values |= {"days": days, "first_day": first, "last_day": first + timedelta(days=max(days, MONTH))}
        if query.price_max is not None:
            self.values |= {
                "hours": min(stretch.hours for stretch in stretches),
                "week": max(days, WEEK),
                "month": max(days, MONTH),
                # Any larger rental would cost more than allowed with the service fee.
                "rental_max": query.price_max * 100 // (100 + house_fees().renter) + 1,
            }

    def _price_limit(self) -> sql.Composable:
        if not self.query.dated:
            return sql.SQL("l.price_day <= %(price_max)s::int")
        days = int(self.values["days"])  # type: ignore[arg-type]
        asked = _BY_MONTH if days >= MONTH else _BY_WEEK if days >= WEEK else sql.SQL("0")
        least = _LEAST_DAYS.format(asked=asked, week=_BY_MONTH if days >= MONTH else _BY_WEEK)
        return _NOT_TOO_DEAR.format(days=least)

    def _circle_values(self, query: SearchQuery, radius_m: int) -> int:
        assert query.origin is not None
        reach = geo.reach(query.origin, radius_m)
        self.scale = reach.scale
        self.values |= {"lat": math.radians(query.origin.lat), "lon": math.radians(query.origin.lon)}
        self.values |= {"reach": reach.radius, "radius": float(radius_m)}
        self._centre_values(reach.centres)
        return len(reach.centres)

    def _circle(self, number: int) -> Area:
        centre = _point(f"x{number}", f"y{number}")
        return Area(sql.SQL("circle({}, %(reach)s::float8)").format(centre), centre, on_ground=True)

    def _box_values(self, query: SearchQuery) -> int:
        assert query.box is not None
        corners = query.box.south_west, query.box.north_east
        start = geo.to_mercator(query.origin or geo.middle(*corners))
        boxes = geo.boxes(*corners)
        centres = []
        for number, box in enumerate(boxes):
            # The origin as seen from this side of the 180th meridian.
            turns = round(((box.low.x + box.high.x) / 2 - start.x) / geo.WORLD_M)
            centres.append(Mercator(start.x + turns * geo.WORLD_M, start.y))
            self.values |= {f"west{number}": box.low.x, f"south{number}": box.low.y}
            self.side = max(self.side, box.high.x - box.low.x, box.high.y - box.low.y)
            self.values |= {f"east{number}": box.high.x, f"north{number}": box.high.y}
        self._centre_values(centres)
        return len(boxes)

    def _box(self, number: int) -> Area:
        centre = _point(f"x{number}", f"y{number}")
        corners = _point(f"west{number}", f"south{number}"), _point(f"east{number}", f"north{number}")
        return Area(sql.SQL("box({}, {})").format(*corners), centre, on_ground=False)

    def _centre_values(self, centres: Sequence[Mercator]) -> None:
        for number, centre in enumerate(centres):
            self.values |= {f"x{number}": centre.x, f"y{number}": centre.y}


def published_zones() -> list[str]:
    """The distinct zones of published listings, by skipping through an index from one to the next."""
    with connection.cursor() as cursor:
        cursor.execute(_ZONES)
        return [str(row[0]) for row in cursor.fetchall()]


def _point(x: str, y: str) -> sql.Composable:
    return sql.SQL(f"point(%({x})s::float8, %({y})s::float8)")
