"""An owner's listings as a file: brought in, and given out."""

from uuid import UUID

from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bikeens.accounts.idempotency import idempotent
from bikeens.accounts.selectors import me
from bikeens.core.downloads import OneKind
from bikeens.core.pages import KeysetPage, PageParams
from bikeens.core.parsers import UploadParser
from listings import selectors
from listings.limits import IMPORT_BYTES, IMPORT_PHOTOS_BYTES
from listings.models import Import
from listings.serializers.imports import (
    ImportReportSerializer,
    ImportSerializer,
    ImportsSerializer,
    ImportUpload,
)
from listings.trade import photos, work, writing
from listings.trade.selectors import import_of as my_import
from listings.trade.selectors import imports_of

CSV = {(200, "text/csv"): OpenApiTypes.BINARY}


class ImportParser(UploadParser):
    most_bytes = IMPORT_BYTES + IMPORT_PHOTOS_BYTES


class Imports(APIView):
    parser_classes = [ImportParser]

    @extend_schema(operation_id="my_imports_list", parameters=[PageParams], responses=ImportsSerializer)
    def get(self, request: Request) -> Response:
        """Your imports of the last thirty days, newest first."""
        PageParams.of(request.query_params)
        page = KeysetPage("imports")
        rows = page.paginate_queryset(imports_of(me(request)), request, self)
        return page.get_paginated_response([ImportSerializer(row).data for row in rows or []])

    @idempotent(in_transaction=True)
    @extend_schema(request={"multipart/form-data": ImportUpload}, responses={201: ImportReportSerializer})
    def post(self, request: Request) -> Response:
        """Send a CSV of listings, with pictures or zips of pictures. It is looked through; nothing is written yet."""
        body = ImportUpload(data=_form(request))
        body.is_valid(raise_exception=True)
        file, sent = body.validated_data["file"], body.validated_data.get("photos", [])
        made = work.start_import(
            owner=me(request),
            content=file.read(IMPORT_BYTES + 1),
            file_name=file.name,
            sent=photos.received((photo.name, photo) for photo in sent),
            language=get_language() or "en",
        )
        return Response(_shown(request, made.uuid), status=201)


class OneImport(APIView):
    @extend_schema(responses=ImportReportSerializer)
    def get(self, request: Request, import_of: UUID) -> Response:
        """How far an import is, and line by line what becomes of it."""
        return Response(_shown(request, import_of))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, import_of: UUID) -> Response:
        """Forget an import. One at work stops; what it brought in stays."""
        work.cancel_import(import_of=my_import(me(request), import_of))
        return Response(status=204)


class Confirm(APIView):
    @extend_schema(request=None, responses=ImportReportSerializer)
    def post(self, request: Request, import_of: UUID) -> Response:
        """Bring in what was looked through."""
        work.confirm_import(import_of=my_import(me(request), import_of), language=get_language() or "en")
        return Response(_shown(request, import_of))


class Template(APIView):
    content_negotiation_class = OneKind

    @extend_schema(responses=CSV)
    def get(self, request: Request) -> HttpResponseBase:
        """A CSV with every column and one example, in your language."""
        return _named(HttpResponse(writing.template(get_language() or "en"), content_type=CSV_TYPE), "template")


class Export(APIView):
    content_negotiation_class = OneKind

    @extend_schema(responses=CSV)
    def get(self, request: Request) -> HttpResponseBase:
        """All your listings as a CSV that can be imported again, private parts included."""
        mine = selectors.listings_of(me(request)).order_by("pk").iterator(chunk_size=50)
        lines = writing.export(mine, get_language() or "en")
        return _named(StreamingHttpResponse(lines, content_type=CSV_TYPE), "bikes")


CSV_TYPE = "text/csv; charset=utf-8"


def _named(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response["Content-Disposition"] = f'attachment; filename="bikeens-{name}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def _form(request: Request) -> dict[str, object]:
    """A form's fields; the photos are a list however many there are."""
    assert isinstance(request.data, QueryDict)
    return {name: values if name == "photos" else values[-1] for name, values in request.data.lists()}


def _shown(request: Request, uuid: UUID) -> dict[str, object]:
    found: Import = my_import(me(request), uuid)
    return dict(ImportReportSerializer(found).data)
