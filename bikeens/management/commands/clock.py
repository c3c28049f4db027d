"""Read or move the clock of every process: `clock`, `clock +26h`, `clock +3d`, `clock +45m`, `clock reset`."""

import argparse
import re
from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError

from bikeens.core import clock

UNITS = {"m": "minutes", "h": "hours", "d": "days"}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("move", nargs="?", default="", help="+26h, +3d, +45m or reset")

    def handle(self, *, move: str, **options: object) -> None:
        if move == "reset":
            clock.reset()
        elif move:
            found = re.fullmatch(r"\+(\d{1,4})([mhd])", move)
            if not found:
                raise CommandError("Say how far: +45m, +26h or +3d; or reset.")
            clock.travel(timedelta(**{UNITS[found[2]]: int(found[1])}))
        self.stdout.write(f"{clock.now():%Y-%m-%d %H:%M} UTC")
