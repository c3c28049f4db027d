"""Saved bikes and saved searches."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from bikeens.core import clock
from bikeens.core.serializers import MoneyField, StrictSerializer
from listings import watching
from listings.choices import Category, Status
from listings.models import Listing, SavedBike, SavedSearch
from listings.saved import query_of
from listings.serializers.fields import TextField
from listings.serializers.parts import PhotoSerializer, RatingSerializer, RiderHeightSerializer

# What people are told of a bike's state: staff's reasons are the owner's alone.
OFFERED, PAUSED, GONE = "offered", "paused", "gone"
_STATES = {Status.PUBLISHED: OFFERED, Status.PAUSED: PAUSED}


class SavedBikeSerializer(serializers.Serializer[SavedBike]):
    """One that is not offered at the moment keeps the title alone that it had when it was saved."""

    id = serializers.UUIDField(source="listing.uuid")
    title = serializers.CharField(source="listing.title")
    state = serializers.SerializerMethodField()
    category = serializers.ChoiceField(choices=Category.choices, source="listing.category", allow_blank=True)
    electric = serializers.BooleanField(source="listing.electric")
    instant = serializers.BooleanField(source="listing.instant")
    town = serializers.CharField(source="listing.town")
    rating = RatingSerializer(source="listing")
    cover = serializers.SerializerMethodField()
    rider_height = serializers.SerializerMethodField()
    price_per_day = serializers.SerializerMethodField()
    saved_at = serializers.DateTimeField()

    def to_representation(self, instance: SavedBike) -> dict[str, Any]:
        listing = instance.listing
        if listing.status != Status.PUBLISHED:
            # What its owner or staff have taken out of sight, and what the owner writes meanwhile, is not read here.
            bare = Listing(uuid=listing.uuid, title=instance.title, status=listing.status)
            instance = SavedBike(listing=bare, saved_at=instance.saved_at)
        return super().to_representation(instance)

    @extend_schema_field({"type": "string", "enum": [OFFERED, PAUSED, GONE]})
    def get_state(self, saved: SavedBike) -> str:
        return _STATES.get(Status(saved.listing.status), GONE)

    @extend_schema_field(PhotoSerializer(allow_null=True))
    def get_cover(self, saved: SavedBike) -> dict[str, Any] | None:
        photos = saved.listing.photos.all() if self.get_state(saved) == OFFERED else []
        return next((dict(PhotoSerializer(photo).data) for photo in photos), None)

    @extend_schema_field(RiderHeightSerializer(allow_null=True))
    def get_rider_height(self, saved: SavedBike) -> dict[str, int | None] | None:
        listing: Listing = saved.listing
        if listing.rider_height_from is None:
            return None
        return {"from": listing.rider_height_from, "to": listing.rider_height_to}

    @extend_schema_field(MoneyField(allow_null=True))
    def get_price_per_day(self, saved: SavedBike) -> object:
        price = saved.listing.day_price
        return price.as_json() if price else None


class SavedBikesSerializer(serializers.Serializer[object]):
    results = SavedBikeSerializer(many=True)
    next = serializers.CharField(allow_null=True, help_text="The cursor of the next page.")


class SavedIdsSerializer(serializers.Serializer[object]):
    ids = serializers.ListField(child=serializers.UUIDField())


class SavedSearchSerializer(serializers.Serializer[SavedSearch]):
    id = serializers.UUIDField(source="uuid")
    name = serializers.CharField()
    query = serializers.SerializerMethodField(help_text="The parameters of the search page's address.")
    notify = serializers.BooleanField()
    over = serializers.SerializerMethodField(help_text="Its dates have passed: nothing more will be found.")
    created_at = serializers.DateTimeField()

    def get_query(self, search: SavedSearch) -> str:
        return query_of(search)

    def get_over(self, search: SavedSearch) -> bool:
        return watching.over(search.params, now=clock.now())


class SavedSearchesSerializer(serializers.Serializer[object]):
    results = SavedSearchSerializer(many=True)


class _Name(TextField):
    default_error_messages = {"blank": _("Give the search a name.")}

    def to_internal_value(self, data: str) -> str:
        name = super().to_internal_value(data)
        if not name:
            self.fail("blank")
        return name


class NewSearch(StrictSerializer):
    query = serializers.CharField(
        max_length=2000, help_text="As in the search page's address: place=3001&electric=true"
    )

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        name = _Name(max_length=80)
        name.required, name.allow_blank = True, False
        return {"name": name, **super().get_fields()}


class SearchChange(StrictSerializer):
    name = _Name(max_length=80)
    notify = serializers.BooleanField(required=False)


class StopParams(StrictSerializer):
    token = serializers.CharField(max_length=300, help_text="From the link in the e-mail.")


class StoppedSearchSerializer(serializers.Serializer[SavedSearch]):
    """What the holder of the e-mail may know."""

    name = serializers.CharField()
    notify = serializers.BooleanField()
