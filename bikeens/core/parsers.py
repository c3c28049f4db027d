"""Bodies of requests: JSON of a bounded size and depth."""

import io
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class BoundedJSONParser(JSONParser):
    """DRF's, which alone would read a body of any size and break on one nested a thousand deep.

    Raises RequestDataTooBig above DATA_UPLOAD_MAX_MEMORY_SIZE bytes, ParseError for what is not JSON.
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
            return super().parse(io.BytesIO(body), media_type, parser_context)
        except RecursionError as error:
            raise ParseError from error
