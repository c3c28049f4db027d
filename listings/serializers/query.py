"""Fields of what stands after the question mark of an address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from listings.geo import MAX_LATITUDE, LatLon

_NUMBER = re.compile(r"-?\d{1,3}(\.\d{1,18})?", re.ASCII)


def latitude_and_longitude(field: serializers.Field[Any, Any, Any, Any], lat: str, lon: str) -> LatLon:
    """A point from two decimal numbers; fails `invalid`, `latitude_out_of_range`, `longitude_out_of_range`."""
    if not (_NUMBER.fullmatch(lat) and _NUMBER.fullmatch(lon)):
        field.fail("invalid")
    point = LatLon(float(lat), float(lon))
    if abs(point.lat) > MAX_LATITUDE:
        field.fail("latitude_out_of_range")
    if abs(point.lon) > 180:
        field.fail("longitude_out_of_range")
    return point


POINT_MESSAGES = {
    "invalid": _("A point is written like 43.1839,3.0014: latitude, longitude."),
    "latitude_out_of_range": _("Latitudes go from -85 to 85 here."),
    "longitude_out_of_range": _("Longitudes go from -180 to 180."),
}


@extend_schema_field(OpenApiTypes.STR)
class LatLonField(serializers.Field[LatLon, str, str, LatLon]):
    """`43.1839,3.0014`."""

    default_error_messages = {**POINT_MESSAGES}

    def to_internal_value(self, data: str) -> LatLon:
        parts = data.split(",") if len(data) <= 60 else []
        if len(parts) != 2:
            self.fail("invalid")
        return latitude_and_longitude(self, parts[0].strip(), parts[1].strip())

    def to_representation(self, value: LatLon) -> str:
        return f"{value.lat},{value.lon}"


@extend_schema_field(OpenApiTypes.STR)
class MonthField(serializers.Field[datetime, str, str, datetime]):
    """`2026-07`; the first of that month."""

    default_error_messages = {"invalid": _("A month is written like 2026-07.")}

    def to_internal_value(self, data: str) -> datetime:
        if not re.fullmatch(r"2[01]\d\d-(0[1-9]|1[0-2])", data, re.ASCII):
            self.fail("invalid")
        return datetime.fromisoformat(f"{data}-01")

    def to_representation(self, value: datetime) -> str:
        return f"{value:%Y-%m}"


@extend_schema_field(OpenApiTypes.STR)
class QuantitiesField(serializers.Field[Mapping[UUID, int], str, str, Mapping[UUID, int]]):
    """`<id>:<quantity>,<id>:<quantity>`."""

    default_error_messages = {"invalid": _("Extras are written like <id>:1,<id>:2.")}

    def to_internal_value(self, data: str) -> Mapping[UUID, int]:
        found: dict[UUID, int] = {}
        for part in data.split(",") if len(data) <= 2_000 else [""]:
            uuid, _colon, quantity = part.partition(":")
            if not (re.fullmatch(r"[0-9a-fA-F-]{36}", uuid) and re.fullmatch(r"[1-9]\d?", quantity, re.ASCII)):
                self.fail("invalid")
            try:
                key = UUID(uuid)
            except ValueError:
                self.fail("invalid")
            if key in found:
                self.fail("invalid")
            found[key] = int(quantity)
        return found

    def to_representation(self, value: Mapping[UUID, int]) -> str:
        return ",".join(f"{uuid}:{quantity}" for uuid, quantity in value.items())
