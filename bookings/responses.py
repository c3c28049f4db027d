"""How owners answer requests, by the steps their bookings took; told to the floor below, where search goes by it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil
from statistics import median

from bikeens.accounts.models import User
from bookings import states
from bookings.models import Transition
from listings import actions as listings
from listings.actions import Responses
from listings.models import OwnerResponse

OVER = timedelta(days=365)
# With fewer requests nothing is said of an owner, and nothing held against them.
FEWEST = 5
ANSWERS = ("accept", "decline")

# How long an answer took; None for a request that lapsed.
Wait = timedelta | None


def record_all(now: datetime) -> None:
    """Tell how every owner with requests in the last twelve months answers them, and forget who no longer has any."""
    waits = _waits(now - OVER)
    known = set(OwnerResponse.objects.values_list("owner_id", flat=True))
    for owner in User.objects.filter(pk__in=known | set(waits)).order_by("pk"):
        listings.record_response(owner=owner, responses=responses_of(waits.get(owner.pk, [])))


def responses_of(waits: Sequence[Wait]) -> Responses | None:
    """None for too few requests. Hours are rounded up: nobody answers in no time."""
    if len(waits) < FEWEST:
        return None
    answers = [wait.total_seconds() / 3600 for wait in waits if wait is not None]
    hours = max(1, ceil(median(answers))) if answers else None
    return Responses(percent=100 * len(answers) // len(waits), hours=hours)


def _waits(since: datetime) -> dict[int, list[Wait]]:
    """By owner: every request since then that was answered or lapsed; one withdrawn or still open says nothing."""
    asked = Transition.objects.filter(at__gt=since, to_state=states.REQUESTED).values_list("booking_id", "at")
    asked_at = dict(asked.order_by("pk"))
    ended = Transition.objects.filter(at__gt=since, from_state=states.REQUESTED, action__in=(*ANSWERS, "lapse"))
    # Staff may answer in an owner's place; that is no answer of theirs.
    ended = ended.exclude(actor_kind=states.STAFF).order_by("pk")
    found: dict[int, list[Wait]] = defaultdict(list)
    for booking, owner, action, at in ended.values_list("booking_id", "booking__owner_id", "action", "at"):
        if booking in asked_at:
            found[owner].append(at - asked_at[booking] if action in ANSWERS else None)
    return found
