"""Where allauth asks us: how a new person is kept, which e-mails are sent, what is told about who is signed in."""

import dataclasses
import logging
from collections.abc import Mapping

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.headless.adapter import DefaultHeadlessAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils import translation

from bikeens.accounts.letters import letter_of
from bikeens.accounts.models import User

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up takes a name and the language of the page; letters are ours, in their reader's language."""

    def save_user(
        self, request: HttpRequest, user: AbstractBaseUser, form: BaseForm, commit: bool = True
    ) -> AbstractBaseUser:
        assert isinstance(user, User)
        user.name = form.cleaned_data.get("name", "")
        user.language = page_language()
        user.languages = [user.language]
        return super().save_user(request, user, form, commit)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in. Whoever proves by a code that an address is theirs, before anybody ever signed in with it, must not
        inherit a password that somebody else chose when signing up with that address."""
        records = get_authentication_records(request, user)
        if user.last_login is None and records and records[-1]["method"] == "code" and user.has_usable_password():
            user.set_unusable_password()
            user.save(update_fields=["password"])
        super().login(request, user)

    def send_mail(self, template_prefix: str, email: str, context: Mapping[str, object]) -> None:
        """Send one of allauth's letters. A mail server that is down costs the letter, not what was asked for: the
        account is made or changed by now, and every page that waits for a code can ask for another one."""
        reader = context.get("user") or User.objects.filter(email=email.lower()).first()
        language = reader.language if isinstance(reader, User) else page_language()
        with translation.override(language):
            message = letter_of(template_prefix, context).message_to(email)
        try:
            message.send()
        except OSError as problem:
            # SMTP's own errors are OSErrors too; their texts may name the address, which no log is told.
            log.error("The letter %s could not be sent: %s.", template_prefix, type(problem).__name__)


class HeadlessAdapter(DefaultHeadlessAdapter):
    """What allauth's answers say of a person: the id for the outside, never the database's key."""

    def user_as_dataclass(self, user: AbstractBaseUser) -> object:
        assert isinstance(user, User)
        said = super().user_as_dataclass(user)
        return dataclasses.replace(said, id=str(user.uuid) if user.pk else None, display=user.name)


def page_language() -> str:
    """The language of the page that asks: what the request's Accept-Language made active."""
    active = (translation.get_language() or "").split("-")[0]
    return active if active in ("fr", "en") else "en"
