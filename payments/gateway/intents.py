"""PaymentIntents: money set aside on a card, then taken or let go."""

from dataclasses import dataclass
from datetime import UTC, datetime

from stripe import BalanceTransaction, Charge, PaymentIntent

from payments.gateway.client import keyed, stripe_client
from payments.gateway.errors import translated

# One answer holds all that is ever asked about a payment.
EXPAND = ["latest_charge.balance_transaction"]


@dataclass(frozen=True, slots=True)
class Intent:
    """`amount`, `received` and `fee` in cents; `fee` and `charge` are known once money was taken.

    `status` is Stripe's: requires_payment_method, requires_confirmation, requires_action, processing,
    requires_capture, canceled, succeeded. `booking` is the UUID in its metadata.
    """

    id: str
    status: str
    amount: int
    received: int
    booking: str | None
    capture_before: datetime | None
    charge: str | None
    fee: int | None


def read_intent(intent: str) -> Intent:
    """The intent as it is now."""
    with translated():
        return _intent(stripe_client().v1.payment_intents.retrieve(intent, {"expand": EXPAND}))


def capture_intent(intent: str, *, amount: int, ledger_ref: str, key: str) -> Intent:
    """Take `amount` cents of what was set aside; the rest is let go."""
    with translated():
        return _intent(
            stripe_client().v1.payment_intents.capture(
                intent,
                {"amount_to_capture": amount, "metadata": {"ledger_ref": ledger_ref}, "expand": EXPAND},
                keyed(key),
            )
        )


def cancel_intent(intent: str, *, key: str) -> Intent:
    """Let go of what was set aside. Nothing was ever taken, so this is not a refund."""
    with translated():
        return _intent(stripe_client().v1.payment_intents.cancel(intent, {"expand": EXPAND}, keyed(key)))


def _intent(intent: PaymentIntent) -> Intent:
    charge = intent.latest_charge if isinstance(intent.latest_charge, Charge) else None
    details = charge.payment_method_details if charge else None
    card = details.card if details else None
    before = getattr(card, "capture_before", None)
    movement = charge.balance_transaction if charge else None
    return Intent(
        id=intent.id,
        status=intent.status,
        amount=intent.amount,
        received=intent.amount_received,
        booking=getattr(intent.metadata, "booking", None),
        capture_before=datetime.fromtimestamp(before, UTC) if before else None,
        charge=charge.id if charge else None,
        fee=movement.fee if isinstance(movement, BalanceTransaction) else None,
    )
