"""A file of listings as its rows: encoding, delimiter, header, and what is wrong with which cell. Knows no ORM rows.

Detectors of encodings guess by statistics, which short lists of bikes are too little for: charset-normalizer took
three lines of French in Windows-1252 for Korean. So only what can be told for certain is read, and the rest refused.
Rows are numbered as a spreadsheet numbers them: a cell of three lines is in one row, a blank row counts.
"""

import codecs
import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bikeens.core.errors import Invalid, TooLarge
from listings.limits import IMPORT_BYTES, IMPORT_ROWS
from listings.places.names import plain
from listings.trade.columns import OWNER, REFERENCE, Column, by_header
from listings.trade.formulas import spoken

DELIMITERS = (";", ",", "\t")
# A spreadsheet's own limit is 32,767.
LONGEST_CELL = 32_000
LONGEST_REFERENCE = 64
# The reader's own limit is lower, and a cell beyond it would look like a broken quote. The file's size is bounded.
csv.field_size_limit(IMPORT_BYTES)
# Of one row.
MOST_PROBLEMS = 10
# Bytes that are whole characters in UTF-8 and nonsense in Windows-1252: a file of both.
MIXED = re.compile(rb"[\xc2\xc3][\x80-\xbf]")
# Those of Excel and LibreOffice, and of Excel before 2007.
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
LINE_END = re.compile(r"\r\n|\r|\n")
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


