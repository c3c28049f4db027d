"""How often one client may ask for what costs much. A refusal is 429 with `Retry-After`."""

from datetime import timedelta
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address, ip_network

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from bikeens.core import clock
from bikeens.core.turns import take_turn

# What a provider gives to one household.
HOUSEHOLD_BITS = 64


class ClientThrottle(SimpleRateThrottle):
    """DRF's, with a `scope` and a `rate`, but counted where several at once can't pass as one.

    A client is an address, as the trusted proxies tell it; with IPv6 a household.
    """

    def allow_request(self, request: Request, view: APIView) -> bool:
        most, seconds = self.parse_rate(self.rate)
        assert most
        assert seconds
        key = f"{self.scope} {client_of(self.get_ident(request))}"
        self._wait = take_turn(key, most=most, within=timedelta(seconds=seconds), now=clock.now())
        return self._wait is None

    def wait(self) -> float | None:
        return self._wait.total_seconds() if self._wait else None


def client_of(address: str | None) -> str:
    """The client at an address; where there is none, as over a Unix socket, something as short that stands for it."""
    address = address or ""
    try:
        found = ip_address(address)
    except ValueError:
        return blake2b(address.encode(errors="replace"), digest_size=16).hexdigest()
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((found, HOUSEHOLD_BITS), strict=False))
    return str(found)
