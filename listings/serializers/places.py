from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from bikeens.core.serializers import QuerySerializer
from listings.places.lookup import Suggestion
from listings.serializers.parts import PointSerializer
from listings.serializers.query import LatLonField


class PlacesParams(QuerySerializer):
    q = serializers.CharField(
        required=False, max_length=200, help_text="As far as it is typed; without it, the towns around `near`."
    )
    near = LatLonField(required=False, help_text="latitude,longitude: what lies near comes first.")
    limit = serializers.IntegerField(required=False, min_value=1, max_value=20)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not {"q", "near"} & set(attrs):
            raise serializers.ValidationError(
                {"q": ErrorDetail(_("Type something, or say near what."), code="required")}
            )
        return attrs


class PlaceSerializer(serializers.Serializer[Suggestion]):
    """A town, or with a geocoder an address; an address has no id: search `near` its point."""

    id = serializers.CharField(allow_null=True)
    kind = serializers.ChoiceField(choices=["town", "address"])
    name = serializers.CharField()
    region = serializers.CharField()
    department = serializers.CharField(help_text="French towns' département, such as Aude; else empty.")
    department_code = serializers.CharField(help_text="Its code, as in postcodes: 11, 2A, 974.")
    country = serializers.CharField()
    time_zone = serializers.CharField()
    population = serializers.IntegerField()
    point = PointSerializer()

    def to_representation(self, instance: Suggestion) -> dict[str, Any]:
        shown: dict[str, Any] = super().to_representation(instance)
        return shown | {"id": None if instance.id is None else str(instance.id)}


class PlacesSerializer(serializers.Serializer[object]):
    results = PlaceSerializer(many=True)
