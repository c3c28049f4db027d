"""The one Stripe client of a process."""

from functools import lru_cache

from django.conf import settings
from stripe import RequestOptions, RequestsClient, StripeClient

# Seconds to connect, seconds to answer. A capture at a slow bank takes several.
TIMEOUT = (3.0, 20.0)


def stripe_client() -> StripeClient:
    """The client for the address and key in the settings."""
    return _client(settings.STRIPE_API_BASE, settings.STRIPE_API_KEY, settings.SANDBOX)


@lru_cache(maxsize=4)
def _client(base: str, key: str, local: bool) -> StripeClient:
    # The stand-in runs on this machine: whatever proxy the environment names has no part in it.
    http = RequestsClient(timeout=TIMEOUT, proxy={"http": "", "https": ""} if local else None)
    # Repeats are ours: they must survive this process (payments/commands.py).
    return StripeClient(key, base_addresses={"api": base}, http_client=http, max_network_retries=0)


def keyed(key: str) -> RequestOptions:
    """Options of a call that changes something: the same key makes it happen once."""
    return {"idempotency_key": key}
