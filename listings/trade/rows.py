"""One row of a file to one listing, by the actions and serializers that the API itself uses."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from bikeens.accounts.models import User
from bikeens.core.errors import DomainError, Invalid, Refused
from bikeens.core.problems import problem_of
from listings import actions
from listings.actions import Changes
from listings.actions.locking import lock_to_edit
from listings.actions.numbers import BikeHeld, note_held
from listings.choices import Status
from listings.completeness import missing_of
from listings.geo import LatLon, to_mercator
from listings.models import Listing, Outcome
from listings.serializers.changes import ListingChanges
from listings.trade import doors
from listings.trade.cells import Json, Unreadable
from listings.trade.columns import ADDRESS, LAT, LON, PHOTOS, POSTCODE, REFERENCE, STATUS, TOWN, column_of, columns
from listings.trade.differences import changed_columns, only_differences
from listings.trade.gallery import Gallery, gather, hang
from listings.trade.matching import listing_by_reference
from listings.trade.photos import Source
from listings.trade.reading import Problem, Row
from listings.trade.shape import nested

log = logging.getLogger(__name__)

NOTHING, NO_PHOTOS = Changes(), Gallery()
OWN = (REFERENCE, STATUS, POSTCODE, TOWN, PHOTOS)


@dataclass(frozen=True, slots=True)
class Line:
    """What became of a row."""

    number: int
    outcome: Outcome
    reference: str = ""
    title: str = ""
    listing: Listing | None = None
    errors: tuple[Problem, ...] = ()
    changed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ready:
    """A row that was read, found a place for and its photos stored, with nothing in the database yet."""

    row: Row
    changes: Changes = NOTHING
    status: str = ""
    gallery: Gallery = NO_PHOTOS
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


class Bringer:
    """Brings the rows of one file to the listings of its owner; `headers` are what the file calls its columns."""

    def __init__(self, *, owner: User, headers: Mapping[str, str], source: Source, dry_run: bool) -> None:
        self.owner, self.headers, self.source, self.dry_run = owner, headers, source, dry_run

    @contextmanager
    def prepared(self, row: Row) -> Iterator[Ready]:
        """Around the row's transaction: what takes long or needs the network comes before it, photos' files included.

        Files of photos that hang nowhere afterwards go. Who is killed, or loses the database and can't know whether
        the row was kept, leaves them to the nightly sweep.
        """
        try:
            ready = self._read(row)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            ready = Ready(row, problems=(_broke(row, error),))
        yield ready
        actions.drop_unused(ready.gallery.stored)

    def _read(self, row: Row) -> Ready:
        """Read the cells, ask the geocoder for the door, and store the photos."""
        if row.problems:
            return Ready(row, problems=row.problems)
        values, problems = self._values(row)
        own = {name: values.pop(name, None) for name in OWN}
        given = [name for name in (LAT, LON) if row.cells.get(name)]
        located, unread = len(given) == 2, {problem.column for problem in problems}
        asks = not located or own[PHOTOS] or own[POSTCODE] or own[TOWN]
        there = listing_by_reference(self.owner, row.cells[REFERENCE]) if asks else None
        # A file without addresses names the town of a bike that has none, and doesn't touch the others'.
        if ADDRESS in values or ((own[POSTCODE] or own[TOWN]) and not (there and there.address)):
            address = values.get(ADDRESS) or ""
            values[ADDRESS] = doors.full_address(address, own[POSTCODE] or "", own[TOWN] or "")
        if len(given) == 1:
            missing = LON if given == [LAT] else LAT
            problems.append(self._problem(missing, _("Latitude and longitude go together: one is missing.")))
        body = nested(values)
        if not located:
            body.pop("exact_point", None)
        form = ListingChanges(data=body)
        if not form.is_valid():
            # Of a cell that was not understood the form says that it is missing.
            problems += [problem for problem in self._of_fields(_fields_of(form)) if problem.column not in unread]
        if problems:
            return Ready(row, problems=tuple(problems[:20]))
        ready = Ready(row, form.changes(), own[STATUS] or "")
        if not located:
            ready = self._with_door(ready, there, own[TOWN] or "")
        if not own[PHOTOS] or ready.problems:
            return ready
        try:
            return replace(ready, gallery=gather(there, own[PHOTOS], self.source, dry_run=self.dry_run))
        except DomainError as error:
            return replace(ready, problems=tuple(self._of(error)))

    def bring(self, ready: Ready) -> Line:
        """One transaction, the whole row or nothing, without network or files. A dry run takes it back."""
        row = ready.row
        line = Line(row.number, Outcome.REFUSED, row.cells.get(REFERENCE, "")[:64], row.cells.get("title", "")[:80])
        if ready.problems:
            return replace(line, errors=ready.problems)
        try:
            with transaction.atomic():
                done = self._written(ready, line)
                if self.dry_run:
                    transaction.set_rollback(True)
                return done
        except BikeHeld as held:
            # What staff were told was taken back with the row.
            note_held(held)
            return replace(line, errors=tuple(self._of(held)))
        except DomainError as error:
            return replace(line, errors=tuple(self._of(error)))
        except IntegrityError:
            message = _("This listing is being changed elsewhere at this moment. Import the file again.")
            return replace(line, errors=(Problem("", message),))
        except (OperationalError, InterfaceError):
            # The database is away: the whole run is tried again.
            raise
        except Exception as error:
            return replace(line, errors=(_broke(row, error),))

    def _values(self, row: Row) -> tuple[dict[str, Json], list[Problem]]:
        values: dict[str, Json] = {}
        problems: list[Problem] = []
        for column in columns():
            text = row.cells.get(column.name)
            if text is None:
                continue
            try:
                values[column.name] = column.kind.read(text) if text else column.blank
            except Unreadable as error:
                problems.append(self._problem(column.name, str(error)))
        return values, problems

    def _with_door(self, ready: Ready, there: Listing | None, town: str) -> Ready:
        address = ready.changes.columns.get(ADDRESS)
        if not isinstance(address, str) or not address:
            return ready
        if there is not None and there.address == address and there.exact_point is not None:
            return ready
        door = doors.door_of(address)
        if door is None and there is not None and there.published_at is not None:
            message = _("Nobody could tell us where this is. Give its latitude and longitude, or change it on the map.")
            return replace(ready, problems=(self._problem(ADDRESS, message),))
        note = ""
        if door is None:
            note = _("A draft for now: set the place on the map, then publish.")
            if town and not doors.town_known(town):
                note = _("We know no town called {town}.").format(town=town[:60]) + " " + note
        return replace(ready, changes=_placed(ready.changes, door), notes=(note,) if note else ())

    def _written(self, ready: Ready, line: Line) -> Line:
        there = listing_by_reference(self.owner, line.reference)
        changed: list[str] = []
        if there is None:
            columns = {**ready.changes.columns, "reference": line.reference}
            listing = actions.create_listing(owner=self.owner, changes=replace(ready.changes, columns=columns))
        else:
            listing = lock_to_edit(there)
            changes = only_differences(listing, ready.changes)
            changed = changed_columns(changes)
            if changed:
                listing = actions.update_listing(listing=listing, changes=changes)
        if ready.gallery.wanted and hang(listing, ready.gallery, dry_run=self.dry_run):
            changed.append(PHOTOS)
        moved, notes = self._turned(listing, ready)
        changed += [STATUS] if moved else []
        outcome = Outcome.CREATED if there is None else Outcome.UPDATED if changed else Outcome.UNCHANGED
        titles = tuple(self._header(name) for name in dict.fromkeys(changed)) if there else ()
        gone = self.dry_run and there is None
        return replace(
            line,
            outcome=outcome,
            title=listing.title,
            listing=None if gone else listing,
            changed=titles,
            notes=(*ready.notes, *notes),
        )

    def _turned(self, listing: Listing, ready: Ready) -> tuple[bool, tuple[str, ...]]:
        """Bring a listing to the status that the row asks for; whether it moved, and what to say."""
        asked, now = ready.status, Status(listing.status)
        if asked in ("", now):
            return False, ()
        if asked in (Status.DRAFT, Status.SUSPENDED):
            message = _("This listing is “{now}” and can't become “{asked}” here.")
            said = message.format(now=now.label, asked=Status(asked).label)
            raise _refusal(STATUS, said)
        if now == Status.DRAFT:
            missing = dict(missing_of(Listing.objects.get(pk=listing.pk)))
            if self.dry_run and ready.gallery.wanted:
                missing.pop("photos", None)
            if list(missing) == ["exact_point"]:
                return False, () if ready.notes else (_("A draft for now: set the place on the map, then publish."),)
            if missing:
                raise Refused("incomplete", _("Something is missing before others can see this bike."), fields=missing)
            if self.dry_run:
                return True, ()
            try:
                actions.publish_listing(listing=listing)
            except BikeHeld as held:
                # The draft stays, as in the editor: it is what staff look at.
                return False, (str(held.message),)
        elif asked == Status.PUBLISHED:
            actions.resume_listing(listing=listing)
        if asked == Status.PAUSED:
            actions.pause_listing(listing=listing)
        return True, ()

    def _of(self, error: DomainError) -> list[Problem]:
        if error.extra.get("column"):
            return [self._problem(str(error.extra["column"]), str(error.message))]
        return self._of_fields(error.fields) or [Problem("", str(error.message))]

    def _of_fields(self, fields: Mapping[str, Any]) -> list[Problem]:
        said = [(column_of(field), one["message"]) for field, errors in fields.items() for one in errors]
        return [self._problem(name, message) for name, message in dict.fromkeys(said)][:20]

    def _problem(self, name: str, message: str) -> Problem:
        return Problem(self._header(name), message)

    def _header(self, name: str) -> str:
        """The column as the file has it, or as it would be called in the report's language."""
        named = self.headers.get(name)
        if named:
            return named
        return next((column.header(get_language() or "en") for column in columns() if column.name == name), name)


def _fields_of(form: ListingChanges) -> Mapping[str, Any]:
    """A form's errors as the API says them: flat, each with code and message."""
    fields = (problem_of(ValidationError(form.errors)) or {})["fields"]
    assert isinstance(fields, Mapping)
    return fields


def _broke(row: Row, error: Exception) -> Problem:
    """A mistake of ours in one row must not keep the others out; its text may hold what is private."""
    log.error("line %s of an import broke: %s", row.number, type(error).__name__)
    return Problem("", _("Something of ours broke with this row. The other rows are not touched by it."))


def _placed(changes: Changes, door: LatLon | None) -> Changes:
    point = None if door is None else to_mercator(door)
    return replace(changes, columns={**changes.columns, "exact_point": point})


def _refusal(column: str, message: str) -> Invalid:
    return Invalid("status", message, column=column)
