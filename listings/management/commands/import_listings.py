import argparse
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext_lazy

from bikeens.accounts.selectors import person_by_email
from bikeens.core.errors import DomainError
from listings.limits import IMPORT_BYTES
from listings.models import Outcome
from listings.trade.rows import Line
from listings.trade.work import bring_in

SAID = {
    Outcome.CREATED: pgettext_lazy("row", "created"),
    Outcome.UPDATED: pgettext_lazy("row", "updated"),
    Outcome.UNCHANGED: pgettext_lazy("row", "unchanged"),
    Outcome.REFUSED: pgettext_lazy("row", "refused"),
}


class Command(BaseCommand):
    help = "Bring in a CSV of listings: create, update, or say line by line what is wrong. Run twice, nothing doubles."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        languages = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("file", type=Path)
        parser.add_argument("--owner", help="whose bikes these are, by e-mail; else the file's column “owner” says it")
        parser.add_argument("--photos", type=Path, help="folder of the photos that the file names")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
        parser.add_argument("--language", choices=languages, default=settings.LANGUAGE_CODE, help="of the report")

    def handle(
        self, *, file: Path, owner: str | None, photos: Path | None, dry_run: bool, language: str, **options: object
    ) -> None:
        with override(language):
            self._bring(file, owner, photos, dry_run=dry_run)

    def _bring(self, file: Path, owner: str | None, photos: Path | None, *, dry_run: bool) -> None:
        person = None if owner is None else person_by_email(owner)
        if owner is not None and person is None:
            raise CommandError(_("Nobody has the address “{email}”.").format(email=owner))
        if photos is not None and not photos.is_dir():
            raise CommandError(_("There is no folder {folder}.").format(folder=photos))
        try:
            with file.open("rb") as opened:
                content = opened.read(IMPORT_BYTES + 1)
        except OSError as error:
            message = _("{file} can't be read: {why}.")
            raise CommandError(message.format(file=file, why=error.strerror)) from error
        counts = dict.fromkeys(Outcome, 0)
        try:
            for line in bring_in(owner=person, content=content, folder=photos, dry_run=dry_run):
                counts[line.outcome] += 1
                self.stdout.write(_said(line))
        except DomainError as error:
            whose = _("Say whose bikes these are: by --owner, or in a column “owner”.")
            raise CommandError(whose if error.code == "no_owner" else str(error.message)) from error
        self.stdout.write(
            ", ".join(_("{what}: {count}").format(what=SAID[outcome], count=count) for outcome, count in counts.items())
        )
        if dry_run:
            self.stdout.write(_("Nothing was written: leave --dry-run out to do it."))
        if counts[Outcome.REFUSED]:
            raise CommandError(_("Some rows were refused."), returncode=3)


def _said(line: Line) -> str:
    head = _("line {number}: {what} {reference}")
    parts = [head.format(number=line.number, what=SAID[line.outcome], reference=line.reference).rstrip()]
    parts += [
        "  " + _("{what}: {message}").format(what=problem.column, message=problem.message)
        if problem.column
        else f"  {problem.message}"
        for problem in line.errors
    ]
    parts += ["  " + _("differs: {columns}").format(columns=", ".join(line.changed))] if line.changed else []
    parts += [f"  {note}" for note in line.notes]
    return "\n".join(parts)
