"""Encodings, delimiters, ends of lines and quotes of a file, and what is said of one that is broken."""

import codecs

import pytest

from listings.models import Listing
from tests.listings.trade.report import report

FRENCH = "référence;titre;marque\nA;Vélo à l’œil, 10 €;Motobécane\n"
MADE = ["line 2: created A", "created: 1, updated: 0, unchanged: 0, refused: 0"]
SAME = ["line 2: unchanged A", "created: 0, updated: 0, unchanged: 1, refused: 0"]
UNTOLD = "From line {} on the letters can't be told for certain. Save the file as “CSV UTF-8”."
QUOTE = "A quotation mark opens here and isn't closed before the next cell."
NUL = "This cell holds a character that can't be kept (NUL)."

READ = {
    "UTF-8": FRENCH.encode(),
    "UTF-8 with its mark": FRENCH.encode("utf-8-sig"),
    "UTF-16, little end first": codecs.BOM_UTF16_LE + FRENCH.encode("utf-16-le"),
    "UTF-16, big end first": codecs.BOM_UTF16_BE + FRENCH.encode("utf-16-be"),
    "UTF-16 without a mark, little end first": FRENCH.encode("utf-16-le"),
    "UTF-16 without a mark, big end first": FRENCH.encode("utf-16-be"),
    "Windows-1252": FRENCH.encode("cp1252"),
}


@pytest.mark.parametrize("name", READ)
def test_every_encoding_that_can_be_told_says_the_same(alice, tmp_path, name):
    assert report(tmp_path, READ[name]) == MADE
    listing = Listing.objects.get()
    assert (listing.title, listing.brand) == ("Vélo à l’œil, 10 €", "Motobécane")
    assert report(tmp_path, FRENCH) == SAME


NOT_READ = {
    "UTF-32": (FRENCH.encode("utf-32"), UNTOLD.format(1)),
    "an old Macintosh": (FRENCH.encode("mac_roman"), UNTOLD.format(1)),
    "DOS": (FRENCH.replace("’", "'").replace("œ", "oe").replace("€", "F").encode("cp850"), UNTOLD.format(1)),
    "UTF-8 and Windows-1252": ("reference,title\rA,é\rB,".encode() + b"\xe9\r", UNTOLD.format(3)),
    "a mark of UTF-8 and no UTF-8": (codecs.BOM_UTF8 + "reference\r\né\r\n".encode() + b"\xe9\r\n", UNTOLD.format(3)),
    "half a letter of UTF-16": ("reference\nA\nBé".encode("utf-16")[:-1], UNTOLD.format(3)),
    "half a pair of UTF-16": ("reference\nA\n".encode("utf-16-le") + b"\x3d\xd8\n\0", UNTOLD.format(3)),
    "a workbook": (b"PK\x03\x04\x14\0\6\0\b\0\0\0!\0xl/", "This is a workbook, not a CSV. Save it as “CSV UTF-8”."),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), UNTOLD.format(6)),
    "nothing": (b"", "This file is empty."),
    "a mark alone": (codecs.BOM_UTF8, "This file is empty."),
    "blank lines": (b"\n \r\n;;\n", "This file is empty."),
    "a header alone": (b"reference,title\n", "There is no row below the header."),
    "no reference": (
        b"title,brand\nA,B\n",
        "Line 1 has to name the columns, “reference” among them. The template shows how.",
    ),
    "a page": (
        b"<!DOCTYPE html><p>reference</p>",
        "Line 1 has to name the columns, “reference” among them. The template shows how.",
    ),
    "a column twice": (b"reference,title,Titre\nA,b,c\n", "Line 1: the column “title”, “Titre” is there twice."),
    "columns that are none": (
        b"\nreference,title,<b>price</b>,'; DROP TABLE x\nA,b,c,d\n",
        "Line 2: there is no column “<b>price</b>”, “'; DROP TABLE x”. The template has all there are.",
    ),
    "a header that never ends": (b'reference,"title\nA,b\n', f"Line 1: {QUOTE} The rows below can't be read."),
    "ten thousand rows": (
        b"reference,title\n" + b"".join(b"R%d,Bike\n" % number for number in range(10_000)),
        "At most 1000 rows: line 1002 is one more. Split the file.",
    ),
    "five megabytes": (b"reference,title\n" + b"A,B\n" * 1_310_720, "This file is too large: at most 4 MB."),
}


