from typing import Any

from rest_framework import serializers

from bikeens.core.serializers import QuerySerializer
from listings.choices import Category
from listings.limits import RIDER_HEIGHT_CM
from listings.sizing import Size, Span


class SizesParams(QuerySerializer):
    category = serializers.ChoiceField(choices=Category.choices)
    height = serializers.IntegerField(
        required=False, min_value=RIDER_HEIGHT_CM[0], max_value=RIDER_HEIGHT_CM[1], help_text="A rider's, in cm."
    )


class SpanSerializer(serializers.Serializer[Span]):
    """Centimetres, both ends included."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {name: serializers.IntegerField() for name in ("from", "to")}

    def to_representation(self, instance: Span) -> dict[str, int]:
        lowest, highest = instance
        return {"from": lowest, "to": highest}


class SizeSerializer(serializers.Serializer[Size]):
    """A letter, with the frame where its length tells; or, for children, a wheel in inches."""

    letter = serializers.CharField(help_text="Empty for a child's bike.")
    frame = SpanSerializer(allow_null=True)
    wheel = serializers.IntegerField(allow_null=True)
    rider = SpanSerializer()


class SizesSerializer(serializers.Serializer[object]):
    results = SizeSerializer(many=True)
