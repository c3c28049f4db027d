"""What a cancellation gives back and how what is kept is shared. Pure; whole cents; nothing is lost or made.

Fractions are of rental and extras, by the time left before the start. The service fee comes back whenever everything
does. What is kept is split between owner and platform like a rental.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from bikeens.core.money import share

DAY = timedelta(days=1)
# Within this of the confirmation everything comes back, unless the start is nearer than a day.
SECOND_THOUGHTS = timedelta(hours=1)
# A bike within half an hour of the agreed end is on time, as in the price of a day.
GRACE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Tier:
    """`percent` of rental and extras come back while at least `left` remains before the start."""

    left: timedelta
    percent: int


# Below the last tier nothing comes back, and nothing does once the rental should have begun.
POLICIES: dict[str, tuple[Tier, ...]] = {
    "flexible": (Tier(DAY, 100), Tier(timedelta(0), 50)),
    "moderate": (Tier(5 * DAY, 100), Tier(DAY, 50)),
    "strict": (Tier(7 * DAY, 50),),
}


@dataclass(frozen=True, slots=True)
class Terms:
    """The frozen amounts of a booking, in cents: the total is rental and extras plus the service fee."""

    rental: int
    service_fee: int
    commission: int
    fee_vat: int
    commission_vat: int

    @property
    def total(self) -> int:
        return self.rental + self.service_fee


@dataclass(frozen=True, slots=True)
class Split:
    """Where the held money goes, in cents; the first four add up to the total. The VAT is contained in the fees."""

    refund_to_renter: int
    owner_share: int
    commission: int
    service_fee: int
    commission_vat: int
    fee_vat: int

    def as_json(self) -> dict[str, int]:
        return asdict(self)


def percent_back(policy: str, *, starts_at: datetime, confirmed_at: datetime, now: datetime) -> int:
    """Percent of rental and extras that come back when the renter cancels at `now`."""
    left = starts_at - now
    if left <= timedelta(0):
        return 0
    if left > DAY and now - confirmed_at <= SECOND_THOUGHTS:
        return 100
    return next((tier.percent for tier in POLICIES[policy] if left >= tier.left), 0)


def by_policy(terms: Terms, policy: str, *, starts_at: datetime, confirmed_at: datetime, now: datetime) -> Split:
    """The split when the renter cancels at `now`."""
    percent = percent_back(policy, starts_at=starts_at, confirmed_at=confirmed_at, now=now)
    if percent == 100:
        return everything_back(terms)
    return _keep(terms, terms.rental - share(terms.rental, percent, 100), terms.service_fee)


def everything_back(terms: Terms) -> Split:
    """The owner or the platform cancelled: the renter loses nothing."""
    return _keep(terms, 0, 0)


def nothing_back(terms: Terms) -> Split:
    """The rental took place."""
    return _keep(terms, terms.rental, terms.service_fee)


def give_back(terms: Terms, refund: int) -> Split:
    """`refund` cents come back, first of rental and extras, then of the service fee.

    Raises ValueError beyond the total.
    """
    if not 0 <= refund <= terms.total:
        raise ValueError("More than was paid can't come back.")
    kept_rental = max(terms.rental - refund, 0)
    return _keep(terms, kept_rental, terms.total - refund - kept_rental)


def _keep(terms: Terms, rental: int, service_fee: int) -> Split:
    commission = share(terms.commission, rental, terms.rental) if terms.rental else 0
    return Split(
        refund_to_renter=terms.total - rental - service_fee,
        owner_share=rental - commission,
        commission=commission,
        service_fee=service_fee,
        commission_vat=share(terms.commission_vat, commission, terms.commission) if terms.commission else 0,
        fee_vat=share(terms.fee_vat, service_fee, terms.service_fee) if terms.service_fee else 0,
    )


def hours_late(*, ends_at: datetime, returned_at: datetime) -> int:
    """Begun hours after the agreed end; none within half an hour."""
    if returned_at <= ends_at + GRACE:
        return 0
    return -(-(returned_at - ends_at) // timedelta(hours=1))


def late_fee(*, hours: int, hour_price: int | None, day_price: int) -> int:
    """Hours x hour price x 1.5 (no hour price: an eighth of the day's), at most two days' price; cents."""
    fee = share(hours * day_price * 3, 1, 16) if hour_price is None else share(hours * hour_price * 3, 1, 2)
    return min(fee, 2 * day_price)
