"""Large files: the questions that the database is asked, the time it takes, and the memory."""

import time
import tracemalloc
from collections import Counter

import pytest
from django.db import connection

from listings.limits import IMPORT_ROWS, MOST_LISTINGS
from listings.models import Import, Listing
from listings.trade.reading import read_sheet
from listings.trade.work import bring_in
from tests.listings.trade.test_my_imports import send

HEADER = "reference,title,description,category,price_day,latitude,longitude,opening_hours,extras,special_prices\n"
ROW = "R{number},{title},{text},city,18.50,43.1843,3.0031,mo-su 08:00-19:00,helmet 2.00,2027-07-14 25.00\n"


def file_of(rows, title="A bike"):
    text = "Serviced every spring. " * 10
    return (HEADER + "".join(ROW.format(number=number, title=title, text=text) for number in range(rows))).encode()


def asked(owner, content):
    """How many questions each row costs, by what became of it."""
    counted, found = 0, {}

    def count(execute, *question):
        nonlocal counted
        counted += 1
        return execute(*question)

    with connection.execute_wrapper(count):
        for line in bring_in(owner=owner, content=content, folder=None, dry_run=False):
            found.setdefault(str(line.outcome), set()).add(counted)
            counted = 0
    return found


def test_a_row_costs_the_same_however_many_there_are(alice):
    # The first one also asks whether the file's owner has the place already.
    few = asked(alice, file_of(3))
    assert few.keys() == {"created"}
    assert max(few["created"]) <= 30
    assert asked(alice, file_of(3)) == {"unchanged": {13}}

    many = asked(alice, file_of(30))
    assert many["unchanged"] == {13}
    assert max(many["created"]) <= min(few["created"])
    assert max(asked(alice, file_of(30, "Another"))["updated"]) <= 30


def test_a_thousand_rows_are_brought_in_within_a_minute_and_the_shop_s_limit_refuses_the_rest(alice):
    rows = "".join(f"R{number},Bike {number},43.1843,3.0031\n" for number in range(IMPORT_ROWS))
    content = f"reference,title,latitude,longitude\n{rows}".encode()
    start = time.process_time()
    lines = list(bring_in(owner=alice, content=content, folder=None, dry_run=False))

    assert time.process_time() - start < 60
    assert [line.number for line in lines] == list(range(2, IMPORT_ROWS + 2))
    assert Counter(line.outcome for line in lines) == {"created": MOST_LISTINGS, "refused": IMPORT_ROWS - MOST_LISTINGS}
    assert {problem.message for line in lines[MOST_LISTINGS:] for problem in line.errors} == {
        "That is a whole shop: write to us to list more bikes."
    }
    assert Listing.objects.count() == MOST_LISTINGS


def test_ten_thousand_rows_are_refused_at_once_with_the_line(api, alice):
    content = file_of(10_000)
    assert len(content) < 4 * 1024 * 1024
    start = time.process_time()
    answer = send(api(alice), content)

    assert time.process_time() - start < 3
    assert (answer.status_code, answer.json()["code"]) == (400, "too_many_rows")
    assert answer.json()["fields"]["file"][0]["message"] == "At most 1000 rows: line 1002 is one more. Split the file."
    assert Import.objects.count() == 0


@pytest.mark.parametrize("content", [file_of(IMPORT_ROWS), b"reference,title\nA," + b"x" * 4_000_000])
def test_a_file_takes_a_few_times_its_size_of_memory(content):
    tracemalloc.start()
    read_sheet(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 15 * 4 * 1024 * 1024


def test_a_million_blank_rows_are_passed_over_at_once():
    start = time.process_time()
    sheet = read_sheet(b"reference;title\nA;b\n" + b";\n" * 1_000_000 + b"B;c\n")

    assert time.process_time() - start < 3
    assert [row.number for row in sheet.rows] == [2, 1_000_003]
