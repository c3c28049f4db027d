"""One stand-in process for the whole folder, emptied before each test."""

import pytest

from tests.payments.sandbox.stand_in import Inbox, StandIn, running


@pytest.fixture(scope="session")
def inbox():
    inbox = Inbox()
    yield inbox
    inbox.server.shutdown()
    inbox.server.server_close()


@pytest.fixture(scope="session")
def process(tmp_path_factory, inbox):
    with running(tmp_path_factory.mktemp("sandbox") / "state.sqlite3", inbox.url) as base:
        yield StandIn(base, inbox)


@pytest.fixture
def stand_in(process):
    process.control("reset")
    process.inbox.received.clear()
    process.inbox.status = 200
    return process
