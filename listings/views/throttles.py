"""Limits of what costs much and is open to all. No person at a phone meets them, nor a family; a loop does.

A map that is dragged asks a few times a second, a form that is filled in a few times a minute.
"""

from rest_framework.request import Request
from rest_framework.views import APIView

from bikeens.core.throttling import ClientThrottle
from listings.places.geocoder import may_be_address


class AddressThrottle(ClientThrottle):
    """How often one client may have a geocoder asked. Towns cost us alone, and so little that counting costs more."""

    scope, rate = "addresses", "60/min"

    def allow_request(self, request: Request, view: APIView) -> bool:
        return not may_be_address(request.query_params.get("q", "")) or super().allow_request(request, view)


class MapThrottle(ClientThrottle):
    """Maps with dates alone: there each bike is asked whether it is free.

    Others look at some thousand bikes at most (`listings/search/map.py`), and counting who asks would be a write each.
    """

    scope, rate = "map", "600/min"

    def allow_request(self, request: Request, view: APIView) -> bool:
        return "from" not in request.query_params or super().allow_request(request, view)


class FacetsThrottle(ClientThrottle):
    scope, rate = "facets", "300/min"


class AlternativesThrottle(ClientThrottle):
    scope, rate = "alternatives", "120/min"


class ReturnsThrottle(ClientThrottle):
    """A month's days cost little; the ends of a rental that begins at a chosen time are tried one by one."""

    scope, rate = "returns", "300/min"

    def allow_request(self, request: Request, view: APIView) -> bool:
        return "from" not in request.query_params or super().allow_request(request, view)


class QuoteThrottle(ClientThrottle):
    scope, rate = "quote", "300/min"


class PriceAdviceThrottle(ClientThrottle):
    scope, rate = "price_advice", "120/min"
