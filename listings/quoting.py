"""What a listing costs for the dates somebody asks for, and whether and why not it can be booked then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bikeens.core.errors import FieldError, Invalid, Refused
from listings import availability, bookable, clocks
from listings.bookable import Condition
from listings.choices import ExtraKind, Per
from listings.models import Listing
from listings.pricing import ChosenExtra, Fees, Line, LineKind, Quote, Rates, Stretch, price_of_stretch, stretch_of

# How far "the next possible time" looks.
LOOK_AHEAD_DAYS = 14


@dataclass(frozen=True, slots=True)
class Reason:
    """Why not; `earliest` is the nearest time (wall clock) for the field at fault with which it could be booked."""

    code: str
    message: str
    field: str
    earliest: datetime | None


@dataclass(frozen=True, slots=True)
class Offer:
    """A quote with what surrounds it. `reasons` is empty when the listing can be booked."""

    listing: Listing
    stretch: Stretch
    quote: Quote
    reasons: Sequence[Reason]


def house_fees() -> Fees:
    """What the house takes, from the settings."""
    return Fees(renter=settings.RENTER_FEE_PERCENT, commission=settings.COMMISSION_PERCENT, vat=settings.VAT_PERCENT)


def rates_of(listing: Listing) -> Rates:
    """Raises Refused `not_published` for a draft without a price."""
    if listing.price_day is None:
        raise Refused("not_published", _("This bike has no price yet."))
    return Rates(
        currency=listing.currency,
        day=listing.price_day,
        hour=listing.price_hour,
        discount_7=listing.discount_7,
        discount_28=listing.discount_28,
        overrides={row.date: row.price_day for row in listing.price_overrides.all()},
    )


def chosen_extras(listing: Listing, quantities: Mapping[UUID, int]) -> list[ChosenExtra]:
    """The listing's extras by their ids. Raises Invalid `unknown_extra`, `too_many_extras`."""
    offered = {extra.uuid: extra for extra in listing.extras.all()}
    chosen = []
    for uuid, quantity in quantities.items():
        extra = offered.get(uuid)
        if extra is None:
            raise _wrong_extra("unknown_extra", _("This bike has no such extra."))
        if not 1 <= quantity <= extra.most:
            raise _wrong_extra("too_many_extras", _("There aren't so many of this extra."))
        chosen.append(
            ChosenExtra(
                id=str(uuid),
                kind=extra.kind,
                name=extra.name,
                price=extra.price_cents,
                per_day=extra.per == Per.DAY,
                quantity=quantity,
            )
        )
    return chosen


def offer(
    listing: Listing,
    *,
    from_local: datetime,
    to_local: datetime,
    extras: Mapping[UUID, int],
    now: datetime,
    ignored_block: int | None = None,
    with_nearest: bool = True,
    as_published: bool = False,
) -> Offer:
    """The quote of `listing` for `[from_local, to_local)`, and why it can't be booked then.

    Without `with_nearest` no reason has its `earliest`, whose search takes longer than all the rest; `as_published` as
    in `bookable.verdicts`.

    Raises Invalid `off_grid`, `end_before_start`, `too_far_apart`, `time_does_not_exist`, `time_out_of_range`,
    `unknown_extra`, `too_many_extras`; Refused `not_published` for a draft without a price.
    """
    stretch = checked_stretch(from_local, to_local, listing.zone)
    quote = price_of_stretch(rates_of(listing), stretch, extras=chosen_extras(listing, extras), fees=house_fees())
    [failed] = bookable.verdicts(
        listing=listing, stretches=[stretch], now=now, ignored_block=ignored_block, as_published=as_published
    )
    if with_nearest:
        return Offer(listing, stretch, quote, why_not(listing, stretch, failed, now, ignored_block))
    return Offer(listing, stretch, quote, [_reason(condition, None) for condition in failed])


def checked_stretch(from_local: datetime, to_local: datetime, zone: str) -> Stretch:
    """A stretch that a quote makes sense for. Raises as `offer`."""
    bookable.check_grid(from_local, to_local)
    if to_local - from_local > timedelta(days=366):
        said = _("A rental lasts weeks at most.")
        raise Invalid("too_far_apart", said, fields={"to": [FieldError(code="too_far_apart", message=said)]})
    return stretch_of(from_local, to_local, zone)


def line_label(line: Line) -> str:
    """What the line is called, in the reader's language."""
    if line.kind == LineKind.RENTAL and line.unit == "hour":
        return ngettext("%(count)d hour", "%(count)d hours", line.quantity) % {"count": line.quantity}
    if line.kind == LineKind.RENTAL:
        return ngettext("%(count)d day", "%(count)d days", line.quantity) % {"count": line.quantity}
    if line.kind == LineKind.DISCOUNT and line.percent:
        return _("%(percent)d %% off for a longer rental") % {"percent": line.percent}
    if line.kind == LineKind.DISCOUNT:
        return _("Never more than %(days)d days would cost") % {"days": line.quantity}
    if line.kind == LineKind.SERVICE_FEE:
        return _("Service fee")
    name = line.name or str(ExtraKind(line.extra_kind).label)
    return f"{line.quantity} × {name}" if line.quantity > 1 else name


def why_not(
    listing: Listing, stretch: Stretch, failed: Sequence[Condition], now: datetime, ignored_block: int | None
) -> list[Reason]:
    """The failed conditions of `bookable`, each with the nearest time for its field with which it could be booked."""
    if not failed:
        return []
    fields = {condition.field for condition in failed}
    earliest: dict[str, datetime | None] = {}
    if "listing" not in fields:
        if "from" in fields:
            earliest["from"] = _next_start(listing, stretch, now, ignored_block)
        else:
            earliest["to"] = _next_end(listing, stretch, now, ignored_block)
    return [_reason(condition, earliest.get(condition.field)) for condition in failed]


def _reason(condition: Condition, earliest: datetime | None) -> Reason:
    return Reason(condition.code, str(condition.message), condition.field, earliest)


def _next_start(listing: Listing, stretch: Stretch, now: datetime, ignored_block: int | None) -> datetime | None:
    """The first time from the asked one on at which a rental may begin, for however long."""
    notice = clocks.instant_to_wall(now + timedelta(hours=listing.lead_time_h), listing.zone)
    since = max(stretch.from_local, clocks.up_to_grid(notice))
    opening = availability.opening_of(listing)
    times = opening.times_from(since, days=LOOK_AHEAD_DAYS)
    proposed = availability.shortest_rentals(listing, opening, times)
    return _first(listing, proposed, now, ignored_block, end=False)


def _next_end(listing: Listing, stretch: Stretch, now: datetime, ignored_block: int | None) -> datetime | None:
    """The first time from the asked one on at which a rental with the asked start may end."""
    opening = availability.opening_of(listing)
    times = opening.times_from(stretch.to_local, days=LOOK_AHEAD_DAYS)
    proposed = [found for time in times if (found := availability.possible(stretch.from_local, time, listing.zone))]
    return _first(listing, proposed, now, ignored_block, end=True)


def _first(
    listing: Listing, proposed: Sequence[Stretch], now: datetime, ignored_block: int | None, *, end: bool
) -> datetime | None:
    if not proposed:
        return None
    decided = bookable.verdicts(listing=listing, stretches=proposed, now=now, ignored_block=ignored_block)
    for stretch, failed in zip(proposed, decided, strict=True):
        if not failed:
            return stretch.to_local if end else stretch.from_local
    return None


def _wrong_extra(code: str, said: str) -> Invalid:
    return Invalid(code, said, fields={"extras": [FieldError(code=code, message=said)]})
