"""The writers of blocks. Each locks the listing's row; holds and bookings are under the exclusion constraint too."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from psycopg.errors import ExclusionViolation

from bikeens.core import clock
from bikeens.core.errors import FieldError, Invalid, Refused
from listings import clocks
from listings.actions.locking import lock, lock_to_edit
from listings.choices import BlockKind
from listings.limits import MOST_OWN_BLOCKS
from listings.models import Block, Listing

FARTHEST = timedelta(days=731)
EXCLUSIVE = (BlockKind.HOLD, BlockKind.BOOKING)


@transaction.atomic
def block_dates(
    *,
    listing: Listing,
    starts_at: datetime,
    ends_at: datetime,
    kind: str,
    lapses_at: datetime | None = None,
    note: str = "",
) -> Block:
    """Block `[starts_at, ends_at)`; a hold needs `lapses_at`, and a booking's end has the buffer in it already.

    A hold or booking raises Refused("dates_taken") when any block is in the way; lapsed holds there are swept. The
    owner's own and imported blocks are kept whatever they meet.
    """
    if ends_at <= starts_at:
        raise _invalid("ends_before_start", "to", _("The end must come after the start."))
    lock(listing)
    if kind in EXCLUSIVE:
        _clear_the_way(listing, starts_at, ends_at)
    return _created(
        Block(listing=listing, kind=kind, starts_at=starts_at, ends_at=ends_at, lapses_at=lapses_at, note=note)
    )


@transaction.atomic
def block_own_dates(*, listing: Listing, from_wall: datetime, to_wall: datetime, note: str = "") -> Block:
    """Keep the bike for its owner, from and to on the listing's wall clock. Bookings that this meets are kept.

    The same twice is once. Raises Invalid with `from` or `to`: off_grid, ends_before_start, in_past, too_far, or a time
    that does not exist; Refused too_many_blocks.
    """
    listing = lock_to_edit(listing)
    zone, now = listing.zone, clock.now()
    starts_at = clocks.wall_to_instant(from_wall, zone)
    ends_at = clocks.wall_to_instant(to_wall, zone, field="to")
    for field, wall in (("from", from_wall), ("to", to_wall)):
        if not clocks.on_grid(wall):
            raise _invalid("off_grid", field, _("Choose a time on the hour or the half hour."))
    if ends_at <= now:
        raise _invalid("in_past", "to", _("This is over already."))
    if ends_at > now + FARTHEST:
        raise _invalid("too_far", "to", _("At most two years ahead."))
    own = Block.objects.filter(listing=listing, kind=BlockKind.OWN)
    there = own.filter(starts_at=starts_at, ends_at=ends_at, note=note).first()
    if there is not None:
        return there
    if own.filter(ends_at__gt=now).count() >= MOST_OWN_BLOCKS:
        raise Refused("too_many_blocks", _("These are too many blocked times: remove some first."))
    return block_dates(listing=listing, starts_at=starts_at, ends_at=ends_at, kind=BlockKind.OWN, note=note)


@transaction.atomic
def free_own_dates(*, block: Block) -> None:
    """Take the owner's own block away. Raises Refused("not_own_block") for holds, bookings and imported events."""
    if block.kind != BlockKind.OWN:
        raise Refused("not_own_block", _("Only your own blocked times can be freed here."))
    free_block(block=block)


@transaction.atomic
def confirm_block(*, block: Block) -> Block:
    """Make a hold a booking's block and return it; use the answer, which is a new row when the hold had been swept.

    Raises Refused("dates_taken") when the hold had lapsed and somebody else has the dates since.
    """
    return _rewritten(block, kind=BlockKind.BOOKING, lapses_at=None)


@transaction.atomic
def extend_hold(*, block: Block, lapses_at: datetime) -> Block:
    """Let a hold lapse later, as `confirm_block` confirms it: use the answer, raises Refused("dates_taken")."""
    return _rewritten(block, kind=BlockKind.HOLD, lapses_at=lapses_at)


@transaction.atomic
def free_block(*, block: Block) -> None:
    """Give the dates back; a block that has gone already is no error."""
    lock(block.listing)
    Block.objects.filter(pk=block.pk).delete()


def booked_ahead(listing: Listing) -> QuerySet[Block]:
    """The bookings and live holds that lie ahead or go on."""
    now = clock.now()
    booked = Q(kind=BlockKind.BOOKING) | Q(kind=BlockKind.HOLD, lapses_at__gt=now)
    return Block.objects.filter(booked, listing=listing, ends_at__gt=now)


def in_the_way(listing: Listing, starts_at: datetime, ends_at: datetime) -> QuerySet[Block]:
    """Every block, lapsed holds included, that meets `[starts_at, ends_at)`."""
    return Block.objects.filter(listing=listing, starts_at__lt=ends_at, ends_at__gt=starts_at)


def _clear_the_way(listing: Listing, starts_at: datetime, ends_at: datetime) -> None:
    """Sweep lapsed holds; raises Refused when a block remains. The listing is locked."""
    there = in_the_way(listing, starts_at, ends_at)
    lapsed = Q(kind=BlockKind.HOLD, lapses_at__lte=clock.now())
    if there.exclude(lapsed).exists():
        raise _taken()
    there.filter(lapsed).delete()


def _rewritten(block: Block, *, kind: BlockKind, lapses_at: datetime | None) -> Block:
    listing = lock(block.listing)
    there = Block.objects.filter(pk=block.pk).first()
    lapsed = there is not None and there.lapses_at is not None and there.lapses_at <= clock.now()
    if there is not None and not lapsed:
        there.kind, there.lapses_at = kind, lapses_at
        there.save(update_fields=["kind", "lapses_at"])
        return there
    # The hold lapsed: its dates were anybody's, so they are taken anew or not at all.
    others = in_the_way(listing, block.starts_at, block.ends_at).exclude(pk=block.pk)
    if others.exclude(kind=BlockKind.HOLD, lapses_at__lte=clock.now()).exists():
        raise _taken()
    others.delete()
    fresh = there or Block(
        uuid=block.uuid, listing=listing, starts_at=block.starts_at, ends_at=block.ends_at, note=block.note
    )
    fresh.kind, fresh.lapses_at = kind, lapses_at
    return _created(fresh)


def _created(block: Block) -> Block:
    try:
        with transaction.atomic():
            block.save()
    except IntegrityError as error:
        if isinstance(error.__cause__, ExclusionViolation):
            raise _taken() from error
        raise
    return block


def _taken() -> Refused:
    message = _("These dates have just been taken.")
    return Refused("dates_taken", message, fields={"from": [FieldError(code="dates_taken", message=message)]})


def _invalid(code: str, field: str, message: str) -> Invalid:
    return Invalid(code, message, fields={field: [FieldError(code=code, message=message)]})
