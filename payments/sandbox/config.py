"""What a stand-in process is told at its start."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

DEFAULT_PORT = 12111
# Known to everybody on purpose: they sign messages between two processes on one machine.
LOCAL_SECRETS = {
    "platform": "whsec_local_platform",
    "connect": "whsec_local_connect",
    "thin": "whsec_local_thin",
}


@dataclass(frozen=True, slots=True)
class Config:
    """`state` is the SQLite file; `webhooks` the site's address ("http://127.0.0.1:8000"), or None to post none."""

    state: Path
    port: int = DEFAULT_PORT
    webhooks: str | None = None
    secrets: dict[str, str] = field(default_factory=lambda: dict(LOCAL_SECRETS))
    # Seconds between two attempts to deliver one event: the last one repeats.
    retry_after: tuple[float, ...] = (0.2, 0.5, 1, 2, 5, 15, 60)
    webhook_timeout: float = 10
    # Asked before every piece of work: seconds the site's own clock runs ahead of real time.
    ahead: Callable[[], float] | None = None
