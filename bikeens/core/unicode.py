"""Everything that comes in is UTF-8, and can go out as UTF-8 again."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponseBadRequest, HttpResponseBase
from django.utils.http import parse_header_parameters

SIGNING_IN = "/_allauth/"


def is_writable(value: object) -> bool:
    """Whether all text of parsed JSON can be written as UTF-8. An escape such as \\ud800, alone, is half a letter."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


class UTF8Request(WSGIRequest):
    """Reads everything as UTF-8, whatever encoding the Content-Type names.

    It may name any codec of Python, and Django would decode query strings by it: "unicode_escape" makes half letters,
    with "rot13" not even the request can be made. JSON is UTF-8 by definition, and so are our forms.
    """

    def _set_content_type_params(self, meta: Mapping[str, Any]) -> None:
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))


class ReadableSigningIn:
    """Middleware: no JSON that would break a program reaches allauth, which reads it by itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "GET" and request.path_info.startswith(SIGNING_IN) and not _is_readable(request.body):
            # What allauth says of a body that is no JSON.
            return HttpResponseBadRequest()
        return self._get_response(request)


def _is_readable(body: bytes) -> bool:
    try:
        return not body or is_writable(json.loads(body.decode()))
    except (ValueError, RecursionError):
        return False
