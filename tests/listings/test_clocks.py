from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bikeens.core.errors import Invalid
from listings import clocks

PARIS = "Europe/Paris"
ZONES = [PARIS, "Atlantic/Azores", "Australia/Lord_Howe", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia"]


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_summer_and_winter() -> None:
    assert clocks.wall_to_instant(wall("2026-07-04T10:00"), PARIS) == datetime(2026, 7, 4, 8, tzinfo=UTC)
    assert clocks.wall_to_instant(wall("2026-12-04T10:00"), PARIS) == datetime(2026, 12, 4, 9, tzinfo=UTC)


def test_a_time_that_exists_twice_is_the_first() -> None:
    assert clocks.wall_to_instant(wall("2026-10-25T02:30"), PARIS) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2026-03-29T02:00", "2026-03-29T02:30"])
def test_a_time_that_does_not_exist_is_refused_by_name(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        clocks.wall_to_instant(wall(text), PARIS, field="to")

    assert refusal.value.code == "time_does_not_exist"
    assert refusal.value.fields["to"][0]["code"] == "time_does_not_exist"


@pytest.mark.parametrize("text", ["0001-01-01T00:00", "1999-12-31T23:30", "2200-01-01T00:00", "9999-12-31T23:30"])
def test_other_centuries_are_refused(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        clocks.wall_to_instant(wall(text), PARIS)

    assert refusal.value.code == "time_out_of_range"


@given(st.datetimes(datetime.fromisoformat("2000-01-02"), datetime.fromisoformat("2199-12-30")), st.sampled_from(ZONES))
def test_every_time_that_exists_comes_back_the_same(naive: datetime, zone: str) -> None:
    try:
        instant = clocks.wall_to_instant(naive, zone)
    except Invalid:
        # Only a jump of the clocks may hide a time, and only for the length of the jump.
        day = timedelta(days=1, hours=1)
        around = [naive.replace(tzinfo=UTC) + sign * day for sign in (-1, 1)]
        offsets = {clocks.instant_to_wall(at, zone) - at.replace(tzinfo=None) for at in around}
        assert len(offsets) == 2
        return
    assert instant.tzinfo is UTC
    assert clocks.instant_to_wall(instant, zone) == naive


@given(st.datetimes(datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2199-01-01")))
def test_up_to_the_grid_is_the_next_half_hour(naive: datetime) -> None:
    found = clocks.up_to_grid(naive)

    assert clocks.on_grid(found)
    assert timedelta(0) <= found - naive < clocks.GRID
