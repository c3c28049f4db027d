"""What found bikes cost for the asked stretch, fees included: THE PRICE for many bikes at once."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from listings.models import PriceOverride
from listings.pricing import MONTH, Rates, Stretch, total_of_stretch
from listings.quoting import house_fees
from listings.search.rows import Row

# All that a price is made of, where no day differs.
_Key = tuple[str, int, int | None, int, int, str]


class Bike(NamedTuple):
    """What a price depends on, where nothing else of a bike is read."""

    id: int
    currency: str
    price_day: int
    price_hour: int | None
    discount_7: int
    discount_28: int
    time_zone: str


def totals_of(rows: Sequence[Row | Bike], stretches: Sequence[Stretch]) -> dict[int, int]:
    """Cents by listing. Bikes with the same prices are priced once."""
    zones = {stretch.zone: stretch for stretch in stretches}
    overrides = _overrides([row.id for row in rows], stretches[0])
    fees = house_fees()
    known: dict[_Key, int] = {}
    totals: dict[int, int] = {}
    for row in rows:
        own = overrides.get(row.id)
        key = (row.currency, row.price_day, row.price_hour, row.discount_7, row.discount_28, row.time_zone)
        if own is None and key in known:
            totals[row.id] = known[key]
            continue
        rates = Rates(*key[:5], own or {})
        totals[row.id] = total_of_stretch(rates, zones[row.time_zone], fees=fees)
        if own is None:
            known[key] = totals[row.id]
    return totals


def _overrides(ids: list[int], asked: Stretch) -> dict[int, dict[date, int]]:
    """Other day prices by listing: of the asked days and of those that a discount step may reach."""
    first = asked.from_local.date()
    days = first, first + timedelta(days=max(asked.days, MONTH))
    found: dict[int, dict[date, int]] = {}
    rows = PriceOverride.objects.filter(listing_id__in=ids, date__range=days)
    for listing, day, price in rows.values_list("listing_id", "date", "price_day"):
        found.setdefault(listing, {})[day] = price
    return found
