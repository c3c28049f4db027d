from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request

from bikeens.core.errors import TooLarge
from bikeens.core.serializers import StrictSerializer
from listings.limits import MOST_PHOTOS, PHOTO_BYTES

# What multipart puts around the file.
WRAPPING_BYTES = 64 * 1024


class ListingPhotoUpload(StrictSerializer):
    file = serializers.FileField(allow_empty_file=True)


class PhotoOrder(StrictSerializer):
    ids = serializers.ListField(child=serializers.UUIDField(), max_length=MOST_PHOTOS)


def check_length(request: Request) -> None:
    """Raises TooLarge before a byte of a body that announces itself too large is read."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > PHOTO_BYTES + WRAPPING_BYTES:
        message = _("This picture is too large: at most {megabytes} MB.").format(megabytes=PHOTO_BYTES // 1024**2)
        raise TooLarge("photo_too_large", message, fields={"file": message})
