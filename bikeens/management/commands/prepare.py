"""Bring everything up to date before the site starts: messages, database, towns and, with --demo, the demo."""

import argparse

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = __doc__
    # The checks run with `migrate`; before it there may be no table to check against.
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="fill an empty database with the demo")

    def handle(self, *, demo: bool, **options: object) -> None:
        # One process for all of it: starting Python and Django takes longer than finding nothing to do.
        call_command("messages", "--compile")
        call_command("migrate", verbosity=0)
        call_command("import_places", verbosity=0)
        if demo:
            call_command("seed_demo")
