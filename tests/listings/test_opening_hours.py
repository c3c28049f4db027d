"""Opening hours: what is stored comes back, and PostgreSQL agrees with it minute by minute."""

from datetime import date
from itertools import pairwise

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listings.models import Listing, OpeningException
from listings.serializers.fields import HoursField, WeeklyHoursField
from tests.factories import listings

REUSED = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)

marks = st.lists(st.integers(0, 48), min_size=0, max_size=8, unique=True).map(sorted)
days = marks.map(lambda halves: [[clock(a), clock(b)] for a, b in zip(halves[::2], halves[1::2], strict=False)])
weeks = st.dictionaries(st.sampled_from("1234567"), days)


def clock(half_hours):
    return f"{half_hours // 2:02}:{half_hours % 2 * 30:02}"


def minutes(text):
    return int(text[:2]) * 60 + int(text[3:])


@REUSED
@given(weeks)
def test_a_week_comes_back_as_it_was_written(alice, week):
    listing = listings.draft(alice, opening=WeeklyHoursField().run_validation(week))
    back = WeeklyHoursField().to_representation(Listing.objects.get(pk=listing.pk).opening)

    assert back == {day: week[day] for day in sorted(week) if week[day]}


@REUSED
@given(weeks, st.integers(1, 7), st.integers(0, 1440))
def test_the_database_knows_when_it_is_open_both_ends_included(alice, week, day, minute):
    listing = listings.draft(alice, opening=WeeklyHoursField().run_validation(week))
    with connection.cursor() as cursor:
        cursor.execute("SELECT opening[%s] @> %s FROM listings_listing WHERE id = %s", [day, minute, listing.pk])
        (found,) = cursor.fetchone()

    assert found == any(minutes(a) <= minute <= minutes(b) for a, b in week.get(str(day), []))


@REUSED
@given(days)
def test_a_dates_own_hours_come_back_as_they_were_written(alice, day):
    listing = listings.draft(alice)
    OpeningException.objects.create(listing=listing, date=date(2027, 7, 14), hours=HoursField().run_validation(day))

    assert HoursField().to_representation(OpeningException.objects.get(listing=listing).hours) == day


@given(st.lists(st.tuples(st.integers(0, 48), st.integers(0, 48)).filter(lambda pair: pair[0] < pair[1]), max_size=4))
def test_stretches_in_any_order_open_the_same_minutes_once(pairs):
    hours = HoursField().run_validation([[clock(a), clock(b)] for a, b in pairs])

    assert list(hours) == sorted(hours)
    assert all(before[1] < after[0] for before, after in pairwise(hours))
    for minute in range(0, 1441, 15):
        assert any(a <= minute <= b for a, b in hours) == any(a * 30 <= minute <= b * 30 for a, b in pairs)


@pytest.mark.parametrize("bad", [None, "09:00", [["09:00", "12:00", "13:00"]], [[9, 12]], [["09:00", None]], [{}], {}])
def test_what_is_no_hours_is_refused(api, alice, bad):
    draft = listings.draft(alice)
    answer = api(alice).patch(f"/api/my/listings/{draft.uuid}", {"opening_hours": {"1": bad}})

    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["opening_hours"])
