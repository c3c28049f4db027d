"""What a transition does with money: the money column of the booking table, turned into commands.

Every effect may be run again at any point: it finds what is done and goes on from there. The effects of one booking
happen in the order of its transitions.
"""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Q, QuerySet

from bikeens.core import clock
from bookings import machine, states
from bookings.models import Transition
from payments.charges import cancel_authorisation, capture, is_revived
from payments.checkout import close_checkout
from payments.ledger.moments import Split, book_split
from payments.models import Effect, Payment, Refund, StripeCommand, Transfer
from payments.refunds import send_refund
from payments.transfers import send_transfer


class Waiting(Exception):
    """An effect that cannot be finished now; the sweep runs it again."""


def perform(transition: Transition) -> None:
    """Run the open effects of this transition's booking up to and including it.

    Raises Waiting, Unreachable or Conflict when one of them has to be tried again later.
    """
    for open_one in open_transitions().filter(booking=transition.booking_id, pk__lte=transition.pk).order_by("pk"):
        effect, _ = Effect.objects.get_or_create(transition=open_one)
        try:
            EFFECTS[open_one.money](open_one)
        except Exception as error:
            Effect.objects.filter(pk=effect.pk).update(waiting_for=str(error)[:200])
            raise
        Effect.objects.filter(pk=effect.pk).update(done_at=clock.now(), waiting_for="")


def open_transitions() -> QuerySet[Transition]:
    """Transitions that do something with money which has not been done yet."""
    return Transition.objects.exclude(money="").filter(Q(effect=None) | Q(effect__done_at=None))


def void(transition: Transition) -> None:
    """Nothing shall be taken: close the page, let go of what was set aside, give back what was taken regardless."""
    payment = Payment.objects.filter(booking=transition.booking_id).first()
    if payment is None:
        return
    if payment.status == Payment.Status.OPEN:
        close_checkout(payment, transition)
    if payment.status == Payment.Status.AUTHORISED:
        payment = cancel_authorisation(payment, transition)
    if is_revived(payment.booking, transition):
        return
    if payment.status == Payment.Status.CAPTURED:
        share_out(transition, payment, Split(refund=payment.amount))
    elif payment.status != Payment.Status.VOID:
        raise Waiting(f"the payment is still {payment.status}")


def pay_out(transition: Transition) -> None:
    """The held money is shared out as was frozen with the transition: a release, a cancellation, a settled claim."""
    payment = Payment.objects.filter(booking=transition.booking_id).first()
    if payment is None or payment.status != Payment.Status.CAPTURED:
        # Never taken, so there is nothing to share out; what is still set aside is let go.
        void(transition)
        return
    share_out(transition, payment, frozen_split(transition))


def frozen_split(transition: Transition) -> Split:
    """The amounts in a transition's data, written by `bookings.effects` and never computed again."""
    data = transition.data
    return Split(
        refund=data["refund_to_renter"],
        owner=data["owner_share"],
        commission=data["commission"],
        service_fee=data["service_fee"],
        commission_vat=data["commission_vat"],
        service_fee_vat=data["fee_vat"],
    )


def nothing(transition: Transition) -> None:
    """Held money stays where it is until a later transition shares it out."""


EFFECTS: dict[str, Callable[[Transition], None]] = {
    states.VOID: void,
    states.CAPTURE: capture,
    states.FREEZE: nothing,
    states.LATE_FEE: nothing,
    **dict.fromkeys(states.SHARING, pay_out),
}


def share_out(transition: Transition, payment: Payment, split: Split) -> None:
    """Book where the held money goes, then send it: the refund first, then the owner's share, which may wait."""
    now = clock.now()
    with transaction.atomic():
        booking = machine.lock(payment.booking_id)
        book_split(booking, owner=booking.owner, split=split, ref=f"split:{booking.uuid}:{transition.pk}", at=now)
        if split.refund:
            Refund.objects.get_or_create(transition=transition, defaults={"payment": payment, "amount": split.refund})
        if split.owner:
            Transfer.objects.get_or_create(
                transition=transition,
                defaults={
                    "payment": payment,
                    "owner": booking.owner,
                    "amount": split.owner,
                    "released_at": now,
                },
            )
    if split.refund:
        command = send_refund(Refund.objects.get(transition=transition))
        if command.status == StripeCommand.Status.FAILED:
            raise Waiting(f"the refund was refused: {command.last_error}")
    if split.owner:
        send_transfer(Transfer.objects.get(transition=transition))
