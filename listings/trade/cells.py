"""The text of one cell and the JSON of the API, both ways. Pure.

Every kind of cell reads what it writes, in either style, and what people type besides. The rules of a listing are not
here: what is read goes through the API's own serializer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

Json = Any


class Unreadable(ValueError):
    """A cell that says nothing we understand; the text is for its owner."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a language writes a spreadsheet."""

    delimiter: str
    decimal: str
    yes: str
    no: str
    closed: str
    days: tuple[str, ...]


STYLES = {
    "en": Style(",", ".", "yes", "no", "closed", ("mo", "tu", "we", "th", "fr", "sa", "su")),
    "fr": Style(";", ",", "oui", "non", "fermé", ("lu", "ma", "me", "je", "ve", "sa", "di")),
}
YES, NO = {"yes", "oui", "true", "vrai", "1", "y", "o", "x"}, {"no", "non", "false", "faux", "0", "n"}
CLOSED = {style.closed for style in STYLES.values()}
# Two letters are one day in both languages: "sa" is Saturday in each, and no other pair meets.
DAYS = {name: number for style in STYLES.values() for number, name in enumerate(style.days)}

SPACES = re.compile(r"[\s\u00a0\u202f]+")
WHOLE = re.compile(r"-?\d{1,9}")
# Spreadsheets give out all sixteen digits of a number.
NUMBER = re.compile(r"[+-]?\d{1,9}(?:[.,]\d{1,20})?")
CURRENCY = re.compile(r"^€|(?:€|EUR|euros?)$", re.IGNORECASE)
AMOUNT = re.compile(r"\d{1,7}(?:[.,]\d{1,2})?")
DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})|(\d{1,2})/(\d{1,2})/(\d{4})")
STRETCH = re.compile(r"(\d{1,2})[:h](\d{2})?-(\d{1,2})[:h](\d{2})?")
EXTRA = re.compile(
    r"(?P<kind>[^\s\"]+)(?:\s+\"(?P<name>(?:[^\"]|\"\")*)\")?\s+(?P<price>[\d.,]+)(?:\s*€)?(?:\s*/\s*(?P<per>\S+))?"
    r"(?:\s+x\s*(?P<most>\d{1,4}))?(?:\s+(?P<km>\d{1,4})\s*km)?"
)
# A `;` ends an item unless it stands in quotes.
ITEM = re.compile(r"(?:[^;\"]|\"(?:[^\"]|\"\")*\"?)+")


@dataclass(frozen=True, slots=True)
class Kind:
    """How a cell's text is read, never blank, and how a value is written; both know nothing of the column."""

    read: Callable[[str], Json]
    write: Callable[[Json, Style], str]


def items(text: str) -> list[str]:
    """The parts between semicolons, without blank ones."""
    return [part for part in (found.strip() for found in ITEM.findall(text)) if part]


def _whole(text: str) -> int:
    plain = SPACES.sub("", text)
    if not WHOLE.fullmatch(plain):
        raise Unreadable(_("Write a whole number."))
    return int(plain)


def _number(text: str) -> float:
    plain = SPACES.sub("", text).replace("\N{MINUS SIGN}", "-")
    if not NUMBER.fullmatch(plain):
        raise Unreadable(_("Write a number, such as 12.5 or 12,5."))
    return float(plain.replace(",", "."))


def decimal(value: float, style: Style) -> str:
    """Never with an exponent, which a spreadsheet would keep for itself."""
    return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", style.decimal)


def cents(text: str) -> int:
    """ "12,5", "12.50 €", "€12" or "1 200": more than two decimals would be guessed at, so they are refused."""
    plain = CURRENCY.sub("", SPACES.sub("", text), count=1)
    if not AMOUNT.fullmatch(plain):
        raise Unreadable(_("Write a price, such as 12.50 or 12,50, without a separator of thousands."))
    euros, _point, rest = plain.replace(",", ".").partition(".")
    return int(euros) * 100 + int(rest.ljust(2, "0"))


