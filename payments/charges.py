"""The renter's money of one booking: what Stripe says about it, taken over step by step, and taken or let go."""

from django.db import transaction

from bikeens.core import clock
from bikeens.core.db import retry_on_conflict
from bikeens.core.errors import DomainError
from bookings import machine
from bookings.actions import record_captured
from bookings.machine import Actor
from bookings.models import Booking, Transition
from payments.commands import Steps, renew, run, write_command
from payments.gateway import checkout, intents
from payments.gateway.intents import Intent
from payments.ledger.moments import book_captured, book_stripe_fee
from payments.models import Payment, StripeCommand

PAYMENTS = Actor.payments()


def refresh_payment(payment: Payment) -> Payment:
    """Read the session and the intent again and take over what they say. The same whenever and however often.

    Raises Unreachable or Conflict.
    """
    intent_id = payment.payment_intent
    if intent_id is None and payment.checkout_session:
        intent_id = checkout.read_session(payment.checkout_session).payment_intent
    if intent_id is not None:
        take_over(payment.pk, intents.read_intent(intent_id))
    payment.refresh_from_db()
    return payment


@retry_on_conflict
def take_over(payment_id: int, intent: Intent) -> None:
    """Bring the payment up to what an intent says; only ever forward: open, authorised, captured, or void.

    A payment that has been authorised is offered to the booking in the same transaction, so that it is never both
    accepted and let go.
    """
    with transaction.atomic():
        booking = machine.lock(Payment.objects.values_list("booking", flat=True).get(pk=payment_id))
        payment = Payment.objects.select_for_update().get(pk=payment_id)
        payment.payment_intent = intent.id
        if intent.status == "requires_capture" and payment.status == Payment.Status.OPEN:
            _authorised(booking, payment, intent)
        if intent.status == "succeeded" and payment.status != Payment.Status.CAPTURED:
            _captured(booking, payment, intent)
        if intent.status == "canceled" and payment.status != Payment.Status.CAPTURED:
            payment.status = Payment.Status.VOID
        if intent.fee is not None and payment.status == Payment.Status.CAPTURED and payment.stripe_fee is None:
            payment.stripe_fee = intent.fee
            book_stripe_fee(booking, fee=intent.fee, at=clock.now())
        payment.save()


def _authorised(booking: Booking, payment: Payment, intent: Intent) -> None:
    now = clock.now()
    payment.status = Payment.Status.AUTHORISED
    payment.authorised_at = now
    payment.capture_before = intent.capture_before
    action = "paid" if booking.instant else "authorised"
    before = intent.capture_before.isoformat() if intent.capture_before else None
    try:
        with transaction.atomic():
            machine.move(booking_id=booking.pk, action=action, actor=PAYMENTS, now=now, data={"capture_before": before})
    except DomainError:
        # Too late: the dates are gone, or the renter gave the booking up. The void of that transition lets it go.
        pass


def _captured(booking: Booking, payment: Payment, intent: Intent) -> None:
    now = clock.now()
    payment.status = Payment.Status.CAPTURED
    payment.authorised_at = payment.authorised_at or now
    payment.captured_at = now
    payment.charge = intent.charge
    book_captured(booking, amount=intent.received, at=now)
    record_captured(booking_id=booking.pk, at=now)


# --- capture ---------------------------------------------------------------------------------------------------


def _payment(command: StripeCommand) -> Payment:
    return Payment.objects.get(booking=command.booking_id)


def _send_capture(command: StripeCommand) -> Intent:
    return intents.capture_intent(
        command.params["payment_intent"],
        amount=command.params["amount"],
        ledger_ref=command.params["ledger_ref"],
        key=command.idempotency_key,
    )


def _find_captured(command: StripeCommand) -> Intent | None:
    intent = intents.read_intent(command.params["payment_intent"])
    return intent if intent.status == "succeeded" else None


def _record_intent(command: StripeCommand, intent: Intent) -> str:
    take_over(_payment(command).pk, intent)
    return intent.id


CAPTURE = Steps(send=_send_capture, find=_find_captured, record=_record_intent)


def capture(transition: Transition) -> None:
    """Take the money that was set aside. When the bank no longer gives it, the booking is told `capture_failed`."""
    payment = Payment.objects.get(booking=transition.booking_id)
    if payment.status == Payment.Status.CAPTURED:
        return
    params: dict[str, object] = {
        "payment_intent": payment.payment_intent,
        "amount": payment.amount,
        "ledger_ref": f"captured:{payment.booking.uuid}",
    }
    command = run(write_command(kind="capture", transition=transition, params=params), CAPTURE)
    if command.status == StripeCommand.Status.FAILED:
        refresh_payment(payment)
    if payment.status != Payment.Status.CAPTURED and command.status == StripeCommand.Status.FAILED:
        _tell_capture_failed(payment)


def _tell_capture_failed(payment: Payment) -> None:
    booking = payment.booking
    try:
        machine.move(booking_id=booking.pk, action="capture_failed", actor=PAYMENTS, now=clock.now())
    except DomainError:
        # Already cancelled meanwhile: that transition's own effect finds nothing to give back.
        return


# --- void ------------------------------------------------------------------------------------------------------


def _send_cancel(command: StripeCommand) -> Intent:
    return intents.cancel_intent(command.params["payment_intent"], key=command.idempotency_key)


def _find_cancelled(command: StripeCommand) -> Intent | None:
    intent = intents.read_intent(command.params["payment_intent"])
    return intent if intent.status == "canceled" else None


CANCEL = Steps(send=_send_cancel, find=_find_cancelled, record=_record_intent)


def cancel_authorisation(payment: Payment, transition: Transition) -> Payment:
    """Let go of money that was set aside, unless the booking has come back to life meanwhile."""
    with transaction.atomic():
        booking = machine.lock(payment.booking_id)
        if is_revived(booking, transition):
            return payment
        command = write_command(kind="cancel", transition=transition, params={"payment_intent": payment.payment_intent})
    if run(command, CANCEL).status != StripeCommand.Status.FAILED:
        return _reread(payment)
    payment = refresh_payment(payment)
    if payment.status == Payment.Status.AUTHORISED:
        # Refused, and still set aside: nobody's card stays held for a week because of one refusal.
        renew(command)
    return payment


def is_revived(booking: Booking, transition: Transition) -> bool:
    """Whether money that came after `transition` was accepted: then there is nothing to let go."""
    return booking.transitions.filter(pk__gt=transition.pk, action__in=["authorised", "paid"]).exists()


def _reread(payment: Payment) -> Payment:
    payment.refresh_from_db()
    return payment
