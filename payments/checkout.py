"""Where the renter pays: one hosted Checkout page per booking, opened in the request, closed when the hold ends."""

from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from bikeens.accounts.models import User
from bikeens.core import clock
from bikeens.core.errors import DomainError, NotFound, Refused
from bookings import machine, states
from bookings.models import Booking, Transition
from payments.charges import refresh_payment
from payments.commands import Steps, renew, run, write_command, write_person_command
from payments.gateway import checkout, customers
from payments.gateway.checkout import Order, Session
from payments.gateway.errors import Conflict, Unreachable
from payments.models import Customer, Payment, StripeCommand

# Seconds a second click waits for the first one.
PATIENCE = 5.0
# Stripe opens no page for less; the lapse of the hold closes it in time.
SHORTEST_PAGE = timedelta(minutes=30)


def open_checkout(*, booking: UUID, renter: User, language: str) -> str:
    """The address of the page where the renter pays; the same one until it is paid or closed.

    Raises NotFound for anybody but the renter, Refused `not_payable` when the booking waits for no payment,
    `already_paid` when Stripe has the money but the news of it is still on its way, `checkout_failed` when Stripe says
    no, and 503 `payments_unreachable`.
    """
    try:
        return _open(_booking_of(booking, renter), renter, language)
    except (Unreachable, Conflict) as error:
        raise unreachable() from error


def refresh_checkout(*, booking: UUID, renter: User) -> Payment:
    """Read the payment of one's own booking from Stripe, the same as when Stripe tells of it.

    Raises NotFound for anybody but the renter and where no page was opened, and 503 `payments_unreachable`.
    """
    payment = Payment.objects.filter(booking=_booking_of(booking, renter)).first()
    if payment is None:
        raise NotFound("not_found", _("There is no such payment."))
    try:
        return refresh_payment(payment)
    except (Unreachable, Conflict) as error:
        raise unreachable() from error


def _booking_of(booking: UUID, renter: User) -> Booking:
    found = Booking.objects.filter(uuid=booking, renter=renter).select_related("listing").first()
    if found is None:
        raise NotFound("not_found", _("There is no such booking."))
    return found


def unreachable() -> DomainError:
    """What people are told when Stripe does not answer."""
    text = _("The payment service can't be reached right now. Try again in a moment.")
    return DomainError("payments_unreachable", text, status=503)


def _open(booking: Booking, renter: User, language: str) -> str:
    _check_payable(booking)
    customer = ensure_customer(renter)
    with transaction.atomic():
        locked = machine.lock(booking.pk)
        _check_payable(locked)
        payment, _is_new = Payment.objects.get_or_create(
            booking=locked, defaults={"amount": locked.total_amount, "currency": locked.currency}
        )
        order = _order(booking, customer, language)
        hold = locked.transitions.get(action="hold")
        command = write_command(kind="checkout", transition=hold, params=asdict(order))
    if command.status == StripeCommand.Status.DONE:
        return _still_open(payment)
    command = run(command, CHECKOUT, patience=PATIENCE)
    if command.status == StripeCommand.Status.FAILED:
        # A page asked for long ago and never made may be too short-lived by now: ask with today's times. Not after
        # the hold has ended: its void may have found no page, and nobody would close this one.
        with transaction.atomic():
            locked = machine.lock(booking.pk)
            _check_payable(locked)
            command = renew(command, params=asdict(_order(locked, customer, language)))
        command = run(command, CHECKOUT)
    if command.status == StripeCommand.Status.FAILED:
        raise _failed()
    payment.refresh_from_db()
    return payment.checkout_url


def _check_payable(booking: Booking) -> None:
    if booking.state != states.PENDING_PAYMENT or clock.now() >= booking.pay_by:
        raise _not_payable()


def _not_payable() -> Refused:
    return Refused("not_payable", _("This booking isn't waiting for a payment."))


def _failed() -> Refused:
    return Refused("checkout_failed", _("The payment page couldn't be opened. We have been told."))


def _still_open(payment: Payment) -> str:
    """The page opened before, unless it has been paid meanwhile."""
    payment.refresh_from_db()
    session = checkout.read_session(str(payment.checkout_session))
    if session.status == "expired":
        raise _not_payable()
    if session.url is None:
        refresh_payment(payment)
        raise Refused("already_paid", _("This booking is paid. Its page will say so in a moment."))
    return session.url


