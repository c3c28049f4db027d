"""Who locks in which order: THE ORDER. Each row locked until its transaction ends.

1. the person whose things are counted or changed (`lock_person`): the owner, or whoever saves or books;
2. the listing (`lock`, `lock_to_edit`), of several the one with the lower key first;
3. the bike's numbers (`numbers.lock_numbers`).

Whoever needs something of an earlier line takes it before the later one; what is needed of the person, `lock_to_edit`
has taken. Staff and bookings above lock a listing without its owner and take no person's row after it. A booking comes
after its listing; an import's row and an idempotency key before everything.
"""

from django.utils.translation import gettext as _

from bikeens.accounts.models import User
from bikeens.core.errors import NotFound
from listings.choices import Status
from listings.models import Listing


def lock_person(key: int) -> None:
    """One at a time of what must count all that somebody has: until the transaction ends."""
    User.objects.select_for_update(no_key=True).only("pk").get(pk=key)


def lock(listing: Listing) -> Listing:
    """The listing as it stands now, its row locked until the transaction ends. Raises NotFound when it has gone.

    Who writes a listing or anything that hangs on it starts here: lock, then check, then write. New rows that only
    point at the listing need not wait.
    """
    rows = Listing.objects.select_for_update(no_key=True, of=("self",)).select_related("place", "owner")
    found = rows.filter(pk=listing.pk).first()
    if found is None:
        raise _nothing_here()
    return found


def lock_to_edit(listing: Listing) -> Listing:
    """`lock` for its owner's changes, the owner's row first: places, numbers and copies are counted by owner.

    Raises NotFound for a removed listing too: somebody else's tab was faster.
    """
    lock_person(listing.owner_id)
    found = lock(listing)
    if found.status == Status.REMOVED:
        raise _nothing_here()
    return found


def _nothing_here() -> NotFound:
    return NotFound("not_found", _("There is nothing here."))
