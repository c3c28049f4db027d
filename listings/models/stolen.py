from django.conf import settings
from django.db import models
from django.db.models import Q

from bikeens.core import clock
from bikeens.core.models import PublicModel
from listings.choices import HeldFor, NumberKind
from listings.models.listing import Listing


class NumberClaim(models.Model):
    """Private: a number, as it is compared, of a listing that is published or paused. Nobody else has it meanwhile."""

    id = models.BigAutoField(primary_key=True)
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="number_claims")
    kind = models.CharField(max_length=10, choices=NumberKind.choices)
    number = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="number_claimed_once"),
            models.CheckConstraint(condition=Q(kind__in=NumberKind.values), name="number_claim_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of listing {self.listing_id}"


class StolenReport(PublicModel):
    """Private: a bike that is missing, by its numbers as they are compared; told by its owner or by staff."""

    listing = models.ForeignKey(
        Listing, null=True, blank=True, on_delete=models.PROTECT, related_name="stolen_reports", db_index=False
    )
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="stolen_reports")
    frame_number = models.CharField(max_length=80, blank=True)
    bicycode = models.CharField(max_length=80, blank=True)
    police_report = models.CharField(max_length=60, blank=True, help_text="The number of the police's report.")
    reported_at = models.DateTimeField(default=clock.now, editable=False)
    found_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(frame_number="", bicycode=""), name="stolen_report_has_a_number"),
            models.UniqueConstraint(
                fields=["listing"], condition=Q(found_at=None), name="stolen_report_one_open_per_listing"
            ),
        ]
        indexes = [
            models.Index(fields=["frame_number"], condition=Q(found_at=None), name="stolen_report_frame"),
            models.Index(fields=["bicycode"], condition=Q(found_at=None), name="stolen_report_bicycode"),
        ]

    def __str__(self) -> str:
        return f"stolen report {self.uuid}"


class HeldBike(models.Model):
    """A listing that could not be shown because of its numbers: what staff look at. One open row per listing."""

    id = models.BigAutoField(primary_key=True)
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="held", db_index=False)
    reason = models.CharField(max_length=10, choices=HeldFor.choices)
    report = models.ForeignKey(StolenReport, null=True, on_delete=models.SET_NULL, related_name="+")
    other = models.ForeignKey(Listing, null=True, on_delete=models.SET_NULL, related_name="+")
    attempts = models.PositiveIntegerField(default=1)
    held_at = models.DateTimeField(default=clock.now, help_text="The last time.")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["listing"], condition=Q(settled_at=None), name="held_bike_one_open"),
            models.CheckConstraint(condition=Q(reason__in=HeldFor.values), name="held_bike_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.listing}: {self.get_reason_display()}"
