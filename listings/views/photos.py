"""The photos of an owner's listing."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bikeens.accounts.idempotency import idempotent
from bikeens.accounts.selectors import me
from bikeens.core.parsers import PictureParser
from listings import actions, selectors
from listings.serializers.parts import PhotoSerializer
from listings.serializers.photos import ListingPhotoUpload, PhotoOrder


class Photos(APIView):
    parser_classes = [PictureParser]

    @idempotent(in_transaction=False)
    @extend_schema(request={"multipart/form-data": ListingPhotoUpload}, responses={201: PhotoSerializer})
    def post(self, request: Request, listing: UUID) -> Response:
        """Add a photo: JPEG, PNG, WebP or HEIC of at most 15 MB. It comes last."""
        mine = selectors.listing_of(me(request), listing)
        body = ListingPhotoUpload(data=request.data)
        body.is_valid(raise_exception=True)
        photo = actions.add_photo(listing=mine, file=body.validated_data["file"])
        return Response(PhotoSerializer(photo).data, status=201)


class PhotosOrder(APIView):
    @extend_schema(request=PhotoOrder, responses=PhotoSerializer(many=True))
    def put(self, request: Request, listing: UUID) -> Response:
        """Put the photos in order, the cover first."""
        mine = selectors.listing_of(me(request), listing)
        body = PhotoOrder(data=request.data)
        body.is_valid(raise_exception=True)
        actions.reorder_photos(listing=mine, order=body.validated_data["ids"])
        return Response([PhotoSerializer(photo).data for photo in selectors.photos_of(mine)])


class OnePhoto(APIView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, listing: UUID, photo: UUID) -> Response:
        """Remove a photo and its files."""
        mine = selectors.listing_of(me(request), listing)
        actions.remove_photo(photo=selectors.photo_of(mine, photo))
        return Response(status=204)
