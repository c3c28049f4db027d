"""What people and payments do to bookings. Each is one transaction; every step goes through `machine.move`."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bikeens.accounts.models import User
from bikeens.core import clock
from bikeens.core.db import retry_on_conflict
from bikeens.core.errors import FieldError, Refused
from bikeens.core.money import Money
from bikeens.core.serializers import WALL_CLOCK
from bookings import deadlines, handover, machine, quotes, states
from bookings.actors import Actor
from bookings.models import Booking, Transition
from listings import actions as listings
from listings.choices import BlockKind
from listings.models import Listing
from listings.offers import offered_listing
from listings.quoting import Offer, Reason, offer
from listings.serializers.offers import offer_json

MOST_OPEN_REQUESTS = 5
# Nothing that reads like something else.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@retry_on_conflict
def hold(
    *,
    renter: User,
    listing: UUID,
    from_local: datetime,
    to_local: datetime,
    extras: Mapping[UUID, int],
    total: Money,
    message: str = "",
) -> Booking:
    """Hold the dates for half an hour, in which the renter pays. The same request again is the same booking.

    `total` is what the renter was shown. An earlier unpaid hold of the same renter is abandoned. Raises NotFound,
    Refused `own_bike`, `too_many_requests`, `quote_changed` (with the new quote) and the codes of the bookable rule,
    Invalid as `listings.quoting.offer`.
    """
    with transaction.atomic():
        now = clock.now()
        wanted = offered_listing(listing, renter)
        if wanted.owner_id == renter.pk:
            raise _refused("own_bike", "listing", _("This is your own bike."))
        earlier = _lock_for_hold(renter, wanted)
        if earlier is not None:
            if _is_same(earlier, wanted, from_local, to_local, extras, total, now):
                return earlier
            machine.move(booking_id=earlier.pk, action="abandon", actor=Actor.renter(renter), now=now)
        wanted.refresh_from_db()
        _check_requests(renter, wanted)
        # The nearest times are the quote's to say: nobody should wait for their search behind the listing's lock.
        found = offer(wanted, from_local=from_local, to_local=to_local, extras=extras, now=now, with_nearest=False)
        if found.reasons:
            raise _not_bookable(found.reasons)
        if found.quote.total != total:
            said = _("The price has changed.")
            fields = {"total": [FieldError(code="quote_changed", message=said)]}
            raise Refused("quote_changed", said, fields=fields, quote=offer_json(found, for_owner=False))
        return open_booking(offer=found, renter=renter, message=message, now=now)


@transaction.atomic
def open_booking(*, offer: Offer, renter: User, message: str, now: datetime) -> Booking:
    """A new booking at the offer's terms with its dates held, past every check but the dates' own (`dates_taken`)."""
    stretch, listing = offer.stretch, offer.listing
    pay_by = deadlines.pay_by(now)
    block = listings.block_dates(
        listing=listing,
        starts_at=stretch.starts_at,
        ends_at=stretch.ends_at + listing.buffer,
        kind=BlockKind.HOLD,
        lapses_at=pay_by,
    )
    booking = Booking(
        reference=_new_reference(),
        listing=listing,
        renter=renter,
        owner=listing.owner,
        block=block,
        created_at=now,
        starts_at=stretch.starts_at,
        ends_at=stretch.ends_at,
        from_wall=stretch.from_local.strftime(WALL_CLOCK),
        to_wall=stretch.to_local.strftime(WALL_CLOCK),
        time_zone=stretch.zone,
        buffer_min=listing.buffer_min,
        quote=quotes.freeze(offer),
        policy=listing.policy,
        instant=listing.instant,
        message=message,
        pay_by=pay_by,
        handover_code=handover.new_code(),
        return_code=handover.new_code(),
        **quotes.amounts(offer),
    )
    machine.begin(booking, actor=Actor.renter(renter), now=now)
    return booking


def act(
    *, booking: Booking, person: User, action: str, reason: str = "", data: Mapping[str, object] | None = None
) -> Transition:
    """Take a step as one of the two sides or, for whom it is neither's own, as staff. Raises as `machine.move`."""
    return _act(booking, actor_for(booking, person, reason), action, data)


def act_as_staff(
    *, booking: Booking, staff: User, action: str, reason: str, data: Mapping[str, object] | None = None
) -> Transition:
    """Take a step as staff, whoever's row it is, without codes. Raises as `machine.move`."""
    return _act(booking, Actor.staff(staff, reason=reason), action, data)


def _act(booking: Booking, actor: Actor, action: str, data: Mapping[str, object] | None) -> Transition:
    now = clock.now()
    if action in ("hand_over", "give_back"):
        code = str((data or {}).get("code", ""))
        return handover.enter_code(booking_id=booking.pk, action=action, code=code, actor=actor, now=now)
    return machine.move(booking_id=booking.pk, action=action, actor=actor, now=now, data=data)


def actor_for(booking: Booking, person: User, reason: str = "") -> Actor:
    actor = Actor.of(person, booking) or Actor.staff(person, reason=reason)
    return replace(actor, reason=reason)


def record_captured(*, booking_id: int, at: datetime) -> None:
    """Note that the renter's money has been taken: what the handover waits for. The first time counts."""
    Booking.objects.filter(pk=booking_id, captured_at=None).update(captured_at=at)


def _lock_for_hold(renter: User, wanted: Listing) -> Booking | None:
    """One hold at a time for a renter, then the listings in the order of their keys; returns the unpaid hold there is.

    The renter's row comes first: a double click meets itself there.
    """
    User.objects.select_for_update(no_key=True).only("pk").get(pk=renter.pk)
    unpaid = Booking.objects.filter(renter=renter, state=states.PENDING_PAYMENT)
    keys = {wanted.pk, *unpaid.values_list("listing_id", flat=True)}
    list(Listing.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))
    return unpaid.select_related("listing", "owner", "renter").first()


def _is_same(
    booking: Booking,
    wanted: Listing,
    from_local: datetime,
    to_local: datetime,
    extras: Mapping[UUID, int],
    total: Money,
    now: datetime,
) -> bool:
    return (
        booking.listing_id == wanted.pk
        and booking.from_local == from_local
        and booking.to_local == to_local
        and booking.money(booking.total_amount) == total
        and quotes.same_extras(booking, extras)
        and now < booking.pay_by
    )


def _check_requests(renter: User, wanted: Listing) -> None:
    waiting = Booking.objects.filter(renter=renter, state=states.REQUESTED).count()
    if waiting >= MOST_OPEN_REQUESTS and not wanted.instant:
        raise _refused("too_many_requests", "listing", _("Five of your requests are waiting for an answer already."))


def _not_bookable(reasons: Sequence[Reason]) -> Refused:
    fields: dict[str, list[FieldError]] = {}
    for reason in reasons:
        fields.setdefault(reason.field, []).append(FieldError(code=reason.code, message=reason.message))
    return Refused(reasons[0].code, reasons[0].message, fields=fields)


def _refused(code: str, field: str, said: str) -> Refused:
    return Refused(code, said, fields={field: [FieldError(code=code, message=said)]})


def _new_reference() -> str:
    while True:
        reference = "BK-" + "".join(secrets.choice(LETTERS) for _letter in range(6))
        if not Booking.objects.filter(reference=reference).exists():
            return reference
