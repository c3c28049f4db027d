"""`Idempotency-Key` on POST: a double click or a retry has the effect of one, and is answered alike.

After draft-ietf-httpapi-idempotency-key-header and Stripe; docs/adr/0020-idempotency-keys.md says what was chosen.
"""

import hashlib
import json
import re
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bikeens.accounts.models import IdempotencyKey, User
from bikeens.accounts.selectors import me
from bikeens.core import clock
from bikeens.core.errors import DomainError, Invalid, Refused

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
KEPT = timedelta(hours=24)
# A request silent for this long was killed; the longest one, a photo into a slow storage, takes seconds.
SILENT = timedelta(minutes=2)
WELL_FORMED = re.compile(r"[\x20-\x7e]{1,255}")

V = TypeVar("V", bound=APIView)
P = ParamSpec("P")
Handler = Callable[Concatenate[V, Request, P], Response]

PARAMETER = OpenApiParameter(
    HEADER,
    {"type": "string", "minLength": 1, "maxLength": 255},
    OpenApiParameter.HEADER,
    description=(
        "Any text of your own for what is wanted once, a UUID say. Within 24 hours the same request with the same key "
        "has no second effect and gets the first answer again, with `Idempotent-Replayed: true`. 400 `invalid`: not 1 "
        "to 255 ASCII characters. 409 `request_in_progress`: the first is still at work. 422 `key_reused`: the key "
        "came with another request. Only successes are kept."
    ),
)


def idempotent(*, in_transaction: bool) -> Callable[[Handler[V, P]], Handler[V, P]]:
    """A view's `post` that takes the header; the outermost decorator.

    `in_transaction`: the effect and its kept answer are one transaction, so that a killed request leaves both or
    neither; for views without network that commit nothing of their own before they refuse. Otherwise the key is
    claimed and answered in commits of their own around the view, whose action must bear being run twice: after
    `SILENT` a killed request's key is free again.
    Raises Invalid naming the header, Refused `request_in_progress`, and 422 `key_reused`.
    """

    def decorate(post: Handler[V, P]) -> Handler[V, P]:
        @wraps(post)
        def once(view: V, request: Request, /, *args: P.args, **kwargs: P.kwargs) -> Response:
            if HEADER not in request.headers:
                return post(view, request, *args, **kwargs)
            key, digest = _key_of(request), _digest_of(request)
            with transaction.atomic() if in_transaction else nullcontext():
                row, is_new = _claim(me(request), key, digest)
                if not is_new:
                    return _again(row, digest)
                try:
                    response = post(view, request, *args, **kwargs)
                except BaseException:
                    if not in_transaction:
                        row.delete()
                    raise
                _keep(row, response)
                return response

        # The schema is written on a function; mypy knows no attributes of a Callable.
        documented: Handler[V, P] = extend_schema(parameters=[PARAMETER])(once)
        return documented

    return decorate


def sweep_keys() -> int:
    """Keys of a day ago go, and what was answered to them; returns how many."""
    return IdempotencyKey.objects.filter(created_at__lt=clock.now() - KEPT).delete()[0]


def _key_of(request: Request) -> str:
    key = request.headers[HEADER].strip(" ")
    if not WELL_FORMED.fullmatch(key):
        message = _("A key is 1 to 255 letters, digits and signs.")
        raise Invalid("invalid", message, fields={HEADER: message})
    return key


def _digest_of(request: Request) -> str:
    """SHA-256 of method, path and body. What was read counts: a form's boundary is another one in each retry."""
    body = request.data
    if isinstance(body, QueryDict):
        body = [[name, [_plain(value) for value in values]] for name, values in body.lists()]
    told = json.dumps([request.method, request.get_full_path(), body], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def _plain(value: object) -> object:
    if not isinstance(value, UploadedFile):
        return value
    content = hashlib.sha256()
    for chunk in value.chunks():
        content.update(chunk)
    value.seek(0)
    return [value.name, content.hexdigest()]


def _claim(person: User, key: str, digest: str) -> tuple[IdempotencyKey, bool]:
    """The row of a key, and whether it is this request's to answer.

    Inside a transaction the second of two at once waits here, at the unique constraint, for the first one's end.
    """
    rows = IdempotencyKey.objects.filter(person=person, key=key)
    while True:
        now = clock.now()
        there = rows.first()
        if there is not None:
            killed = rows.filter(pk=there.pk, digest=digest, status=None, created_at__lt=now - SILENT)
            return there, bool(killed.update(created_at=now))
        try:
            with transaction.atomic():
                return rows.create(person=person, key=key, digest=digest, created_at=now), True
        except IntegrityError:
            # Another request was faster. Its row is there now, unless it was refused and has taken it away.
            continue


def _again(row: IdempotencyKey, digest: str) -> Response:
    if row.digest != digest:
        message = _("This key came with another request already.")
        raise DomainError("key_reused", message, fields={HEADER: message}, status=422)
    if row.status is None:
        raise Refused("request_in_progress", _("The same request is still at work. Try again in a moment."))
    return Response(json.loads(row.body), status=row.status, headers={REPLAYED: "true"})


def _keep(row: IdempotencyKey, response: Response) -> None:
    """Keep a success. A refusal has changed nothing, so asking again is harmless and may go better."""
    if response.status_code >= 300:
        row.delete()
        return
    body = JSONRenderer().render(response.data).decode() or "null"
    IdempotencyKey.objects.filter(pk=row.pk).update(status=response.status_code, body=body)
