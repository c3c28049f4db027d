"""Column types of core PostgreSQL that Django has no field for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.types.multirange import Multirange

from listings.geo import Mercator

Stretch = tuple[int, int]
Hours = tuple[Stretch, ...]
WeeklyHours = tuple[Hours, ...]

if TYPE_CHECKING:
    # Django's fields take type parameters in their stubs alone.
    PointBase = models.Field[Mercator, Mercator]
    OptionalPointBase = models.Field[Mercator | None, Mercator | None]
    HoursBase = models.Field[Hours, Hours]
    WeeklyHoursBase = models.Field[WeeklyHours, WeeklyHours]
else:
    PointBase = OptionalPointBase = HoursBase = WeeklyHoursBase = models.Field

CLOSED: Hours = ()
NEVER: WeeklyHours = (CLOSED,) * 7


class _Point:
    """A core `point` in Web-Mercator metres. It has no `=` in PostgreSQL: filter by distance or containment."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "point"

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Mercator | None:
        if value is None:
            return None
        x, y = value[1:-1].split(",")
        return Mercator(float(x), float(y))

    def to_python(self, value: object) -> Mercator | None:
        return Mercator(*value) if isinstance(value, tuple) else None

    def get_prep_value(self, value: Mercator | None) -> str | None:
        return None if value is None else f"({value.x!r},{value.y!r})"

    def get_placeholder(self, value: object, compiler: object, connection: object) -> str:
        return "%s::point"


class PointField(_Point, PointBase):
    """A point that is always there."""


class OptionalPointField(_Point, OptionalPointBase):
    """A point that may be missing."""


class HoursField(HoursBase):
    """The opening hours of one day: `((540, 720), (840, 1140))`, minutes since midnight on the wall clock.

    Kept as an `int4multirange` that contains the closing minute too, so that "open at minute M" is `hours @> M` and a
    bike may come back on the stroke of closing. 1440 is midnight at the day's end.
    """

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "int4multirange"

    def from_db_value(self, value: Multirange[int] | None, expression: object, connection: object) -> Hours | None:
        return None if value is None else _stretches(value)

    def get_prep_value(self, value: Hours | None) -> str | None:
        return None if value is None else _literal(value)

    def get_placeholder(self, value: object, compiler: object, connection: object) -> str:
        return "%s::int4multirange"


class WeeklyHoursField(WeeklyHoursBase):
    """Seven `Hours`, Monday first, as one `int4multirange[]`: `opening[isodow] @> minute`."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "int4multirange[]"

    def from_db_value(
        self, value: Sequence[Multirange[int]] | None, expression: object, connection: object
    ) -> WeeklyHours | None:
        return None if value is None else tuple(_stretches(day) for day in value)

    def get_prep_value(self, value: WeeklyHours | None) -> str | None:
        if value is None:
            return None
        return "{" + ",".join(f'"{_literal(day)}"' for day in value) + "}"

    def get_placeholder(self, value: object, compiler: object, connection: object) -> str:
        return "%s::int4multirange[]"


def _stretches(value: Multirange[int]) -> Hours:
    # PostgreSQL canonicalises to half-open ranges, both of whose ends are there.
    return tuple((stretch.lower or 0, (stretch.upper or 1) - 1) for stretch in value)


def _literal(hours: Hours) -> str:
    return "{" + ",".join(f"[{opens},{closes}]" for opens, closes in hours) + "}"
