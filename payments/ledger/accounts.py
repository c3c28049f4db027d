"""The accounts of the books and what they stand for."""

from typing import Final

STRIPE: Final = "stripe"
"""Asset: the platform's balance at Stripe."""
STRIPE_FEES: Final = "stripe_fees"
"""Expense: what Stripe keeps of a charge."""
HELD: Final = "held"
"""Liability, per booking: the renter's money until the rental has happened."""
OWNER_PAYABLE: Final = "owner_payable"
"""Liability, per owner: released and not yet transferred."""
REFUND_PAYABLE: Final = "refund_payable"
"""Liability, per booking: promised back to the renter and not yet refunded."""
VAT: Final = "vat"
"""Liability: the tax contained in commission and service fee."""
COMMISSION: Final = "commission"
"""Income: kept from the owner's part, without VAT."""
SERVICE_FEE: Final = "service_fee"
"""Income: paid by the renter on top, without VAT."""

ALL: Final = (STRIPE, STRIPE_FEES, HELD, OWNER_PAYABLE, REFUND_PAYABLE, VAT, COMMISSION, SERVICE_FEE)
# These grow by credits; what is owed can never be less than nothing.
LIABILITIES: Final = frozenset({HELD, OWNER_PAYABLE, REFUND_PAYABLE, VAT})
INCOME: Final = frozenset({COMMISSION, SERVICE_FEE})
PER_BOOKING: Final = frozenset({HELD, REFUND_PAYABLE})
