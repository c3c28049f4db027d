"""The one family of errors that people and programs are told about. A refusal changes nothing."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, TypedDict

from django.utils.functional import Promise

Text = str | Promise


class FieldError(TypedDict):
    code: str
    message: str


FieldErrors = Mapping[str, Text | Sequence[FieldError]]


class DomainError(Exception):
    """Something that was asked for cannot be: a stable code, a sentence for a person, and the fields at fault.

    `fields` maps a field's name to a sentence, or to a list of {code, message}; `extra` goes into the answer as it is.
    """

    status: ClassVar[int] = 400

    def __init__(
        self,
        code: str,
        message: Text,
        *,
        fields: FieldErrors | None = None,
        status: int | None = None,
        **extra: object,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.fields = {
            name: [FieldError(code=code, message=str(said))] if isinstance(said, str | Promise) else list(said)
            for name, said in (fields or {}).items()
        }
        self.answer_status = status or self.status
        self.extra = extra

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class Invalid(DomainError):
    """The request makes no sense as it stands."""

    status = 400


class Forbidden(DomainError):
    """Known, seen, and not for this person."""

    status = 403


class NotFound(DomainError):
    """Does not exist, or is someone else's: the two look alike from outside."""

    status = 404


class Refused(DomainError):
    """A rule or the present state says no."""

    status = 409


class TooLarge(DomainError):
    status = 413


class TooMany(DomainError):
    status = 429


class Busy(DomainError):
    """Fair, and too much at once: worth asking again after `wait` seconds, which the answer says in Retry-After."""

    status = 503
    wait: ClassVar[int] = 4
