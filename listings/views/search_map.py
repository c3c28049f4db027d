"""The map's answer: as lean as search, for every move of the map asks for one."""

import orjson
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from bikeens.core import clock
from listings.places.on_map import towns_on_map
from listings.search.map import on_map
from listings.serializers.search import search_query
from listings.serializers.search_map import MapAnswerSerializer, MapParams, MapTownsParams, MapTownsSerializer
from listings.views.throttles import MapThrottle


class SearchMap(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (MapThrottle,)

    @extend_schema(parameters=[MapParams], responses=MapAnswerSerializer, auth=[])
    def get(self, request: Request) -> HttpResponse:
        """What a map shows of a box: single bikes where there are few, else clusters by the cells of a fixed grid."""
        checked = MapParams.of(request.query_params)
        query, _place = search_query(checked)
        found = on_map(query, zoom=checked["zoom"], now=clock.now())
        answer = {
            "pins": [pin.as_json() for pin in found.pins],
            "clusters": [cluster.as_json() for cluster in found.clusters],
            "exact": found.exact,
        }
        return HttpResponse(orjson.dumps(answer), content_type="application/json")


class MapTowns(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(parameters=[MapTownsParams], responses=MapTownsSerializer, auth=[])
    def get(self, request: Request) -> HttpResponse:
        """The towns that a map drawn without tiles names, the largest first."""
        checked = MapTownsParams.of(request.query_params)
        towns = towns_on_map(checked["bbox"], zoom=checked["zoom"])
        answer = [{"name": name, "population": people, "point": point.as_json()} for name, people, point in towns]
        headers = {"Cache-Control": "public, max-age=86400"}
        return HttpResponse(orjson.dumps({"results": answer}), content_type="application/json", headers=headers)
