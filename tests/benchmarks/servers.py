"""Starts what is measured: the web server as `manage.py serve` starts it, a process of four threads for each core."""

import contextlib
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.conf import settings

from bikeens.management.commands.serve import web_command
from tests import database
from tests.e2e.site import Pause, free_ports

STARTS_WITHIN_S = 60


@contextlib.contextmanager
def site(folder: Path) -> Iterator[int]:
    """The site on the database that Django uses here; its port."""
    with contextlib.ExitStack() as stack:
        [port] = free_ports(1)
        environment = database.environment() | {
            "BIKEENS_PUBLIC_URL": f"http://localhost:{port}",
            "BIKEENS_DATA_DIR": str(folder),
            "BIKEENS_LOG_LEVEL": "ERROR",
            # The client says for whom it asks: one visitor would soon meet the limits.
            "BIKEENS_TRUSTED_PROXIES": "1",
        }
        stack.enter_context(serving(port, environment, ready="/healthz", log=folder / "site.log"))
        yield port


@contextlib.contextmanager
def serving(
    port: int,
    environment: Mapping[str, str],
    *,
    ready: str,
    log: Path,
    application: str = "bikeens.wsgi:application",
) -> Iterator[None]:
    """A web server until it is left, from the moment when it answers at `ready`."""
    with log.open("w") as said:
        process = subprocess.Popen(
            web_command(port, application=application),
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(f"http://127.0.0.1:{port}{ready}", log)
            yield
        finally:
            process.terminate()
            process.wait(20)


def _wait(address: str, log: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < deadline:
        with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(address, timeout=10):
            return
        Pause().short()
    raise AssertionError(f"{address} never answered.\n{log.read_text()[-4000:]}")
