from django.db import models
from django.db.models import Q

from listings.models.listing import Listing


class PriceOverride(models.Model):
    """What the day that begins on one local date costs, in place of the listing's day price."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="price_overrides", db_index=False)
    date = models.DateField(help_text="On the listing's wall clock.")
    price_day = models.PositiveIntegerField(help_text="Minor units of the listing's currency.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["listing", "date"], name="price_override_one_per_date"),
            models.CheckConstraint(
                condition=Q(price_day__gte=100, price_day__lte=100_000), name="price_override_price_day"
            ),
        ]
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date}: {self.price_day}"
