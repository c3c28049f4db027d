"""What every writer of the database shares."""

import functools
import random
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection
from psycopg import errors

P = ParamSpec("P")
R = TypeVar("R")

ATTEMPTS = 5


def retry_on_conflict(call: Callable[P, R]) -> Callable[P, R]:
    """Run the whole call again, five times at most, when PostgreSQL ends it for a deadlock or a serialization failure.

    The call must open its own transaction: inside somebody else's there is nothing left to retry.
    """

    @functools.wraps(call)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return call(*args, **kwargs)
            except OperationalError as error:
                conflict = isinstance(error.__cause__, errors.DeadlockDetected | errors.SerializationFailure)
                if not conflict or connection.in_atomic_block or attempt == ATTEMPTS:
                    raise
                time.sleep(random.uniform(0.005, 0.02) * attempt)  # noqa: S311
        raise AssertionError("unreachable")

    return wrapped
