"""What a listing lacks before anybody may see it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from listings.choices import Category, Safety
from listings.models import Listing


def missing_of(listing: Listing) -> dict[str, Promise]:
    """Everything that is missing at once, by the API's field name; empty: it can be published."""
    checks: list[tuple[str, bool, Promise]] = [
        ("title", bool(listing.title), _("Give the bike a title.")),
        ("category", bool(listing.category), _("Say what kind of bike it is.")),
        (
            "rider_height",
            listing.rider_height_from is not None or listing.category == Category.KIDS,
            _("Say for riders of which height it is."),
        ),
        ("photos", listing.pk is not None and bool(listing.photos.all()), _("Add at least one photo.")),
        ("prices.day", listing.price_day is not None, _("Give a price for a day.")),
        ("opening_hours", any(listing.opening), _("Say when the bike can be handed over and returned.")),
        ("address", bool(listing.address), _("Give the address where you meet.")),
        ("exact_point", listing.exact_point is not None, _("Set the place on the map.")),
        (
            "safety",
            set(listing.safety) >= set(Safety.values),
            _("Check brakes, tyres, chain and lights, and tick them."),
        ),
    ]
    return {field: message for field, there, message in checks if not there}
