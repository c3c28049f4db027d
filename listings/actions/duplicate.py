"""One more bike like one that is there."""

from django.db import transaction
from django.utils.translation import gettext as _

from bikeens.core import clock
from bikeens.core.db import retry_on_conflict
from bikeens.core.errors import Refused
from listings import clocks
from listings.actions.edit import check_room
from listings.actions.locating import locate
from listings.actions.locking import lock_to_edit
from listings.choices import Status
from listings.models import Extra, Listing, OpeningException, Photo, PriceOverride

# What two bikes of one owner share. A new column belongs here or stays with its bike: a test asks.
COPIED = (
    *("title", "description", "house_rules", "languages", "category", "electric", "battery_range_km", "motor"),
    *("brand", "model", "year", "frame_size", "frame_size_cm", "rider_height_from", "rider_height_to", "wheel_size"),
    *("gears", "brakes", "weight_g", "colour", "included", "value_cents", "address", "exact_point", "currency"),
    *("price_hour", "price_day", "discount_7", "discount_28", "opening", "lead_time_h", "horizon_days", "shortest_h"),
    *("longest_days", "buffer_min", "instant", "policy"),
)


@retry_on_conflict
@transaction.atomic
def duplicate_listing(*, listing: Listing) -> Listing:
    """A draft with all that the two bikes may share, special days from the bike's own today on and photos included.

    The numbers that tell one bike from another are never copied, and neither is the safety check: nobody has looked at
    the other bike yet. Photos share their files. Raises Refused: suspended, too_many_listings.
    """
    listing = lock_to_edit(listing)
    if listing.status == Status.SUSPENDED:
        raise Refused("suspended", _("This listing is suspended."), reason=listing.status_reason)
    check_room(listing.owner)
    now = clock.now()
    copy = Listing(owner=listing.owner, created_at=now, updated_at=now)
    for column in COPIED:
        setattr(copy, column, getattr(listing, column))
    locate(copy)
    copy.save()
    Photo.objects.bulk_create(
        Photo(
            listing=copy,
            position=photo.position,
            width=photo.width,
            height=photo.height,
            key=photo.key,
            widths=photo.widths,
            digest=photo.digest,
        )
        for photo in listing.photos.all()
    )
    Extra.objects.bulk_create(
        Extra(
            listing=copy,
            kind=extra.kind,
            name=extra.name,
            price_cents=extra.price_cents,
            per=extra.per,
            most=extra.most,
            radius_km=extra.radius_km,
            position=extra.position,
        )
        for extra in listing.extras.all()
    )
    today = clocks.instant_to_wall(now, copy.zone).date()
    PriceOverride.objects.bulk_create(
        PriceOverride(listing=copy, date=row.date, price_day=row.price_day)
        for row in listing.price_overrides.filter(date__gte=today)
    )
    OpeningException.objects.bulk_create(
        OpeningException(listing=copy, date=row.date, hours=row.hours)
        for row in listing.opening_exceptions.filter(date__gte=today)
    )
    return copy
