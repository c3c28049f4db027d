"""Listings as a file that `reading` reads back without a difference."""

import codecs
import csv
from collections.abc import Iterable, Iterator, Mapping

from listings.models import Listing
from listings.serializers.mine import MyListingSerializer
from listings.trade.cells import STYLES
from listings.trade.columns import PHOTOS, REFERENCE, STATUS, columns
from listings.trade.formulas import safe
from listings.trade.photos import name_of
from listings.trade.shape import flat


def export(listings: Iterable[Listing], language: str) -> Iterator[bytes]:
    """UTF-8 with its mark, a line at a time, delimiter and decimals as spreadsheets of that language expect them."""
    yield codecs.BOM_UTF8 + _line([column.header(language) for column in columns()], language)
    for listing in listings:
        said = _said(listing, language)
        yield _line([safe(said[column.name]) for column in columns()], language)


def template(language: str) -> bytes:
    """The header and one example row."""
    header, example = ([column.header(language) for column in columns()], [column.example for column in columns()])
    style = STYLES[language]
    # The examples are written in English; their numbers and yes and no follow the language.
    rewritten = [
        column.kind.write(column.kind.read(cell), style) if cell else ""
        for column, cell in zip(columns(), example, strict=True)
    ]
    return codecs.BOM_UTF8 + _line(header, language) + _line(rewritten, language)


def reference_of(listing: Listing) -> str:
    """The owner's own key; a listing made in the editor goes by its id, under which an import finds it, too."""
    return listing.reference or str(listing.uuid)


def _said(listing: Listing, language: str) -> dict[str, str]:
    values = flat(MyListingSerializer(listing, context={"viewer": listing.owner}).data)
    style = STYLES[language]
    own = {REFERENCE: reference_of(listing), STATUS: listing.status}
    own[PHOTOS] = "; ".join(name_of(photo) for photo in listing.photos.all())
    cells: Mapping[str, str] = {
        column.name: "" if values.get(column.name) is None else column.kind.write(values[column.name], style)
        for column in columns()
    }
    return {**cells, **own}


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _line(cells: list[str], language: str) -> bytes:
    line: str = csv.writer(_Echo(), delimiter=STYLES[language].delimiter).writerow(cells)
    return line.encode()