@pytest.mark.parametrize("name", NOT_READ)
def test_a_file_that_can_t_be_read_is_refused_as_a_whole(alice, tmp_path, name):
    content, message = NOT_READ[name]
    assert report(tmp_path, content) == [message]
    assert Listing.objects.count() == 0


LAID_OUT = {
    "semicolons": "reference;title\nA;One, two\n",
    "commas": 'reference,title\nA,"One, two"\n',
    "tabs": "reference\ttitle\nA\tOne, two\n",
    "carriage returns": 'reference,title\rA,"One, two"\r',
    "both": 'reference,title\r\nA,"One, two"\r\n',
    "no end": 'reference,title\nA,"One, two"',
    "Excel's first line": "sep=;\r\nreference;title\r\nA;One, two\r\n",
    "columns in another order, blank ones and case": ' TITLE ,,Référence,\n" One, two ",,A,\n',
}


@pytest.mark.parametrize("name", LAID_OUT)
def test_every_layout_says_the_same(alice, tmp_path, name):
    assert report(tmp_path, LAID_OUT[name]) == MADE
    assert Listing.objects.get().title == "One, two"


def test_lines_are_numbered_as_a_spreadsheet_shows_them(alice, tmp_path):
    """A cell of three lines is in one row, a blank row counts, `sep=` doesn't; broken rows keep no other out."""
    rows = [
        "sep=,",
        "",
        "reference,title,description,gears",
        'A,One,"first\r\nsecond\r\nthird",7',
        "",
        "B,Two,,many",
        'C,"Three" inches,,7',
        "D,Four,,7,8,9",
        "E,Five",
        ",Six,,",
        "A,Seven,,",
        f"{'G' * 65},Eight,,",
        'H,Nine,"never ends,7',
        "I,Ten,,",
    ]
    assert report(tmp_path, "\r\n".join(rows)) == [
        "line 3: created A",
        "line 5: refused B",
        "  gears: Write a whole number.",
        "line 6: refused",
        f"  title: {QUOTE}",
        "line 7: refused D",
        "  column E: This cell stands under no header. Is a delimiter too many, or a quote missing?",
        "  column F: This cell stands under no header. Is a delimiter too many, or a quote missing?",
        "line 8: refused E",
        "  This row has 2 cells, the header 4.",
        "line 9: refused",
        "  reference: Every row needs a reference of its own, which stays the same for ever.",
        "line 10: refused A",
        "  reference: Line 3 has the same reference.",
        f"line 11: refused {'G' * 64}",
        "  reference: At most 64 characters.",
        "line 12: refused",
        f"  description: {QUOTE} The rows below can't be read.",
        "created: 1, updated: 0, unchanged: 0, refused: 8",
        "Some rows were refused.",
    ]
    assert Listing.objects.get().description == "first\nsecond\nthird"


def test_nul_emoji_and_a_cell_of_a_megabyte(alice, tmp_path):
    wide, high = "x" * 1_000_000, "x\n" * 500_000
    rows = ["A,a\0b,", "B,Vélo 🚲 👨‍👩‍👧,", "C\0,Three,", f"D,Four,{wide}", f'E,Five,"{high}"', "F,Six,"]
    assert report(tmp_path, "\n".join(["reference,title,description", *rows])) == [
        "line 2: refused A",
        f"  title: {NUL}",
        "line 3: created B",
        "line 4: refused",
        f"  reference: {NUL}",
        "line 5: refused D",
        "  description: At most 32000 characters.",
        "line 6: refused E",
        "  description: At most 32000 characters.",
        "line 7: created F",
        "created: 2, updated: 0, unchanged: 0, refused: 4",
        "Some rows were refused.",
    ]
    assert list(Listing.objects.order_by("pk").values_list("title", flat=True)) == ["Vélo 🚲 👨‍👩‍👧", "Six"]
