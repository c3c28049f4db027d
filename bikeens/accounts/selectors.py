from uuid import UUID

from django.utils.translation import gettext as _
from rest_framework.request import Request

from bikeens.accounts.models import User
from bikeens.core.errors import NotFound


def me(request: Request) -> User:
    """The person signed in. The default permission has already turned everybody else away."""
    assert isinstance(request.user, User)
    return request.user


def person_by_id(uuid: UUID) -> User:
    """Anybody with an open account. Raises NotFound."""
    person = User.objects.filter(uuid=uuid, is_active=True).first()
    if person is None:
        raise NotFound("not_found", _("There is nothing here."))
    return person


def person_by_email(email: str) -> User | None:
    """Somebody with an open account."""
    return User.objects.filter(email=email.strip().lower(), is_active=True).first()
