"""The moments at which money moves, each as one posting."""

from dataclasses import dataclass
from datetime import datetime

from bikeens.accounts.models import User
from bookings.models import Booking
from payments.ledger.accounts import (
    COMMISSION,
    HELD,
    OWNER_PAYABLE,
    REFUND_PAYABLE,
    SERVICE_FEE,
    STRIPE,
    STRIPE_FEES,
    VAT,
)
from payments.ledger.models import Posting
from payments.ledger.posting import Entry, LedgerError, post_entry


@dataclass(frozen=True, slots=True)
class Split:
    """Where a held payment goes in the end, in cents: back to the renter, to the owner, and the platform's two fees.

    The fees contain their VAT.
    """

    refund: int = 0
    owner: int = 0
    commission: int = 0
    service_fee: int = 0
    commission_vat: int = 0
    service_fee_vat: int = 0

    def __post_init__(self) -> None:
        parts = (self.refund, self.owner, self.commission_vat, self.service_fee_vat)
        nets = (self.commission - self.commission_vat, self.service_fee - self.service_fee_vat)
        if min(*parts, *nets) < 0:
            raise LedgerError(f"{self} takes money from somebody.")

    @property
    def total(self) -> int:
        return self.refund + self.owner + self.commission + self.service_fee


def book_captured(booking: Booking, *, amount: int, at: datetime) -> Posting:
    """The renter's money arrived at Stripe and is held for this booking."""
    return _post(booking, "captured", at, Entry(STRIPE, debit=amount), Entry(HELD, credit=amount))


def book_stripe_fee(booking: Booking, *, fee: int, at: datetime) -> Posting | None:
    """What Stripe kept of the charge; None where it was nothing."""
    if not fee:
        return None
    return _post(booking, "stripe_fee", at, Entry(STRIPE_FEES, debit=fee), Entry(STRIPE, credit=fee))


def book_split(booking: Booking, *, owner: User, split: Split, ref: str, at: datetime) -> Posting:
    """The held payment is shared out: a release, a cancellation or a settled claim.

    What is not held can't be shared out again (LedgerError). The VAT contained in the platform's fees is owed from
    here on.
    """
    entries = [
        Entry(HELD, debit=split.total),
        Entry(REFUND_PAYABLE, credit=split.refund),
        Entry(OWNER_PAYABLE, credit=split.owner, owner=owner),
        Entry(COMMISSION, credit=split.commission - split.commission_vat),
        Entry(SERVICE_FEE, credit=split.service_fee - split.service_fee_vat),
        Entry(VAT, credit=split.commission_vat + split.service_fee_vat),
    ]
    return post_entry(ref=ref, moment="split", booking=booking, currency=booking.currency, at=at, entries=entries)


def book_transfer(booking: Booking, *, owner: User, amount: int, ref: str, at: datetime) -> Posting:
    """The owner's share left for their account."""
    entries = [Entry(OWNER_PAYABLE, debit=amount, owner=owner), Entry(STRIPE, credit=amount)]
    return post_entry(ref=ref, moment="transfer", booking=booking, currency=booking.currency, at=at, entries=entries)


def book_refund(booking: Booking, *, amount: int, ref: str, at: datetime) -> Posting:
    """The refund left for the renter's card."""
    entries = [Entry(REFUND_PAYABLE, debit=amount), Entry(STRIPE, credit=amount)]
    return post_entry(ref=ref, moment="refund", booking=booking, currency=booking.currency, at=at, entries=entries)


def book_refund_failed(booking: Booking, *, amount: int, ref: str, at: datetime) -> Posting:
    """The card's bank sent a refund back: it is owed again."""
    entries = [Entry(STRIPE, debit=amount), Entry(REFUND_PAYABLE, credit=amount)]
    return post_entry(
        ref=f"{ref}:failed",
        moment="refund_failed",
        booking=booking,
        currency=booking.currency,
        at=at,
        entries=entries,
    )


def _post(booking: Booking, moment: str, at: datetime, *entries: Entry) -> Posting:
    return post_entry(
        ref=f"{moment}:{booking.uuid}",
        moment=moment,
        booking=booking,
        currency=booking.currency,
        at=at,
        entries=entries,
    )
