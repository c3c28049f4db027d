"""How an owner gets paid: an account at Stripe, the page where Stripe asks them who they are, and what it said."""

from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app as jobs

from bikeens.accounts.models import User
from bikeens.core import clock
from bikeens.core.errors import Refused
from bikeens.notifications.actions import notify
from payments.checkout import unreachable
from payments.commands import Steps, renew, run, write_person_command
from payments.gateway import accounts
from payments.gateway import errors as gateway_errors
from payments.models import StripeAccount, StripeCommand

PAGE = "/owner/payouts/"


def open_onboarding(*, owner: User, language: str) -> str:
    """The address of Stripe's page for this owner, good once and for minutes; makes the account when there is none.

    Raises 503 `payments_unreachable`.
    """
    page = f"{settings.PUBLIC_URL}/{language}{PAGE}"
    try:
        return accounts.create_onboarding_link(
            account=_ensure_account(owner).stripe_id,
            return_url=f"{page}?setup=done",
            refresh_url=f"{page}?setup=again",
            key=f"link_{uuid4().hex}",
        )
    except (gateway_errors.Unreachable, gateway_errors.Conflict) as error:
        raise unreachable() from error
    except gateway_errors.Refused as error:
        raise Refused("onboarding_failed", _("Stripe's page couldn't be opened. We have been told.")) from error


def _ensure_account(owner: User) -> StripeAccount:
    account = StripeAccount.objects.filter(owner=owner).first()
    if account is None:
        params: dict[str, object] = {
            "person": str(owner.uuid),
            "email": owner.email,
            "name": owner.name,
            "country": settings.ACCOUNT_COUNTRY,
        }
        command = run(write_person_command(kind="account", person=owner, params=params), ACCOUNT)
        if command.status == StripeCommand.Status.FAILED:
            command = run(renew(command, params=params), ACCOUNT)
        if command.status == StripeCommand.Status.FAILED:
            raise gateway_errors.Refused("account", command.last_error)
        account = StripeAccount.objects.get(owner=owner)
    return account


def _send(command: StripeCommand) -> accounts.Account:
    return accounts.create_account(**command.params, key=command.idempotency_key)


def _find(command: StripeCommand) -> accounts.Account | None:
    return accounts.find_account(person=command.params["person"])


def _record(command: StripeCommand, answer: accounts.Account) -> str:
    StripeAccount.objects.get_or_create(
        owner_id=command.person_id,
        defaults={
            "stripe_id": answer.id,
            "status": answer.status,
            "requirements": answer.requirements,
            "created_at": clock.now(),
        },
    )
    return answer.id


ACCOUNT = Steps(send=_send, find=_find, record=_record)


def refresh_account(account: StripeAccount) -> StripeAccount:
    """Read an account again. When it has become active, what waited for it is sent; the owner is told of a change.

    Raises Unreachable or Conflict.
    """
    answer = accounts.read_account(account.stripe_id)
    with transaction.atomic():
        locked = StripeAccount.objects.select_for_update().get(pk=account.pk)
        before = locked.status
        locked.status = answer.status
        locked.requirements = answer.requirements
        locked.save(update_fields=["status", "requirements"])
        if locked.ready and before != locked.status:
            notify(person=locked.owner, kind="payout_ready", path="/owner/earnings/", facts={})
            jobs.configure_task("payments.send_waiting").defer(owner_id=locked.owner_id)
        elif before == StripeAccount.Status.ACTIVE and not locked.ready:
            notify(person=locked.owner, kind="payout_action_needed", path=PAGE, facts={})
    return locked
