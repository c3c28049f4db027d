"""Each deadline as an exact instant."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from bookings import deadlines, states
from listings.clocks import wall_to_instant

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("starts_at", "capture_before", "expected"),
    [
        pytest.param(NOON + 10 * DAY, None, NOON + DAY, id="24 hours"),
        pytest.param(NOON + 20 * HOUR, None, NOON + 10 * HOUR, id="half of what is left"),
        pytest.param(NOON + 90 * timedelta(minutes=1), None, NOON + HOUR, id="at least an hour"),
        pytest.param(NOON + timedelta(minutes=40), None, NOON + timedelta(minutes=40), id="the start"),
        pytest.param(NOON + 10 * DAY, NOON + 30 * HOUR, NOON + 18 * HOUR, id="12 hours before the capture ends"),
        pytest.param(NOON + 48 * HOUR, NOON + 7 * DAY, NOON + DAY, id="half and 24 hours at once"),
    ],
)
def test_answer_by_is_the_earliest(starts_at: datetime, capture_before: datetime | None, expected: datetime) -> None:
    answer_by = deadlines.answer_by(requested_at=NOON, starts_at=starts_at, capture_before=capture_before)
    assert answer_by == expected


def test_half_of_the_time_left_is_real_time_over_the_spring_change() -> None:
    """28 March 22:00 to 29 March 10:00 in Paris are eleven real hours: half of it is 5 h 30."""
    requested = wall_to_instant(datetime.fromisoformat("2026-03-28T22:00"), "Europe/Paris")
    starts_at = wall_to_instant(datetime.fromisoformat("2026-03-29T10:00"), "Europe/Paris")
    answer_by = deadlines.answer_by(requested_at=requested, starts_at=starts_at, capture_before=None)
    assert answer_by == datetime(2026, 3, 29, 2, 30, tzinfo=UTC)


def test_half_of_the_time_left_is_real_time_over_the_autumn_change() -> None:
    """24 October 22:00 to 25 October 10:00 in Paris are thirteen real hours: half of it is 6 h 30."""
    requested = wall_to_instant(datetime.fromisoformat("2026-10-24T22:00"), "Europe/Paris")
    starts_at = wall_to_instant(datetime.fromisoformat("2026-10-25T10:00"), "Europe/Paris")
    answer_by = deadlines.answer_by(requested_at=requested, starts_at=starts_at, capture_before=None)
    assert answer_by == datetime(2026, 10, 25, 2, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    state: str
    starts_at: datetime = NOON
    ends_at: datetime = NOON + 2 * DAY
    pay_by: datetime = NOON - DAY
    answer_by: datetime | None = NOON - HOUR
    said_returned_at: datetime | None = None
    claims_until: datetime | None = NOON + 3 * DAY
    settle_by: datetime | None = NOON + 6 * DAY


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (Row(states.PENDING_PAYMENT), NOON - DAY),
        (Row(states.REQUESTED), NOON - HOUR),
        (Row(states.CONFIRMED), NOON + 2 * HOUR),
        (Row(states.ACTIVE), NOON + 5 * DAY),
        (Row(states.ACTIVE, said_returned_at=NOON + DAY), NOON + 2 * DAY),
        (Row(states.RETURNED), NOON + 3 * DAY),
        (Row(states.CLAIMED), NOON + 6 * DAY),
        *((Row(state), None) for state in states.FINAL),
    ],
)
def test_the_clock_acts_next(row: Row, expected: datetime | None) -> None:
    assert deadlines.deadline_of(replace(row)) == expected


def test_the_other_deadlines() -> None:
    assert deadlines.pay_by(NOON) == NOON + timedelta(minutes=30)
    assert deadlines.claims_until(NOON) == NOON + DAY
    assert deadlines.settle_by(claimed_at=NOON, contested_at=None) == NOON + 3 * DAY
    assert deadlines.settle_by(claimed_at=NOON, contested_at=NOON + HOUR) == NOON + HOUR + 21 * DAY
    assert deadlines.no_show_from(NOON) == NOON + timedelta(minutes=30)
    assert deadlines.lost_from(NOON) == NOON + DAY
