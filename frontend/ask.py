"""Asks our own API in process: a page's first data is, to the byte, what the API answers for the same request."""

import copy
import json
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.template.response import SimpleTemplateResponse
from django.urls import resolve


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    data: object

    @property
    def found(self) -> dict[str, object] | None:
        """The answer's object when it is one, else None."""
        return self.data if self.status == 200 and isinstance(self.data, dict) else None


def ask(request: HttpRequest, path: str, query: str = "") -> Answer:
    """GET `path` of our API as the person of `request`. No socket, no second session."""
    asked = copy.copy(request)
    asked.path = asked.path_info = path
    asked.META = {
        **request.META,
        "HTTP_ACCEPT": "application/json",
        "PATH_INFO": path,
        "REQUEST_METHOD": "GET",
        "QUERY_STRING": query,
    }
    asked.GET = QueryDict(query)
    # Cached on first use, these would still speak of the page.
    for cached in ("headers", "accepted_types"):
        asked.__dict__.pop(cached, None)
    asked.method = "GET"
    found = resolve(path)
    response: HttpResponseBase = found.func(asked, *found.args, **found.kwargs)
    if isinstance(response, SimpleTemplateResponse):
        response.render()
    content = getattr(response, "content", b"")
    return Answer(status=response.status_code, data=json.loads(content) if content else None)
