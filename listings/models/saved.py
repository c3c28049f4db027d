from django.conf import settings
from django.db import models
from django.db.models import Q

from bikeens.core import clock
from bikeens.core.models import PublicModel
from listings.models.listing import Listing


class SavedBike(models.Model):
    """A bike somebody wants to find again."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_bikes", db_index=False
    )
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="saved_by")
    title = models.CharField(max_length=80, blank=True, help_text="As it was when they saved it.")
    saved_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "listing"], name="saved_bike_once")]

    def __str__(self) -> str:
        return f"{self.listing_id} saved by {self.person_id}"


class SavedSearch(PublicModel):
    """A search that its person wants to hear of.

    `params` are the address's parameters, checked, without order and page. `saw_all`: the last look reached the end of
    the results, so that whatever it did not see was not there. `saw_wide`: that end was 50 km away, not 5.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches", db_index=False
    )
    name = models.CharField(max_length=80)
    params = models.JSONField()
    notify = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    looked_at = models.DateTimeField(default=clock.now, editable=False)
    saw_all = models.BooleanField(default=False, editable=False)
    saw_wide = models.BooleanField(default=False, editable=False)
    told_at = models.DateTimeField(null=True, editable=False, help_text="When its last e-mail was asked for.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "params"], name="saved_search_once"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_search_has_a_name"),
        ]
        indexes = [models.Index(fields=["looked_at"], condition=Q(notify=True), name="saved_search_to_look_at")]

    def __str__(self) -> str:
        return self.name


class SeenBike(models.Model):
    """A bike that a saved search has come across: it was there from the start, or it has been told. Never twice."""

    id = models.BigAutoField(primary_key=True)
    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="seen", db_index=False)
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["search", "listing"], name="seen_bike_once")]

    def __str__(self) -> str:
        return f"{self.listing_id} seen by {self.search_id}"
