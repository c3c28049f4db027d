"""Files of blanks, of cells and of columns without end are refused as fast as others are read."""

import time

import pytest

from bikeens.core.errors import Invalid
from listings.trade.cells import HOURS_BY_DATE, WEEK, Unreadable
from listings.trade.reading import read_sheet

SPACES = " " * 31_000


@pytest.mark.parametrize(("kind", "cell"), [(WEEK, f"mo a{SPACES}b"), (HOURS_BY_DATE, f"2026-07-04 a{SPACES}b")])
def test_blanks_are_read_at_once(kind, cell):
    start = time.process_time()
    with pytest.raises(Unreadable):
        kind.read(cell)
    assert time.process_time() - start < 0.5


def test_hours_with_blanks_and_dashes_of_all_sorts():
    assert WEEK.read("mo \u00a0–  fr ,\t su   08:00  –\u202f12:00  14h-19h") == {
        day: [["08:00", "12:00"], ["14:00", "19:00"]] for day in "123457"
    }


def test_a_row_of_a_million_cells_is_refused_with_ten_problems():
    [row] = read_sheet(b"reference,title\n" + b",".join([b"a"] * 1_000_000) + b"\n").rows

    assert len(row.problems) == 10


def test_a_header_that_names_one_column_many_times_is_refused_at_once():
    content = b"reference," + b"title," * 150_000 + b"\nx\n"
    start = time.process_time()
    with pytest.raises(Invalid) as refused:
        read_sheet(content)
    assert refused.value.code == "column_twice"
    assert time.process_time() - start < 2
