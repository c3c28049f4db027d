"""An import's life: sent, looked through, confirmed, brought in, swept; row by row, so that a killed run goes on.

A row's listing and its line of the report are written in one transaction, under the import's lock: whoever runs the
job again, or beside a worker thought dead, finds the line and leaves the row alone.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate.contrib.django import app as jobs

from bikeens.accounts.models import User
from bikeens.accounts.selectors import person_by_email
from bikeens.core import clock
from bikeens.core.errors import NotFound, Refused
from listings.models import Import, ImportLine, ImportPhoto, ImportState, Outcome
from listings.models.imports import AT_WORK
from listings.trade import photos
from listings.trade.columns import OWNER, REFERENCE
from listings.trade.photos import Source
from listings.trade.reading import Problem, Sheet, read_sheet
from listings.trade.rows import Bringer, Line

REPORT_KEPT = timedelta(days=30)
# A file that nobody confirmed, or whose work never ended.
WAITS = timedelta(days=1)
TASK = "listings.work_off_import"


@transaction.atomic
def start_import(*, owner: User, content: bytes, file_name: str, sent: Mapping[str, bytes], language: str) -> Import:
    """Keep a file and its photos and have them looked through. Earlier files that wait for a yes are forgotten.

    Raises Invalid or TooLarge for a file that can't be read at all, Refused("import_at_work") for a second one at once.
    """
    sheet = read_sheet(content)
    _forget(Import.objects.filter(owner=owner, state=ImportState.CHECKED))
    try:
        with transaction.atomic():
            made = Import.objects.create(
                owner=owner,
                language=language,
                file_name=file_name[:120].replace("\0", ""),
                content=content,
                rows=len(sheet.rows),
            )
    except IntegrityError as error:
        message = _("Another import of yours is at work. Wait for it, or cancel it.")
        raise Refused("import_at_work", message) from error
    ImportPhoto.objects.bulk_create(
        [ImportPhoto(import_of=made, name=name, content=data) for name, data in sent.items()], batch_size=20
    )
    _defer(made)
    return made


@transaction.atomic
def confirm_import(*, import_of: Import, language: str) -> Import:
    """Bring in what was looked through, with a report in this language; asked twice, once.

    Raises Refused: not_checked, import_at_work; NotFound.
    """
    found = Import.objects.select_for_update().filter(pk=import_of.pk).first()
    if found is None:
        raise NotFound("not_found", _("There is nothing here."))
    if found.state in (ImportState.IMPORTING, ImportState.DONE):
        return found
    if found.state != ImportState.CHECKED:
        raise Refused("not_checked", _("This file is still being looked through."))
    ImportLine.objects.filter(import_of=found).delete()
    found.state, found.language = ImportState.IMPORTING, language
    found.save(update_fields=["state", "language"])
    _defer(found)
    return found


def cancel_import(*, import_of: Import) -> None:
    """Forget an import, its file and its report. One at work stops before its next row; what was brought in stays."""
    _forget(Import.objects.filter(pk=import_of.pk))


def work_off(import_id: int) -> None:
    """Look through or bring in an import, row by row. Run again after a crash, it goes on where it was."""
    import_of = Import.objects.select_related("owner").filter(pk=import_id, state__in=AT_WORK).first()
    if import_of is None:
        return
    with override(import_of.language):
        sheet = read_sheet(bytes(import_of.content))
        bringer = Bringer(
            owner=import_of.owner,
            headers=sheet.headers,
            source=_source_of(import_of),
            dry_run=import_of.state == ImportState.CHECKING,
        )
        done = set(ImportLine.objects.filter(import_of=import_of).values_list("number", flat=True))
        for row in sheet.rows:
            if row.number in done:
                continue
            with bringer.prepared(row) as ready, transaction.atomic():
                if not _still(import_of):
                    return
                if not ImportLine.objects.filter(import_of=import_of, number=row.number).exists():
                    _note(import_of, bringer.bring(ready))
    _finish(import_of)


def bring_in(*, owner: User | None, content: bytes, folder: Path | None, dry_run: bool) -> Iterator[Line]:
    """The same in this process, for the command: a line after each row; without `owner` each row says whose it is.

    Raises Invalid or TooLarge before the first.
    """
    sheet: Sheet = read_sheet(content, with_owners=owner is None)
    source = photos.of_folder(folder) if folder else photos.nothing
    bringers: dict[str, Bringer | None] = {}
    for row in sheet.rows:
        said = row.cells.get(OWNER.name, "")
        if said not in bringers:
            person = owner or person_by_email(said)
            bringers[said] = (
                Bringer(owner=person, headers=sheet.headers, source=source, dry_run=dry_run) if person else None
            )
        bringer = bringers[said]
        if bringer is None:
            message = _("Nobody has the address “{email}”.").format(email=said[:80])
            problems = row.problems or (Problem(sheet.headers[OWNER.name], message),)
            yield Line(row.number, Outcome.REFUSED, row.cells.get(REFERENCE, "")[:64], errors=problems)
            continue
        with bringer.prepared(row) as ready:
            line = bringer.bring(ready)
        yield line


def sweep_imports() -> int:
    """Reports of thirty days ago go, and files that waited a day for a yes; returns how many."""
    now = clock.now()
    old = Import.objects.filter(created_at__lt=now - REPORT_KEPT)
    waiting = Import.objects.exclude(state=ImportState.DONE).filter(created_at__lt=now - WAITS)
    return _forget(old) + _forget(waiting)


@transaction.atomic
def _forget(imports: QuerySet[Import]) -> int:
    """Delete them under their locks: a line that a row at work writes meanwhile would outlive its import."""
    keys = list(imports.select_for_update().order_by("pk").values_list("pk", flat=True))
    return Import.objects.filter(pk__in=keys).delete()[1].get("listings.Import", 0)


def _defer(import_of: Import) -> None:
    jobs.configure_task(TASK, lock=f"import-{import_of.pk}").defer(import_id=import_of.pk)


def _source_of(import_of: Import) -> Source:
    def read(name: str) -> bytes | None:
        found = ImportPhoto.objects.filter(import_of=import_of, name=photos.key_of(name)).first()
        return None if found is None else bytes(found.content)

    return read


def _still(import_of: Import) -> bool:
    """Whether the import is as it was when this run began, now under its lock."""
    now = Import.objects.select_for_update().filter(pk=import_of.pk, state=import_of.state)
    return now.exists()


def _note(import_of: Import, line: Line) -> None:
    ImportLine.objects.create(
        import_of=import_of,
        number=line.number,
        outcome=line.outcome,
        reference=line.reference.replace("\0", ""),
        title=line.title.replace("\0", ""),
        listing=line.listing.uuid if line.listing else None,
        errors=[problem.as_json() for problem in line.errors],
        changed=list(line.changed),
        notes=list(line.notes),
    )


@transaction.atomic
def _finish(import_of: Import) -> None:
    found = Import.objects.select_for_update().filter(pk=import_of.pk, state=import_of.state).first()
    if found is None:
        return
    found.state = ImportState.CHECKED if found.state == ImportState.CHECKING else ImportState.DONE
    if found.state == ImportState.DONE:
        found.content, found.finished_at = b"", clock.now()
        ImportPhoto.objects.filter(import_of=found).delete()
    found.save(update_fields=["state", "content", "finished_at"])
