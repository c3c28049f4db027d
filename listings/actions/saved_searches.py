from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from bikeens.accounts.models import User
from bikeens.core import clock
from bikeens.core.errors import Refused
from listings.limits import MOST_SAVED_SEARCHES
from listings.models import SavedSearch, SeenBike
from listings.watching import Look


@transaction.atomic
def save_search(*, person: User, name: str, params: Mapping[str, str], look: Look) -> tuple[SavedSearch, bool]:
    """Keep a search and hear of new bikes; what it finds today is no news. Returns whether it is a new one.

    The same search twice is one, with the name given last. Raises Refused `too_many_saved`.
    """
    # One save of a person at a time, so that the limit holds.
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    mine = SavedSearch.objects.filter(person=person)
    search = mine.filter(params=dict(params)).first()
    if search is not None:
        change_search(search=search, name=name, notify=True)
        return search, False
    if mine.count() >= MOST_SAVED_SEARCHES:
        said = _("You have saved {count} searches: remove one first.").format(count=MOST_SAVED_SEARCHES)
        raise Refused("too_many_saved", said)
    search = SavedSearch.objects.create(
        person=person,
        name=name,
        params=dict(params),
        looked_at=clock.now(),
        saw_all=look.whole,
        saw_wide=look.wide,
    )
    SeenBike.objects.bulk_create(SeenBike(search=search, listing_id=listing) for listing in look.listings)
    return search, True


def change_search(*, search: SavedSearch, name: str | None = None, notify: bool | None = None) -> None:
    """Another name, e-mails on or off; None leaves it. On again, what came in between is told too."""
    changes = {"name": name, "notify": notify}
    changed = {field: value for field, value in changes.items() if value is not None}
    for field, value in changed.items():
        setattr(search, field, value)
    if changed:
        # Nothing, where it was forgotten in another tab meanwhile.
        SavedSearch.objects.filter(pk=search.pk).update(**changed)


def forget_search(*, search: SavedSearch) -> None:
    search.delete()


def silence_search(*, search: SavedSearch) -> None:
    """No more e-mails, asked for by the link in one of them."""
    change_search(search=search, notify=False)
