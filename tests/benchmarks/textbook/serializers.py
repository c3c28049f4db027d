from rest_framework import serializers

from tests.benchmarks.textbook.models import Listing, Owner, Photo


class OwnerSerializer(serializers.ModelSerializer):
    class Meta:
        model = Owner
        fields = ["name"]


class PhotoSerializer(serializers.ModelSerializer):
    class Meta:
        model = Photo
        fields = ["uuid", "width", "height", "key", "widths"]


class ListingSerializer(serializers.ModelSerializer):
    id = serializers.UUIDField(source="uuid")
    owner = OwnerSerializer()
    photos = PhotoSerializer(many=True)
    lat = serializers.FloatField(source="point.y")
    lon = serializers.FloatField(source="point.x")
    distance_m = serializers.FloatField(source="distance.m")

    class Meta:
        model = Listing
        fields = [
            "id",
            "title",
            "category",
            "electric",
            "photos",
            "rating_sum",
            "rating_count",
            "lat",
            "lon",
            "distance_m",
            "rider_height_from",
            "rider_height_to",
            "currency",
            "price_day",
            "price_hour",
            "instant",
            "owner",
            "town",
            "frame_size",
        ]
