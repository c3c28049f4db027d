from django.conf import settings
from django.db import models

from bikeens.core import clock
from listings.fields import PointField
from listings.geo import LatLon, to_latlon


class OwnerPlace(models.Model):
    """A door of an owner and the one public point that stands for it, for good.

    Rows are never changed or deleted while the owner is there: a second displacement of the same door would let
    somebody average the two.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="places")
    exact_point = PointField(help_text="Private.")
    public_point = PointField()
    created_at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self) -> str:
        return f"place {self.pk} of {self.owner}"

    @property
    def exact(self) -> LatLon:
        return to_latlon(self.exact_point)

    @property
    def public(self) -> LatLon:
        return to_latlon(self.public_point)
