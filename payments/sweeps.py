"""What finds again whatever was lost on the way: commands never sent, events never received, objects never final."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.db.models import Q
from procrastinate.contrib.django import app as jobs

from bikeens.core import clock
from payments.charges import refresh_payment
from payments.effects import open_transitions
from payments.gateway import webhooks
from payments.gateway.errors import GatewayError
from payments.inbox import UNKNOWN, store_event
from payments.models import Payment, Refund, StripeAccount, Transfer, WebhookEvent
from payments.onboarding import refresh_account
from payments.refunds import refresh_refund
from payments.transfers import REFUSED

# Jobs need a moment; only what is older than this was lost.
GRACE = timedelta(seconds=30)
# Events are listed again from this far back; Stripe itself repeats an undelivered one for three days.
LOOK_BACK = timedelta(hours=3)
EVENT_TYPES = [
    "checkout.session.completed",
    "checkout.session.expired",
    "payment_intent.amount_capturable_updated",
    "payment_intent.canceled",
    "payment_intent.succeeded",
    "charge.updated",
    "refund.updated",
    "refund.failed",
    "transfer.reversed",
]


def sweep_commands() -> None:
    """Every minute: effects not done, transfers that could go, events not worked off. Each gets its job again."""
    now = clock.now()
    for transition_id in (
        open_transitions().filter(at__lt=now - GRACE).order_by("pk").values_list("pk", flat=True)[:500]
    ):
        jobs.configure_task("payments.perform").defer(transition_id=transition_id)
    ready = StripeAccount.objects.filter(status=StripeAccount.Status.ACTIVE).values("owner")
    owners = (
        Transfer.objects.filter(status=Transfer.Status.WAITING, owner__in=ready)
        .exclude(waiting_reason=REFUSED)
        .values_list("owner", flat=True)
        .distinct()
    )
    for owner_id in owners:
        jobs.configure_task("payments.send_waiting").defer(owner_id=owner_id)
    # An unknown object is asked for often at first, then hourly by the other sweep.
    unknown_long = Q(error=UNKNOWN, received_at__lt=now - timedelta(minutes=10))
    waiting = WebhookEvent.objects.filter(processed_at=None, received_at__lt=now - GRACE).exclude(unknown_long)
    for event_id in waiting.order_by("pk").values_list("pk", flat=True)[:500]:
        jobs.configure_task("payments.process_event").defer(event_id=event_id)


def sweep_objects() -> list[str]:
    """Hourly: read everything again that is not final, and list the events that never came.

    Returns what could not be read, for the log; one stubborn object does not keep the others waiting.
    """
    problems: list[str] = []
    now = clock.now()
    for payment in Payment.objects.filter(
        Q(status__in=[Payment.Status.OPEN, Payment.Status.AUTHORISED]) | Q(status="captured", stripe_fee=None)
    ):
        _try(problems, f"payment {payment.pk}", partial(refresh_payment, payment))
    for refund in Refund.objects.filter(status=Refund.Status.PENDING):
        _try(problems, f"refund {refund.pk}", partial(refresh_refund, refund))
    for account in StripeAccount.objects.exclude(status=StripeAccount.Status.ACTIVE):
        _try(problems, f"account {account.pk}", partial(refresh_account, account))
    _try(problems, "events", partial(fetch_missed_events, int((now - LOOK_BACK).timestamp())))
    for event_id in WebhookEvent.objects.filter(processed_at=None).values_list("pk", flat=True):
        jobs.configure_task("payments.process_event").defer(event_id=event_id)
    return problems


def fetch_missed_events(since: int) -> int:
    """Store the platform's events since a Unix second that never arrived; how many there were."""
    found = 0
    for event in webhooks.list_events(since=since, types=EVENT_TYPES):
        stored = store_event(source="platform", event_id=str(event["id"]), event_type=str(event["type"]), payload=event)
        found += stored is not None
    return found


def _try(problems: list[str], name: str, call: Callable[[], object]) -> None:
    try:
        call()
    except GatewayError as error:
        problems.append(f"{name}: {error}")
