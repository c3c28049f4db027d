"""Collect every text of the Python side, keep its French translation, compile the catalogue that Django reads.

Babel does it all, so that no machine needs gettext's programs.
"""

import argparse
import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation.template import templatize

ROOMS = ("bikeens", "listings", "bookings", "payments", "frontend")
NOT_OURS = ("frontend/app/", "/migrations/")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        group = parser.add_mutually_exclusive_group()
        group.add_argument("--compile", action="store_true", help="only compile what is there")
        group.add_argument("--check", action="store_true", help="fail when a text is missing or has no French")

    def handle(self, *, compile: bool = False, check: bool = False, **options: object) -> None:
        file = settings.LOCALE_PATHS[0] / "fr" / "LC_MESSAGES" / "django.po"
        kept = read(file)
        if not compile:
            wanted = collected(kept)
            faults = list(faults_of(wanted))
            if check:
                if written(wanted) != (file.read_bytes() if file.exists() else b""):
                    faults.append("The catalogue is not what the code says: run `make messages`.")
                if faults:
                    raise CommandError("\n".join(faults))
                return
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(written(wanted))
            self.stdout.write(f"{len(wanted)} texts, {len(faults)} of them not in French yet.")
            kept = wanted
        if len(kept):
            with file.with_suffix(".mo").open("wb") as out:
                write_mo(out, kept)


def read(file: Path) -> Catalog:
    """The catalogue as it was written, or an empty one."""
    if not file.exists():
        return Catalog(locale="fr", charset="utf-8")
    with file.open("rb") as content:
        return read_po(content, locale="fr", charset="utf-8")


def collected(kept: Catalog) -> Catalog:
    """Every text found in the code, with the translation it had."""
    found = Catalog(locale="fr", charset="utf-8", project="Bikeens", fuzzy=False)
    for path, source in sources():
        for _line, message, _comments, context in extract("python", io.BytesIO(source), keywords=KEYWORDS):
            singular = message[0] if isinstance(message, tuple) else message
            if not singular:
                continue
            had = kept.get(singular, context)
            found.add(message, had.string if had else None, locations=[(path, 0)], context=context)
    return found


def sources() -> Iterator[tuple[str, bytes]]:
    """(path, Python source) of every module, and of every template as Django's own extraction rewrites it."""
    for room in ROOMS:
        for file in sorted((settings.BASE_DIR / room).rglob("*")):
            path = file.relative_to(settings.BASE_DIR).as_posix()
            if any(part in path for part in NOT_OURS) or not file.is_file():
                continue
            if file.suffix == ".py":
                yield path, file.read_bytes()
            elif "/templates/" in path and file.suffix in (".html", ".txt", ".xml"):
                # What is left of the mark-up is noise to Python's tokenizer, indentation most of all.
                lines = templatize(file.read_text("utf-8")).splitlines()
                yield path, "\n".join(line.lstrip() for line in lines).encode()


def faults_of(catalogue: Catalog) -> Iterator[str]:
    """What is not in French, or loses a placeholder on the way."""
    for message in catalogue:
        if not message.id:
            continue
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if not all(strings) or len(strings) != (2 if message.pluralizable else 1):
            yield f"No French for: {_first(message)!r}"
        for string in strings:
            if string and set(PLACEHOLDER.findall(string)) != set(PLACEHOLDER.findall(_first(message))):
                yield f"Other placeholders in the French of: {_first(message)!r}"


def written(catalogue: Catalog) -> bytes:
    """The catalogue as text: sorted, without dates and line numbers, so that it changes only with its texts."""
    out = io.BytesIO()
    write_po(out, catalogue, width=110, omit_header=True, sort_output=True, include_lineno=False)
    header = (
        'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
    )
    return header.encode() + out.getvalue()


def _first(message: Message) -> str:
    return str(message.id[0] if isinstance(message.id, tuple | list) else message.id)
