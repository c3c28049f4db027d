"""Checkout Sessions: the hosted page where a renter pays."""

from dataclasses import dataclass
from datetime import UTC, datetime

from stripe.checkout import Session as StripeSession
from stripe.params.checkout import SessionCreateParams

from payments.gateway.client import keyed, stripe_client
from payments.gateway.errors import translated


@dataclass(frozen=True, slots=True)
class Session:
    """`status`: open, complete or expired. `url` is None once nobody can pay there any more."""

    id: str
    url: str | None
    status: str
    expires_at: datetime
    payment_intent: str | None
    reference: str | None


@dataclass(frozen=True, slots=True)
class Order:
    """What a page shall ask for. `amount` in cents; `expires_at` in Unix seconds, 30 minutes to 24 hours ahead."""

    customer: str
    booking: str
    title: str
    description: str
    amount: int
    currency: str
    expires_at: int
    success_url: str
    cancel_url: str
    language: str
    ledger_ref: str


def create_session(order: Order, *, key: str) -> Session:
    """Open a page. The card is authorised there and captured later; it is kept for what may be owed afterwards."""
    metadata = {"booking": order.booking, "kind": "rental", "ledger_ref": order.ledger_ref}
    params: SessionCreateParams = {
        "mode": "payment",
        "customer": order.customer,
        "client_reference_id": order.booking,
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": order.currency.lower(),
                    "unit_amount": order.amount,
                    "product_data": {"name": order.title, "description": order.description},
                },
            }
        ],
        "payment_intent_data": {
            "capture_method": "manual",
            "setup_future_usage": "off_session",
            "transfer_group": group_of(order.booking),
            "metadata": metadata,
        },
        "metadata": metadata,
        "expires_at": order.expires_at,
        "success_url": order.success_url,
        "cancel_url": order.cancel_url,
        "locale": order.language,
    }
    with translated():
        return _session(stripe_client().v1.checkout.sessions.create(params, keyed(key)))


def read_session(session: str) -> Session:
    """The session as it is now."""
    with translated():
        return _session(stripe_client().v1.checkout.sessions.retrieve(session))


def expire_session(session: str, *, key: str) -> Session:
    """Close the page. Raises Refused when it is complete or has expired already."""
    with translated():
        return _session(stripe_client().v1.checkout.sessions.expire(session, None, keyed(key)))


def find_session(*, customer: str, booking: str) -> Session | None:
    """The newest session opened for a booking, if there is one."""
    with translated():
        found = stripe_client().v1.checkout.sessions.list({"customer": customer, "limit": 100})
    for session in found.data:
        if session.client_reference_id == booking:
            return _session(session)
    return None


def group_of(booking: str) -> str:
    """The transfer group that ties a booking's charges and transfers together."""
    return f"booking_{booking}"


def _session(session: StripeSession) -> Session:
    intent = session.payment_intent
    return Session(
        id=session.id,
        url=session.url,
        status=session.status or "open",
        expires_at=datetime.fromtimestamp(session.expires_at, UTC),
        payment_intent=intent if intent is None or isinstance(intent, str) else intent.id,
        reference=session.client_reference_id,
    )
