"""Shapes that the listing's answers share."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from bikeens.core.serializers import MoneyField
from listings.choices import ExtraKind, Per, Safety
from listings.geo import LatLon, LatLonJSON
from listings.models import Extra, Listing, Photo


class PointSerializer(serializers.Serializer[LatLon]):
    """A point in degrees, to six decimals."""

    lat = serializers.FloatField()
    lon = serializers.FloatField()

    def to_representation(self, instance: LatLon) -> LatLonJSON:  # type: ignore[override]
        return instance.as_json()


class PhotoSizeSerializer(serializers.Serializer[dict[str, object]]):
    width = serializers.IntegerField()
    url = serializers.CharField()


class PhotoSerializer(serializers.Serializer[Photo]):
    """Width and height are those of the largest size."""

    id = serializers.UUIDField(source="uuid")
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    sizes = serializers.SerializerMethodField()
    alt = serializers.CharField(source="listing.title")

    @extend_schema_field(PhotoSizeSerializer(many=True))
    def get_sizes(self, photo: Photo) -> list[dict[str, object]]:
        return [{"width": width, "url": photo.url(width)} for width in photo.widths]


class ExtraSerializer(serializers.Serializer[Extra]):
    id = serializers.UUIDField(source="uuid")
    kind = serializers.ChoiceField(choices=ExtraKind.choices)
    name = serializers.CharField(source="__str__")
    price = MoneyField()
    per = serializers.ChoiceField(choices=Per.choices)
    most = serializers.IntegerField()
    radius_km = serializers.IntegerField(allow_null=True)


class RiderHeightSerializer(serializers.Serializer[Listing]):
    """Centimetres, both ends included."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {
            "from": serializers.IntegerField(source="rider_height_from"),
            "to": serializers.IntegerField(source="rider_height_to"),
        }


class SafetySerializer(serializers.Serializer[Listing]):
    """What the owner checked, and the day of the last service."""

    brakes = serializers.BooleanField()
    tyres = serializers.BooleanField()
    chain = serializers.BooleanField()
    lights = serializers.BooleanField()
    last_service = serializers.DateField(allow_null=True)

    def to_representation(self, instance: Listing) -> dict[str, object]:
        last = instance.last_service_date
        checked: dict[str, object] = {str(point): point in instance.safety for point in Safety.values}
        return checked | {"last_service": last.isoformat() if last else None}


class RatingSerializer(serializers.Serializer[Listing]):
    """`average` is null until somebody rates."""

    average = serializers.FloatField(allow_null=True)
    count = serializers.IntegerField()

    def to_representation(self, instance: Listing) -> dict[str, object]:
        count = instance.rating_count
        return {"average": round(instance.rating_sum / count, 1) if count else None, "count": count}


class ResponseSerializer(serializers.Serializer[object]):
    """Of a hundred requests so many are answered, half of those within so many hours (null: none is)."""

    percent = serializers.IntegerField()
    hours = serializers.IntegerField(allow_null=True)


class PricesSerializer(serializers.Serializer[Listing]):
    """Discounts in percent, from 7 and from 28 days."""

    hour = MoneyField(source="hour_price", allow_null=True)
    day = MoneyField(source="day_price", allow_null=True)
    discount_7 = serializers.IntegerField()
    discount_28 = serializers.IntegerField()
