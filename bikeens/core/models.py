import uuid
from datetime import UTC, datetime, timedelta

from django.db import models


class PublicModel(models.Model):
    """Has a UUID for the outside world; the bigint key stays inside."""

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class ClockOffset(models.Model):
    """How far tests and the demo have moved the clock. One row at most."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    offset = models.DurationField(default=timedelta(0))

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="clock_offset_one_row")]

    def __str__(self) -> str:
        return f"{self.offset} ahead of {datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
