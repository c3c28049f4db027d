"""Fixtures of every test: one database copied from a template, the clock at rest, people by name."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from procrastinate.contrib.django import app as jobs
from procrastinate.periodic import PeriodicRegistry
from pytest_django.plugin import DjangoDbBlocker
from rest_framework.test import APIClient

from bikeens.accounts.models import User
from bikeens.core import clock
from tests import database
from tests.factories import people


def pytest_configure() -> None:
    call_command("postgres", "start", verbosity=0)
    # Each test client would list every static file first: a fifth of a second that no test needs.
    settings.WHITENOISE_AUTOREFRESH = True
    call_command("messages", "--compile", verbosity=0)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Replaces pytest-django's own: copying a template takes a tenth of a second, migrating takes many."""
    with django_db_blocker.unblock():
        name = database.create()
    yield
    with django_db_blocker.unblock():
        database.drop(name)


@pytest.fixture(autouse=True)
def clock_at_rest() -> Iterator[None]:
    clock.forget()
    yield
    clock.forget()


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, settings) -> None:
    """Photos and mail of a test go where nobody else looks."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def commits(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """For tests whose transactions must really end: empties every table afterwards, the places table excepted."""
    with django_db_blocker.unblock():
        yield
        clock.forget()
        connections.close_all()
        database.empty()


@pytest.fixture
def run_jobs(commits: None) -> Callable[[], None]:
    """Runs the real worker in this process until no job is due."""

    def drain() -> None:
        async def work() -> None:
            worker_app = jobs.with_connector(jobs.connector.get_worker_connector())
            # What runs every minute or hour is called by the test that means it, not by the clock on the wall.
            worker_app.periodic_registry = PeriodicRegistry()
            async with worker_app.open_async():
                await worker_app.run_worker_async(
                    wait=False,
                    install_signal_handlers=False,
                    listen_notify=False,
                    delete_jobs="never",
                    concurrency=1,
                )

        asyncio.run(work())

    return drain


@pytest.fixture
def alice(db: None) -> User:
    return people.alice()


@pytest.fixture
def bob(db: None) -> User:
    return people.bob()


@pytest.fixture
def carol(db: None) -> User:
    return people.carol()


@pytest.fixture
def api() -> Callable[[User | None], APIClient]:
    """`api(bob)` is an API client signed in as Bob; `api(None)` is nobody."""

    def client_of(person: User | None) -> APIClient:
        client = APIClient()
        if person is not None:
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return client_of
