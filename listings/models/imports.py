from django.conf import settings
from django.db import models
from django.db.models import Q

from bikeens.core import clock
from bikeens.core.models import PublicModel


class ImportState(models.TextChoices):
    CHECKING = "checking"
    CHECKED = "checked"
    IMPORTING = "importing"
    DONE = "done"


AT_WORK = (ImportState.CHECKING, ImportState.IMPORTING)


class Outcome(models.TextChoices):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class Import(PublicModel):
    """A file of listings that its owner sent: looked through first, then, when the owner says so, brought in."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="imports")
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.CHECKING)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, help_text="Of the report.")
    file_name = models.CharField(max_length=120, blank=True)
    # Private, as are the photos: addresses and frame numbers are in it. Both go when the work is done.
    content = models.BinaryField(default=bytes)
    rows = models.PositiveIntegerField(help_text="How many the file has.")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state"),
            models.UniqueConstraint(fields=["owner"], condition=Q(state__in=AT_WORK), name="import_one_at_work"),
        ]

    def __str__(self) -> str:
        return f"import {self.uuid} of {self.owner}"


class ImportPhoto(models.Model):
    """A photo sent along, as it came, until its rows are worked off."""

    import_of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="photos", db_index=False)
    name = models.CharField(max_length=200, help_text="As `trade.photos.key_of` folds it.")
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["import_of", "name"], name="import_photo_name")]

    def __str__(self) -> str:
        return self.name


class ImportLine(models.Model):
    """What became of one row, written in the transaction that wrote the row's listing."""

    import_of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="lines", db_index=False)
    number = models.PositiveIntegerField(help_text="The row, as a spreadsheet counts them; the header is 1.")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reference = models.CharField(max_length=64, blank=True)
    title = models.CharField(max_length=80, blank=True)
    listing = models.UUIDField(null=True)
    errors = models.JSONField(default=list, help_text="[{column, message}]")
    changed = models.JSONField(default=list, help_text="The columns that differ.")
    notes = models.JSONField(default=list, help_text="What the owner has yet to do.")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="import_line_outcome"),
            models.UniqueConstraint(fields=["import_of", "number"], name="import_line_once"),
        ]

    def __str__(self) -> str:
        return f"line {self.number}: {self.outcome}"
