"""What comes back, cent by cent; and that nothing is ever lost or made."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings import refunds
from bookings.refunds import POLICIES, Split, Terms
from listings.choices import Policy

START = datetime(2026, 7, 10, 10, tzinfo=UTC)
LONG_AGO = START - timedelta(days=60)
HOUR, DAY, SECOND = timedelta(hours=1), timedelta(days=1), timedelta(seconds=1)
# 40.00 € of rental, 9 % fee, 15 % commission, 20 % VAT inside both.
TERMS = Terms(rental=4000, service_fee=360, commission=600, fee_vat=60, commission_vat=100)
ALL = Split(4360, 0, 0, 0, 0, 0)
HALF = Split(2000, 1700, 300, 360, 50, 60)
NOTHING = Split(0, 3400, 600, 360, 100, 60)


@pytest.mark.parametrize(
    ("policy", "left", "expected"),
    [
        ("flexible", DAY, ALL),
        ("flexible", DAY - SECOND, HALF),
        ("flexible", SECOND, HALF),
        ("flexible", timedelta(0), NOTHING),
        ("flexible", -HOUR, NOTHING),
        ("moderate", 5 * DAY, ALL),
        ("moderate", 5 * DAY - SECOND, HALF),
        ("moderate", DAY, HALF),
        ("moderate", DAY - SECOND, NOTHING),
        ("strict", 30 * DAY, HALF),
        ("strict", 7 * DAY, HALF),
        ("strict", 7 * DAY - SECOND, NOTHING),
    ],
)
def test_a_policy_gives_back_by_the_time_left(policy: str, left: timedelta, expected: Split) -> None:
    split = refunds.by_policy(TERMS, policy, starts_at=START, confirmed_at=LONG_AGO, now=START - left)
    assert split == expected


@pytest.mark.parametrize("policy", Policy.values)
@pytest.mark.parametrize(
    ("since", "left", "everything"),
    [(HOUR, DAY + SECOND, True), (HOUR + SECOND, DAY + SECOND, False), (timedelta(0), DAY, False)],
)
def test_second_thoughts_within_an_hour(policy: str, since: timedelta, left: timedelta, everything: bool) -> None:
    now = START - left
    split = refunds.by_policy(TERMS, policy, starts_at=START, confirmed_at=now - since, now=now)
    by_time = refunds.by_policy(TERMS, policy, starts_at=START, confirmed_at=LONG_AGO, now=now)
    assert split == (ALL if everything else by_time)


def test_every_policy_a_listing_may_have_is_known() -> None:
    assert set(POLICIES) == set(Policy.values)


def test_a_claim_gives_back_rental_first_and_the_fee_last() -> None:
    assert refunds.give_back(TERMS, 0) == NOTHING
    assert refunds.give_back(TERMS, 1000) == Split(1000, 2550, 450, 360, 75, 60)
    assert refunds.give_back(TERMS, 4000) == Split(4000, 0, 0, 360, 0, 60)
    assert refunds.give_back(TERMS, 4180) == Split(4180, 0, 0, 180, 0, 30)
    assert refunds.give_back(TERMS, 4360) == ALL


@pytest.mark.parametrize("refund", [-1, 4361])
def test_never_more_than_was_paid(refund: int) -> None:
    with pytest.raises(ValueError, match="More than was paid"):
        refunds.give_back(TERMS, refund)


@st.composite
def terms(draw: st.DrawFn) -> Terms:
    rental = draw(st.integers(0, 500_000))
    service_fee = draw(st.integers(0 if rental else 100, 50_000))
    commission = draw(st.integers(0, rental))
    return Terms(rental, service_fee, commission, draw(st.integers(0, service_fee)), draw(st.integers(0, commission)))


@given(
    terms=terms(),
    policy=st.sampled_from(Policy.values),
    left=st.timedeltas(min_value=-DAY, max_value=40 * DAY),
    share=st.floats(0, 1),
)
def test_every_split_adds_up_and_takes_from_nobody(terms: Terms, policy: str, left: timedelta, share: float) -> None:
    by_policy = refunds.by_policy(terms, policy, starts_at=START, confirmed_at=LONG_AGO, now=START - left)
    settled = refunds.give_back(terms, int(terms.total * share))
    for split in (by_policy, settled, refunds.everything_back(terms), refunds.nothing_back(terms)):
        parts = (split.refund_to_renter, split.owner_share, split.commission, split.service_fee)
        assert sum(parts) == terms.total
        assert min(*parts, split.fee_vat, split.commission_vat) >= 0
        assert split.commission <= terms.commission
        assert split.service_fee <= terms.service_fee
        assert split.owner_share <= terms.rental - terms.commission
        assert split.fee_vat <= terms.fee_vat
        assert split.commission_vat <= terms.commission_vat
    assert settled.refund_to_renter == int(terms.total * share)


@given(
    terms=terms(),
    policy=st.sampled_from(Policy.values),
    earlier=st.timedeltas(DAY, 40 * DAY),
    by=st.timedeltas(SECOND, 9 * DAY),
)
def test_cancelling_earlier_never_gives_back_less(terms: Terms, policy: str, earlier: timedelta, by: timedelta) -> None:
    def back(left: timedelta) -> int:
        now = START - left
        return refunds.by_policy(terms, policy, starts_at=START, confirmed_at=LONG_AGO, now=now).refund_to_renter

    assert back(earlier) >= back(earlier - by)


@pytest.mark.parametrize(
    ("late", "hours"),
    [(timedelta(0), 0), (timedelta(minutes=30), 0), (timedelta(minutes=31), 1), (HOUR, 1), (HOUR + SECOND, 2)],
)
def test_hours_late_are_begun_hours_after_half_an_hour_of_grace(late: timedelta, hours: int) -> None:
    assert refunds.hours_late(ends_at=START, returned_at=START + late) == hours


@pytest.mark.parametrize(
    ("hours", "hour_price", "day_price", "fee"),
    [
        (1, 400, 2000, 600),
        (3, 399, 2000, 1796),
        (6, 400, 2000, 3600),
        (7, 400, 2000, 4000),
        (1, None, 2000, 375),
        (10, None, 2000, 3750),
        (11, None, 2000, 4000),
        (0, 400, 2000, 0),
    ],
)
def test_the_late_fee(hours: int, hour_price: int | None, day_price: int, fee: int) -> None:
    assert refunds.late_fee(hours=hours, hour_price=hour_price, day_price=day_price) == fee
