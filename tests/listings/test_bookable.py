"""Each condition of the rule, at its edge. It is Friday 3 July 2026, 10:00 in Paris."""

from datetime import UTC, datetime, timedelta

import pytest

from bikeens.core import clock
from bikeens.core.errors import Invalid, Refused
from listings import bookable, clocks, quoting
from listings.choices import BlockKind, Status
from listings.models import Block, Listing, OpeningException
from tests.factories import listings

NOW = datetime(2026, 7, 3, 8, tzinfo=UTC)
PARIS = "Europe/Paris"


@pytest.fixture
def bike(db: None) -> Listing:
    clock.travel_to(NOW)
    return listings.listing(lead_time_h=2, horizon_days=80, shortest_h=2, longest_days=7, buffer_min=60)


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def failing(bike: Listing, start: str, end: str) -> list[str]:
    stretch = quoting.checked_stretch(wall(start), wall(end), bike.time_zone)
    [failed] = bookable.verdicts(listing=bike, stretches=[stretch], now=NOW)
    return [condition.code for condition in failed]


def utc(text: str) -> datetime:
    return clocks.wall_to_instant(wall(text), PARIS)


def test_an_open_and_empty_week_end_can_be_booked(bike: Listing) -> None:
    assert failing(bike, "2026-07-04T10:00", "2026-07-05T18:00") == []


@pytest.mark.parametrize("status", [status for status in Status.values if status != Status.PUBLISHED])
def test_only_what_is_published(bike: Listing, status: str) -> None:
    Listing.objects.filter(pk=bike.pk).update(status=status)

    assert failing(bike, "2026-07-04T10:00", "2026-07-05T18:00") == ["not_published"]


def test_past_and_notice(bike: Listing) -> None:
    assert failing(bike, "2026-07-03T12:00", "2026-07-03T18:00") == []
    assert failing(bike, "2026-07-03T11:30", "2026-07-03T18:00") == ["lead_time"]
    assert failing(bike, "2026-07-03T09:30", "2026-07-03T18:00") == ["in_past", "lead_time"]


def test_the_horizon_is_where_a_rental_ends(bike: Listing) -> None:
    assert failing(bike, "2026-09-20T10:00", "2026-09-21T10:00") == []
    assert failing(bike, "2026-09-20T10:00", "2026-09-21T10:30") == ["beyond_horizon"]


def test_shortest_and_longest(bike: Listing) -> None:
    assert failing(bike, "2026-07-04T10:00", "2026-07-04T12:00") == []
    assert failing(bike, "2026-07-04T10:00", "2026-07-04T11:30") == ["too_short"]
    assert failing(bike, "2026-07-04T10:00", "2026-07-11T10:30") == []
    assert failing(bike, "2026-07-04T10:00", "2026-07-11T11:00") == ["too_long"]


def test_the_owner_is_there_at_both_ends(bike: Listing) -> None:
    assert failing(bike, "2026-07-04T08:00", "2026-07-05T20:00") == []
    assert failing(bike, "2026-07-04T07:30", "2026-07-05T20:00") == ["closed_at_start"]
    assert failing(bike, "2026-07-04T08:00", "2026-07-05T20:30") == ["closed_at_end"]


def test_a_dated_exception_replaces_its_weekday(bike: Listing) -> None:
    OpeningException.objects.create(listing=bike, date="2026-07-04", hours=((1320, 1440),))
    OpeningException.objects.create(listing=bike, date="2026-07-06", hours=())

    assert failing(bike, "2026-07-04T10:00", "2026-07-05T10:00") == ["closed_at_start"]
    assert failing(bike, "2026-07-04T22:00", "2026-07-06T10:00") == ["closed_at_end"]
    assert failing(bike, "2026-07-04T22:00", "2026-07-05T10:00") == []


def test_midnight_may_be_the_end_of_the_day_before(bike: Listing) -> None:
    OpeningException.objects.create(listing=bike, date="2026-07-04", hours=((1320, 1440),))

    assert failing(bike, "2026-07-05T00:00", "2026-07-05T10:00") == []
    assert failing(bike, "2026-07-06T00:00", "2026-07-06T10:00") == ["closed_at_start"]


