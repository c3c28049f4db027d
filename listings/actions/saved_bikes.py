from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bikeens.accounts.models import User
from bikeens.core.errors import Refused
from listings.limits import MOST_SAVED_BIKES
from listings.models import SavedBike
from listings.offers import offered_listing


@transaction.atomic
def save_bike(*, person: User, uuid: UUID) -> None:
    """Keep a bike for later; a second time changes nothing, not even for a bike that is no longer offered.

    Raises NotFound for a bike the person can't see, Refused `too_many_saved`.
    """
    # One save of a person at a time, so that the limit holds.
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    mine = SavedBike.objects.filter(person=person)
    if mine.filter(listing__uuid=uuid).exists():
        return
    listing = offered_listing(uuid, person)
    if mine.count() >= MOST_SAVED_BIKES:
        said = _("You have saved {count} bikes: remove one first.").format(count=MOST_SAVED_BIKES)
        raise Refused("too_many_saved", said)
    SavedBike.objects.create(person=person, listing=listing, title=listing.title)


def unsave_bike(*, person: User, uuid: UUID) -> None:
    """No longer keep it; what was never saved stays so."""
    SavedBike.objects.filter(person=person, listing__uuid=uuid).delete()
