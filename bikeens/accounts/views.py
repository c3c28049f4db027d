from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bikeens.accounts import actions, photos, selectors
from bikeens.accounts.serializers import MeEditSerializer, MeSerializer, PersonSerializer, PhotoUploadSerializer
from bikeens.core.parsers import PictureParser


class Me(APIView):
    @extend_schema(responses=MeSerializer)
    def get(self, request: Request) -> Response:
        """Who is signed in."""
        return Response(MeSerializer(selectors.me(request)).data)

    @extend_schema(request=MeEditSerializer, responses=MeSerializer)
    def patch(self, request: Request) -> Response:
        """Change your profile: any subset of its fields."""
        person = selectors.me(request)
        body = MeEditSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        actions.edit_profile(person=person, changes=body.validated_data)
        return Response(MeSerializer(person).data)


class MyPhoto(APIView):
    parser_classes = [PictureParser]

    @extend_schema(request={"multipart/form-data": PhotoUploadSerializer}, responses=MeSerializer)
    def put(self, request: Request) -> Response:
        """Set your photo; its middle square is kept."""
        person = selectors.me(request)
        body = PhotoUploadSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        photos.set_photo(person=person, file=body.validated_data["file"])
        return Response(MeSerializer(person).data)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """Remove your photo."""
        photos.delete_photo(person=selectors.me(request))
        return Response(status=204)


class Person(APIView):
    permission_classes = [AllowAny]

    @extend_schema(responses=PersonSerializer)
    def get(self, request: Request, id: UUID) -> Response:
        """What anybody may know of a person."""
        return Response(PersonSerializer(selectors.person_by_id(id)).data)
