"""THE RULE: when a listing can be booked, as one list of named SQL conditions.

Search ANDs the list; quote, calendar and hold read which of them failed. There is no second copy of the rule.

Each condition is SQL over `l` (listings_listing) and `w`, the asked wall clocks as they are in the listing's zone: see
`ASKED`. Python has turned them into instants, so PostgreSQL never interprets a wall clock.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from psycopg import sql

from bikeens.core.errors import FieldError, Invalid, Refused
from listings import clocks
from listings.limits import BOUNDS
from listings.models import Listing
from listings.pricing import Stretch, stretch_between

Value = str | int | float | bool | date | datetime | list[str] | list[int]
Values = dict[str, Value]

# An overdue bike may be back by then; before, nobody should count on it.
OVERDUE_HOURS = 24

_HOURS = (
    "COALESCE((SELECT e.hours FROM listings_openingexception e WHERE e.listing_id = l.id AND e.date = {date}),"
    " l.opening[extract(isodow FROM {date})::int]) @> {minute}"
)


def _open_at(end: str) -> str:
    """Open at w.<end>_date and w.<end>_minute; midnight may be the end of the day before, minute 1440."""
    this = _HOURS.format(date=f"w.{end}_date", minute=f"w.{end}_minute")
    before = _HOURS.format(date=f"(w.{end}_date - 1)", minute="1440")
    return f"({this} OR (w.{end}_minute = 0 AND {before}))"


@dataclass(frozen=True, slots=True)
class Condition:
    """`holds` is true where a listing can be booked as far as this condition goes; `field` is what one would change."""

    code: str
    holds: sql.SQL
    message: Promise
    field: str


CONDITIONS: Sequence[Condition] = (
    Condition(
        "not_published",
        sql.SQL("l.status = 'published'"),
        gettext_lazy("This bike isn't offered at the moment."),
        "listing",
    ),
    Condition("in_past", sql.SQL("w.starts_at > %(now)s"), gettext_lazy("The start is in the past."), "from"),
    Condition(
        "lead_time",
        sql.SQL("w.starts_at >= %(now)s + l.lead_time_h * interval '1 hour'"),
        gettext_lazy("The owner needs more notice before handing the bike over."),
        "from",
    ),
    Condition(
        "beyond_horizon",
        sql.SQL("w.ends_at <= %(now)s + l.horizon_days * interval '24 hours'"),
        gettext_lazy("That is further ahead than this bike can be booked."),
        "to",
    ),
    Condition(
        "too_short",
        sql.SQL("w.ends_at - w.starts_at >= l.shortest_h * interval '1 hour'"),
        gettext_lazy("The owner rents this bike for longer only."),
        "to",
    ),
    Condition(
        "too_long",
        sql.SQL("w.days <= l.longest_days"),
        gettext_lazy("The owner rents this bike for a shorter time only."),
        "to",
    ),
    Condition(
        "closed_at_start",
        sql.SQL(_open_at("from")),
        gettext_lazy("The owner isn't there to hand the bike over at that time."),
        "from",
    ),
    Condition(
        "closed_at_end",
        sql.SQL(_open_at("to")),
        gettext_lazy("The owner isn't there to take the bike back at that time."),
        "to",
    ),
    Condition(
        "overdue",
        sql.SQL(f"(l.overdue_since IS NULL OR w.starts_at >= %(now)s + interval '{OVERDUE_HOURS} hours')"),
        gettext_lazy("The bike hasn't come back from the rental before."),
        "from",
    ),
    Condition(
        "dates_taken",
        sql.SQL(
            "NOT EXISTS (SELECT FROM listings_block b WHERE b.listing_id = l.id AND b.ends_at > w.starts_at"
            " AND b.starts_at < w.ends_at + l.buffer_min * interval '1 minute'"
            " AND (b.lapses_at IS NULL OR b.lapses_at > %(now)s) AND b.id <> %(ignored_block)s)"
        ),
        gettext_lazy("The bike is taken at that time."),
        "from",
    ),
)
ALL = sql.SQL(" AND ").join(condition.holds for condition in CONDITIONS)


_COLUMNS = {
    "zone": "text",
    "starts_at": "timestamptz",
    "ends_at": "timestamptz",
    "days": "int",
    "from_date": "date",
    "from_minute": "int",
    "to_date": "date",
    "to_minute": "int",
}
# The table `w`, a row for each asked stretch, from one array per column; its values come from `asked_values`.
ASKED = sql.SQL("unnest({}) WITH ORDINALITY AS w ({}, number)").format(
    sql.SQL(", ").join(
        sql.SQL("{}::{}[]").format(sql.Placeholder(f"w_{name}"), sql.SQL(kind)) for name, kind in _COLUMNS.items()
    ),
    sql.SQL(", ").join(map(sql.Identifier, _COLUMNS)),
)


def asked_values(stretches: Sequence[Stretch], *, now: datetime, ignored_block: int | None = None) -> Values:
    """The values of `ASKED` and of the conditions. Search gives one stretch for each distinct zone."""
    return {
        "w_zone": _array(stretch.zone for stretch in stretches),
        "w_starts_at": _array(stretch.starts_at.isoformat() for stretch in stretches),
        "w_ends_at": _array(stretch.ends_at.isoformat() for stretch in stretches),
        "w_days": _array(str(stretch.days) for stretch in stretches),
        "w_from_date": _array(stretch.from_local.date().isoformat() for stretch in stretches),
        "w_from_minute": _array(str(clocks.minute_of(stretch.from_local)) for stretch in stretches),
        "w_to_date": _array(stretch.to_local.date().isoformat() for stretch in stretches),
        "w_to_minute": _array(str(clocks.minute_of(stretch.to_local)) for stretch in stretches),
        "now": now,
        "ignored_block": ignored_block or 0,
    }


def _array(texts: Iterable[str]) -> str:
    """As PostgreSQL writes arrays, which is quicker than letting the driver look at each of a thousand items. Zones,
    dates and numbers hold nothing that would need quoting."""
    return f"{{{','.join(texts)}}}"


_VERDICTS = sql.SQL(
    "SELECT {} FROM listings_listing l CROSS JOIN {} WHERE l.id = %(listing)s ORDER BY w.number"
).format(sql.SQL(", ").join(sql.SQL("COALESCE({}, false)").format(condition.holds) for condition in CONDITIONS), ASKED)


def verdicts(
    *,
    listing: Listing,
    stretches: Sequence[Stretch],
    now: datetime,
    ignored_block: int | None = None,
    as_published: bool = False,
) -> list[list[Condition]]:
    """For each stretch the conditions that say no, in the order of the list; none: it can be booked. One query.

    With `as_published` an owner sees what renters of a draft will.
    """
    values = asked_values(stretches, now=now, ignored_block=ignored_block)
    with connection.cursor() as cursor:
        cursor.execute(_VERDICTS, values | {"listing": listing.pk})
        rows = cursor.fetchall()
    asked = [not (as_published and condition.code == "not_published") for condition in CONDITIONS]
    return [
        [condition for condition, holds, counts in zip(CONDITIONS, row, asked, strict=True) if counts and not holds]
        for row in rows
    ]


def ever(stretches: Sequence[Stretch], *, now: datetime) -> bool:
    """Whether any listing at all could be booked then: none can be in the past, nor beyond what a listing may allow."""
    horizon, longest = timedelta(days=BOUNDS["horizon_days"][1]), BOUNDS["longest_days"][1]
    return any(
        stretch.starts_at > now and stretch.ends_at <= now + horizon and stretch.days <= longest
        for stretch in stretches
    )


def check_grid(from_local: datetime, to_local: datetime) -> None:
    """Rentals begin and end on the hour or the half hour. Raises Invalid `off_grid`."""
    said = _("Choose the full or the half hour.")
    off = [name for name, wall in (("from", from_local), ("to", to_local)) if not clocks.on_grid(wall)]
    if off:
        raise Invalid("off_grid", said, fields={name: [FieldError(code="off_grid", message=said)] for name in off})


def check_bookable(
    *,
    listing: Listing,
    starts_at: datetime,
    ends_at: datetime,
    now: datetime,
    ignore_block: int | None = None,
) -> None:
    """Raises Refused with the code of the first condition that says no, and all of them by field."""
    stretch = stretch_between(starts_at, ends_at, listing.time_zone)
    [failed] = verdicts(listing=listing, stretches=[stretch], now=now, ignored_block=ignore_block)
    if failed:
        fields: dict[str, list[FieldError]] = {}
        for condition in failed:
            said = FieldError(code=condition.code, message=str(condition.message))
            fields.setdefault(condition.field, []).append(said)
        raise Refused(failed[0].code, failed[0].message, fields=fields)
