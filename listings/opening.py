"""A listing's opening hours as times on the half-hour grid. Pure.

This proposes times, to the calendar and to whoever asks "when then?"; `bookable.py` alone decides.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from listings import clocks

# As listings.fields keeps them: minutes since midnight, both ends included; 1440 is midnight at the day's end.
Hours = tuple[tuple[int, int], ...]
MIDNIGHT = 1440


@dataclass(frozen=True, slots=True)
class Opening:
    """Seven days' hours, Monday first, and the dates that differ."""

    weekly: tuple[Hours, ...]
    exceptions: Mapping[date, Hours]

    def hours_on(self, day: date) -> Hours:
        found = self.exceptions.get(day)
        return self.weekly[day.weekday()] if found is None else found

    def times_on(self, day: date) -> list[datetime]:
        """The grid times of `day`, midnight to 23:30, at which the owner is there."""
        hours = self.hours_on(day)
        minutes = [minute for minute in range(0, MIDNIGHT, 30) if _within(hours, minute)]
        if minutes[:1] != [0] and _within(self.hours_on(day - timedelta(days=1)), MIDNIGHT):
            minutes.insert(0, 0)
        return [clocks.at_minute(day, minute) for minute in minutes]

    def times_from(self, wall: datetime, *, days: int) -> Iterator[datetime]:
        """The times at or after `wall`, over `days` days and the rest of its own."""
        for offset in range(days + 1):
            for found in self.times_on(wall.date() + timedelta(days=offset)):
                if found >= wall:
                    yield found


def _within(hours: Hours, minute: int) -> bool:
    return any(opens <= minute <= closes for opens, closes in hours)
