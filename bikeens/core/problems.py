"""Every API error as RFC 9457 `application/problem+json`; the only DRF exception handler."""

import sys
from collections.abc import Mapping
from http import HTTPStatus

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from psycopg.errors import QueryCanceled
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from bikeens.core.errors import DomainError, FieldError

CONTENT_TYPE = "application/problem+json"


def handle_exception(error: Exception, context: Mapping[str, object]) -> Response | None:
    """DRF's EXCEPTION_HANDLER: a problem for what was expected, None (a 500) for what was not."""
    problem = problem_of(error)
    if problem is None:
        return None
    set_rollback()
    status = int(str(problem["status"]))
    headers: dict[str, str] = {}
    wait = getattr(error, "wait", None)
    if wait:
        headers["Retry-After"] = str(int(wait) + 1)
    return Response(problem, status=status, headers=headers, content_type=CONTENT_TYPE)


def problem_of(error: Exception) -> dict[str, object] | None:
    """The body of a problem, or None for an error that nobody foresaw."""
    if isinstance(error, QueryCanceled) or isinstance(error.__cause__, QueryCanceled):
        return _problem(503, "too_slow", _("That takes too long at the moment. Please try again in a minute."))
    if isinstance(error, DomainError):
        return _problem(error.answer_status, error.code, str(error.message), error.fields, **error.extra)
    if isinstance(error, exceptions.ValidationError):
        return _problem(400, "invalid", _("Some of this can't be used as it is."), _flatten(error.get_full_details()))
    if isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        return _problem(401, "not_signed_in", _("Sign in first."))
    if isinstance(error, exceptions.ParseError):
        return _problem(400, "malformed", _("The request can't be read."))
    if isinstance(error, Http404 | exceptions.NotFound):
        return _problem(404, "not_found", _("There is nothing here."))
    if isinstance(error, PermissionDenied | exceptions.PermissionDenied):
        return _problem(403, "forbidden", _("This isn't open to you."))
    if isinstance(error, RequestDataTooBig):
        return _problem(413, "too_large", _("That is too much at once."))
    if isinstance(error, SuspiciousOperation):
        return _problem(400, "malformed", _("The request can't be read."))
    if isinstance(error, exceptions.Throttled):
        return _problem(429, "throttled", _("That was a lot at once. Please try again in a minute."))
    if isinstance(error, exceptions.APIException):
        return _problem(error.status_code, str(error.default_code), str(error.detail))
    return None


def problem_response(error: DomainError) -> JsonResponse:
    """The same body from a plain Django view."""
    return JsonResponse(problem_of(error) or {}, status=error.answer_status, content_type=CONTENT_TYPE)


def not_found(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    """An API address that does not exist."""
    return JsonResponse(problem_of(Http404()) or {}, status=404, content_type=CONTENT_TYPE)


def server_error(request: HttpRequest) -> JsonResponse:
    """What a caller of the API sees of an error that no view caught: nothing of its inside."""
    error = sys.exception()
    foreseen = problem_of(error) if isinstance(error, Exception) else None
    body = foreseen or _problem(500, "server_error", _("Something broke on our side. It has been noted."))
    return JsonResponse(body, status=int(str(body["status"])), content_type=CONTENT_TYPE)


def _problem(
    status: int, code: str, detail: str, fields: Mapping[str, list[FieldError]] | None = None, **extra: object
) -> dict[str, object]:
    body: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
    }
    if fields:
        body["fields"] = dict(fields)
    return body | extra


def _flatten(details: object, path: str = "") -> dict[str, list[FieldError]]:
    """DRF's nested error details as {"prices.day": [{code, message}]}."""
    flat: dict[str, list[FieldError]] = {}
    if isinstance(details, Mapping) and set(details) == {"message", "code"}:
        flat[path or "request"] = [FieldError(code=str(details["code"]), message=str(details["message"]))]
    elif isinstance(details, Mapping):
        for name, inner in details.items():
            # What DRF says of the whole body belongs to no field: it is said of the request.
            here = path if name == "non_field_errors" else f"{path}.{name}" if path else str(name)
            for key, said in _flatten(inner, here).items():
                flat.setdefault(key, []).extend(said)
    elif isinstance(details, list | tuple):
        for index, inner in enumerate(details):
            plain = isinstance(inner, Mapping) and set(inner) == {"message", "code"}
            for key, said in _flatten(inner, path if plain else f"{path}.{index}").items():
                flat.setdefault(key, []).extend(said)
    return flat
