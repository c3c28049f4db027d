"""The owner's share on its way to their account: once per charge, and only to an account Stripe lets receive."""

from django.db import transaction
from procrastinate.contrib.django import app as jobs

from bikeens.core import clock
from bikeens.notifications.actions import notify
from bookings import machine
from payments.commands import Steps, renew, run, write_command
from payments.gateway import accounts, transfers
from payments.ledger.moments import book_transfer
from payments.models import StripeAccount, StripeCommand, Transfer

NO_ACCOUNT = "no_account"
ACCOUNT_NOT_ACTIVE = "account_not_active"
REFUSED = "refused"


def send_transfer(transfer: Transfer) -> Transfer:
    """Send a transfer that waits, or say what it waits for. Raises Unreachable or Conflict."""
    if transfer.status == Transfer.Status.SENT:
        return transfer
    account = StripeAccount.objects.filter(owner=transfer.owner_id).first()
    if account is None or not account.ready:
        return _wait(transfer, NO_ACCOUNT if account is None else ACCOUNT_NOT_ACTIVE)
    booking = transfer.payment.booking
    params: dict[str, object] = {
        "amount": transfer.amount,
        "currency": transfer.payment.currency,
        "account": account.stripe_id,
        "charge": transfer.payment.charge,
        "booking": str(booking.uuid),
        "ledger_ref": ref_of(transfer),
    }
    command = write_command(kind="transfer", transition=transfer.transition, params=params)
    if command.status == StripeCommand.Status.FAILED and transfer.waiting_reason != REFUSED:
        command = renew(command, params=params)
    command = run(command, TRANSFER)
    if command.status == StripeCommand.Status.FAILED:
        return _refused(transfer, account)
    transfer.refresh_from_db()
    return transfer


def _refused(transfer: Transfer, account: StripeAccount) -> Transfer:
    """Stripe said no, as a rule because the account lost its capability and the news of it is under way.

    Then it goes by itself when the account is active again; for any other reason it waits for staff.
    """
    now = accounts.read_account(account.stripe_id)
    if now.status == "active":
        return _wait(transfer, REFUSED)
    StripeAccount.objects.filter(pk=account.pk).update(status=now.status, requirements=now.requirements)
    return _wait(transfer, ACCOUNT_NOT_ACTIVE)


def send_again(transfer: Transfer) -> None:
    """Have a refused transfer tried once more, as staff ask for it."""
    with transaction.atomic():
        _wait(transfer, "")
        jobs.configure_task("payments.send_waiting").defer(owner_id=transfer.owner_id)


def ref_of(transfer: Transfer) -> str:
    """The name of this transfer in Stripe's metadata and in the books."""
    return f"transfer:{transfer.payment.booking.uuid}:{transfer.transition_id}"


def _wait(transfer: Transfer, reason: str) -> Transfer:
    if transfer.waiting_reason != reason:
        with transaction.atomic():
            transfer.waiting_reason = reason
            transfer.save(update_fields=["waiting_reason"])
            if reason in (NO_ACCOUNT, ACCOUNT_NOT_ACTIVE):
                bike = transfer.payment.booking.listing.title
                notify(person=transfer.owner, kind="payout_waiting", path="/owner/payouts/", facts={"bike": bike})
    return transfer


def _send(command: StripeCommand) -> transfers.Transfer:
    return transfers.create_transfer(**command.params, key=command.idempotency_key)


def _find(command: StripeCommand) -> transfers.Transfer | None:
    return transfers.find_transfer(booking=command.params["booking"], ledger_ref=command.params["ledger_ref"])


def _record(command: StripeCommand, answer: transfers.Transfer) -> str:
    now = clock.now()
    booking = machine.lock(
        Transfer.objects.values_list("payment__booking", flat=True).get(transition=command.transition_id)
    )
    transfer = Transfer.objects.select_for_update().get(transition=command.transition_id)
    transfer.status = Transfer.Status.SENT
    transfer.stripe_id = answer.id
    transfer.sent_at = now
    transfer.waiting_reason = ""
    transfer.save()
    book_transfer(booking, owner=transfer.owner, amount=transfer.amount, ref=ref_of(transfer), at=now)
    return answer.id


TRANSFER = Steps(send=_send, find=_find, record=_record)


def refresh_transfer(transfer: Transfer) -> None:
    """Read a transfer again; what was taken back from an account is written down."""
    if transfer.stripe_id is None:
        return
    now_reversed = transfers.read_transfer(transfer.stripe_id).reversed
    with transaction.atomic():
        locked = Transfer.objects.select_for_update().get(pk=transfer.pk)
        if now_reversed > locked.amount_reversed:
            locked.amount_reversed = now_reversed
            locked.save(update_fields=["amount_reversed"])
