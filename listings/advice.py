"""What bikes like this one cost nearby, and what its owner would get. Pure; whole cents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bikeens.core.money import Money, share
from listings.pricing import MONTH, WEEK, Fees, Rates, price

# Fewer say nothing about a market.
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle and the two quarters of `count` numbers: half of them lie between `low` and `high`."""

    low: int
    median: int
    high: int
    count: int


@dataclass(frozen=True, slots=True)
class Example:
    """A rental of so many whole days: what its renter pays, what its owner receives."""

    days: int
    total: Money
    net: Money


def spread(numbers: Sequence[int]) -> Spread | None:
    """Median and quartiles, between the two nearest where none stands there; None for fewer than FEWEST.

    Hyndman and Fan, "Sample Quantiles in Statistical Packages" (1996), definition 7.
    """
    if len(numbers) < FEWEST:
        return None
    rising = sorted(numbers)

    def quarter(of: int) -> int:
        index, rest = divmod((len(rising) - 1) * of, 4)
        return share(rising[index] * (4 - rest) + rising[min(index + 1, len(rising) - 1)] * rest, 1, 4)

    return Spread(quarter(1), quarter(2), quarter(3), len(rising))


def examples(rates: Rates, fees: Fees) -> list[Example]:
    """A day, a week and four weeks, as THE PRICE has them."""
    # Any days will do where none has a price of its own, and UTC has no clock changes.
    start = datetime(2001, 1, 1, 10)  # noqa: DTZ001
    found = []
    for days in (1, WEEK, MONTH):
        quote = price(rates, from_local=start, to_local=start + timedelta(days=days), zone="UTC", fees=fees)
        found.append(Example(days, quote.total, quote.net))
    return found
