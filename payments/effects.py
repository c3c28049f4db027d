"""What a transition does with money: the money column of the booking table, turned into commands.

Every effect may be run again at any point: it finds what is done and goes on from there. The effects of one booking
happen in the order of its transitions.
"""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Q, QuerySet

from bikeens.core import clock
from bookings.models import Booking, Transition
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
        share_out(transition, payment, Split(refund=payment.amount, owner=0, commission=0, service_fee=0))
    elif payment.status != Payment.Status.VOID:
        raise Waiting(f"the payment is still {payment.status}")


def release(transition: Transition) -> None:
    """The rental has happened: the owner's share goes to the owner, the fees are the platform's."""
    booking = transition.booking
    split = Split(0, owner=booking.owner_net, commission=booking.commission, service_fee=booking.renter_fee)
    _share_out_if_captured(transition, split)


def give_back(transition: Transition) -> None:
    """A cancellation or a settled claim: the amounts were frozen with the transition."""
    _share_out_if_captured(transition, frozen_split(transition))


def frozen_split(transition: Transition) -> Split:
    """The amounts in a transition's data; what is kept and not the owner's is commission, then service fee."""
    booking = transition.booking
    refund, owner = int(transition.data["refund_to_renter"]), int(transition.data["owner_share"])
    kept = booking.total_amount - refund - owner
    commission = int(transition.data.get("commission", max(0, kept - booking.renter_fee)))
    return Split(refund=refund, owner=owner, commission=commission, service_fee=kept - commission)


def nothing(transition: Transition) -> None:
    """Held money stays where it is: it is released by nothing but `release` and `settle`."""


EFFECTS: dict[str, Callable[[Transition], None]] = {
    "void": void,
    "capture": capture,
    "refund_policy": give_back,
    "refund_all": give_back,
    "release": release,
    "settle": give_back,
    "settle_default": release,
    "freeze": nothing,
    "late_fee": nothing,
}


def _share_out_if_captured(transition: Transition, split: Split) -> None:
    payment = Payment.objects.filter(booking=transition.booking_id).first()
    if payment is None or payment.status != Payment.Status.CAPTURED:
        # Never taken, so there is nothing to share out; what is still set aside is let go.
        void(transition)
        return
    share_out(transition, payment, split)


def share_out(transition: Transition, payment: Payment, split: Split) -> None:
    """Book where the held money goes, then send it: the refund first, then the owner's share, which may wait."""
    now = clock.now()
    with transaction.atomic():
        booking = Booking.objects.select_for_update().get(pk=payment.booking_id)
        book_split(booking, owner=booking.owner, split=split, at=now)
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