def amount(value: int, style: Style) -> str:
    return f"{value // 100}{style.decimal}{value % 100:02}"


def _flag(text: str) -> bool:
    word = text.lower()
    if word in YES | NO:
        return word in YES
    raise Unreadable(_("Write yes or no."))


def _date(text: str) -> str:
    found = DAY.fullmatch(text)
    if not found:
        raise Unreadable(_("Write a date like 2026-07-14 or 14/07/2026."))
    year, month, day = found.group(1, 2, 3) if found.group(1) else found.group(6, 5, 4)
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError as error:
        raise Unreadable(_("There is no such day.")) from error


def _clock(hour: str, minute: str | None) -> str:
    return f"{int(hour):02}:{minute or '00'}"


def _hours(text: str) -> list[list[str]]:
    """ "08:00-12:00 14:00-19:00", "8h-12h30" or "closed"."""
    if text.lower() in CLOSED:
        return []
    stretches = []
    for part in re.sub(r" ?[-–] ?", "-", SPACES.sub(" ", text)).split():
        found = STRETCH.fullmatch(part)
        if not found:
            raise Unreadable(_("Write hours like 08:00-12:00 14:00-19:00, not “{text}”.").format(text=part[:40]))
        stretches.append([_clock(found[1], found[2]), _clock(found[3], found[4])])
    return stretches


def _said_hours(hours: Iterable[Sequence[str]], style: Style) -> str:
    return " ".join(f"{opens}-{closes}" for opens, closes in hours) or style.closed


def _week(text: str) -> dict[str, list[list[str]]]:
    """ "mo-fr 08:00-12:00 14:00-19:00; sa 09:00-18:00": a day that is not named is closed."""
    week: dict[str, list[list[str]]] = {}
    for item in items(text):
        days, _space, hours = re.sub(r" ?([-–,]) ?(?=[^\W\d])", r"\1", SPACES.sub(" ", item)).partition(" ")
        for day in _days(days):
            if str(day + 1) in week:
                raise Unreadable(_("A day is named twice: “{text}”.").format(text=item[:40]))
            week[str(day + 1)] = _hours(hours.strip())
    return {day: hours for day, hours in sorted(week.items()) if hours}


def _days(text: str) -> list[int]:
    days: list[int] = []
    for part in text.split(","):
        # "monday", "mon." and "lundi" begin with the two letters, too.
        ends = [DAYS.get(word.strip().lower()[:2]) for word in re.split("[-–]", part)]
        first, last = ends[0], ends[-1]
        if len(ends) > 2 or first is None or last is None:
            raise Unreadable(
                _("Write days like mo-fr or sa,su before their hours, not “{text}”.").format(text=text[:40])
            )
        days += [day % 7 for day in range(first, last + 1 if first <= last else last + 8)]
    return days


def _said_week(week: Mapping[str, list[list[str]]], style: Style) -> str:
    """Neighbours with the same hours stand together."""
    runs: list[tuple[int, int, str]] = []
    for day in range(7):
        hours = _said_hours(week.get(str(day + 1), []), style)
        if runs and runs[-1][2] == hours:
            runs[-1] = (runs[-1][0], day, hours)
        else:
            runs.append((day, day, hours))
    return "; ".join(
        f"{style.days[first]}{'' if first == last else '-' + style.days[last]} {hours}"
        for first, last, hours in runs
        if hours != style.closed
    )


def _by_date(key: str, read: Callable[[str], Json]) -> Callable[[str], list[dict[str, Json]]]:
    def rows(text: str) -> list[dict[str, Json]]:
        found: dict[str, Json] = {}
        for item in items(text):
            day, _space, rest = item.partition(" ")
            if _date(day) in found:
                raise Unreadable(_("A date is named twice: “{text}”.").format(text=item[:40]))
            found[_date(day)] = read(rest.strip())
        return [{"date": day, key: value} for day, value in found.items()]

    return rows