def test_each_weekday_has_its_own_hours(bike: Listing) -> None:
    opening = (((540, 720),), (), (), (), (), ((600, 660),), ())
    Listing.objects.filter(pk=bike.pk).update(opening=opening)

    assert failing(bike, "2026-07-04T10:30", "2026-07-06T12:00") == []
    assert failing(bike, "2026-07-05T10:30", "2026-07-06T12:00") == ["closed_at_start"]
    assert failing(bike, "2026-07-04T10:30", "2026-07-07T12:00") == ["closed_at_end"]


def test_a_block_and_the_buffer_before_the_next(bike: Listing) -> None:
    listings.block(bike, utc("2026-07-06T10:00"), utc("2026-07-07T11:00"))

    assert failing(bike, "2026-07-05T10:00", "2026-07-06T09:00") == []
    assert failing(bike, "2026-07-05T10:00", "2026-07-06T09:30") == ["dates_taken"]
    assert failing(bike, "2026-07-06T12:00", "2026-07-06T18:00") == ["dates_taken"]
    assert failing(bike, "2026-07-07T11:00", "2026-07-07T18:00") == []


@pytest.mark.parametrize(("minutes", "expected"), [(1, ["dates_taken"]), (0, []), (-1, [])])
def test_a_hold_counts_until_it_lapses(bike: Listing, minutes: int, expected: list[str]) -> None:
    Block.objects.create(
        listing=bike,
        kind=BlockKind.HOLD,
        starts_at=utc("2026-07-06T10:00"),
        ends_at=utc("2026-07-07T11:00"),
        lapses_at=NOW + timedelta(minutes=minutes),
    )

    assert failing(bike, "2026-07-06T12:00", "2026-07-06T18:00") == expected


def test_another_bike_s_block_is_no_matter(bike: Listing) -> None:
    listings.block(listings.listing(), utc("2026-07-04T08:00"), utc("2026-07-06T08:00"))

    assert failing(bike, "2026-07-04T10:00", "2026-07-05T18:00") == []


def test_an_overdue_bike_is_not_offered_for_the_next_day(bike: Listing) -> None:
    Listing.objects.filter(pk=bike.pk).update(overdue_since=NOW - timedelta(hours=1))

    assert failing(bike, "2026-07-04T09:30", "2026-07-05T18:00") == ["overdue"]
    assert failing(bike, "2026-07-04T10:00", "2026-07-05T18:00") == []


def test_check_bookable_refuses_with_the_first_reason_and_names_every_field(bike: Listing) -> None:
    listings.block(bike, utc("2026-07-04T08:00"), utc("2026-07-06T08:00"))

    with pytest.raises(Refused) as refusal:
        bookable.check_bookable(
            listing=bike, starts_at=utc("2026-07-04T07:30"), ends_at=utc("2026-07-05T20:30"), now=NOW
        )

    assert refusal.value.code == "closed_at_start"
    assert {name: [said["code"] for said in found] for name, found in refusal.value.fields.items()} == {
        "from": ["closed_at_start", "dates_taken"],
        "to": ["closed_at_end"],
    }


def test_one_s_own_block_may_be_left_out(bike: Listing) -> None:
    block = listings.block(bike, utc("2026-07-04T08:00"), utc("2026-07-06T08:00"))
    dates = {"starts_at": utc("2026-07-04T10:00"), "ends_at": utc("2026-07-05T18:00"), "now": NOW}

    bookable.check_bookable(listing=bike, **dates, ignore_block=block.pk)
    with pytest.raises(Refused, match="dates_taken"):
        bookable.check_bookable(listing=bike, **dates)


@pytest.mark.parametrize(("start", "end", "fields"), [("10:15", "12:00", ["from"]), ("10:01", "12:59", ["from", "to"])])
def test_times_off_the_half_hour_are_refused(bike: Listing, start: str, end: str, fields: list[str]) -> None:
    with pytest.raises(Invalid) as refusal:
        failing(bike, f"2026-07-04T{start}", f"2026-07-04T{end}")

    assert (refusal.value.code, list(refusal.value.fields)) == ("off_grid", fields)
