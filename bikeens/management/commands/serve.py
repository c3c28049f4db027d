"""Run the whole site on this machine: web, worker and, unless Stripe's keys are set, the local Stripe."""

import argparse
import os
import sys
import threading
import time
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand
from honcho.manager import Manager

# A process of Python uses one core; beyond four the database wants some, too.
WORKERS = min(4, os.cpu_count() or 1)


def web_command(
    port: int, *, workers: int = WORKERS, threads: int = 4, application: str = "bikeens.wsgi:application"
) -> list[str]:
    """The web server as it is run here, in the tests and in the benchmarks."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", str(threads), "--no-ws", "--log-level", "warning"),
        application,
    ]


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--workers", type=int, default=WORKERS, help="web processes")
        parser.add_argument("--threads", type=int, default=4, help="threads of each web process")

    def handle(self, *, workers: int, threads: int, **options: object) -> None:
        address = urlsplit(settings.PUBLIC_URL)
        port = address.port or (443 if address.scheme == "https" else 80)
        if settings.ENVIRONMENT == "development":
            port = address.port or 8000
        manager = Manager()
        python = sys.executable
        web = " ".join([*web_command(port, workers=workers, threads=threads), "--respawn-failed-workers"])
        manager.add_process("web", web, env=dict(os.environ))
        manager.add_process("worker", f"{python} manage.py procrastinate worker", env=dict(os.environ))
        if settings.SANDBOX:
            manager.add_process("stripe", f"{python} manage.py sandbox", env=dict(os.environ))
        threading.Thread(target=self._announce, args=(f"http://127.0.0.1:{port}/healthz",), daemon=True).start()
        manager.loop()
        sys.exit(manager.returncode)

    def _announce(self, health: str) -> None:
        """Say where the site is once it answers, and not before."""
        for _ in range(300):
            try:
                with urllib.request.urlopen(health, timeout=2):  # noqa: S310
                    break
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        self.stdout.write(f"\n  Bikeens is open: {settings.PUBLIC_URL}\n\n")
        accounts = settings.DATA_DIR / "demo-accounts.txt"
        if accounts.exists():
            self.stdout.write(accounts.read_text())
        self.stdout.flush()
