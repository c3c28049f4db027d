"""Which riders which sizes fit."""

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from listings.serializers.sizes import SizesParams, SizesSerializer
from listings.sizing import sizes_for, sizes_of


class Sizes(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(parameters=[SizesParams], responses=SizesSerializer, auth=[])
    def get(self, request: Request) -> Response:
        """The usual sizes of a kind of bike with their riders, smallest first; with `height` those for that rider."""
        checked = SizesParams.of(request.query_params)
        category, height = checked["category"], checked.get("height")
        sizes = sizes_of(category) if height is None else sizes_for(category, height)
        return Response(SizesSerializer({"results": sizes}).data)
