"""Cursor pagination of ordinary lists: `{"results": […], "next": cursor or null}`."""

from collections.abc import Sequence
from typing import Any

from rest_framework.pagination import CursorPagination
from rest_framework.response import Response


class KeysetPage(CursorPagination):
    """Newest first by `id`; the cursor itself is handed out, not an address."""

    page_size = 20
    ordering = "-id"

    def get_paginated_response(self, data: Sequence[object]) -> Response:
        link = self.get_next_link()
        cursor = link.split("cursor=", 1)[1].split("&", 1)[0] if link else None
        return Response({"results": data, "next": cursor})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["results", "next"],
            "properties": {"results": schema, "next": {"type": "string", "nullable": True}},
        }
