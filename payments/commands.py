"""The outbox: every call that changes something at Stripe is a row before it is made, and makes one object.

A command is claimed by a conditional update, sent outside any transaction, and closed in one transaction together with
what its answer means. Whatever is lost in between, the next attempt sends the same under the same key.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, TypeVar

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce

from bikeens.accounts.models import User
from bikeens.core import clock
from bookings.models import Transition
from payments.gateway.errors import Conflict, Declined, Refused, Unreachable
from payments.models import StripeCommand

A = TypeVar("A")

# Stripe forgets a key after 24 hours; from then on the same call could make a second object.
KEY_LIVES = timedelta(hours=23)
# Longer than any call may take: whoever claimed it is gone.
STUCK_AFTER = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Steps(Generic[A]):
    """How one kind of command is done.

    `send` makes the call; `find` looks for what an old attempt may have made; `record` writes down what the answer
    means, inside the transaction that closes the command, and returns the id of the object made.
    """

    send: Callable[[StripeCommand], A]
    find: Callable[[StripeCommand], A | None]
    record: Callable[[StripeCommand, A], str]


def write_command(*, kind: str, transition: Transition, params: dict[str, object]) -> StripeCommand:
    """The command of this kind for a transition; parameters are frozen when it is written first."""
    command, _ = StripeCommand.objects.get_or_create(
        transition=transition,
        kind=kind,
        defaults={"booking_id": transition.booking_id, "params": params, "created_at": clock.now()},
    )
    return command


def write_person_command(*, kind: str, person: User, params: dict[str, object]) -> StripeCommand:
    """The command of this kind for a person: each of them has one customer and one account."""
    command, _ = StripeCommand.objects.get_or_create(
        transition=None, person=person, kind=kind, defaults={"params": params, "created_at": clock.now()}
    )
    return command


def run(command: StripeCommand, steps: Steps[A], *, patience: float = 0) -> StripeCommand:
    """Carry a command out unless that has been done, and return it as it is then: done, or failed with Stripe's reason.

    `patience` is how many seconds to wait for another process that is sending it: somebody who clicks twice waits for
    their first click. Raises Unreachable or Conflict when nothing is known yet: run it again later.
    """
    if not _claim(command):
        _await(command, patience)
        if command.status in (StripeCommand.Status.DONE, StripeCommand.Status.FAILED):
            return command
        raise Conflict("command_running", f"{command.kind} is being sent by another process.")
    command.refresh_from_db()
    try:
        answer = _ask(command, steps)
    except (Declined, Refused) as error:
        _close(command, StripeCommand.Status.FAILED, last_error=str(error))
        return command
    except (Unreachable, Conflict) as error:
        _close(command, StripeCommand.Status.PENDING, last_error=str(error))
        raise
    with transaction.atomic():
        answer_id = steps.record(command, answer)
        _close(command, StripeCommand.Status.DONE, last_error="", answer_id=answer_id)
    return command


def renew(command: StripeCommand, *, params: dict[str, object] | None = None) -> StripeCommand:
    """Make a failed command ready for a new attempt, under a new key and, where given, with new parameters."""
    changes: dict[str, object] = {"params": params} if params is not None else {}
    StripeCommand.objects.filter(pk=command.pk, status=StripeCommand.Status.FAILED).update(
        status=StripeCommand.Status.PENDING, attempt=command.attempt + 1, first_sent_at=None, **changes
    )
    command.refresh_from_db()
    return command


def _claim(command: StripeCommand) -> bool:
    now = clock.now()
    abandoned = Q(status=StripeCommand.Status.RUNNING, last_sent_at__lt=now - STUCK_AFTER)
    claimed = StripeCommand.objects.filter(Q(status=StripeCommand.Status.PENDING) | abandoned, pk=command.pk).update(
        status=StripeCommand.Status.RUNNING, last_sent_at=now, first_sent_at=Coalesce("first_sent_at", now)
    )
    return bool(claimed)


def _await(command: StripeCommand, patience: float) -> None:
    until = time.monotonic() + patience
    command.refresh_from_db()
    while command.status == StripeCommand.Status.RUNNING and time.monotonic() < until:
        time.sleep(0.05)
        command.refresh_from_db()


def _ask(command: StripeCommand, steps: Steps[A]) -> A:
    now = clock.now()
    if command.first_sent_at is not None and now - command.first_sent_at > KEY_LIVES:
        found = steps.find(command)
        if found is not None:
            return found
        # Nothing was made, and the old key no longer protects anything.
        command.attempt += 1
        command.first_sent_at = now
        command.save(update_fields=["attempt", "first_sent_at"])
    return steps.send(command)


def _close(command: StripeCommand, status: StripeCommand.Status, *, last_error: str, answer_id: str = "") -> None:
    command.status = status
    command.last_error = last_error
    command.answer_id = answer_id
    command.done_at = clock.now() if status == StripeCommand.Status.DONE else None
    command.save(update_fields=["status", "last_error", "answer_id", "done_at"])
