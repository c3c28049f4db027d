from django.db import models

from listings.fields import HoursField
from listings.models.listing import Listing


class OpeningException(models.Model):
    """One date's opening hours in place of its weekday's; no hours: closed."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="opening_exceptions", db_index=False)
    date = models.DateField(help_text="On the listing's wall clock.")
    hours = HoursField(default=tuple)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listing", "date"], name="opening_exception_one_per_date")]
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date}: {self.hours or 'closed'}"
