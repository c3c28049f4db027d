"""Balances: always sums over the lines, never kept."""

from django.db.models import QuerySet, Sum

from bikeens.accounts.models import User
from bookings.models import Booking
from payments.ledger import accounts
from payments.ledger.models import Line


def balance(account: str, *, owner: User | None = None, booking: Booking | None = None) -> int:
    """Cents on an account, of one owner or booking where given; what is owed or earned counts positive."""
    lines = Line.objects.filter(account=account)
    if owner is not None:
        lines = lines.filter(owner=owner)
    if booking is not None:
        lines = lines.filter(booking=booking)
    return _sum(lines) * _sign(account)


def balances() -> dict[str, int]:
    """Cents on every account that was ever used."""
    rows = Line.objects.values("account").annotate(sum=Sum("amount")).order_by("account")
    return {row["account"]: row["sum"] * _sign(row["account"]) for row in rows}


def _sum(lines: QuerySet[Line]) -> int:
    return int(lines.aggregate(sum=Sum("amount"))["sum"] or 0)


def _sign(account: str) -> int:
    return -1 if account in accounts.LIABILITIES | accounts.INCOME else 1
