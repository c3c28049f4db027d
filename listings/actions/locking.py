from listings.models import Listing


def lock(listing: Listing) -> Listing:
    """The listing as it stands now, its row locked until the transaction ends.

    Who writes a listing or anything that hangs on it starts here: lock, then check, then write. New rows that only
    point at the listing need not wait.
    """
    return (
        Listing.objects.select_for_update(no_key=True, of=("self",)).select_related("place", "owner").get(pk=listing.pk)
    )
