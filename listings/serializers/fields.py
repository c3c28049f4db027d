"""Field types of listings: opening hours and plain text."""

import re
import unicodedata
from collections.abc import Mapping
from typing import TypeGuard

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from listings.fields import Hours, WeeklyHours
from listings.limits import GRID_MIN, MOST_STRETCHES_A_DAY

CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00")
HOURS_SCHEMA = {
    "type": "array",
    "maxItems": MOST_STRETCHES_A_DAY,
    "items": {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2},
    "example": [["09:00", "12:30"], ["14:00", "19:00"]],
}

HoursJSON = list[list[str]]

_JOINER = "\u200d"


class TextField(serializers.CharField):
    """Text as people type it: trimmed, HTML left as the text it is, without what nobody sees.

    That is control and formatting characters, a joiner within an emoji excepted; of such alone nothing is left.
    """

    def __init__(self, *, max_length: int, lines: bool = False) -> None:
        super().__init__(max_length=max_length, allow_blank=True, required=False)
        self.lines = lines

    def to_internal_value(self, data: str) -> str:
        text = super().to_internal_value(data)
        text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
        if not self.lines:
            text = text.replace("\n", " ").replace("\t", " ")
        text = "".join(char for at, char in enumerate(text) if _is_kept(text, at)).strip()
        # Letters, numbers, punctuation or symbols: marks that change a letter need one.
        return text if any(unicodedata.category(char)[0] in "LNPS" for char in text) else ""


@extend_schema_field(HOURS_SCHEMA)
class HoursField(serializers.Field[Hours, object, HoursJSON, Hours]):
    """One day: `[["09:00", "12:30"], ["14:00", "19:00"]]`; `24:00` is midnight at the day's end, empty is closed."""

    default_error_messages = {
        "invalid": _("Hours are written like [[“09:00”, “12:30”], [“14:00”, “19:00”]]."),
        "grid": _("Hours begin and end on the hour or the half hour."),
        "order": _("Closing comes after opening."),
        "many": _("At most {most} stretches a day."),
    }

    def to_internal_value(self, data: object) -> Hours:
        if not isinstance(data, list):
            self.fail("invalid")
        if len(data) > MOST_STRETCHES_A_DAY:
            self.fail("many", most=MOST_STRETCHES_A_DAY)
        hours: list[tuple[int, int]] = []
        for opens, closes in sorted(self._stretch(stretch) for stretch in data):
            if opens >= closes:
                self.fail("order")
            if opens % GRID_MIN or closes % GRID_MIN:
                self.fail("grid")
            if hours and opens <= hours[-1][1]:
                hours[-1] = (hours[-1][0], max(closes, hours[-1][1]))
            else:
                hours.append((opens, closes))
        return tuple(hours)

    def to_representation(self, value: Hours) -> HoursJSON:
        return [[f"{minute // 60:02}:{minute % 60:02}" for minute in stretch] for stretch in value]

    def _stretch(self, stretch: object) -> tuple[int, int]:
        if not _pair_of_clocks(stretch):
            self.fail("invalid")
        opens, closes = (int(clock[:2]) * 60 + int(clock[3:]) for clock in stretch)
        return opens, closes


@extend_schema_field(
    {
        "type": "object",
        "description": "ISO weekday (1 is Monday) to its hours; a day left out is closed.",
        "additionalProperties": HOURS_SCHEMA,
    }
)
class WeeklyHoursField(serializers.Field[WeeklyHours, object, dict[str, HoursJSON], WeeklyHours]):
    """`{"1": [["09:00", "19:00"]]}`: ISO weekday to its hours; a day left out is closed."""

    default_error_messages = {"invalid": _("Days are the numbers 1 (Monday) to 7 (Sunday).")}

    def to_internal_value(self, data: object) -> WeeklyHours:
        days = [str(day) for day in range(1, 8)]
        if not isinstance(data, Mapping) or not set(data) <= set(days):
            self.fail("invalid")
        return tuple(HoursField().run_validation(data.get(day, [])) for day in days)

    def to_representation(self, value: WeeklyHours) -> dict[str, HoursJSON]:
        return {str(day): HoursField().to_representation(hours) for day, hours in enumerate(value, 1) if hours}


def _pair_of_clocks(stretch: object) -> TypeGuard[list[str]]:
    return (
        isinstance(stretch, list)
        and len(stretch) == 2
        and all(isinstance(clock, str) and CLOCK.fullmatch(clock) for clock in stretch)
    )


def _is_kept(text: str, at: int) -> bool:
    """Whether a character is more than a control or a format that nobody sees."""
    if unicodedata.category(text[at]) not in ("Cc", "Cf") or text[at] in "\n\t":
        return True
    around = [unicodedata.category(char) for char in text[at - 1 : at + 2]] if at else []
    # An emoji, its skin tone or its sign that it is one; then the next emoji.
    return text[at] == _JOINER and len(around) == 3 and around[0] in ("So", "Sk", "Mn") and around[2] == "So"
