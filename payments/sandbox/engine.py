"""What every noun of the stand-in needs: the memory, the time, and a way to say that something happened."""

import threading
import time

from payments.sandbox.config import Config
from payments.sandbox.errors import no_such
from payments.sandbox.json_types import JsonObject
from payments.sandbox.store import Store


class Sandbox:
    """One stand-in: its configuration, its memory and its clock."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.store = Store(config.state)
        # Told when there may be something to deliver; the number says whether anything came since one last looked.
        self.news = threading.Condition()
        self.stirred = 0
        # The call that is being answered, for the events it causes.
        self.cause: dict[str, str | None] = {"id": None, "idempotency_key": None}
        self._offset = self._remembered_offset()
        self._ahead = 0.0

    def _remembered_offset(self) -> float:
        offset = self.store.note("clock_offset", 0)
        return float(offset) if isinstance(offset, int | float) else 0.0

    @property
    def offset(self) -> float:
        """Seconds the stand-in's clock runs ahead of the real one."""
        return self._offset

    def set_offset(self, seconds: float) -> None:
        """Move the clock (kept over a restart)."""
        self.store.set_note("clock_offset", seconds)
        self._offset = seconds

    def reset(self) -> None:
        """Forget everything, the clock's offset too."""
        self.store.wipe()
        self._offset = 0.0

    def stir(self) -> None:
        """Wake whoever waits for news."""
        with self.news:
            self.stirred += 1
            self.news.notify_all()

    def look_at_the_clock(self) -> None:
        """Follow the site's clock, if there is one."""
        if self.config.ahead is not None:
            self._ahead = self.config.ahead()

    def now(self) -> int:
        """Unix time in whole seconds by the stand-in's clock."""
        return int(time.time() + self._offset + self._ahead)

    def need(self, kind: str, id: str, *, param: str | None = None, noun: str | None = None) -> JsonObject:
        """An object that must exist. Raises resource_missing: 404 for one in the path, 400 for one named by `param`."""
        found = self.store.get(kind, id)
        if found is None:
            raise no_such(noun or kind, id, param=param or "id", status=400 if param else 404)
        return found
