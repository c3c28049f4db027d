"""What PostgreSQL alone needs for a request: the statements that the site sends for it, sent again by psycopg."""

import re
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connection as site_connection
from django.test import Client as InProcess
from psycopg.abc import Params, Query

from bikeens.core.postgresql.base import PLANNER
from tests.benchmarks import loading
from tests.benchmarks.asking import visitor

_NUMBERS = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?")


@dataclass(frozen=True, slots=True)
class Sent:
    """One statement as the driver got it; `kind` is its text without its numbers.

    `bound`: its values travel apart from its text, so that the driver may prepare it.
    """

    query: Query
    params: Params | None
    kind: str
    bound: bool


@dataclass(frozen=True, slots=True)
class Seconds:
    """`costliest`: the kind of statement that took longest, all times it was sent; `all`: every one."""

    costliest: float
    all: float


def statements(path: str) -> list[Sent]:
    """What the site sends to PostgreSQL to answer `path`, in order."""
    with _recorded() as sent:
        answer = InProcess(HTTP_HOST="localhost", REMOTE_ADDR=visitor()).get(path)
    assert answer.status_code == 200, answer.content[:500]
    return sent


class Replay:
    """Sends recorded statements as the site does, through the same kind of cursor, prepared as early, planned alike."""

    def __init__(self, database: str) -> None:
        self._connection = loading.connect(database)
        self._connection.execute(PLANNER)
        site_connection.ensure_connection()
        self._connection.prepare_threshold = site_connection.connection.prepare_threshold
        self._whole = psycopg.ClientCursor(self._connection)
        self._bound = psycopg.Cursor(self._connection)

    def __enter__(self) -> "Replay":
        return self

    def __exit__(self, *_error: object) -> None:
        self._connection.close()

    def seconds(self, sent: Sequence[Sent]) -> Seconds:
        by_kind: dict[str, float] = defaultdict(float)
        with self._connection.transaction():
            for statement in sent:
                cursor = self._bound if statement.bound else self._whole
                began = time.perf_counter()
                cursor.execute(statement.query, statement.params)
                if cursor.description:
                    cursor.fetchall()
                by_kind[statement.kind] += time.perf_counter() - began
        return Seconds(max(by_kind.values(), default=0.0), sum(by_kind.values()))


@contextmanager
def _recorded() -> Iterator[list[Sent]]:
    """Everything that Django's connection executes here, transactions excepted."""
    sent: list[Sent] = []

    def note(execute: Any, query: Any, params: Any, many: bool, context: Any) -> Any:
        cursor = context["cursor"].cursor
        text = query if isinstance(query, str) else query.as_string(cursor)
        bound = not isinstance(cursor, psycopg.ClientCursor)
        sent.append(Sent(query, params, _NUMBERS.sub("?", text), bound))
        return execute(query, params, many, context)

    with site_connection.execute_wrapper(note):
        yield sent
