"""Bodies of requests: JSON of a bounded size and depth, uploads of a bounded size."""

import io
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import DataAndFiles, JSONParser, MultiPartParser
from rest_framework.request import Request

from bikeens.core.errors import TooLarge
from bikeens.core.unicode import is_writable

# The largest upload that any address takes, and what multipart puts around it.
UPLOAD_BYTES = 15 * 1024 * 1024
WRAPPING_BYTES = 64 * 1024


class BoundedJSONParser(JSONParser):
    """DRF's, which alone would read a body of any size and break on one nested a thousand deep.

    Raises RequestDataTooBig above DATA_UPLOAD_MAX_MEMORY_SIZE bytes, ParseError for what is not JSON or holds half a
    letter, which no answer could repeat.
    """

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, object] | None = None,
    ) -> dict[str, Any]:
        limit = int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise RequestDataTooBig
        try:
            parsed = super().parse(io.BytesIO(body), media_type, parser_context)
            # Only an escape can bring in what UTF-8 itself cannot hold.
            readable = b"\\u" not in body or is_writable(parsed)
        except RecursionError as error:
            raise ParseError from error
        if not readable:
            raise ParseError
        return parsed


class UploadParser(MultiPartParser):
    """Multipart with files in it; a body that announces itself too large is refused before a byte is read.

    The check sits here because looking for the CSRF token already reads the body. Raises TooLarge.
    """

    most_bytes = UPLOAD_BYTES

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> "DataAndFiles[Any, Any]":
        request: Request = (parser_context or {})["request"]
        if int(request.META.get("CONTENT_LENGTH") or 0) > self.most_bytes + WRAPPING_BYTES:
            raise self.too_large(self.most_bytes // 1024**2)
        return super().parse(stream, media_type, parser_context)

    def too_large(self, megabytes: int) -> TooLarge:
        message = _("This is too large: at most {megabytes} MB.").format(megabytes=megabytes)
        return TooLarge("upload_too_large", message, fields={"file": message})


class PictureParser(UploadParser):
    """A picture. Raises TooLarge photo_too_large."""

    def too_large(self, megabytes: int) -> TooLarge:
        message = _("This picture is too large: at most {megabytes} MB.").format(megabytes=megabytes)
        return TooLarge("photo_too_large", message, fields={"file": message})