def money(currency: str) -> Kind:
    return Kind(
        read=lambda text: {"amount": cents(text), "currency": currency},
        write=lambda value, style: amount(value["amount"], style),
    )


def prices_by_date(currency: str) -> Kind:
    """ "2026-07-14 25.00; 2026-08-15 30.00"."""
    one = money(currency)
    return Kind(
        read=_by_date("day", one.read),
        write=lambda rows, style: "; ".join(f"{row['date']} {one.write(row['day'], style)}" for row in rows),
    )


def choice(words: Mapping[str, str]) -> Kind:
    """`words` maps every folded word that may be typed to its code."""

    def read(text: str) -> str:
        code = words.get(" ".join(text.lower().replace("_", " ").split()))
        if code is None:
            raise Unreadable(_("“{text}” is none of: {words}.").format(text=text[:40], words=_codes(words)))
        return code

    return Kind(read, lambda value, style: str(value))


def choices(words: Mapping[str, str]) -> Kind:
    """Several, each once; commas part them as well, for no code has one."""
    one = choice(words)
    return Kind(
        read=lambda text: list(dict.fromkeys(one.read(part) for part in items(text.replace(",", ";")))),
        write=lambda values, style: "; ".join(values),
    )


def _codes(words: Mapping[str, str]) -> str:
    return ", ".join(dict.fromkeys(words.values()))


def extras(currency: str, kinds: Mapping[str, str], per: Mapping[str, str]) -> Kind:
    """ "trailer 5.00/day; other "Rain cover" 1.00/booking x2; delivery 10.00/booking 15km"."""
    price, kind, unit = money(currency), choice(kinds), choice(per)

    def read_one(text: str) -> dict[str, Json]:
        found = EXTRA.fullmatch(text)
        if not found:
            raise Unreadable(_("Write extras like “trailer 5.00/day x2”, not “{text}”.").format(text=text[:40]))
        said: dict[str, Json] = {"kind": kind.read(found["kind"]), "price": price.read(found["price"])}
        said["name"] = (found["name"] or "").replace('""', '"')
        said["per"] = unit.read(found["per"]) if found["per"] else "booking"
        said["most"] = int(found["most"] or 1)
        return said | ({"radius_km": int(found["km"])} if found["km"] else {})

    def write_one(extra: Mapping[str, Json], style: Style) -> str:
        name = extra["name"].replace('"', '""')
        parts = [extra["kind"], f'"{name}"' if name else "", f"{price.write(extra['price'], style)}/{extra['per']}"]
        parts += [f"x{extra['most']}" if extra["most"] != 1 else ""]
        parts += [f"{extra['radius_km']}km" if extra.get("radius_km") else ""]
        return " ".join(part for part in parts if part)

    return Kind(
        read=lambda text: [read_one(item) for item in items(text)],
        write=lambda rows, style: "; ".join(write_one(row, style) for row in rows),
    )


TEXT = Kind(read=lambda text: text, write=lambda value, style: str(value))
WHOLE_NUMBER = Kind(read=_whole, write=lambda value, style: str(value))
DECIMAL = Kind(read=_number, write=decimal)
FLAG = Kind(read=_flag, write=lambda value, style: style.yes if value else style.no)
DATE = Kind(read=_date, write=lambda value, style: str(value))
WEEK = Kind(read=_week, write=_said_week)
HOURS_BY_DATE = Kind(
    read=_by_date("hours", _hours),
    write=lambda rows, style: "; ".join(f"{row['date']} {_said_hours(row['hours'], style)}" for row in rows),
)
LANGUAGES = Kind(
    read=lambda text: [part.lower() for part in items(text.replace(",", ";"))],
    write=lambda values, style: "; ".join(values),
)
# Names of files may have commas and spaces, so that semicolons alone part them.
NAMES = Kind(read=lambda text: [part.strip() for part in text.split(";") if part.strip()], write=LANGUAGES.write)
