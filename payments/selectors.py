"""What people are shown of the money."""

from collections import Counter
from datetime import datetime
from typing import TypedDict
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Prefetch

from bikeens.accounts.models import User
from bikeens.core.money import Money
from payments.models import Payment, StripeAccount, Transfer

# More rows than any owner reads; the sums above them count everything.
ROWS = 200


class PayoutsDict(TypedDict):
    status: str
    ready: bool
    requirements: list[str]


class RowDict(TypedDict):
    booking: UUID
    reference: str
    title: str
    rental_and_extras: Money
    commission: Money
    net: Money
    state: str
    at: datetime


class MonthDict(TypedDict):
    month: str
    amount: Money


class EarningsDict(TypedDict):
    currency: str
    held: Money
    on_the_way: Money
    paid: Money
    waiting_reason: str | None
    months: list[MonthDict]
    rows: list[RowDict]


def payouts_of(owner: User) -> PayoutsDict:
    """Whether an owner can be paid, as the last event or look said."""
    account = StripeAccount.objects.filter(owner=owner).first()
    if account is None:
        return {"status": "none", "ready": False, "requirements": []}
    return {"status": account.status, "ready": account.ready, "requirements": list(account.requirements)}


def earnings_of(owner: User) -> EarningsDict:
    """An owner's money: what is held, on the way and paid, by month and by booking, newest first."""
    transfers = Transfer.objects.select_related("transition").order_by("pk")
    rows = [
        row
        for payment in Payment.objects.filter(booking__owner=owner, status=Payment.Status.CAPTURED)
        .select_related("booking", "booking__listing")
        .prefetch_related(Prefetch("transfers", queryset=transfers), "refunds")
        .order_by("-captured_at")
        if (row := _row(payment)) is not None
    ]
    zone = ZoneInfo(owner.time_zone)
    months: Counter[str] = Counter()
    for row in rows:
        if row["state"] == "paid":
            months[row["at"].astimezone(zone).strftime("%Y-%m")] += row["net"].amount
    waiting = Transfer.objects.filter(owner=owner, status=Transfer.Status.WAITING).exclude(waiting_reason="")
    reason = waiting.order_by("-pk").values_list("waiting_reason", flat=True).first()
    return {
        "currency": settings.CURRENCY,
        "held": _total(rows, "held"),
        "on_the_way": _total(rows, "on_the_way") + _total(rows, "waiting"),
        "paid": _total(rows, "paid"),
        "waiting_reason": reason,
        "months": [
            {"month": month, "amount": Money(amount, settings.CURRENCY)}
            for month, amount in sorted(months.items(), reverse=True)
        ],
        "rows": rows[:ROWS],
    }


def _row(payment: Payment) -> RowDict | None:
    """A booking's line among the earnings; None when the whole payment went back."""
    booking = payment.booking
    currency = payment.currency
    transfer = next(iter(payment.transfers.all()), None)
    if transfer is None and payment.refunds.all():
        return None
    if transfer is None:
        # The split is booked in one step; without it the money is still the renter's, held for the rental.
        net, commission = booking.owner_net, booking.commission
        state, at = "held", payment.captured_at
    elif transfer.status == Transfer.Status.SENT:
        net, commission = transfer.amount, int(transfer.transition.data["commission"])
        state, at = "paid", transfer.sent_at
    else:
        net, commission = transfer.amount, int(transfer.transition.data["commission"])
        state, at = "waiting" if transfer.waiting_reason else "on_the_way", transfer.released_at
    assert at is not None  # captured, and sent, both say when
    return {
        "booking": booking.uuid,
        "reference": booking.reference,
        "title": booking.listing.title,
        "rental_and_extras": Money(net + commission, currency),
        "commission": Money(commission, currency),
        "net": Money(net, currency),
        "state": state,
        "at": at,
    }


def _total(rows: list[RowDict], state: str) -> Money:
    return Money.total((row["net"] for row in rows if row["state"] == state), settings.CURRENCY)
