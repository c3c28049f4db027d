"""Webhooks: whether a body really comes from Stripe, and which object it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from stripe import Event as StripeEvent
from stripe import SignatureVerificationError

from payments.gateway.client import stripe_client
from payments.gateway.errors import translated

Source = Literal["platform", "connect", "thin"]


class SignatureInvalid(Exception):
    """Not from Stripe, or not for us."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The object an event is about: `kind` is Stripe's name of it, `intent` the PaymentIntent it belongs to, if any."""

    kind: str
    id: str
    intent: str | None


@dataclass(frozen=True, slots=True)
class Notice:
    """A verified event: its id and type, and whether it is about live money."""

    id: str
    type: str
    livemode: bool


def verify(source: Source, body: bytes, signature: str | None) -> Notice:
    """Check a raw body against its signature. Raises SignatureInvalid for a wrong, missing or old (5 min) one."""
    secret = settings.STRIPE_WEBHOOK_SECRETS[source]
    client = stripe_client()
    try:
        if source == "thin":
            thin = client.parse_event_notification(body, signature, secret)
            return Notice(thin.id, thin.type, bool(thin.livemode))
        event = client.construct_event(body, signature, secret)
        return Notice(event.id, event.type, event.livemode)
    except (SignatureVerificationError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SignatureInvalid(str(error)) from error


def expects_live() -> bool:
    """Whether the key in the settings moves real money; events must agree with it."""
    return str(settings.STRIPE_API_KEY).startswith(("sk_live_", "rk_live_"))


def subject_of(payload: Mapping[str, object]) -> Subject | None:
    """The object a stored event is about, of either shape; None when it names none."""
    related = payload.get("related_object")
    if isinstance(related, Mapping):
        return Subject(str(related.get("type")), str(related.get("id")), None)
    data = payload.get("data")
    inner = data.get("object") if isinstance(data, Mapping) else None
    if not isinstance(inner, Mapping) or "id" not in inner:
        return None
    intent = inner.get("payment_intent")
    return Subject(str(inner.get("object")), str(inner["id"]), str(intent) if intent else None)


def list_events(*, since: int, types: list[str], limit: int = 1000) -> list[dict[str, object]]:
    """The platform's snapshot events of these types since a Unix second, as they would have been posted."""
    with translated():
        found = stripe_client().v1.events.list({"created": {"gte": since}, "types": types, "limit": 100})
        events: list[StripeEvent] = []
        for event in found.auto_paging_iter():
            events.append(event)
            if len(events) >= limit:
                break
    return [event.to_dict() for event in events]
