from django.conf import settings
from django.db import models

from bikeens.core import clock
from bikeens.core.models import PublicModel


class Notice(PublicModel):
    """Something a person is told: in the app at once, and by e-mail through a job.

    `facts` are what the kind's sentences need (`kinds.py`); `path` is the page to go to, without its language.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    path = models.CharField(max_length=2000)
    facts = models.JSONField(default=dict)
    about = models.UUIDField(null=True, help_text="The booking, listing … this is about.")
    created_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)
    emailed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-id"], name="notice_of_person"),
            models.Index(fields=["person"], condition=models.Q(read_at=None), name="notice_unread"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(path__startswith="/"), name="notice_path_is_a_path"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"
