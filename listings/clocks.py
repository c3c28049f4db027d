"""Wall clocks and instants. Pure.

What people type and read is the wall clock of the listing's zone; instants are UTC. Python decides once per zone,
because PostgreSQL reads the hour that exists twice as the second and lets the hour that does not exist pass.
"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from bikeens.core.errors import FieldError, Invalid

GRID = timedelta(minutes=30)
# Far enough for any rental, and well inside what datetime and PostgreSQL can both hold.
YEARS = range(2000, 2200)


def wall_to_instant(wall: datetime, zone: str, *, field: str = "from") -> datetime:
    """The UTC instant at which the clocks of `zone` show `wall` (naive); of two such instants the first.

    Raises Invalid `time_does_not_exist` when the clocks jump over it, `time_out_of_range` before 2000 and after 2199;
    both name `field`.
    """
    check_in_range(wall, field=field)
    instant = _first_instant(wall, zone)
    if instant is None:
        message = _("At that time the clocks go forward: it does not exist on that day.")
        raise Invalid("time_does_not_exist", message, fields=_at(field, "time_does_not_exist", message))
    return instant


def check_in_range(wall: datetime, *, field: str = "from") -> None:
    """Raises Invalid `time_out_of_range` before 2000 and after 2199, naming `field`."""
    if wall.year not in YEARS:
        message = _("Choose a date of this century.")
        raise Invalid("time_out_of_range", message, fields=_at(field, "time_out_of_range", message))


@lru_cache(maxsize=20_000)
def _first_instant(wall: datetime, zone: str) -> datetime | None:
    """Calendars ask for the same times again and again."""
    instant = wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)
    return instant if instant_to_wall(instant, zone) == wall else None


def instant_to_wall(instant: datetime, zone: str) -> datetime:
    """What the clocks of `zone` show at an aware instant, as a naive datetime."""
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def on_grid(wall: datetime) -> bool:
    """Whether a rental may begin or end then: on the hour or the half hour."""
    return wall.minute % 30 == 0 and wall.second == 0 and wall.microsecond == 0


def up_to_grid(wall: datetime) -> datetime:
    """The first grid time at or after `wall`."""
    rest = timedelta(minutes=wall.minute % 30, seconds=wall.second, microseconds=wall.microsecond)
    return wall + (GRID - rest) if rest else wall


def minute_of(wall: datetime) -> int:
    """Minutes since midnight."""
    return wall.hour * 60 + wall.minute


def at_minute(day: date, minute: int) -> datetime:
    """The wall clock `minute` minutes after the midnight with which `day` begins; 1440 is the next day's midnight."""
    return datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute)


def _at(field: str, code: str, message: str) -> dict[str, list[FieldError]]:
    return {field: [FieldError(code=code, message=message)]}
