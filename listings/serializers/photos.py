from rest_framework import serializers

from bikeens.core.serializers import StrictSerializer
from listings.limits import MOST_PHOTOS


class ListingPhotoUpload(StrictSerializer):
    file = serializers.FileField(allow_empty_file=True)


class PhotoOrder(StrictSerializer):
    ids = serializers.ListField(child=serializers.UUIDField(), max_length=MOST_PHOTOS)
