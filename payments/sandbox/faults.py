"""Answers spoilt on purpose: what a network and a busy Stripe do to a caller."""

import threading
from dataclasses import dataclass
from fnmatch import fnmatchcase

from payments.sandbox.json_types import JsonObject
from payments.sandbox.wire import Answer


@dataclass(slots=True)
class Fault:
    """One ordered mishap for the next `times` calls whose method and path match (`*` stands for anything).

    name: lose_answer (the work is done, the connection drops), lose_call (it drops before any work), status (an error
    answer with this status instead of any work), slow (the work takes `seconds`, and its idempotency key as long).
    """

    name: str
    path: str
    method: str = "POST"
    times: int = 1
    status: int = 500
    seconds: float = 0

    @property
    def before(self) -> bool:
        """Whether nothing is done for the call."""
        return self.name in ("lose_call", "status")

    def spoil(self, answer: Answer | None) -> Answer:
        """What the caller gets instead of the answer."""
        if self.name in ("lose_call", "lose_answer"):
            return Answer(drop=True)
        if answer is None:
            kind = "rate_limit" if self.status == 429 else "api_error"
            body: JsonObject = {"error": {"type": kind, "message": "An error ordered by the control API."}}
            return Answer.of_json(body, self.status)
        return answer


class Faults:
    """The mishaps still to come, in the order they were asked for."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, fault: Fault) -> None:
        """Order one."""
        with self._lock:
            self._waiting.append(fault)

    def clear(self) -> None:
        """Order no more."""
        with self._lock:
            self._waiting.clear()

    def take(self, method: str, path: str) -> Fault | None:
        """The first mishap that fits this call, used up by it."""
        with self._lock:
            for fault in self._waiting:
                if fault.method in (method, "*") and fnmatchcase(path, fault.path):
                    fault.times -= 1
                    if fault.times < 1:
                        self._waiting.remove(fault)
                    return fault
        return None
