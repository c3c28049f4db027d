"""What owners read of their imports."""

from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from bikeens.accounts.models import User
from bikeens.core.errors import NotFound
from listings.models import Import, Outcome


def imports_of(owner: User) -> QuerySet[Import]:
    """The owner's imports without their files, each with how many rows came to which end so far."""
    counts = {outcome.value: Count("lines", filter=Q(lines__outcome=outcome)) for outcome in Outcome}
    return Import.objects.filter(owner=owner).defer("content").annotate(**counts)


def import_of(owner: User, uuid: UUID) -> Import:
    """Raises NotFound for what is somebody else's or nowhere."""
    found = imports_of(owner).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("not_found", _("There is nothing here."))
    return found
