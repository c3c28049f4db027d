from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from bikeens.accounts.serializers import PersonSerializer
from listings.choices import Brakes, Category, FrameSize, Included, Policy
from listings.models import Listing, OwnerResponse
from listings.serializers.fields import WeeklyHoursField
from listings.serializers.parts import (
    ExtraSerializer,
    PhotoSerializer,
    PointSerializer,
    PricesSerializer,
    RatingSerializer,
    ResponseSerializer,
    RiderHeightSerializer,
    SafetySerializer,
)


class ListingSerializer(serializers.Serializer[Listing]):
    """A listing as everybody may see it; give the viewer as `context["viewer"]` for `is_mine`.

    Nothing private has a field here: neither the exact point and address nor the frame number, Bicycode and value.
    """

    id = serializers.UUIDField(source="uuid")
    title = serializers.CharField()
    description = serializers.CharField()
    house_rules = serializers.CharField()
    languages = serializers.ListField(child=serializers.CharField())
    category = serializers.ChoiceField(choices=Category.choices, allow_blank=True)
    electric = serializers.BooleanField()
    battery_range_km = serializers.IntegerField(allow_null=True)
    motor = serializers.CharField()
    brand = serializers.CharField()
    model = serializers.CharField()
    year = serializers.IntegerField(allow_null=True)
    frame_size = serializers.ChoiceField(choices=FrameSize.choices, allow_blank=True)
    frame_size_cm = serializers.IntegerField(allow_null=True)
    rider_height = serializers.SerializerMethodField()
    wheel_size = serializers.CharField()
    gears = serializers.IntegerField(allow_null=True)
    brakes = serializers.ChoiceField(choices=Brakes.choices, allow_blank=True)
    weight_kg = serializers.SerializerMethodField()
    colour = serializers.CharField()
    included = serializers.ListField(child=serializers.ChoiceField(choices=Included.choices))
    extras = ExtraSerializer(many=True)
    prices = PricesSerializer(source="*")
    currency = serializers.CharField()
    time_zone = serializers.CharField()
    opening_hours = WeeklyHoursField(source="opening")
    lead_time_h = serializers.IntegerField()
    horizon_days = serializers.IntegerField()
    shortest_h = serializers.IntegerField()
    longest_days = serializers.IntegerField()
    buffer_min = serializers.IntegerField()
    instant = serializers.BooleanField()
    policy = serializers.ChoiceField(choices=Policy.choices)
    photos = PhotoSerializer(many=True)
    point = PointSerializer(source="public", allow_null=True)
    town = serializers.CharField()
    owner = PersonSerializer()
    rating = RatingSerializer(source="*")
    safety = SafetySerializer(source="*")
    response = serializers.SerializerMethodField()
    is_mine = serializers.SerializerMethodField()

    @extend_schema_field(ResponseSerializer(allow_null=True))
    def get_response(self, listing: Listing) -> dict[str, int | None] | None:
        """How the owner answers requests; null while there are too few to say."""
        found: OwnerResponse | None = getattr(listing.owner, "response", None)
        return {"percent": found.percent, "hours": found.hours} if found else None

    @extend_schema_field(RiderHeightSerializer(allow_null=True))
    def get_rider_height(self, listing: Listing) -> dict[str, int | None] | None:
        if listing.rider_height_from is None:
            return None
        return {"from": listing.rider_height_from, "to": listing.rider_height_to}

    def get_weight_kg(self, listing: Listing) -> float | None:
        return None if listing.weight_g is None else listing.weight_g / 1000

    def get_is_mine(self, listing: Listing) -> bool:
        return self.context.get("viewer") == listing.owner
