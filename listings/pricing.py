"""THE PRICE: what one bike costs for one stretch of time, line by line. Pure; whole cents; lines add up to the total.

Every amount a renter is shown or charged, in search, quote, calendar and booking, comes from `price()`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from bikeens.core.errors import Invalid
from bikeens.core.money import Money, share
from listings import clocks

DAY = timedelta(days=1)
# Half an hour late at return does not make another day.
GRACE = timedelta(minutes=30)
# Days from which the two discounts of a listing apply.
WEEK, MONTH = 7, 28
# A card payment below one euro costs more than it brings.
LEAST_TOTAL = 100


class Unit(StrEnum):
    HOUR = "hour"
    DAY = "day"


class LineKind(StrEnum):
    RENTAL = "rental"
    DISCOUNT = "discount"
    EXTRA = "extra"
    SERVICE_FEE = "service_fee"


@dataclass(frozen=True, slots=True)
class Rates:
    """What an owner asks, in cents of `currency`: per day, perhaps per hour, percents off from 7 and from 28 days, and
    other day prices for days that begin on certain local dates."""

    currency: str
    day: int
    hour: int | None = None
    discount_7: int = 0
    discount_28: int = 0
    overrides: Mapping[date, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fees:
    """Percents of rental and extras: what the renter pays on top, what the owner leaves, the VAT inside both."""

    renter: int = 9
    commission: int = 15
    vat: int = 20


@dataclass(frozen=True, slots=True)
class ChosenExtra:
    """`quantity` of an extra at `price` cents each, per booking or per day."""

    id: str
    kind: str
    name: str
    price: int
    per_day: bool
    quantity: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a quote. `unit_price` is None where the days cost differently and on discounts and fees.

    `percent` belongs to discounts (0: the price of a longer stretch, `quantity` days, is cheaper and counts) and to the
    service fee; `name`, `extra` (its id) and `extra_kind` to extras.
    """

    kind: LineKind
    quantity: int
    unit_price: Money | None
    amount: Money
    unit: str = ""
    percent: int = 0
    name: str = ""
    extra: str = ""
    extra_kind: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """The price of one stretch of time. `total` is what the renter pays; `net` what the owner receives of
    `rental_and_extras` after `commission`; `vat` is contained in the service fee, `commission_vat` in the commission.
    """

    unit: Unit
    count: int
    days: int
    lines: tuple[Line, ...]
    rental_and_extras: Money
    service_fee: Money
    total: Money
    commission: Money
    net: Money
    vat: Money
    commission_vat: Money

    @property
    def currency(self) -> str:
        return self.total.currency


