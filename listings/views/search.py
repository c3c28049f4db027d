"""Search, the one address that must be fast: no serializers, no session, no count."""

import orjson
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from bikeens.core import clock
from listings.geo import to_latlon
from listings.models import Place
from listings.search.engine import search
from listings.search.hits import hits_json
from listings.serializers.search import SearchAnswerSerializer, SearchParams, search_query


class Search(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(parameters=[SearchParams], responses=SearchAnswerSerializer, auth=[])
    def get(self, request: Request) -> HttpResponse:
        """Bikes near a point or place or on a part of the map; with dates what can be booked then, and the total."""
        checked = SearchParams.of(request.query_params)
        query, place = search_query(checked)
        found = search(query, cursor=checked.get("cursor"), now=clock.now())
        answer = {
            "results": hits_json(found.hits, query.origin),
            "next": found.next,
            "place": _place_json(place) if place else None,
            "wide": found.wide,
            "limited_to": found.limited_to,
        }
        return HttpResponse(orjson.dumps(answer), content_type="application/json")


def _place_json(place: Place) -> dict[str, object]:
    point = to_latlon(place.point).as_json()
    return {"id": str(place.id), "name": place.name, "region": place.region, "point": point}
