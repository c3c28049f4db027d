"""Search, the one address that must be fast: no serializers, no session, no count, and no detours."""

from collections.abc import Callable

import orjson
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from bikeens.core import clock
from bikeens.core.errors import DomainError
from listings.geo import to_latlon
from listings.models import Place
from listings.search.engine import search
from listings.search.hits import hits_json
from listings.serializers.search import SearchAnswerSerializer, SearchParams, search_query


class StraightToSearch:
    """Middleware: a search is answered here, before anybody asks who is asking and in which language.

    Whatever is refused goes the usual way to the view below, which says why. What stands before this one in the
    settings meets every answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        self._path = reverse("search_api")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info == self._path and request.method == "GET":
            try:
                # Refuses hosts that are not ours, as the middleware that is passed by does.
                request.get_host()
                return _answer(request.GET)
            except (DomainError, ValidationError, SuspiciousOperation):
                pass
        return self._get_response(request)


class Search(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(parameters=[SearchParams], responses=SearchAnswerSerializer, auth=[])
    def get(self, request: Request) -> HttpResponse:
        """Bikes near a point or place or on a part of the map; with dates what can be booked then, and the total."""
        return _answer(request.query_params)


def _answer(asked: QueryDict) -> HttpResponse:
    checked = SearchParams.of(asked)
    query, place = search_query(checked)
    found = search(query, cursor=checked.get("cursor"), now=clock.now())
    body = orjson.dumps(
        {
            "results": hits_json(found.hits, query.origin),
            "next": found.next,
            "place": _place_json(place) if place else None,
            "wide": found.wide,
            "limited_to": found.limited_to,
        }
    )
    return HttpResponse(body, content_type="application/json", headers={"Content-Length": len(body)})


def _place_json(place: Place) -> dict[str, object]:
    point = to_latlon(place.point).as_json()
    return {"id": str(place.id), "name": place.name, "region": place.region, "point": point}
