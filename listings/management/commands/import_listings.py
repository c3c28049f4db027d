import argparse
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from bikeens.accounts.models import User
from bikeens.core.errors import DomainError
from listings.limits import IMPORT_BYTES
from listings.models import Outcome
from listings.trade.rows import Line
from listings.trade.work import bring_in


class Command(BaseCommand):
    help = "Bring a CSV of listings to an owner: create, update, or say line by line what is wrong. Run twice, once."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--owner", required=True, help="the owner's e-mail address")
        parser.add_argument("--photos", type=Path, help="folder of the photos that the file names")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")

    def handle(self, *, file: Path, owner: str, photos: Path | None, dry_run: bool, **options: object) -> None:
        person = User.objects.filter(email=owner.strip().lower(), is_active=True).first()
        if person is None:
            raise CommandError(f"Nobody has the address {owner}.")
        if photos is not None and not photos.is_dir():
            raise CommandError(f"There is no folder {photos}.")
        try:
            with file.open("rb") as opened:
                content = opened.read(IMPORT_BYTES + 1)
        except OSError as error:
            raise CommandError(f"{file} can't be read: {error.strerror}.") from error
        counts = dict.fromkeys(Outcome.values, 0)
        try:
            with override(person.language):
                for line in bring_in(owner=person, content=content, folder=photos, dry_run=dry_run):
                    counts[line.outcome] += 1
                    self.stdout.write(_said(line))
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        self.stdout.write(", ".join(f"{count} {outcome}" for outcome, count in counts.items()))
        if dry_run:
            self.stdout.write("Nothing was written: leave --dry-run out to do it.")
        if counts[Outcome.REFUSED]:
            raise CommandError("Some rows were refused.", returncode=3)


def _said(line: Line) -> str:
    parts = [f"line {line.number}: {line.outcome} {line.reference}".rstrip()]
    parts += [
        f"  {problem.column}: {problem.message}" if problem.column else f"  {problem.message}"
        for problem in line.errors
    ]
    parts += [f"  differs: {', '.join(line.changed)}"] if line.changed else []
    parts += [f"  {note}" for note in line.notes]
    return "\n".join(parts)
