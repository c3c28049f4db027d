"""What the map may ask, and what it is answered."""

from typing import Any

from rest_framework import serializers

from bikeens.core.serializers import MoneyField, QuerySerializer
from listings.serializers.parts import PointSerializer
from listings.serializers.search import MapBoxField, SearchParams

ZOOMS = 5, 18


class MapParams(SearchParams):
    """A box, a zoom and search's filters; nothing that orders or pages."""

    bbox = MapBoxField(help_text="west,south,east,north")
    zoom = serializers.IntegerField(min_value=ZOOMS[0], max_value=ZOOMS[1])

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        for name in ("near", "place", "radius", "sort", "cursor"):
            del fields[name]
        return fields


class MapPinSerializer(serializers.Serializer[object]):
    """The shape alone, as for search's hits."""

    id = serializers.UUIDField()
    point = PointSerializer()
    title = serializers.CharField()
    price = MoneyField(help_text="Of the whole stretch with dates, else of a day.")


class MapClusterSerializer(serializers.Serializer[object]):
    point = PointSerializer()
    count = serializers.IntegerField()
    price_from = MoneyField(help_text="The lowest price of a day.")
    bbox = serializers.ListField(
        child=serializers.FloatField(), min_length=4, max_length=4, help_text="west, south, east, north of its cell"
    )


class MapAnswerSerializer(serializers.Serializer[object]):
    pins = MapPinSerializer(many=True)
    clusters = MapClusterSerializer(many=True)
    exact = serializers.BooleanField(
        help_text="False where there are too many bikes: dates, height, price and extras were left aside."
    )


class MapTownsParams(QuerySerializer):
    bbox = MapBoxField(help_text="west,south,east,north")
    zoom = serializers.IntegerField(min_value=ZOOMS[0], max_value=ZOOMS[1])


class MapTownSerializer(serializers.Serializer[object]):
    name = serializers.CharField()
    population = serializers.IntegerField()
    point = PointSerializer()


class MapTownsSerializer(serializers.Serializer[object]):
    results = MapTownSerializer(many=True)
