from dataclasses import dataclass

from django.db import transaction

from bikeens.accounts.models import User
from bikeens.core import clock
from listings.models import Listing, OwnerResponse

# From so many answers in a hundred on an owner answers reliably, and within so many hours quickly.
RELIABLE_PERCENT, SELDOM_PERCENT, QUICK_HOURS = 80, 50, 12


@dataclass(frozen=True, slots=True)
class Responses:
    """How many requests in a hundred an owner answers, and within how many hours half of the answers come.

    `hours` is None when there was no answer.
    """

    percent: int
    hours: int | None

    @property
    def rank(self) -> int:
        """The band `best` orders by: 0 answers reliably and quickly, 1 slowly or not always, 2 seldom."""
        if self.hours is None or self.percent < SELDOM_PERCENT:
            return 2
        return 0 if self.percent >= RELIABLE_PERCENT and self.hours <= QUICK_HOURS else 1


@transaction.atomic
def record_response(*, owner: User, responses: Responses | None) -> None:
    """Note how an owner answers, and the rank of all their bikes. Told from above; None: too few requests to say.

    Who is not known ranks with the best: an owner's first bike must not start behind the others.
    """
    rank = responses.rank if responses else 0
    rows = Listing.objects.filter(owner=owner).exclude(response_rank=rank)
    for listing in rows.order_by("pk").select_for_update(no_key=True):
        listing.response_rank = rank
        listing.save(update_fields=["response_rank"])
    if responses is None:
        OwnerResponse.objects.filter(owner=owner).delete()
        return
    OwnerResponse.objects.update_or_create(
        owner=owner,
        defaults={"percent": responses.percent, "hours": responses.hours, "recorded_at": clock.now()},
    )
