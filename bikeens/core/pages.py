"""Cursor pagination of ordinary lists: `{"results": […], "next": cursor or null}`."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bikeens.core.errors import Invalid
from bikeens.core.serializers import QuerySerializer


class WholeListParams(QuerySerializer):
    """A list that comes whole is asked nothing."""


class PageParams(QuerySerializer):
    cursor = serializers.CharField(required=False)


class KeysetPage(CursorPagination):
    """Newest first by `id`; the cursor itself is handed out, not an address, and fits no list of another `name`."""

    page_size = 20
    ordering = "-id"

    def __init__(self, name: str) -> None:
        self._signer = Signer(salt=f"page of {name}")

    def paginate_queryset(
        self, queryset: QuerySet[Any] | Sequence[Any], request: Request, view: APIView | None = None
    ) -> list[Any] | None:
        """The rows of the page that the request's cursor names. Raises Invalid bad_cursor for one not of this list."""
        try:
            return super().paginate_queryset(queryset, request, view)
        except (BadSignature, NotFound, ValueError, ValidationError) as error:
            message = _("This list has no such page: start again from its beginning.")
            raise Invalid("bad_cursor", message, fields={"cursor": message}) from error

    def decode_cursor(self, request: Request) -> Cursor | None:
        given = request.query_params.get(self.cursor_query_param)
        return Cursor(*self._signer.unsign_object(given)) if given else None

    def encode_cursor(self, cursor: Cursor) -> str:
        return str(self._signer.sign_object(list(cursor)))

    def get_paginated_response(self, data: Sequence[object]) -> Response:
        return Response({"results": data, "next": self.get_next_link()})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["results", "next"],
            "properties": {"results": schema, "next": {"type": "string", "nullable": True}},
        }
