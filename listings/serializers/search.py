"""What a search may ask, and what it answers."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from bikeens.core.errors import Invalid, NotFound
from bikeens.core.serializers import MoneyField, QuerySerializer, WallClockField
from listings.bookable import check_grid
from listings.choices import Category, ExtraKind, Included
from listings.geo import LatLon, to_latlon
from listings.limits import RIDER_HEIGHT_CM
from listings.models import Place
from listings.pricing import stretch_of
from listings.quoting import checked_stretch
from listings.search.query import MAX_RADIUS_M, MapBox, SearchQuery, Sort
from listings.serializers.parts import PhotoSerializer, PointSerializer
from listings.serializers.query import POINT_MESSAGES, LatLonField, latitude_and_longitude

EXTRAS = sorted({*ExtraKind.values, *Included.values} - {"other"})


@extend_schema_field(OpenApiTypes.STR)
class MapBoxField(serializers.Field[MapBox, str, str, MapBox]):
    """`west,south,east,north` in degrees; west greater than east crosses the 180th meridian."""

    default_error_messages = {
        **POINT_MESSAGES,
        "invalid": _("A part of the map is written west,south,east,north, in degrees."),
        "inside_out": _("This part of the map is inside out: south lies north of north, or west east of east."),
    }

    def to_internal_value(self, data: str) -> MapBox:
        parts = data.split(",") if len(data) <= 120 else []
        if len(parts) != 4:
            self.fail("invalid")
        west, south, east, north = (part.strip() for part in parts)
        low = latitude_and_longitude(self, south, west)
        high = latitude_and_longitude(self, north, east)
        crosses = low.lon > high.lon
        if low.lat >= high.lat or low.lon == high.lon or (crosses and high.lon + 360 - low.lon > 180):
            self.fail("inside_out")
        return MapBox(low, high)

    def to_representation(self, value: MapBox) -> str:
        return f"{value.south_west.lon},{value.south_west.lat},{value.north_east.lon},{value.north_east.lat}"


class SearchParams(QuerySerializer):
    """Where: `near`, `place` or `bbox`; with `bbox` the other two only order."""

    lists: ClassVar[frozenset[str]] = frozenset({"category", "extras"})

    near = LatLonField(required=False, help_text="latitude,longitude")
    place = serializers.IntegerField(required=False, min_value=1, max_value=2**31 - 1, help_text="A place's id.")
    bbox = MapBoxField(required=False, help_text="west,south,east,north")
    radius = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=MAX_RADIUS_M,
        help_text="Metres; else 5,000, or 50,000 if empty.",
    )
    category = serializers.ListField(
        required=False, max_length=len(Category.values), child=serializers.ChoiceField(choices=Category.choices)
    )
    electric = serializers.BooleanField(required=False)
    height = serializers.IntegerField(
        required=False, min_value=RIDER_HEIGHT_CM[0], max_value=RIDER_HEIGHT_CM[1], help_text="The rider's, in cm."
    )
    price_max = serializers.IntegerField(
        required=False, min_value=1, max_value=10_000_000, help_text="Cents: of the total with dates, else per day."
    )
    extras = serializers.ListField(
        required=False, max_length=len(EXTRAS), child=serializers.ChoiceField(choices=EXTRAS), help_text="All of them."
    )
    instant = serializers.BooleanField(required=False)
    sort = serializers.ChoiceField(required=False, choices=[sort.value for sort in Sort])
    cursor = serializers.CharField(required=False, max_length=400, help_text="The `next` of the page before.")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        # `from` is no Python name.
        wall = WallClockField(required=False, help_text="2026-07-04T10:00, on the clock where the bike is.")
        return super().get_fields() | {"from": wall, "to": WallClockField(required=False)}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        _together(attrs, "from", "to")
        _together(attrs, "to", "from")
        if "near" in attrs and "place" in attrs:
            _wrong("near", "conflict", _("Search near a point or near a place, not both."))
        if not {"near", "place", "bbox"} & set(attrs):
            _wrong("near", "required", _("Say where: near, place or bbox."))
        if attrs.get("sort") == Sort.FIT and "height" not in attrs:
            _wrong("height", "required", _("Sorting by fit needs a height."))
        if "from" in attrs:
            check_grid(attrs["from"], attrs["to"])
            # The order and the length are the same in every zone; whether the times exist is not.
            checked_stretch(attrs["from"], attrs["to"], "UTC")
        return attrs


def search_query(checked: dict[str, Any]) -> tuple[SearchQuery, Place | None]:
    """The query and its place. Raises NotFound for an unknown place, Invalid for a time its clocks jump over."""
    place: Place | None = None
    origin: LatLon | None = checked.get("near")
    if "place" in checked:
        place = Place.objects.filter(pk=checked["place"]).first()
        if place is None:
            said = _("There is no such place.")
            raise NotFound("unknown_place", said, fields={"place": said})
        origin = to_latlon(place.point)
        if "from" in checked:
            stretch_of(checked["from"], checked["to"], place.time_zone)
    query = SearchQuery(
        origin=origin,
        box=checked.get("bbox"),
        radius_m=checked.get("radius"),
        from_local=checked.get("from"),
        to_local=checked.get("to"),
        categories=tuple(sorted(set(checked.get("category", ())))),
        electric=checked.get("electric"),
        height=checked.get("height"),
        price_max=checked.get("price_max"),
        extras=tuple(sorted(set(checked.get("extras", ())))),
        instant=checked.get("instant", False),
        sort=Sort(checked.get("sort", Sort.BEST)),
    )
    return query, place


class HitRatingSerializer(serializers.Serializer[object]):
    average = serializers.FloatField(allow_null=True)
    count = serializers.IntegerField()


class HitOwnerSerializer(serializers.Serializer[object]):
    name = serializers.CharField()


class HitHeightSerializer(serializers.Serializer[object]):
    to = serializers.IntegerField()

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {"from": serializers.IntegerField(), **super().get_fields()}


class SearchHitSerializer(serializers.Serializer[object]):
    """The shape alone: the view writes it without serializers, for speed."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    category = serializers.ChoiceField(choices=Category.choices)
    electric = serializers.BooleanField()
    cover = PhotoSerializer(allow_null=True)
    rating = HitRatingSerializer()
    point = PointSerializer()
    distance_m = serializers.IntegerField(allow_null=True)
    rider_height = HitHeightSerializer(allow_null=True)
    price_per_day = MoneyField()
    price_per_hour = MoneyField(allow_null=True)
    total = MoneyField(allow_null=True)
    instant = serializers.BooleanField()
    owner = HitOwnerSerializer()
    town = serializers.CharField()
    frame_size = serializers.CharField()


class SearchPlaceSerializer(serializers.Serializer[object]):
    id = serializers.CharField()
    name = serializers.CharField()
    region = serializers.CharField()
    point = PointSerializer()


class SearchAnswerSerializer(serializers.Serializer[object]):
    results = SearchHitSerializer(many=True)
    next = serializers.CharField(allow_null=True)
    place = SearchPlaceSerializer(allow_null=True)
    wide = serializers.BooleanField(help_text="Nothing within 5 km: these are further away.")
    limited_to = serializers.IntegerField(allow_null=True, help_text="Only so many of the nearest were put in order.")


def _together(attrs: dict[str, Any], one: str, other: str) -> None:
    if one in attrs and other not in attrs:
        _wrong(other, "required", _("Give a start and an end."))


def _wrong(field: str, code: str, said: object) -> None:
    message = str(said)
    raise Invalid(code, message, fields={field: [{"code": code, "message": message}]})
