from django.db import models
from django.db.models import Q

from bikeens.core.money import Money
from listings.limits import BOUNDS
from listings.models.listing import Listing


class PriceOverride(models.Model):
    """What the day that begins on one local date costs, in place of the listing's day price."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="price_overrides", db_index=False)
    date = models.DateField(help_text="On the listing's wall clock.")
    price_day = models.PositiveIntegerField(help_text="Minor units of the listing's currency.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["listing", "date"], name="price_override_one_per_date"),
            models.CheckConstraint(condition=Q(price_day__range=BOUNDS["price_day"]), name="price_override_price_day"),
        ]
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date}: {self.price_day}"

    @property
    def price(self) -> Money:
        return self.listing.money(self.price_day)