def read_sheet(content: bytes, *, with_owners: bool = False) -> Sheet:
    """Rows carry their problems; `with_owners` the column of that name is required, and references are theirs.

    Raises Invalid or TooLarge, with `file`, for a file that can't be read as a whole.
    """
    if len(content) > IMPORT_BYTES:
        message = _("This file is too large: at most {megabytes} MB.").format(megabytes=IMPORT_BYTES // 1024**2)
        raise TooLarge("file_too_large", message, fields={"file": message})
    text = _decoded(content)
    delimiter, text = _announced(text)
    records = _records(text, delimiter or _sniffed(text))
    header = next(records, None)
    if header is None:
        raise _refused("file_empty", _("This file is empty."))
    named = _header(header, (REFERENCE, OWNER.name) if with_owners else (REFERENCE,))
    headers = {column.name: said.strip() for column, said in zip(named, header.cells, strict=True) if column}
    rows: list[Row] = []
    lines: dict[tuple[str, str], int] = {}
    for record in records:
        row = _row(record, header.cells, named)
        if row is None:
            continue
        if len(rows) == IMPORT_ROWS:
            message = _("At most {most} rows: line {line} is one more. Split the file.")
            raise _refused("too_many_rows", message.format(most=IMPORT_ROWS, line=row.number))
        rows.append(_once(row, lines, headers[REFERENCE]))
    if not rows:
        raise _refused("file_empty", _("There is no row below the header."))
    return Sheet(headers, rows)


def _refused(code: str, message: str) -> Invalid:
    return Invalid(code, message, fields={"file": message})


# --- encoding ------------------------------------------------------------------------------------------------


def _decoded(content: bytes) -> str:
    """UTF-8, UTF-16 or Windows-1252."""
    if content.startswith(WORKBOOKS):
        raise _refused("not_csv", _("This is a workbook, not a CSV. Save it as “CSV UTF-8”."))
    wide = _wide(content)
    try:
        return content.decode(wide or "utf-8-sig")
    except UnicodeDecodeError as error:
        if wide:
            raise _encoding(content[: error.start].decode(wide, "ignore")) from error
        # Without the mark, if there was one.
        return _western(content, error.object[: error.start].decode())


def _wide(content: bytes) -> str:
    """UTF-16's name when the file is in it: by its mark, or by the header, whose letters have a byte of zero each."""
    start = content[:16]
    low, high = start[0::2], start[1::2]
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and not content.startswith(codecs.BOM_UTF32_LE):
        return "utf-16"
    if len(start) == 16 and not any(high) and all(low):
        return "utf-16-le"
    if len(start) == 16 and not any(low) and all(high):
        return "utf-16-be"
    if content[:4000].count(0) > len(content[:4000]) // 4:
        raise _encoding("")
    return ""


def _western(content: bytes, before: str) -> str:
    """As Windows-1252; `before` is what UTF-8 could read of it."""
    mixed = MIXED.search(content)
    if mixed or content.startswith(codecs.BOM_UTF8):
        raise _encoding(before)
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise _encoding(content[: error.start].decode("cp1252")) from error
    for at, letter in enumerate(text):
        if letter > "\x7f" and letter not in WESTERN:
            raise _encoding(text[:at])
    return text


def _encoding(before: str) -> Invalid:
    message = _("From line {line} on the letters can't be told for certain. Save the file as “CSV UTF-8”.")
    return _refused("encoding_unknown", message.format(line=len(LINE_END.findall(before)) + 1))


# --- records -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Record:
    """`broken` is the place of the cell that made it unreadable, and `problem` says why."""

    number: int
    cells: list[str]
    broken: int = 0
    problem: str = ""


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


def _announced(text: str) -> tuple[str, str]:
    """The delimiter of Excel's own first line `sep=;`, which no spreadsheet shows, and the rest."""
    found = re.match(r"sep=([;,\t])(?:\r\n|\r|\n)", text, re.IGNORECASE)
    return (found[1], text[found.end() :]) if found else ("", text)


def _sniffed(text: str) -> str:
    """The delimiter under which the first line has most of our headers: prose in the rows below can't mislead it."""
    line = LINE_END.split(text.lstrip("\r\n\t,; ")[:10_000], maxsplit=1)[0]

    def known(delimiter: str) -> int:
        return sum(plain(cell) in by_header() for cell in _cells(line, delimiter))

    return max(DELIMITERS, key=known)


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _records(text: str, delimiter: str) -> Iterator[_Record]:
    """Records that aren't blank. A broken one is told; past a quote that never closes nothing can be read."""
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    for number in count(1):
        lines.taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield _Record(number, [], *_broken(lines.taken, delimiter))
            if len(lines.taken) > 1:
                return
            continue
        if any(cell.strip() for cell in cells):
            yield _Record(number, cells)


def _broken(taken: Sequence[str], delimiter: str) -> tuple[int, str]:
    """In which cell a quote opens that isn't closed as it should be, and the words for it."""
    whole = re.compile(rf'(?:"(?:[^"]|"")*+"|[^"{delimiter}\r\n][^{delimiter}\r\n]*+|)(?={delimiter}|[\r\n]|\Z)')
    text, column, at = "".join(taken), 0, 0
    while at <= len(text) and (found := whole.match(text, at)):
        column, at = column + 1, found.end() + 1
    message = _("A quotation mark opens here and isn't closed before the next cell.")
    if len(taken) > 1:
        message += " " + _("The rows below can't be read.")
    return column, message


def _called(column: int, headers: Sequence[str]) -> str:
    """A column by its header, or as a spreadsheet calls it; the first is 0."""
    said = headers[column].strip() if column < len(headers) else ""
    if said:
        return said
    letters = ""
    while column >= 0:
        letters = chr(ord("A") + column % 26) + letters
        column = column // 26 - 1
    return _("column {name}").format(name=letters)


# --- header and rows -----------------------------------------------------------------------------------------


def _header(header: _Record, needed: Sequence[str]) -> list[Column | None]:
    if header.problem:
        raise _refused("header_broken", _("Line {line}: {problem}").format(line=header.number, problem=header.problem))
    known = by_header(OWNER) if OWNER.name in needed else by_header()
    named = [None if "\0" in cell else known.get(plain(cell)) for cell in header.cells]
    unknown = [
        cell.strip()[:40] for cell, column in zip(header.cells, named, strict=True) if cell.strip() and not column
    ]
    there = Counter(column.name for column in named if column)
    for name in needed:
        if name not in there:
            message = _("Line {line} has to name the columns, “{name}” among them. The template shows how.")
            said = known[name].header(get_language() or "en")
            raise _refused(f"no_{name}", message.format(line=header.number, name=said))
    if unknown:
        message = _("Line {line}: there is no column “{name}”. The template has all there are.")
        raise _refused("unknown_column", message.format(line=header.number, name="”, “".join(unknown[:5])))
    twice = [said for column, said in zip(named, header.cells, strict=True) if column and there[column.name] > 1]
    if twice:
        message = _("Line {line}: the column “{name}” is there twice.")
        raise _refused("column_twice", message.format(line=header.number, name="”, “".join(twice[:2])))
    return named


def _row(record: _Record, headers: Sequence[str], named: Sequence[Column | None]) -> Row | None:
    """None for a row that has text in no column of ours."""
    if record.problem:
        return Row(record.number, problems=(Problem(_called(record.broken, headers), record.problem),))
    problems: list[Problem] = []
    if len(record.cells) < len(headers):
        message = _("This row has {cells} cells, the header {headers}.")
        problems.append(Problem("", message.format(cells=len(record.cells), headers=len(headers))))
    cells: dict[str, str] = {}
    for place, cell in enumerate(record.cells):
        if len(problems) == MOST_PROBLEMS:
            break
        column = named[place] if place < len(named) else None
        name = _called(place, headers)
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


def _once(row: Row, lines: dict[tuple[str, str], int], header: str) -> Row:
    """The row with what is wrong about its reference: none, too long, or the one of an earlier row."""
    reference = row.cells.get(REFERENCE, "")
    if row.problems and not reference:
        return row
    message, key = "", (row.cells.get(OWNER.name, "").lower(), reference)
    if not reference:
        message = _("Every row needs a reference of its own, which stays the same for ever.")
    elif len(reference) > LONGEST_REFERENCE:
        message = _("At most {most} characters.").format(most=LONGEST_REFERENCE)
    elif lines.setdefault(key, row.number) != row.number:
        message = _("Line {line} has the same reference.").format(line=lines[key])
    return Row(row.number, row.cells, (*row.problems, Problem(header, message))) if message else row
