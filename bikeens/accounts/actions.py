from collections.abc import Mapping

from allauth.account.models import EmailAddress
from django.db import transaction
from procrastinate.contrib.django import app as jobs

from bikeens.accounts.models import User
from bikeens.accounts.names import clean_name

# A floor above, so it is called by its name.
PAUSE_LISTINGS = "listings.pause_listings_of"
EDITABLE = ("name", "language", "languages", "time_zone")


def edit_profile(*, person: User, changes: Mapping[str, object]) -> None:
    """Write checked changes of a person's own profile, and only the columns that were given."""
    given = [name for name in EDITABLE if name in changes]
    for name in given:
        setattr(person, name, changes[name])
    if given:
        person.save(update_fields=given)


def open_account(*, email: str, name: str, password: str | None = None, **fields: object) -> User:
    """An account whose address counts as confirmed: for people whom nobody needs to send a code, such as the demo's."""
    with transaction.atomic():
        person = User.objects.create_user(email, password, name=clean_name(name), **fields)
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def close_account(*, person: User) -> None:
    """Nobody signs in to it any more, and a job pauses what they offer. Twice is once."""
    with transaction.atomic():
        if User.objects.filter(pk=person.pk, is_active=True).update(is_active=False):
            jobs.configure_task(PAUSE_LISTINGS).defer(person_id=person.pk)
    person.is_active = False
