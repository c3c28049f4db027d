"""The whole site as its users meet it: web, worker and local Stripe as processes of their own on free ports."""

import contextlib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db import connections

from bikeens.management.commands.serve import web_command
from tests import database

R = TypeVar("R")


@dataclass
class Site:
    """A running site. `url` is its address, `stripe` the local Stripe's, `folder` holds media, mail and logs."""

    url: str
    stripe: str
    folder: Path

    def ask_database(self, question: Callable[[], R]) -> R:
        """Run ORM code in a thread of its own: Playwright's event loop occupies this one."""

        def outside() -> R:
            try:
                return question()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(max_workers=1) as thread:
            return thread.submit(outside).result()

    def travel(self, move: Callable[[], object]) -> None:
        """Move the clock, and wait until every process has looked at it again: each trusts it for half a second."""
        self.ask_database(move)
        pause = Pause()
        seen = time.monotonic() + 0.8
        while time.monotonic() < seen:
            pause.short()

    def wait_until(self, question: Callable[[], bool]) -> None:
        """Until the worker has done its part, or fail with what the processes said."""
        pause = Pause()
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self.ask_database(question):
                return
            pause.short()
        raise AssertionError(f"It never came to be.\n{self.log()}")

    def log(self) -> str:
        """What the processes said, for the message of a failed test."""
        return "\n".join(f"--- {file.name}\n{file.read_text()[-4000:]}" for file in sorted(self.folder.glob("*.log")))


@contextlib.contextmanager
def running(folder: Path, *, web_processes: int = 1, threads: int = 4) -> Iterator[Site]:
    """Start everything, wait until it answers, stop it at the end."""
    web_port, stripe_port = free_ports(2)
    url = f"http://localhost:{web_port}"
    environment = database.environment() | {
        "BIKEENS_PUBLIC_URL": url,
        "BIKEENS_SANDBOX_PORT": str(stripe_port),
        "BIKEENS_DATA_DIR": str(folder),
        "BIKEENS_LOG_LEVEL": "INFO",
    }
    manage = [sys.executable, "manage.py"]
    commands = {
        "web": web_command(web_port, workers=web_processes, threads=threads),
        "worker": [*manage, "procrastinate", "worker"],
        "stripe": [*manage, "sandbox"],
    }
    started = []
    try:
        for name, command in commands.items():
            log = (folder / f"{name}.log").open("w")
            started.append(
                subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=log, stderr=subprocess.STDOUT)
            )
        site = Site(url, f"http://127.0.0.1:{stripe_port}", folder)
        wait_for(f"{url}/healthz", site)
        wait_for(f"{site.stripe}/healthz", site)
        yield site
    finally:
        for process in started:
            process.terminate()
        for process in started:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def wait_for(address: str, site: Site) -> None:
    """Until `address` answers, or fail with what the processes said."""
    deadline = time.monotonic() + 30
    pause = Pause()
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            pause.short()
    raise AssertionError(f"{address} never answered.\n{site.log()}")


class Pause:
    """A short wait on a socket that nobody writes to: polling another process has nothing to be woken by."""

    def __init__(self) -> None:
        self._quiet, self._other = socket.socketpair()
        self._quiet.settimeout(0.05)

    def short(self) -> None:
        with contextlib.suppress(TimeoutError):
            self._quiet.recv(1)


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports
