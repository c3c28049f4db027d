"""Cursor pagination of ordinary lists: `{"results": […], "next": cursor or null}`."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bikeens.core.errors import Invalid


class KeysetPage(CursorPagination):
    """Newest first by `id`; the cursor itself is handed out, not an address."""

    page_size = 20
    ordering = "-id"

    def paginate_queryset(
        self, queryset: QuerySet[Any] | Sequence[Any], request: Request, view: APIView | None = None
    ) -> list[Any] | None:
        """The rows of the page that the request's cursor names. Raises Invalid bad_cursor for one we never gave out."""
        try:
            return super().paginate_queryset(queryset, request, view)
        except (NotFound, ValueError, ValidationError) as error:
            message = _("This list has no such page: start again from its beginning.")
            raise Invalid("bad_cursor", message, fields={"cursor": message}) from error

    def get_paginated_response(self, data: Sequence[object]) -> Response:
        link = self.get_next_link()
        cursor = parse_qs(urlsplit(link).query)["cursor"][0] if link else None
        return Response({"results": data, "next": cursor})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["results", "next"],
            "properties": {"results": schema, "next": {"type": "string", "nullable": True}},
        }