def price(
    rates: Rates,
    *,
    from_local: datetime,
    to_local: datetime,
    zone: str,
    extras: Iterable[ChosenExtra] = (),
    fees: Fees,
) -> Quote:
    """The quote for the wall-clock stretch `[from_local, to_local)` (naive) in the IANA zone `zone`.

    Raises Invalid `end_before_start`, and what `clocks.wall_to_instant` raises.
    """
    return price_of_stretch(rates, stretch_of(from_local, to_local, zone), extras=extras, fees=fees)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time in one zone, with what the price needs of it."""

    from_local: datetime
    to_local: datetime
    zone: str
    starts_at: datetime
    ends_at: datetime
    days: int
    hours: int


def stretch_of(from_local: datetime, to_local: datetime, zone: str) -> Stretch:
    """Days counted on the wall clock, hours on the real one. Raises as `price` does."""
    starts_at = clocks.wall_to_instant(from_local, zone, field="from")
    ends_at = clocks.wall_to_instant(to_local, zone, field="to")
    if to_local <= from_local or ends_at <= starts_at:
        message = _("The end comes before the start.")
        raise Invalid("end_before_start", message, fields={"to": [{"code": "end_before_start", "message": message}]})
    return _stretch(from_local, to_local, zone, starts_at, ends_at)


def stretch_between(starts_at: datetime, ends_at: datetime, zone: str) -> Stretch:
    """The stretch between two aware instants, the end after the start."""
    from_local, to_local = clocks.instant_to_wall(starts_at, zone), clocks.instant_to_wall(ends_at, zone)
    return _stretch(from_local, to_local, zone, starts_at, ends_at)


def _stretch(from_local: datetime, to_local: datetime, zone: str, starts_at: datetime, ends_at: datetime) -> Stretch:
    return Stretch(
        from_local=from_local,
        to_local=to_local,
        zone=zone,
        starts_at=starts_at,
        ends_at=ends_at,
        days=days_between(from_local, to_local),
        hours=-(-(ends_at - starts_at) // timedelta(hours=1)),
    )


def days_between(from_local: datetime, to_local: datetime) -> int:
    """The wall-clock length over 24 h, rounded up after half an hour of grace; at least 1."""
    return max(1, -(-(to_local - from_local - GRACE) // DAY))


def price_of_stretch(rates: Rates, stretch: Stretch, *, extras: Iterable[ChosenExtra] = (), fees: Fees) -> Quote:
    """`price` for a stretch that is already known; search asks it for many bikes of one zone."""
    first, days = stretch.from_local.date(), stretch.days
    by_days, like = _cheapest_days(rates, first, days)
    by_hours = _by_hours(rates, stretch)
    hourly = by_hours is not None and by_hours < by_days
    lines = _hour_lines(rates, stretch.hours) if hourly else _day_lines(rates, first, days, by_days, like)
    lines += [_extra_line(extra, days, rates.currency) for extra in extras if extra.quantity]

    subtotal = sum(line.amount.amount for line in lines)
    fee = _service_fee(subtotal, fees)
    if fee:
        amount = Money(fee, rates.currency)
        lines.append(Line(LineKind.SERVICE_FEE, 1, None, amount, percent=fees.renter))
    commission = share(subtotal, fees.commission, 100)

    def money(cents: int) -> Money:
        return Money(cents, rates.currency)

    return Quote(
        unit=Unit.HOUR if hourly else Unit.DAY,
        count=stretch.hours if hourly else days,
        days=days,
        lines=tuple(lines),
        rental_and_extras=money(subtotal),
        service_fee=money(fee),
        total=money(subtotal + fee),
        commission=money(commission),
        net=money(subtotal - commission),
        vat=money(share(fee, fees.vat, 100 + fees.vat)),
        commission_vat=money(share(commission, fees.vat, 100 + fees.vat)),
    )


def total_of_stretch(rates: Rates, stretch: Stretch, *, fees: Fees) -> int:
    """The total of `price_of_stretch` without extras, in cents, for who asks it of hundreds of bikes at once."""
    by_days, _like = _cheapest_days(rates, stretch.from_local.date(), stretch.days)
    by_hours = _by_hours(rates, stretch)
    subtotal = by_days if by_hours is None else min(by_days, by_hours)
    return subtotal + _service_fee(subtotal, fees)


def _by_hours(rates: Rates, stretch: Stretch) -> int | None:
    return None if rates.hour is None else rates.hour * stretch.hours


def _service_fee(subtotal: int, fees: Fees) -> int:
    return max(share(subtotal, fees.renter, 100), LEAST_TOTAL - subtotal, 0)


def _full(rates: Rates, first: date, days: int) -> int:
    """The days' prices added up, each by the local date on which its 24 hours begin."""
    if not rates.overrides:
        return rates.day * days
    return sum(rates.overrides.get(first + DAY * index, rates.day) for index in range(days))


def _percent(rates: Rates, days: int) -> int:
    if days >= MONTH:
        return max(rates.discount_28, rates.discount_7)
    return rates.discount_7 if days >= WEEK else 0


def _discounted(rates: Rates, first: date, days: int) -> int:
    full = _full(rates, first, days)
    return full - share(full, _percent(rates, days), 100)


def _cheapest_days(rates: Rates, first: date, days: int) -> tuple[int, int]:
    """The price of `days` days and how many days that price really buys.

    Six days are never dearer than the week that begins with them, so that a longer rental is never cheaper.
    """
    lengths = [days, *(step for step in (WEEK, MONTH) if step > days)]
    return min((_discounted(rates, first, length), length) for length in lengths)


def _hour_lines(rates: Rates, hours: int) -> list[Line]:
    assert rates.hour is not None
    unit_price = Money(rates.hour, rates.currency)
    return [Line(LineKind.RENTAL, hours, unit_price, unit_price.times(hours), unit=Unit.HOUR)]


def _day_lines(rates: Rates, first: date, days: int, amount: int, like: int) -> list[Line]:
    full = _full(rates, first, days)
    prices = {rates.overrides.get(first + DAY * index, rates.day) for index in range(days)}
    unit_price = Money(prices.pop(), rates.currency) if len(prices) == 1 else None
    lines = [Line(LineKind.RENTAL, days, unit_price, Money(full, rates.currency), unit=Unit.DAY)]
    if amount < full:
        percent = _percent(rates, days) if like == days else 0
        off = Money(amount - full, rates.currency)
        lines.append(Line(LineKind.DISCOUNT, like, None, off, unit=Unit.DAY, percent=percent))
    return lines


def _extra_line(extra: ChosenExtra, days: int, currency: str) -> Line:
    unit_price = Money(extra.price, currency)
    times = extra.quantity * (days if extra.per_day else 1)
    return Line(
        LineKind.EXTRA,
        extra.quantity,
        unit_price,
        unit_price.times(times),
        unit=Unit.DAY if extra.per_day else "",
        name=extra.name,
        extra=extra.id,
        extra_kind=extra.kind,
    )
