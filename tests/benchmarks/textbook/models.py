from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField


class Owner(models.Model):
    name = models.CharField(max_length=60)


class Listing(models.Model):
    uuid = models.UUIDField(unique=True)
    owner = models.ForeignKey(Owner, on_delete=models.PROTECT, related_name="listings")
    status = models.CharField(max_length=10, db_index=True)
    title = models.CharField(max_length=80)
    description = models.TextField()
    category = models.CharField(max_length=10, db_index=True)
    electric = models.BooleanField()
    frame_size = models.CharField(max_length=3)
    rider_height_from = models.PositiveSmallIntegerField(null=True)
    rider_height_to = models.PositiveSmallIntegerField(null=True)
    town = models.CharField(max_length=100)
    currency = models.CharField(max_length=3)
    price_hour = models.PositiveIntegerField(null=True)
    price_day = models.PositiveIntegerField()
    instant = models.BooleanField()
    rating_sum = models.PositiveIntegerField()
    rating_count = models.PositiveIntegerField()
    # GeoDjango makes the GiST index; geography measures in metres.
    point = models.PointField(geography=True)


class Photo(models.Model):
    uuid = models.UUIDField(unique=True)
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="photos")
    position = models.PositiveSmallIntegerField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=100)
    widths = ArrayField(models.PositiveSmallIntegerField())

    class Meta:
        ordering = ["position"]
