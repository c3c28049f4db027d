"""Towns and, with a geocoder, addresses, by what somebody types."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bikeens.core.errors import NotFound
from listings.models import Place
from listings.places.geocoder import suggest_addresses
from listings.places.lookup import suggest_towns, suggestion_of, towns_around
from listings.places.names import fold
from listings.serializers.places import PlaceSerializer, PlacesParams, PlacesSerializer
from listings.views.throttles import AddressThrottle


class Places(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (AddressThrottle,)

    @extend_schema(operation_id="places_suggest", parameters=[PlacesParams], responses=PlacesSerializer, auth=[])
    def get(self, request: Request) -> Response:
        """What somebody may mean who has typed this much, best first; none for nothing to go by."""
        checked = PlacesParams.of(request.query_params)
        typed, near, limit = checked.get("q", ""), checked.get("near"), checked.get("limit", 8)
        if not typed and near is not None:
            return Response(PlacesSerializer({"results": towns_around(near, limit=limit)}).data)
        addresses, towns = suggest_addresses(typed, near=near), suggest_towns(typed, near=near, limit=limit)
        # "Lyon 03" is a town before it is an address.
        named = sum(fold(town.name).startswith(fold(typed)) for town in towns[:1])
        found = [*towns[:named], *addresses, *towns[named:]]
        return Response(PlacesSerializer({"results": found[:limit]}).data)


class OnePlace(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(responses=PlaceSerializer, auth=[])
    def get(self, request: Request, place: int) -> Response:
        """One town by its id."""
        found = Place.objects.filter(pk=place).first() if place < 2**31 else None
        if found is None:
            raise NotFound("unknown_place", _("There is no such place."))
        return Response(PlaceSerializer(suggestion_of(found)).data)
