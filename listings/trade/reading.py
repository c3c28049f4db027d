"""A file of listings as its rows: encoding, delimiter, header, and what is wrong with which cell. Knows no ORM rows.

Detectors of encodings guess by statistics, which short lists of bikes are too little for: charset-normalizer took
three lines of French in Windows-1252 for Korean. So only what can be told for certain is read, and the rest refused.
"""

import codecs
import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from bikeens.core.errors import Invalid, TooLarge
from listings.limits import IMPORT_BYTES, IMPORT_ROWS
from listings.places.names import plain
from listings.trade.columns import REFERENCE, Column, by_header
from listings.trade.formulas import spoken

DELIMITERS = (";", ",", "\t")
# A spreadsheet's own limit is 32,767.
LONGEST_CELL = 32_000
LONGEST_REFERENCE = 64
# Of one row.
MOST_PROBLEMS = 10
# Bytes that are whole characters in UTF-8 and nonsense in Windows-1252: a file of both.
MIXED = re.compile(rb"[\xc2\xc3][\x80-\xbf]")
# What people write in western Europe. In other eight-bit encodings the same bytes are other letters: the é of an old
# Macintosh would be read as Ž, that of DOS as a low quotation mark.
WESTERN = frozenset(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿŒœß«»‘’“”–—…•€£°²³¼½¾·§©®™±×µ¡¿ºª\u00a0\u00ad"
)


@dataclass(frozen=True, slots=True)
class Problem:
    """`column` is its header as the file has it; empty: the whole row."""

    column: str
    message: str

    def as_json(self) -> dict[str, str]:
        return {"column": self.column, "message": self.message}


