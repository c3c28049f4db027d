from typing import Any

from rest_framework import serializers

from listings.places.lookup import Suggestion
from listings.serializers.parts import PointSerializer
from listings.serializers.query import LatLonField, QuerySerializer


class PlacesParams(QuerySerializer):
    q = serializers.CharField(max_length=200, help_text="As far as it is typed.")
    near = LatLonField(required=False, help_text="latitude,longitude: what lies near comes first.")
    limit = serializers.IntegerField(required=False, min_value=1, max_value=20)


class PlaceSerializer(serializers.Serializer[Suggestion]):
    """A town, or with a geocoder an address; an address has no id: search `near` its point."""

    id = serializers.CharField(allow_null=True)
    kind = serializers.ChoiceField(choices=["town", "address"])
    name = serializers.CharField()
    region = serializers.CharField()
    country = serializers.CharField()
    time_zone = serializers.CharField()
    population = serializers.IntegerField()
    point = PointSerializer()

    def to_representation(self, instance: Suggestion) -> dict[str, Any]:
        shown: dict[str, Any] = super().to_representation(instance)
        return shown | {"id": None if instance.id is None else str(instance.id)}


class PlacesSerializer(serializers.Serializer[object]):
    results = PlaceSerializer(many=True)
