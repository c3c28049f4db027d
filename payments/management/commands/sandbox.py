"""`manage.py sandbox`: the local Stripe, with the site's address, secrets and clock."""

from argparse import ArgumentParser
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from bikeens.core.models import ClockOffset
from payments.sandbox.config import Config
from payments.sandbox.server import CannotListen, serve

# Seconds to wait for the database before going on with the offset known last.
PATIENCE = 2


class SiteClock:
    """Seconds the site's clock runs ahead, read from its database by one thread with one connection."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="clock")
        self._last = 0.0

    def __call__(self) -> float:
        """The offset now; the last one known while the database is away."""
        try:
            return self._thread.submit(self._read).result(timeout=PATIENCE)
        except TooSlow:
            return self._last

    def _read(self) -> float:
        try:
            row = ClockOffset.objects.filter(pk=1).first()
        except DatabaseError:
            # Not there yet, or restarted: the next call connects again.
            connection.close()
            return self._last
        self._last = row.offset.total_seconds() if row else 0.0
        return self._last


class Command(BaseCommand):
    help = "Run the local Stripe: an own process that answers Stripe's API on this machine."
    # It must be up in a moment, and none of the checks are about it.
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=settings.SANDBOX_PORT, help="0 picks a free one")
        parser.add_argument("--state", type=Path, help="the SQLite file that remembers everything")
        parser.add_argument("--webhooks", help="address of the site that gets the events", default=settings.PUBLIC_URL)

    def handle(self, *args: object, **options: object) -> None:
        if settings.ENVIRONMENT == "production":
            raise CommandError("The local Stripe moves no real money: it does not start in production.")
        state = options["state"] or settings.DATA_DIR / "sandbox.sqlite3"
        config = Config(
            state=Path(str(state)),
            port=int(str(options["port"])),
            webhooks=str(options["webhooks"]),
            secrets=dict(settings.STRIPE_WEBHOOK_SECRETS),
            ahead=SiteClock() if settings.CLOCK_MOVABLE else None,
        )
        try:
            serve(config, self._say)
        except CannotListen as error:
            raise CommandError(str(error)) from error

    def _say(self, address: str) -> None:
        self.stdout.write(f"Local Stripe at {address}")
        self.stdout.flush()
