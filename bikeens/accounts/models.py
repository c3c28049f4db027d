from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from bikeens.core import clock
from bikeens.core.models import PublicModel


class UserManager(BaseUserManager["User"]):
    """People are known by their e-mail address, always in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=(email or "").lower())


class User(AbstractUser, PublicModel):
    """A person. One account can be owner, renter, or both."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=60, help_text="Shown to others; a first name is enough.")
    photo = models.ImageField(upload_to="people", blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="fr")
    languages = ArrayField(models.CharField(max_length=2), default=list, blank=True, help_text="Spoken, ISO 639-1.")
    date_joined = models.DateTimeField(editable=False)
    time_zone = models.CharField(max_length=64, default=settings.DEFAULT_ZONE)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_lower_case"),
        ]

    def __str__(self) -> str:
        return self.name or str(self.uuid)

    def save(self, *args: Any, **fields: Any) -> None:
        """Note when they joined; not a default, because Django's checks make people where there is no clock to read."""
        self.date_joined = self.date_joined or clock.now()
        super().save(*args, **fields)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class IdempotencyKey(models.Model):
    """A POST that a person wants once, by the key they gave it, with what was answered. Gone after a day."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=64, help_text="SHA-256 of method, path and body.")
    status = models.PositiveSmallIntegerField(null=True, help_text="HTTP's; none while the request is at work.")
    body = models.TextField(blank=True, help_text="JSON.")
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="idempotency_key_once")]

    def __str__(self) -> str:
        return f"{self.key}: {self.status or 'at work'}"
