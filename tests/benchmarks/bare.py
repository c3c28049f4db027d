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

from tests.benchmarks import loading

_NUMBERS = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?")


@dataclass(frozen=True, slots=True)
class Sent:
    """One statement as the driver got it; `kind` is its text without its numbers."""

    query: Query
    params: Params | None
    kind: str


@dataclass(frozen=True, slots=True)
class Seconds:
    """`costliest`: the kind of statement that took longest, all times it was sent; `all`: every one."""

    costliest: float
    all: float


def statements(path: str) -> list[Sent]:
    """What the site sends to PostgreSQL to answer `path`, in order."""
    with _recorded() as sent:
        answer = InProcess(HTTP_HOST="localhost").get(path)
    assert answer.status_code == 200, answer.content[:500]
    return sent


class Replay:
    """Sends recorded statements as the site does: the same kind of cursor, in one transaction."""

    def __init__(self, database: str) -> None:
        self._connection = loading.connect(database)
        self._text = psycopg.ClientCursor(self._connection)

    def __enter__(self) -> "Replay":
        return self

    def __exit__(self, *_error: object) -> None:
        self._connection.close()

    def seconds(self, sent: Sequence[Sent]) -> Seconds:
        by_kind: dict[str, float] = defaultdict(float)
        with self._connection.transaction():
            for statement in sent:
                began = time.perf_counter()
                self._text.execute(statement.query, statement.params)
                if self._text.description:
                    self._text.fetchall()
                by_kind[statement.kind] += time.perf_counter() - began
        return Seconds(max(by_kind.values(), default=0.0), sum(by_kind.values()))


@contextmanager
def _recorded() -> Iterator[list[Sent]]:
    """Everything that Django's connection executes here, transactions excepted."""
    sent: list[Sent] = []

    def note(execute: Any, query: Any, params: Any, many: bool, context: Any) -> Any:
        text = query if isinstance(query, str) else query.as_string(context["cursor"].cursor)
        sent.append(Sent(query, params, _NUMBERS.sub("?", text)))
        return execute(query, params, many, context)

    with site_connection.execute_wrapper(note):
        yield sent
