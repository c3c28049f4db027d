from django.db.models import QuerySet

from bikeens.accounts.models import User
from bikeens.notifications.models import Notice


def notices_of(person: User) -> QuerySet[Notice]:
    """What `person` has been told."""
    return Notice.objects.filter(person=person)


def unread_count(person: User) -> int:
    return notices_of(person).filter(read_at=None).count()
