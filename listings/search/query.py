"""What somebody searches for. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from listings.geo import LatLon, middle

DEFAULT_RADIUS_M = 5_000
MAX_RADIUS_M = 50_000


class Sort(StrEnum):
    BEST = "best"
    NEAREST = "nearest"
    PRICE = "price"
    RATING = "rating"
    FIT = "fit"


@dataclass(frozen=True, slots=True)
class MapBox:
    """The part of the map that is seen; where it crosses the 180th meridian, west is greater than east."""

    south_west: LatLon
    north_east: LatLon


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """Everything checked. There is an `origin` or a `box` or both; with both the box limits and the origin orders.

    `radius_m` None: 5 km, and 50 when nothing is there. Heights in cm, `price_max` in cents: for the whole stretch when
    there are dates, else per day.
    """

    origin: LatLon | None
    box: MapBox | None = None
    radius_m: int | None = None
    from_local: datetime | None = None
    to_local: datetime | None = None
    categories: Sequence[str] = ()
    electric: bool | None = None
    height: int | None = None
    price_max: int | None = None
    extras: Sequence[str] = ()
    instant: bool = False
    sort: Sort = Sort.BEST

    @property
    def dated(self) -> bool:
        return self.from_local is not None

    @property
    def around(self) -> LatLon:
        """The origin, or the middle of the map."""
        if self.origin is not None:
            return self.origin
        assert self.box is not None
        return middle(self.box.south_west, self.box.north_east)