@dataclass(frozen=True, slots=True)
class Row:
    """`cells` by the column's name; what they say is read by `rows`, unless there are problems already."""

    number: int
    cells: dict[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """`headers` are the columns' names and what this file calls them."""

    headers: dict[str, str]
    rows: list[Row]


def read_sheet(content: bytes) -> Sheet:
    """Raises Invalid or TooLarge, with `file`, for a file that can't be read as a whole; rows carry their problems."""
    if len(content) > IMPORT_BYTES:
        message = _("This file is too large: at most {megabytes} MB.").format(megabytes=IMPORT_BYTES // 1024**2)
        raise TooLarge("file_too_large", message, fields={"file": message})
    text = _decoded(content)
    skipped, delimiter, text = _announced(text)
    delimiter = delimiter or _sniffed(text)
    records = _records(text, delimiter, skipped)
    header = next(records, None)
    if header is None:
        raise _refused("file_empty", _("This file is empty."))
    named = _header(header)
    rows: list[Row] = []
    lines: dict[str, int] = {}
    for record in records:
        row = _row(record, header.cells, named)
        if row is None:
            continue
        if len(rows) == IMPORT_ROWS:
            message = _("At most {most} rows: line {line} is one more. Split the file.")
            raise _refused("too_many_rows", message.format(most=IMPORT_ROWS, line=row.number))
        rows.append(_once(row, lines))
    if not rows:
        raise _refused("file_empty", _("There is no row below the header."))
    return Sheet({column.name: said for column, said in zip(named, header.cells, strict=True) if column}, rows)


def _refused(code: str, message: str) -> Invalid:
    return Invalid(code, message, fields={"file": message})


# --- encoding ------------------------------------------------------------------------------------------------


def _decoded(content: bytes) -> str:
    """UTF-8, UTF-16 that says so, or Windows-1252."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and not content.startswith(codecs.BOM_UTF32_LE):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise _encoding(content, error.start) from error
    if b"\0\0" in content[:4000] or content[:4000].count(0) > len(content[:4000]) // 4:
        raise _encoding(content, 0)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _western(content, error.start)


def _western(content: bytes, start: int) -> str:
    mixed = MIXED.search(content)
    if mixed or content.startswith(codecs.BOM_UTF8):
        raise _encoding(content, start)
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise _encoding(content, error.start) from error
    for at, letter in enumerate(text):
        if letter > "\x7f" and letter not in WESTERN:
            raise _encoding(content, at)
    return text


def _encoding(content: bytes, at: int) -> Invalid:
    message = _("From line {line} on the letters can't be told for certain. Save the file as “CSV UTF-8”.")
    return _refused("encoding_unknown", message.format(line=content.count(b"\n", 0, at) + 1))


# --- records -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Record:
    number: int
    cells: list[str]
    problem: Problem | None = None


class _Lines:
    """Gives a reader its lines and remembers those of the record at hand."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self.taken: list[str] = []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.taken.append(line)
        return line


def _announced(text: str) -> tuple[int, str, str]:
    """Excel's own first line `sep=;`: how many lines to count, its delimiter, and the rest."""
    found = re.match(r"sep=([;,\t])\r?\n", text)
    return (1, found[1], text[found.end() :]) if found else (0, "", text)


def _sniffed(text: str) -> str:
    """The delimiter under which the first line has most of our headers: prose in the rows below can't mislead it."""
    line = text.lstrip("\r\n").partition("\n")[0][:10_000]

    def known(delimiter: str) -> int:
        return sum(plain(cell) in by_header() for cell in _cells(line, delimiter))

    return max(DELIMITERS, key=known)


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _records(text: str, delimiter: str, skipped: int) -> Iterator[_Record]:
    """Records that aren't blank. A broken one is told; past a quote that never closes nothing can be read."""
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        number = reader.line_num + 1 + skipped
        lines.taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield _Record(number, [], _broken(lines.taken, delimiter))
            if len(lines.taken) > 1:
                return
            continue
        if any(cell.strip() for cell in cells):
            yield _Record(number, cells)


def _broken(taken: Sequence[str], delimiter: str) -> Problem:
    """Where a quote opens that isn't closed as it should be."""
    column, quoted, opened = 1, False, 1
    for letter in "".join(taken):
        if letter == '"':
            quoted = not quoted
            opened = column if quoted else opened
        elif letter == delimiter and not quoted:
            column += 1
    message = _("A quotation mark opens here and isn't closed before the next cell. What follows can't be read.")
    return Problem(_("column {number}").format(number=opened), message)


# --- header and rows -----------------------------------------------------------------------------------------


def _header(header: _Record) -> list[Column | None]:
    if header.problem:
        raise _refused(
            "header_broken", _("Line {line}: {problem}").format(line=header.number, problem=header.problem.message)
        )
    named = [None if "\0" in cell else by_header().get(plain(cell)) for cell in header.cells]
    unknown = [
        cell.strip()[:40] for cell, column in zip(header.cells, named, strict=True) if cell.strip() and not column
    ]
    if REFERENCE not in {column.name for column in named if column}:
        message = _("Line {line} has to name the columns, “reference” among them. The template shows how.")
        raise _refused("no_reference", message.format(line=header.number))
    if unknown:
        message = _("Line {line}: there is no column “{name}”. The template has all there are.")
        raise _refused("unknown_column", message.format(line=header.number, name="”, “".join(unknown[:5])))
    known = [column.name for column in named if column]
    twice = [name for name, count in Counter(known).items() if count > 1]
    if twice:
        message = _("Line {line}: the column “{name}” is there twice.")
        raise _refused("column_twice", message.format(line=header.number, name=twice[0]))
    return named


def _row(record: _Record, headers: Sequence[str], named: Sequence[Column | None]) -> Row | None:
    """None for a row that has text in no column of ours."""
    if record.problem:
        return Row(record.number, problems=(record.problem,))
    problems: list[Problem] = []
    if len(record.cells) < len(headers):
        message = _("This row has {cells} cells, the header {headers}.")
        problems.append(Problem("", message.format(cells=len(record.cells), headers=len(headers))))
    cells: dict[str, str] = {}
    for place, cell in enumerate(record.cells):
        if len(problems) == MOST_PROBLEMS:
            break
        column = named[place] if place < len(named) else None
        name = headers[place].strip() if column else _("column {number}").format(number=place + 1)
        if column is None:
            if cell.strip():
                problems.append(
                    Problem(name, _("This cell stands under no header. Is a delimiter too many, or a quote missing?"))
                )
        elif "\0" in cell:
            problems.append(Problem(name, _("This cell holds a character that can't be kept (NUL).")))
        elif len(cell) > LONGEST_CELL:
            problems.append(Problem(name, _("At most {most} characters.").format(most=LONGEST_CELL)))
        else:
            cells[column.name] = unicodedata.normalize("NFC", spoken(cell.strip(" \t\r\n")))
    return Row(record.number, cells, tuple(problems))


def _once(row: Row, lines: dict[str, int]) -> Row:
    """The row with what is wrong about its reference: none, too long, or the one of an earlier row."""
    reference = row.cells.get(REFERENCE, "")
    if row.problems and not reference:
        return row
    message = ""
    if not reference:
        message = _("Every row needs a reference of its own, which stays the same for ever.")
    elif len(reference) > LONGEST_REFERENCE:
        message = _("At most {most} characters.").format(most=LONGEST_REFERENCE)
    elif lines.setdefault(reference, row.number) != row.number:
        message = _("Line {line} has the same reference.").format(line=lines[reference])
    return Row(row.number, row.cells, (*row.problems, Problem(REFERENCE, message))) if message else row
