"""Field types and the base serializer of the API's conventions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from bikeens.core.money import Money

WALL_CLOCK = "%Y-%m-%dT%H:%M"


class StrictSerializer(serializers.Serializer[object]):
    """Refuses fields it does not know (`unknown_field`), so that a misspelt one is never silently dropped."""

    def to_internal_value(self, data: Mapping[str, object]) -> object:
        if isinstance(data, Mapping):
            unknown = sorted(set(data) - set(self.fields))
            if unknown:
                said = serializers.ErrorDetail(str(_("There is no such field.")), code="unknown_field")
                raise serializers.ValidationError({name: [said] for name in unknown[:20]})
        return super().to_internal_value(data)


class QuerySerializer(StrictSerializer):
    """What stands after the question mark of an address, checked as strictly as a body.

    Refuses unknown and repeated parameters; those in `lists` may be repeated or hold commas.
    """

    lists: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def of(cls, query: QueryDict) -> dict[str, Any]:
        """The checked parameters that are there. Raises ValidationError naming each that is wrong."""
        data: dict[str, object] = {}
        for name in query:
            given = query.getlist(name)
            if name in cls.lists:
                data[name] = [part for text in given for part in text.split(",") if part]
            elif len(given) == 1:
                data[name] = given[0]
            else:
                said = serializers.ErrorDetail(str(_("Say this once only.")), code="repeated")
                raise serializers.ValidationError({name: [said]})
        # Nothing said is nothing asked: forms send their empty fields along.
        checker = _checker(cls)
        known = checker.fields
        values: dict[str, Any] = checker.run_validation(
            {name: value for name, value in data.items() if value not in ("", []) or name not in known}
        )
        return values


@cache
def _checker(kind: type[QuerySerializer]) -> QuerySerializer:
    """One for all requests: its fields are costly to copy, and checking leaves nothing behind in them."""
    checker = kind()
    # They are copied when first asked for: here, before several threads do.
    len(checker.fields)
    return checker


@extend_schema_field(
    {
        "type": "object",
        "properties": {
            "amount": {"type": "integer"},
            "currency": {"type": "string", "minLength": 3, "maxLength": 3},
        },
        "required": ["amount", "currency"],
    }
)
class MoneyField(serializers.Field[Money, object, dict[str, object], Money]):
    """`{"amount": 3150, "currency": "EUR"}`: minor units, never a decimal."""

    default_error_messages = {"invalid": _("An amount is written {{amount, currency}}, in whole minor units.")}

    def to_internal_value(self, data: object) -> Money:
        if not isinstance(data, Mapping) or set(data) != {"amount", "currency"}:
            self.fail("invalid")
        amount, currency = data["amount"], data["currency"]
        if isinstance(amount, bool) or not isinstance(amount, int) or not -(10**12) < amount < 10**12:
            self.fail("invalid")
        if not isinstance(currency, str) or len(currency) != 3 or not currency.isupper():
            self.fail("invalid")
        return Money(amount, currency)

    def to_representation(self, value: Money) -> dict[str, object]:
        return dict(value.as_json())


@extend_schema_field(OpenApiTypes.STR)
class WallClockField(serializers.Field[datetime, str, str, datetime]):
    """`2026-07-04T10:00`: what the clock on the listing's wall says, without a zone."""

    default_error_messages = {"invalid": _("A time is written like 2026-07-04T10:00.")}

    def to_internal_value(self, data: str) -> datetime:
        try:
            # strptime alone would take "2026-7-4T1:0" as well; the way back must give the same text.
            value = datetime.strptime(data, WALL_CLOCK)  # noqa: DTZ007
            if value.strftime(WALL_CLOCK) != data:
                self.fail("invalid")
        except (TypeError, ValueError):
            self.fail("invalid")
        return value

    def to_representation(self, value: datetime) -> str:
        return value.strftime(WALL_CLOCK)
