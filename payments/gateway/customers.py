"""Customers: who pays."""

from payments.gateway.client import keyed, stripe_client
from payments.gateway.errors import translated


def create_customer(*, person: str, email: str, name: str, language: str, key: str) -> str:
    """Make a customer for a person (their UUID) and return its id."""
    with translated():
        customer = stripe_client().v1.customers.create(
            {"email": email, "name": name, "preferred_locales": [language], "metadata": {"person": person}},
            keyed(key),
        )
    return customer.id


def find_customer(*, person: str, email: str) -> str | None:
    """The customer made earlier for a person, if there is one."""
    with translated():
        found = stripe_client().v1.customers.list({"email": email, "limit": 100})
    for customer in found.data:
        if getattr(customer.metadata, "person", None) == person:
            return customer.id
    return None
