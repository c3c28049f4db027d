from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from bikeens.core import clock
from bikeens.core.errors import Refused
from bikeens.core.models import ClockOffset

pytestmark = pytest.mark.django_db


def ahead():
    return clock.now() - datetime.now(UTC)


def test_the_clock_shows_utc_and_real_time_at_rest():
    assert clock.now().tzinfo is UTC
    assert abs(ahead()) < timedelta(seconds=1)


def test_the_clock_travels_and_adds_up_and_comes_back():
    clock.travel(timedelta(days=2))
    answer = clock.travel(timedelta(hours=3))
    assert abs(ahead() - timedelta(days=2, hours=3)) < timedelta(seconds=1)
    assert abs(answer - clock.now()) < timedelta(seconds=1)
    assert ClockOffset.objects.get().offset == timedelta(days=2, hours=3)
    clock.reset()
    assert abs(ahead()) < timedelta(seconds=1)
    assert not ClockOffset.objects.exists()


def test_the_clock_travels_to_an_instant_and_goes_on_ticking():
    there = datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    clock.travel_to(there)
    first = clock.now()
    assert timedelta(0) <= first - there < timedelta(seconds=1)
    assert clock.now() > first


def test_another_process_sees_the_move_when_its_memory_runs_out(settings, monkeypatch):
    ClockOffset.objects.create(pk=1, offset=timedelta(days=1))
    assert abs(ahead()) < timedelta(seconds=1)
    monkeypatch.setattr(clock, "_cached_until", 0.0)
    assert abs(ahead() - timedelta(days=1)) < timedelta(seconds=1)


def test_reading_the_time_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        clock.now()


def test_in_production_nobody_moves_it_and_a_row_moves_nothing(settings, monkeypatch):
    settings.CLOCK_MOVABLE = False
    for move in (lambda: clock.travel(timedelta(days=1)), clock.reset):
        with pytest.raises(Refused) as caught:
            move()
        assert caught.value.code == "clock_fixed"
    ClockOffset.objects.create(pk=1, offset=timedelta(days=1))
    monkeypatch.setattr(clock, "_cached_until", 0.0)
    assert abs(ahead()) < timedelta(seconds=1)


def test_there_is_one_offset_at_most():
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE conname = 'clock_offset_one_row'")
        assert cursor.fetchone()
