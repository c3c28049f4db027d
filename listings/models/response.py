from django.conf import settings
from django.db import models
from django.db.models import Q

from bikeens.core import clock


class OwnerResponse(models.Model):
    """How an owner answers requests, as told from above; no row for owners with too few of them."""

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="response"
    )
    percent = models.PositiveSmallIntegerField(help_text="Of the requests, how many were answered.")
    hours = models.PositiveSmallIntegerField(null=True, help_text="Half of the answers came within; 1 is the least.")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="owner_response_percent"),
            models.CheckConstraint(condition=Q(hours__isnull=True) | Q(hours__gte=1), name="owner_response_hours"),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id} answers {self.percent} %"