def ensure_customer(person: User) -> str:
    """The Stripe id of a person's customer, made when they first pay."""
    customer = Customer.objects.filter(person=person).first()
    if customer is None:
        params: dict[str, object] = {
            "person": str(person.uuid),
            "email": person.email,
            "name": person.name,
            "language": person.language,
        }
        command = run(write_person_command(kind="customer", person=person, params=params), CUSTOMER, patience=PATIENCE)
        if command.status == StripeCommand.Status.FAILED:
            command = run(renew(command, params=params), CUSTOMER)
        if command.status == StripeCommand.Status.FAILED:
            raise _failed()
        customer = Customer.objects.get(person=person)
    return customer.stripe_id


def _send_customer(command: StripeCommand) -> str:
    return customers.create_customer(**command.params, key=command.idempotency_key)


def _find_customer(command: StripeCommand) -> str | None:
    return customers.find_customer(person=command.params["person"], email=command.params["email"])


def _record_customer(command: StripeCommand, stripe_id: str) -> str:
    Customer.objects.get_or_create(person_id=command.person_id, defaults={"stripe_id": stripe_id})
    return stripe_id


CUSTOMER = Steps(send=_send_customer, find=_find_customer, record=_record_customer)


def _order(booking: Booking, customer: str, language: str) -> Order:
    page = f"{settings.PUBLIC_URL}/{language}/bookings/{booking.uuid}/"
    pay_by = max(booking.pay_by, clock.now() + SHORTEST_PAGE)
    with override(language):
        dates = _("{start} to {end}").format(
            start=_day(booking.starts_at, booking.time_zone), end=_day(booking.ends_at, booking.time_zone)
        )
    return Order(
        customer=customer,
        booking=str(booking.uuid),
        title=booking.listing.title,
        description=f"{dates} · {booking.reference}",
        amount=booking.total_amount,
        currency=booking.currency,
        expires_at=int(pay_by.timestamp()),
        success_url=f"{page}?checkout=done",
        cancel_url=f"{page}?checkout=cancelled",
        language=language,
        ledger_ref=f"captured:{booking.uuid}",
    )


def _day(instant: datetime, zone: str) -> str:
    return date_format(instant.astimezone(ZoneInfo(zone)), "j F Y, H:i")


def _send_session(command: StripeCommand) -> Session:
    return checkout.create_session(Order(**command.params), key=command.idempotency_key)


def _find_session(command: StripeCommand) -> Session | None:
    return checkout.find_session(customer=command.params["customer"], booking=command.params["booking"])


def _record_session(command: StripeCommand, session: Session) -> str:
    Payment.objects.filter(booking=command.booking_id).update(
        checkout_session=session.id, checkout_url=session.url or "", checkout_expires_at=session.expires_at
    )
    return session.id


CHECKOUT = Steps(send=_send_session, find=_find_session, record=_record_session)


def _send_expire(command: StripeCommand) -> Session:
    return checkout.expire_session(command.params["session"], key=command.idempotency_key)


def _find_expired(command: StripeCommand) -> Session | None:
    session = checkout.read_session(command.params["session"])
    return session if session.status == "expired" else None


def _record_expired(command: StripeCommand, session: Session) -> str:
    Payment.objects.filter(booking=command.booking_id, status=Payment.Status.OPEN).update(status=Payment.Status.VOID)
    return session.id


EXPIRE = Steps(send=_send_expire, find=_find_expired, record=_record_expired)


def close_checkout(payment: Payment, transition: Transition) -> None:
    """Close the page, whatever state it is in; a renter who was faster leaves the payment authorised.

    Raises Unreachable or Conflict.
    """
    opened = StripeCommand.objects.filter(booking=payment.booking_id, kind="checkout").first()
    if opened is not None and opened.status != StripeCommand.Status.DONE:
        # Its answer was lost: only the same call again says whether there is a page to close.
        run(opened, CHECKOUT)
        payment.refresh_from_db()
    if payment.checkout_session is None:
        Payment.objects.filter(pk=payment.pk, status=Payment.Status.OPEN).update(status=Payment.Status.VOID)
    else:
        session = checkout.read_session(payment.checkout_session)
        if session.status == "open":
            params: dict[str, object] = {"session": session.id}
            run(write_command(kind="expire", transition=transition, params=params), EXPIRE)
        elif session.status == "expired":
            Payment.objects.filter(pk=payment.pk, status=Payment.Status.OPEN).update(status=Payment.Status.VOID)
    refresh_payment(payment)
