"""Connected accounts (v2): an owner who shall be paid, and the page where they tell Stripe who they are."""

from dataclasses import dataclass
from typing import Literal

from stripe.v2.core import Account as StripeAccount

from payments.gateway.client import keyed, stripe_client
from payments.gateway.errors import translated

Include = list[
    Literal[
        "configuration.customer",
        "configuration.merchant",
        "configuration.recipient",
        "defaults",
        "future_requirements",
        "identity",
        "requirements",
    ]
]
INCLUDE: Include = ["configuration.recipient", "requirements"]


@dataclass(frozen=True, slots=True)
class Account:
    """`status`: active (transfers arrive), pending (Stripe wants something, or is looking at it), or restricted.

    `requirements` are Stripe's machine-readable names of what the owner still has to give.
    """

    id: str
    status: Literal["active", "pending", "restricted"]
    requirements: list[str]


def create_account(*, person: str, email: str, name: str, country: str, key: str) -> Account:
    """Make an account that can only receive; fees and losses are the platform's. `country`: ISO 3166 alpha-2."""
    with translated():
        return _account(
            stripe_client().v2.core.accounts.create(
                {
                    "dashboard": "express",
                    "contact_email": email,
                    "display_name": name,
                    "identity": {"country": country.lower(), "entity_type": "individual"},
                    "configuration": {
                        "recipient": {"capabilities": {"stripe_balance": {"stripe_transfers": {"requested": True}}}}
                    },
                    "defaults": {
                        "responsibilities": {"fees_collector": "application", "losses_collector": "application"}
                    },
                    "metadata": {"person": person},
                    "include": INCLUDE,
                },
                keyed(key),
            )
        )


def read_account(account: str) -> Account:
    """The account as it is now."""
    with translated():
        return _account(stripe_client().v2.core.accounts.retrieve(account, {"include": INCLUDE}))


def find_account(*, person: str) -> Account | None:
    """The account made earlier for a person (their UUID), if it is among the newest hundred."""
    with translated():
        found = stripe_client().v2.core.accounts.list({"limit": 100})
        for account in found.data:
            if getattr(account.metadata, "person", None) == person:
                return read_account(account.id)
    return None


def create_onboarding_link(*, account: str, return_url: str, refresh_url: str, key: str) -> str:
    """A one-time address of Stripe's onboarding page; it lives for minutes and is given to its owner only."""
    with translated():
        link = stripe_client().v2.core.account_links.create(
            {
                "account": account,
                "use_case": {
                    "type": "account_onboarding",
                    "account_onboarding": {"refresh_url": refresh_url, "return_url": return_url},
                },
            },
            keyed(key),
        )
    return link.url


def _account(account: StripeAccount) -> Account:
    recipient = account.configuration.recipient if account.configuration else None
    balance = recipient.capabilities.stripe_balance if recipient and recipient.capabilities else None
    transfers = balance.stripe_transfers if balance else None
    entries = (account.requirements.entries if account.requirements else None) or []
    wanted = [entry.description for entry in entries if entry.awaiting_action_from == "user"]
    status: Literal["active", "pending", "restricted"] = "pending"
    if account.closed or (transfers and transfers.status in ("rejected", "unsupported")):
        status = "restricted"
    elif transfers and transfers.status == "active":
        status = "active"
    elif transfers and transfers.status == "restricted" and not wanted:
        # Nothing is left to give and Stripe still says no.
        status = "restricted"
    return Account(id=account.id, status=status, requirements=wanted)
