"""Facets and alternatives: what may be asked, and the shapes of what is answered (views write them, for speed)."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from bikeens.core.errors import Invalid
from bikeens.core.serializers import MoneyField, WallClockField
from listings.choices import Category
from listings.search.facets import EXTRAS, FILTERS
from listings.serializers.search import SearchHitSerializer, SearchParams

Fields = dict[str, serializers.Field[Any, Any, Any, Any]]


def _counts(name: str, keys: tuple[str, ...], *, required: bool = True) -> type[serializers.Serializer[object]]:
    return type(name, (serializers.Serializer,), {key: serializers.IntegerField(required=required) for key in keys})


class FacetsParams(SearchParams):
    """As a search, without order and page."""

    def get_fields(self) -> Fields:
        return {name: field for name, field in super().get_fields().items() if name not in ("sort", "cursor")}


class AlternativesParams(FacetsParams):
    """As a search with dates, without order and page."""

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        checked = super().validate(attrs)
        if "from" not in checked:
            said = str(_("Give a start and an end."))
            raise Invalid("required", said, fields={"from": [{"code": "required", "message": said}]})
        return checked


class PriceRangeSerializer(serializers.Serializer[object]):
    lowest = MoneyField()
    highest = MoneyField()


class FacetsSerializer(serializers.Serializer[object]):
    """Each count with all the other filters; none above 1,000."""

    total = serializers.IntegerField()
    capped = serializers.BooleanField(help_text="Counting ended early: a count, a zero too, may be more.")
    category = _counts("CategoryCounts", tuple(Category.values))()
    electric = _counts("ElectricCounts", ("true", "false"))()
    instant = serializers.IntegerField()
    extras = _counts("ExtrasCounts", EXTRAS)()
    price = PriceRangeSerializer(allow_null=True, help_text="Of the stretch with dates, else per day.")
    without = _counts("WithoutCounts", FILTERS, required=False)(help_text="Without this one of the filters set.")


class ShiftSerializer(serializers.Serializer[object]):
    to = WallClockField()
    total = MoneyField()

    def get_fields(self) -> Fields:
        return {"from": WallClockField(), **super().get_fields()}


class OtherDatesSerializer(serializers.Serializer[object]):
    bike = SearchHitSerializer()
    dates = ShiftSerializer(many=True)


class AlternativesSerializer(serializers.Serializer[object]):
    other_dates = OtherDatesSerializer(many=True)
    further = SearchHitSerializer(many=True)
