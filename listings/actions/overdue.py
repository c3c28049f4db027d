from datetime import datetime

from django.db import transaction

from listings.actions.locking import lock
from listings.models import Listing


@transaction.atomic
def record_overdue(*, listing: Listing, since: datetime | None) -> None:
    """Note since when the bike should be back from a rental and is not; None: it is back. Told from above."""
    locked = lock(listing)
    if locked.overdue_since != since:
        locked.overdue_since = since
        locked.save(update_fields=["overdue_since"])
