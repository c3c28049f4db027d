from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bikeens.accounts.selectors import me
from bikeens.core.pages import KeysetPage, PageParams
from bikeens.notifications import actions, selectors
from bikeens.notifications.serializers import (
    NoticeSerializer,
    NoticesReadSerializer,
    NoticesSerializer,
    UnreadSerializer,
)


class Notices(APIView):
    @extend_schema(parameters=[PageParams], responses=NoticesSerializer)
    def get(self, request: Request) -> Response:
        """What you have been told, newest first."""
        PageParams.of(request.query_params)
        person = me(request)
        page = KeysetPage("notices")
        rows = page.paginate_queryset(selectors.notices_of(person), request, self)
        answer = page.get_paginated_response([NoticeSerializer(row).data for row in rows or []])
        answer.data["unread"] = selectors.unread_count(person)
        return answer


class NoticesRead(APIView):
    @extend_schema(request=NoticesReadSerializer, responses=UnreadSerializer)
    def post(self, request: Request) -> Response:
        """Note that you have read these, or all."""
        person = me(request)
        body = NoticesReadSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        actions.mark_read(person=person, notices=body.validated_data.get("ids"))
        return Response({"unread": selectors.unread_count(person)})
