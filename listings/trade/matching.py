"""Which listing of an owner a reference names."""

from uuid import UUID

from bikeens.accounts.models import User
from listings import selectors
from listings.models import Listing


def listing_by_reference(owner: User, reference: str) -> Listing | None:
    """The owner's listing of that reference; else, as an export calls those without one, of that id."""
    mine = selectors.listings_of(owner)
    found = mine.filter(reference=reference).first()
    if found is not None or not reference:
        return found
    try:
        return mine.filter(reference="", uuid=UUID(reference)).first()
    except ValueError:
        return None
