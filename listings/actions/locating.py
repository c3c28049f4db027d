from django.utils.translation import gettext as _

from bikeens.core.errors import Invalid
from listings import privacy
from listings.models import Listing
from listings.places.lookup import nearest_town


def locate(listing: Listing) -> None:
    """Let public point, town and zone follow the exact point, unsaved. Raises Invalid where no town is near.

    The town is that of the public point: the town of the door would tell on which side of a border it is.
    """
    privacy.locate(listing)
    public = listing.public
    if public is None:
        listing.town, listing.time_zone = "", ""
        return
    town = nearest_town(public)
    if town is None:
        message = _("We know no town near this place.")
        raise Invalid("invalid", message, fields={"exact_point": message})
    listing.town, listing.time_zone = town.name, town.time_zone
