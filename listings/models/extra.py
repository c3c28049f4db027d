from django.db import models
from django.db.models import Q

from bikeens.core.models import PublicModel
from bikeens.core.money import Money
from listings.choices import ExtraKind, Per
from listings.limits import DELIVERY_KM, EXTRA_MOST, EXTRA_PRICE_CENTS
from listings.models.listing import Listing


class Extra(PublicModel):
    """Something a renter may add for a price, per booking or per day."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="extras")
    kind = models.CharField(max_length=12, choices=ExtraKind.choices)
    name = models.CharField(max_length=60, blank=True, help_text="Empty: the kind's own name.")
    price_cents = models.PositiveIntegerField(help_text="Minor units of the listing's currency.")
    per = models.CharField(max_length=8, choices=Per.choices, default=Per.BOOKING)
    most = models.PositiveSmallIntegerField(default=1, help_text="How many of it one booking may take.")
    radius_km = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Delivery: how far, at most.")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ExtraKind.values), name="extra_kind"),
            models.CheckConstraint(condition=Q(per__in=Per.values), name="extra_per"),
            models.CheckConstraint(condition=Q(price_cents__lte=EXTRA_PRICE_CENTS[1]), name="extra_price_cents"),
            models.CheckConstraint(condition=Q(most__range=EXTRA_MOST), name="extra_most"),
            models.CheckConstraint(
                condition=Q(kind=ExtraKind.DELIVERY, radius_km__range=DELIVERY_KM)
                | (~Q(kind=ExtraKind.DELIVERY) & Q(radius_km__isnull=True)),
                name="extra_radius_of_delivery",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.get_kind_display()

    @property
    def price(self) -> Money:
        return self.listing.money(self.price_cents)
