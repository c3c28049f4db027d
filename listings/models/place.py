from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q

from listings.fields import PointField

LARGE = 20_000


class Place(models.Model):
    """A town, from GeoNames; its key is GeoNames' own number. Written by the import alone."""

    id = models.IntegerField(primary_key=True, help_text="GeoNames id.")
    name = models.CharField(max_length=120)
    search_name = models.CharField(max_length=120, help_text="As listings.places.names folds it.")
    region = models.CharField(max_length=80, blank=True)
    department = models.CharField(max_length=80, blank=True, help_text="French towns' département, where it is known.")
    department_code = models.CharField(max_length=3, blank=True, help_text="As in postcodes: 11, 2A, 974.")
    country = models.CharField(max_length=2, help_text="ISO 3166.")
    time_zone = models.CharField(max_length=64)
    population = models.PositiveIntegerField()
    point = PointField()

    class Meta:
        indexes = [
            GistIndex(fields=["point"], name="place_point"),
            # What a map of a whole country names.
            GistIndex(fields=["point"], condition=Q(population__gte=LARGE), name="place_point_large"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.region or self.country}"


class PlaceName(models.Model):
    """One folded name under which a place is found: its own, its alternates, its postcodes."""

    place = models.ForeignKey(
        Place, on_delete=models.CASCADE, related_name="names", db_index=False, db_constraint=False
    )
    term = models.CharField(max_length=120)
    population = models.PositiveIntegerField(help_text="The place's, so that the index alone finds the largest.")

    class Meta:
        # Prefixes need text_pattern_ops; one or two letters are looked for among the larger places only.
        indexes = [
            models.Index(
                fields=["term"], opclasses=["text_pattern_ops"], include=["population", "place"], name="place_name_term"
            ),
            models.Index(
                fields=["term"],
                opclasses=["text_pattern_ops"],
                include=["population", "place"],
                condition=Q(population__gte=LARGE),
                name="place_name_term_large",
            ),
        ]

    def __str__(self) -> str:
        return self.term
