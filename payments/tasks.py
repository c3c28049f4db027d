"""The jobs of the payments floor. Each only finds its row and calls the action."""

import logging

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from bookings.models import Transition
from payments import effects, inbox, sweeps, transfers
from payments.gateway.errors import Conflict, Unreachable
from payments.models import Transfer, WebhookEvent

log = logging.getLogger(__name__)

# 3, 9 and 27 seconds; what is still open then is found by the minute sweep.
RETRY = RetryStrategy(max_attempts=4, exponential_wait=3, retry_exceptions={Conflict, Unreachable, effects.Waiting})


@jobs.task(name="payments.perform", queue="money", retry=RETRY)
def perform(transition_id: int) -> None:
    """Do what a transition does with money."""
    effects.perform(Transition.objects.get(pk=transition_id))


@jobs.task(name="payments.process_event", queue="money", retry=RETRY)
def process_event(event_id: int) -> None:
    """Work off one event of Stripe."""
    inbox.process(WebhookEvent.objects.get(pk=event_id))


@jobs.task(name="payments.send_waiting", queue="money", retry=RETRY)
def send_waiting(owner_id: int) -> None:
    """Send an owner what waited for their account."""
    for transfer in Transfer.objects.filter(owner=owner_id, status=Transfer.Status.WAITING).order_by("pk"):
        transfers.send_transfer(transfer)


@jobs.periodic(cron="* * * * *")
@jobs.task(name="payments.sweep_commands", queue="money", queueing_lock="payments.sweep_commands")
def sweep_commands(timestamp: int) -> None:
    """Every minute: find again what was lost on the way."""
    sweeps.sweep_commands()


@jobs.periodic(cron="17 * * * *")
@jobs.task(name="payments.sweep_objects", queue="money", queueing_lock="payments.sweep_objects")
def sweep_objects(timestamp: int) -> None:
    """Every hour: read again what is not final."""
    for problem in sweeps.sweep_objects():
        log.warning("The hourly sweep could not read %s", problem)
