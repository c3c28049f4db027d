"""Transfers: an owner's share leaves the platform's balance for the owner's account."""

from dataclasses import dataclass

from stripe import Transfer as StripeTransfer

from payments.gateway.checkout import group_of
from payments.gateway.client import keyed, stripe_client
from payments.gateway.errors import translated


@dataclass(frozen=True, slots=True)
class Transfer:
    """Amounts in cents."""

    id: str
    amount: int
    reversed: int


def create_transfer(
    *, amount: int, currency: str, account: str, charge: str, booking: str, ledger_ref: str, key: str
) -> Transfer:
    """Send `amount` cents of one charge to an account. Raises Refused when the account may not receive."""
    with translated():
        return _transfer(
            stripe_client().v1.transfers.create(
                {
                    "amount": amount,
                    "currency": currency.lower(),
                    "destination": account,
                    "source_transaction": charge,
                    "transfer_group": group_of(booking),
                    "metadata": {"booking": booking, "kind": "release", "ledger_ref": ledger_ref},
                },
                keyed(key),
            )
        )


def read_transfer(transfer: str) -> Transfer:
    """The transfer as it is now."""
    with translated():
        return _transfer(stripe_client().v1.transfers.retrieve(transfer))


def find_transfer(*, booking: str, ledger_ref: str) -> Transfer | None:
    """The transfer made earlier under this reference, if there is one."""
    with translated():
        found = stripe_client().v1.transfers.list({"transfer_group": group_of(booking), "limit": 100})
    for transfer in found.data:
        if getattr(transfer.metadata, "ledger_ref", None) == ledger_ref:
            return _transfer(transfer)
    return None


def _transfer(transfer: StripeTransfer) -> Transfer:
    return Transfer(id=transfer.id, amount=transfer.amount, reversed=transfer.amount_reversed)
