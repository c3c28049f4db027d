from django.contrib.postgres.fields import ArrayField
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q

from bikeens.core import clock
from bikeens.core.models import PublicModel
from listings.limits import MOST_PHOTOS
from listings.models.listing import Listing


class Photo(PublicModel):
    """One picture of a listing, kept as WebP files of several widths; position 0 is the cover."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="photos", db_index=False)
    position = models.PositiveSmallIntegerField()
    width = models.PositiveSmallIntegerField(help_text="Of the largest size.")
    height = models.PositiveSmallIntegerField(help_text="Of the largest size.")
    key = models.CharField(max_length=100, db_index=True, help_text="Files are <key>-<width>.webp.")
    widths = ArrayField(models.PositiveSmallIntegerField(), help_text="Rising.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the uploaded file.")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "position"], name="photo_position", deferrable=models.Deferrable.DEFERRED
            ),
            # A retried upload has the effect of one.
            models.UniqueConstraint(fields=["listing", "digest"], name="photo_once_per_listing"),
            models.CheckConstraint(condition=Q(position__lt=MOST_PHOTOS), name="photo_twelve_at_most"),
        ]

    def __str__(self) -> str:
        return f"photo {self.position + 1} of {self.listing_id}"

    def file(self, width: int) -> str:
        """The storage's name of one size."""
        return f"{self.key}-{width}.webp"

    def files(self) -> list[str]:
        return [self.file(width) for width in self.widths]

    def url(self, width: int) -> str:
        return default_storage.url(self.file(width))
