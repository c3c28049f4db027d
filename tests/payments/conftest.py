"""The real library over real HTTP to a real stand-in process; its signed webhooks come to the test's own client."""

from collections.abc import Callable, Iterator

import pytest
from rest_framework.test import APIClient

from bikeens.accounts.models import User
from tests.factories.money import Journey, LocalStripe
from tests.payments.sandbox.stand_in import Inbox, StandIn, running


@pytest.fixture(scope="session")
def stripe_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    inbox = Inbox()
    with running(tmp_path_factory.mktemp("stripe") / "state.sqlite3", inbox.url) as base:
        yield StandIn(base, inbox)
    inbox.server.shutdown()
    inbox.server.server_close()


@pytest.fixture
def stripe(stripe_process: StandIn, settings, commits: None) -> LocalStripe:
    """The local Stripe, empty, at the address the gateway talks to."""
    settings.STRIPE_API_BASE = stripe_process.base
    return LocalStripe(stripe_process)


@pytest.fixture
def journey(stripe: LocalStripe, run_jobs: Callable[[], None], api: Callable[[User | None], APIClient]) -> Journey:
    """Bob rents Alice's bike, step by step, through the API."""
    return Journey(stripe=stripe, run_jobs=run_jobs, api=api)
