from datetime import date
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from bikeens.accounts.models import User
from bikeens.accounts.names import clean_name
from bikeens.core.serializers import StrictSerializer


@cache
def language_codes() -> frozenset[str]:
    """ISO 639-1 codes of the world's languages."""
    return frozenset(str(code) for code in Locale("en").languages if len(str(code)) == 2)


@cache
def time_zones() -> frozenset[str]:
    """IANA zones that are places: no "localtime", no "EST5EDT"."""
    return frozenset(zone for zone in available_timezones() if "/" in zone or zone == "UTC")


class PersonSerializer(serializers.Serializer[User]):
    """A person as anybody may see them: never the e-mail address."""

    id = serializers.UUIDField(source="uuid")
    name = serializers.CharField()
    photo = serializers.SerializerMethodField()
    languages = serializers.ListField(child=serializers.CharField(), help_text="Spoken, ISO 639-1.")
    member_since = serializers.SerializerMethodField()

    def get_photo(self, person: User) -> str | None:
        """The address of a square WebP picture."""
        return person.photo.url if person.photo else None

    def get_member_since(self, person: User) -> date:
        return person.date_joined.date()


class MeSerializer(PersonSerializer):
    """A person as they see themselves."""

    email = serializers.EmailField()
    language = serializers.ChoiceField(choices=settings.LANGUAGES)
    time_zone = serializers.CharField()
    is_staff = serializers.BooleanField()


class MeEditSerializer(StrictSerializer):
    name = serializers.CharField(required=False, max_length=500)
    language = serializers.ChoiceField(choices=settings.LANGUAGES, required=False)
    languages = serializers.ListField(
        child=serializers.CharField(max_length=2), required=False, max_length=10, help_text="Spoken, ISO 639-1."
    )
    time_zone = serializers.CharField(required=False, max_length=64, help_text="IANA, such as Europe/Paris.")

    def validate_name(self, name: str) -> str:
        try:
            return clean_name(name)
        except ValidationError as error:
            raise serializers.ValidationError(error.messages, code=error.code) from error

    def validate_languages(self, languages: list[str]) -> list[str]:
        if not set(languages) <= language_codes():
            raise serializers.ValidationError(_("A language is a code of two letters, such as fr."), "unknown_language")
        return list(dict.fromkeys(languages))

    def validate_time_zone(self, zone: str) -> str:
        if zone not in time_zones():
            raise serializers.ValidationError(_("There is no such time zone."), "unknown_time_zone")
        return zone


class PhotoUploadSerializer(StrictSerializer):
    file = serializers.FileField(help_text="JPEG, PNG, WebP or HEIC, at most 10 MB.")
