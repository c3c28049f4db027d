"""Stripe's events: stored once, then worked off by reading the object again, so that order and repeats don't matter."""

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app as jobs

from bikeens.core import clock
from payments.charges import refresh_payment
from payments.gateway import intents, webhooks
from payments.gateway.webhooks import Subject
from payments.models import Payment, Refund, StripeAccount, Transfer, WebhookEvent
from payments.onboarding import refresh_account
from payments.refunds import refresh_refund
from payments.transfers import refresh_transfer

log = logging.getLogger(__name__)

# An object we do not know yet may be ours all the same: the answer that would have named it is still under way.
UNKNOWN = "unknown object"
GIVE_UP_AFTER = timedelta(days=3)


class UnknownObject(Exception):
    """The event is about something that is not in our tables."""


def store_event(*, source: str, event_id: str, event_type: str, payload: Mapping[str, object]) -> WebhookEvent | None:
    """Keep an event and have it worked off; None when it has been stored before."""
    with transaction.atomic():
        event, is_new = WebhookEvent.objects.get_or_create(
            event_id=event_id,
            defaults={"source": source, "type": event_type, "payload": payload, "received_at": clock.now()},
        )
        if is_new:
            jobs.configure_task("payments.process_event").defer(event_id=event.pk)
    return event if is_new else None


def process(event: WebhookEvent) -> None:
    """Read the event's object again and take over what it says. Raises Unreachable or Conflict: try again later."""
    if event.processed_at is not None:
        return
    subject = webhooks.subject_of(event.payload)
    handle = HANDLERS.get(subject.kind) if subject else None
    error = ""
    try:
        if subject is not None and handle is not None:
            handle(subject)
    except UnknownObject:
        error = UNKNOWN
    except Exception as problem:
        WebhookEvent.objects.filter(pk=event.pk).update(error=str(problem)[:2000])
        raise
    is_over = not error or clock.now() - event.received_at > GIVE_UP_AFTER
    WebhookEvent.objects.filter(pk=event.pk).update(processed_at=clock.now() if is_over else None, error=error)


def _session(subject: Subject) -> None:
    payment = Payment.objects.filter(checkout_session=subject.id).first()
    if payment is None:
        raise UnknownObject
    refresh_payment(payment)


def _intent(subject: Subject) -> None:
    refresh_payment(_payment_of_intent(subject.id))


def _charge(subject: Subject) -> None:
    if subject.intent is None:
        raise UnknownObject
    refresh_payment(_payment_of_intent(subject.intent))


def _payment_of_intent(intent_id: str) -> Payment:
    """The payment of an intent, which we may hear of before we hear of the session's completion."""
    payment = Payment.objects.filter(payment_intent=intent_id).first()
    if payment is None:
        reference = intents.read_intent(intent_id).booking
        payment = Payment.objects.filter(booking__uuid=UUID(reference)).first() if reference else None
    if payment is None:
        raise UnknownObject
    return payment


def _refund(subject: Subject) -> None:
    refund = Refund.objects.filter(stripe_id=subject.id).first()
    if refund is None:
        raise UnknownObject
    refresh_refund(refund)


def _transfer(subject: Subject) -> None:
    transfer = Transfer.objects.filter(stripe_id=subject.id).first()
    if transfer is None:
        raise UnknownObject
    refresh_transfer(transfer)


def _account(subject: Subject) -> None:
    account = StripeAccount.objects.filter(stripe_id=subject.id).first()
    if account is None:
        raise UnknownObject
    refresh_account(account)


# By the name Stripe gives the object. Events about anything else are kept and need nothing.
HANDLERS: dict[str, Callable[[Subject], None]] = {
    "checkout.session": _session,
    "payment_intent": _intent,
    "charge": _charge,
    "refund": _refund,
    "transfer": _transfer,
    "v2.core.account": _account,
    "account": _account,
}
