"""Identifiers as Stripe writes them."""

import secrets
import string

_ALPHABET = string.ascii_letters + string.digits


def new_id(prefix: str, length: int = 24) -> str:
    """A fresh id such as `pi_3Nk...`."""
    return f"{prefix}_{''.join(secrets.choice(_ALPHABET) for _ in range(length))}"
