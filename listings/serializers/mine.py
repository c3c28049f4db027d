from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from bikeens.core.serializers import MoneyField
from listings.choices import Status
from listings.completeness import missing_of
from listings.models import Listing, OpeningException, PriceOverride
from listings.serializers.fields import HoursField
from listings.serializers.listing import ListingSerializer
from listings.serializers.parts import ExtraSerializer, PointSerializer, PricesSerializer
from listings.serializers.sizes import SpanSerializer
from listings.sizing import suggest_heights


class PriceOverrideSerializer(serializers.Serializer[PriceOverride]):
    """What the day that begins on this date costs instead."""

    date = serializers.DateField()
    day = MoneyField(source="price")


class MyPricesSerializer(PricesSerializer):
    overrides = PriceOverrideSerializer(many=True, source="price_overrides")


class MyExtraSerializer(ExtraSerializer):
    """Its `name` is as the owner wrote it: empty where renters read the kind's own."""

    name = serializers.CharField()


class OpeningExceptionSerializer(serializers.Serializer[OpeningException]):
    """One date's hours instead of its weekday's; none: closed."""

    date = serializers.DateField()
    hours = HoursField()


class MissingSerializer(serializers.Serializer[dict[str, str]]):
    """`field` is the API's name of what is missing, such as `prices.day`."""

    message = serializers.CharField()

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {"field": serializers.CharField(), **super().get_fields()}


class ListedSerializer(ListingSerializer):
    """A listing in the list of its owner's: all that is theirs, but its special days."""

    status = serializers.ChoiceField(choices=Status.choices)
    status_reason = serializers.CharField(help_text="Why it is suspended.")
    missing = serializers.SerializerMethodField()
    suggested_rider_height = serializers.SerializerMethodField(
        help_text="For a bike of this kind and size as shops size them; null where they don't say."
    )
    extras = MyExtraSerializer(many=True)
    address = serializers.CharField()
    exact_point = PointSerializer(source="exact", allow_null=True)
    frame_number = serializers.CharField()
    bicycode = serializers.CharField()
    value = MoneyField(allow_null=True)
    stolen_since = serializers.DateTimeField(allow_null=True, help_text="Since when you have reported it stolen.")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()

    @extend_schema_field(MissingSerializer(many=True))
    def get_missing(self, listing: Listing) -> list[dict[str, str]]:
        return [{"field": field, "message": str(message)} for field, message in missing_of(listing).items()]

    @extend_schema_field(SpanSerializer(allow_null=True))
    def get_suggested_rider_height(self, listing: Listing) -> dict[str, int] | None:
        span = suggest_heights(
            listing.category,
            frame_size=listing.frame_size,
            frame_size_cm=listing.frame_size_cm,
            wheel_size=listing.wheel_size,
        )
        return None if span is None else SpanSerializer(span).data


class MyListingSerializer(ListedSerializer):
    """A listing as its owner sees it, private parts and all that keeps it from being published."""

    prices = MyPricesSerializer(source="*")
    opening_exceptions = OpeningExceptionSerializer(many=True)


class MyListingsSerializer(serializers.Serializer[object]):
    results = ListedSerializer(many=True)
    next = serializers.CharField(allow_null=True, help_text="The cursor of the next page.")
