"""Refunds: money back to the card it came from."""

from dataclasses import dataclass

from stripe import Refund as StripeRefund

from payments.gateway.client import keyed, stripe_client
from payments.gateway.errors import translated


@dataclass(frozen=True, slots=True)
class Refund:
    """`amount` in cents; `status`: pending, requires_action, succeeded, failed or canceled."""

    id: str
    amount: int
    status: str
    intent: str | None


def create_refund(*, intent: str, amount: int, booking: str, ledger_ref: str, key: str) -> Refund:
    """Send `amount` cents of an intent back to the card."""
    with translated():
        return _refund(
            stripe_client().v1.refunds.create(
                {
                    "payment_intent": intent,
                    "amount": amount,
                    "metadata": {"booking": booking, "kind": "refund", "ledger_ref": ledger_ref},
                },
                keyed(key),
            )
        )


def read_refund(refund: str) -> Refund:
    """The refund as it is now."""
    with translated():
        return _refund(stripe_client().v1.refunds.retrieve(refund))


def find_refund(*, intent: str, ledger_ref: str) -> Refund | None:
    """The refund made earlier under this reference, if there is one."""
    with translated():
        found = stripe_client().v1.refunds.list({"payment_intent": intent, "limit": 100})
    for refund in found.data:
        if getattr(refund.metadata, "ledger_ref", None) == ledger_ref:
            return _refund(refund)
    return None


def _refund(refund: StripeRefund) -> Refund:
    intent = refund.payment_intent
    return Refund(
        id=refund.id,
        amount=refund.amount,
        status=refund.status or "pending",
        intent=intent if intent is None or isinstance(intent, str) else intent.id,
    )
