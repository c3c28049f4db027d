"""The data set of `make bench`: the same for the same seed, and rows that the database itself accepts."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from bikeens.core import clock
from listings.choices import BlockKind
from listings.geo import LatLon
from listings.models import Block, Listing, MapCell
from tests import database
from tests.benchmarks import bikes, dataset
from tests.benchmarks.bikes import Town, Towns

NARBONNE = Towns([Town("Narbonne", "Europe/Paris", LatLon(43.18, 3.0), weight=1.0, radius_m=1000.0)])
BIKES = 300


def test_the_same_seed_makes_the_same_rows_and_another_one_others():
    first, again, other = (bikes.rows_of(0, listings=50, seed=seed, towns=NARBONNE) for seed in (7, 7, 8))
    assert first == again
    assert first["listings_listing"] != other["listings_listing"]


def test_every_ten_bikes_have_fifty_blocks():
    rows = bikes.rows_of(3, listings=100, seed=7, towns=NARBONNE)
    assert rows["listings_block"].count("\n") == 500


@pytest.fixture
def data_set(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A small data set in a database of its own, at which Django looks meanwhile."""
    usual = connection.settings_dict["NAME"]
    name = f"{dataset.PREFIX}{usual}"
    with django_db_blocker.unblock():
        try:
            yield dataset.ensure(BIKES, name=name)
        finally:
            database.use(usual)
            clock.forget()
            database.drop(name)


def test_the_database_takes_them_and_has_its_indexes_back(data_set: str):
    assert Listing.objects.count() == BIKES
    assert Block.objects.count() == 5 * BIKES
    assert Block.objects.filter(kind=BlockKind.HOLD, lapses_at__lt=bikes.NOW).exists()
    assert MapCell.objects.exists()
    assert abs(clock.now() - bikes.NOW) < timedelta(minutes=1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_indexes WHERE schemaname = 'public'")
        [made] = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM pg_constraint WHERE NOT convalidated")
        assert cursor.fetchone() == (0,)
    usual = data_set.removeprefix(dataset.PREFIX)
    with database.connect(usual) as other:
        assert other.execute("SELECT count(*) FROM pg_indexes WHERE schemaname = 'public'").fetchone() == (made,)


def test_what_is_there_already_is_not_made_again(data_set: str):
    Listing.objects.filter(pk=1).update(title="Still here")
    dataset.ensure(BIKES, name=data_set)
    assert Listing.objects.get(pk=1).title == "Still here"
