"""What stands around a search: counts for its filters, and what else there is when nothing is free."""

import orjson
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from bikeens.core import clock
from bikeens.core.serializers import WALL_CLOCK
from listings.search.alternatives import Alternatives, alternatives_to
from listings.search.facets import facets_of
from listings.search.hits import hits_json
from listings.search.query import SearchQuery
from listings.serializers.finding import AlternativesParams, AlternativesSerializer, FacetsParams, FacetsSerializer
from listings.serializers.search import search_query
from listings.views.throttles import AlternativesThrottle, FacetsThrottle


class Facets(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (FacetsThrottle,)

    @extend_schema(parameters=[FacetsParams], responses=FacetsSerializer, auth=[])
    def get(self, request: Request) -> HttpResponse:
        """How many bikes each filter would leave, up to 1,000 each."""
        query, _place = search_query(FacetsParams.of(request.query_params))
        return _json(facets_of(query, now=clock.now()).as_json())


class SearchAlternatives(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (AlternativesThrottle,)

    @extend_schema(parameters=[AlternativesParams], responses=AlternativesSerializer, auth=[])
    def get(self, request: Request) -> HttpResponse:
        """Other dates for the bikes here, and bikes a bit further that are free then."""
        query, _place = search_query(AlternativesParams.of(request.query_params))
        return _json(_alternatives_json(alternatives_to(query, now=clock.now()), query))


def _alternatives_json(found: Alternatives, query: SearchQuery) -> dict[str, object]:
    hits = hits_json([other.hit for other in found.other_dates], query.origin)
    return {
        "other_dates": [
            {
                "bike": hit,
                "dates": [
                    {
                        "from": shift.stretch.from_local.strftime(WALL_CLOCK),
                        "to": shift.stretch.to_local.strftime(WALL_CLOCK),
                        "total": {"amount": shift.total, "currency": other.hit.row.currency},
                    }
                    for shift in other.shifts
                ],
            }
            for hit, other in zip(hits, found.other_dates, strict=True)
        ],
        "further": hits_json(found.further, query.origin),
    }


def _json(answer: dict[str, object]) -> HttpResponse:
    return HttpResponse(orjson.dumps(answer), content_type="application/json")
