"""Money: integer minor units and an ISO currency. No floats; splits give the remainder by subtraction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict


class MoneyJSON(TypedDict):
    amount: int
    currency: str


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """`amount` in minor units (cents) of `currency`. Raises ValueError when two currencies meet."""

    amount: int
    currency: str

    def __post_init__(self) -> None:
        if isinstance(self.amount, bool) or not isinstance(self.amount, int):
            raise TypeError("Money holds whole minor units.")

    @classmethod
    def zero(cls, currency: str) -> Money:
        return cls(0, currency)

    @classmethod
    def total(cls, amounts: Iterable[Money], currency: str) -> Money:
        return sum(amounts, cls.zero(currency))

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + self._alike(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount - self._alike(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._alike(other)

    def __le__(self, other: Money) -> bool:
        return self.amount <= self._alike(other)

    def __gt__(self, other: Money) -> bool:
        return self.amount > self._alike(other)

    def __ge__(self, other: Money) -> bool:
        return self.amount >= self._alike(other)

    def __bool__(self) -> bool:
        return self.amount != 0

    def __str__(self) -> str:
        sign = "-" if self.amount < 0 else ""
        return f"{sign}{abs(self.amount) // 100}.{abs(self.amount) % 100:02d} {self.currency}"

    def times(self, count: int) -> Money:
        return Money(self.amount * count, self.currency)

    def share(self, numerator: int, denominator: int) -> Money:
        """`numerator/denominator` of the amount, rounded half away from zero to a whole minor unit."""
        return Money(share(self.amount, numerator, denominator), self.currency)

    def as_json(self) -> MoneyJSON:
        return {"amount": self.amount, "currency": self.currency}

    def _alike(self, other: Money) -> int:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} don't mix.")
        return other.amount


def share(amount: int, numerator: int, denominator: int) -> int:
    """`amount * numerator / denominator` in whole cents, rounded half away from zero."""
    product = amount * numerator
    rounded = (abs(product) * 2 + denominator) // (2 * denominator)
    return rounded if product >= 0 else -rounded
