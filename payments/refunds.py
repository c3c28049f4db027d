"""Money back to the renter's card: the amount was frozen when the booking ended, nothing is computed here."""

from django.db import transaction

from bikeens.core import clock
from bookings import machine
from payments.commands import Steps, run, write_command
from payments.gateway import refunds
from payments.ledger.moments import book_refund, book_refund_failed
from payments.models import Refund, StripeCommand


def send_refund(refund: Refund) -> StripeCommand:
    """Ask Stripe for a refund; the command says how that ended. Raises Unreachable or Conflict."""
    booking = refund.payment.booking
    params: dict[str, object] = {
        "intent": refund.payment.payment_intent,
        "amount": refund.amount,
        "booking": str(booking.uuid),
        "ledger_ref": ref_of(refund),
    }
    return run(write_command(kind="refund", transition=refund.transition, params=params), REFUND)


def ref_of(refund: Refund) -> str:
    """The name of this refund in Stripe's metadata and in the books."""
    return f"refund:{refund.payment.booking.uuid}:{refund.transition_id}"


def refresh_refund(refund: Refund) -> None:
    """Read a refund again and take over what became of it. Raises Unreachable or Conflict."""
    if refund.stripe_id is not None:
        _take_over(refund.pk, refunds.read_refund(refund.stripe_id))


def _take_over(refund_id: int, answer: refunds.Refund) -> None:
    """Only ever forward: asked, pending, succeeded, failed. A bank may send a refund back weeks after it succeeded."""
    now = clock.now()
    with transaction.atomic():
        booking = machine.lock(Refund.objects.values_list("payment__booking", flat=True).get(pk=refund_id))
        refund = Refund.objects.select_for_update().get(pk=refund_id)
        refund.stripe_id = answer.id
        if refund.booked_at is None:
            book_refund(booking, amount=refund.amount, ref=ref_of(refund), at=now)
            refund.booked_at = now
        if answer.status in ("failed", "canceled"):
            if refund.status != Refund.Status.FAILED:
                book_refund_failed(booking, amount=refund.amount, ref=ref_of(refund), at=now)
            refund.status = Refund.Status.FAILED
        elif answer.status == "succeeded" and refund.status != Refund.Status.FAILED:
            refund.status = Refund.Status.SUCCEEDED
        elif refund.status == Refund.Status.ASKED:
            refund.status = Refund.Status.PENDING
        refund.save()


def _send(command: StripeCommand) -> refunds.Refund:
    return refunds.create_refund(**command.params, key=command.idempotency_key)


def _find(command: StripeCommand) -> refunds.Refund | None:
    return refunds.find_refund(intent=command.params["intent"], ledger_ref=command.params["ledger_ref"])


def _record(command: StripeCommand, answer: refunds.Refund) -> str:
    _take_over(Refund.objects.get(transition=command.transition_id).pk, answer)
    return answer.id


REFUND = Steps(send=_send, find=_find, record=_record)
