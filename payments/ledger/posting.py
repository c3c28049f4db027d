"""The only writer of the books."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from bikeens.accounts.models import User
from bookings.models import Booking
from payments.ledger import accounts
from payments.ledger.balances import balance
from payments.ledger.models import Line, Posting


class LedgerError(Exception):
    """An entry that must not be: out of balance, on an unknown account, or making a debt less than nothing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Cents on one account: exactly one side of each pair of debit and credit. `owner` for owner_payable."""

    account: str
    debit: int = 0
    credit: int = 0
    owner: User | None = None

    @property
    def amount(self) -> int:
        return self.debit - self.credit


def post_entry(
    *, ref: str, moment: str, booking: Booking, currency: str, at: datetime, entries: Sequence[Entry]
) -> Posting:
    """Write one posting, or return the one already written under `ref`.

    Entries of nothing are left out. The caller holds the booking's lock, so that what is owed can be checked here.
    Raises LedgerError; a deferred trigger in the database checks the sum once more.
    """
    lines = [entry for entry in entries if entry.amount]
    if any(entry.debit < 0 or entry.credit < 0 or (entry.debit and entry.credit) for entry in lines):
        raise LedgerError(f"{ref}: a line is a debit or a credit, and positive.")
    if unknown := {entry.account for entry in lines} - set(accounts.ALL):
        raise LedgerError(f"{ref}: unknown accounts {sorted(unknown)}.")
    difference = sum(entry.amount for entry in lines)
    if difference or not lines:
        raise LedgerError(f"{ref}: {len(lines)} lines that sum to {difference} and not to zero.")
    with transaction.atomic():
        posting, is_new = Posting.objects.get_or_create(
            ref=ref, defaults={"moment": moment, "booking": booking, "currency": currency, "at": at}
        )
        if not is_new:
            return posting
        Line.objects.bulk_create(
            Line(posting=posting, account=entry.account, owner=entry.owner, booking=booking, amount=entry.amount)
            for entry in lines
        )
        for entry in lines:
            _check_not_negative(ref, entry, booking)
    return posting


def _check_not_negative(ref: str, entry: Entry, booking: Booking) -> None:
    if entry.account in accounts.LIABILITIES and entry.debit:
        of_booking = booking if entry.account in accounts.PER_BOOKING else None
        left = balance(entry.account, owner=entry.owner, booking=of_booking)
        if left < 0:
            raise LedgerError(f"{ref}: {entry.account} would be {left}.")
