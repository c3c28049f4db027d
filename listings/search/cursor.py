"""Where a page of search results ends. A cursor belongs to one query and carries the sort's keys of its last hit."""

import base64
import binascii
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import orjson
from django.conf import settings
from django.utils.translation import gettext as _

from bikeens.core.errors import FieldError, Invalid
from listings.search.query import SearchQuery

Keys = Sequence[int | float]
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Position:
    """After the hit with these keys; `wide` when the page before had to look further than 5 km."""

    keys: tuple[int | float, ...]
    wide: bool


def encode(query: SearchQuery, position: Position) -> str:
    payload = orjson.dumps([position.wide, *position.keys])
    return base64.urlsafe_b64encode(_signature(query, payload) + payload).rstrip(b"=").decode("ascii")


def decode(query: SearchQuery, text: str) -> Position:
    """Raises Invalid `bad_cursor` for what is no cursor, or one of another query."""
    try:
        padded = text[:LONGEST].encode("ascii") + b"=" * (-len(text) % 4)
        raw = base64.b64decode(padded, altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise _bad() from error
    signature, payload = raw[:8], raw[8:]
    if len(text) > LONGEST or not hmac.compare_digest(signature, _signature(query, payload)):
        raise _bad()
    wide, *keys = orjson.loads(payload)
    return Position(tuple(keys), wide)


def _signature(query: SearchQuery, payload: bytes) -> bytes:
    key = blake2b(settings.SECRET_KEY.encode()).digest()
    return blake2b(repr(query).encode() + b"\0" + payload, key=key, digest_size=8, person=b"search cursor").digest()


def _bad() -> Invalid:
    said = _("This page belongs to another search. Start from the first page.")
    return Invalid("bad_cursor", said, fields={"cursor": [FieldError(code="bad_cursor", message=said)]})
