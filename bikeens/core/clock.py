"""The one clock. Every process reads the time here, so that tests and the demo can move it for all of them."""

import time
from datetime import UTC, datetime, timedelta

from django.conf import settings

from bikeens.core.errors import Refused
from bikeens.core.models import ClockOffset

_cached_offset = timedelta(0)
_cached_until = 0.0


def now() -> datetime:
    """The present instant, in UTC.

    Where the clock can be moved (never in production) the offset row is read again after `CLOCK_CACHE_SECONDS`.
    """
    return datetime.now(UTC) + _offset()


def travel(by: timedelta) -> datetime:
    """Move the clock of every process by `by` and return the new time. Raises Refused in production."""
    global _cached_offset, _cached_until
    if not settings.CLOCK_MOVABLE:
        raise Refused("clock_fixed", "The clock can't be moved here.")
    row, _ = ClockOffset.objects.get_or_create(pk=1)
    row.offset += by
    row.save(update_fields=["offset"])
    _cached_offset = row.offset
    _cached_until = time.monotonic() + settings.CLOCK_CACHE_SECONDS
    return now()


def travel_to(instant: datetime) -> datetime:
    """Move the clock of every process to `instant`; it goes on ticking from there."""
    return travel(instant - now())


def reset() -> None:
    """Bring the clock back to real time, in this process without reading the database."""
    global _cached_offset, _cached_until
    if not settings.CLOCK_MOVABLE:
        raise Refused("clock_fixed", "The clock can't be moved here.")
    ClockOffset.objects.filter(pk=1).delete()
    forget()


def forget() -> None:
    """Take the offset for zero until the cache runs out: what a test's rollback needs."""
    global _cached_offset, _cached_until
    _cached_offset = timedelta(0)
    _cached_until = time.monotonic() + settings.CLOCK_CACHE_SECONDS


def _offset() -> timedelta:
    global _cached_offset, _cached_until
    if not settings.CLOCK_MOVABLE:
        return timedelta(0)
    if time.monotonic() >= _cached_until:
        row = ClockOffset.objects.filter(pk=1).first()
        _cached_offset = row.offset if row else timedelta(0)
        _cached_until = time.monotonic() + settings.CLOCK_CACHE_SECONDS
    return _cached_offset
