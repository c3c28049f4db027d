"""Prices and coordinates as people type them, poles, the 180th meridian; SQL, HTML and formulas in every column."""

import csv
import io

import pytest

from listings import selectors
from listings.models import Listing
from listings.trade import writing
from listings.trade.columns import columns
from tests.factories import listings
from tests.listings.trade.report import report

PRICE = "  price_day: Write a price, such as 12.50 or 12,50, without a separator of thousands."
NUMBER = "Write a number, such as 12.5 or 12,5."
FAR = "  latitude: We know no town near this place."
PAIR = "Latitude and longitude go together: one is missing."


def rows_of(header, *rows):
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue()


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("12,50", 1250),
        ("12.50", 1250),
        ("12.5", 1250),
        ("12", 1200),
        ("12.50 €", 1250),
        ("12,50\u202f€", 1250),
        ("€12.50", 1250),
        ("12,50 EUR", 1250),
        ("12 euros", 1200),
        (" 1 000,00 € ", 100_000),
    ],
)
def test_a_price_is_read_as_people_write_it(alice, tmp_path, typed, cents):
    assert report(tmp_path, rows_of(["reference", "price_day"], ["A", typed]))[0] == "line 2: created A"
    assert Listing.objects.get().price_day == cents


@pytest.mark.parametrize(
    "typed", ["1,234", "1.234,50", "1'200", "12.505", "-5", "12 USD", "$12", "€12€", "=1+1", "1e2"]
)
def test_a_price_that_could_be_another_is_refused(alice, tmp_path, typed):
    assert report(tmp_path, rows_of(["reference", "price_day"], ["A", typed])) == [
        "line 2: refused A",
        PRICE,
        "created: 0, updated: 0, unchanged: 0, refused: 1",
        "Some rows were refused.",
    ]
    assert Listing.objects.count() == 0


def test_a_price_beyond_the_bounds_is_refused(alice, tmp_path):
    content = rows_of(["reference", "price_day"], ["A", "0,99"], ["B", "1000.01"], ["C", "1"])
    assert report(tmp_path, content)[:5] == [
        "line 2: refused A",
        "  price_day: Between 1.00 EUR and 1000.00 EUR.",
        "line 3: refused B",
        "  price_day: Between 1.00 EUR and 1000.00 EUR.",
        "line 4: created C",
    ]


@pytest.mark.parametrize("pair", [("43,1843", "3,0031"), ("43.184300000000004", "+3.0031"), ("43.1843", " 3.0031 ")])
def test_coordinates_are_read_with_a_comma_too(alice, tmp_path, pair):
    assert report(tmp_path, rows_of(["reference", "latitude", "longitude"], ["A", *pair]))[0] == "line 2: created A"
    listing = Listing.objects.get()
    assert listing.exact.as_json() == {"lat": 43.1843, "lon": 3.0031}
    assert listing.town == "Narbonne"


def test_coordinates_that_are_none_are_refused(alice, tmp_path):
    rows = [
        ["A", "90", "0"],
        ["B", "-90", "0"],
        ["C", "85.1", "-180.5"],
        ["D", "85", "0"],
        ["E", "0", "-30"],
        ["F", "43", ""],
        ["G", "", "3"],
        ["H", "nan", "inf"],
        ["I", "43.1843° N", "3"],
        ["J", "1e1", "4000000000"],
        ["K", "", ""],
    ]
    assert report(tmp_path, rows_of(["reference", "latitude", "longitude"], *rows)) == [
        "line 2: refused A",
        "  latitude: Ensure this value is less than or equal to 85.0.",
        "line 3: refused B",
        "  latitude: Ensure this value is greater than or equal to -85.0.",
        "line 4: refused C",
        "  latitude: Ensure this value is less than or equal to 85.0.",
        "  longitude: Ensure this value is greater than or equal to -180.",
        "line 5: refused D",
        FAR,
        "line 6: refused E",
        FAR,
        "line 7: refused F",
        f"  longitude: {PAIR}",
        "line 8: refused G",
        f"  latitude: {PAIR}",
        "line 9: refused H",
        f"  latitude: {NUMBER}",
        f"  longitude: {NUMBER}",
        "line 10: refused I",
        f"  latitude: {NUMBER}",
        "line 11: refused J",
        f"  latitude: {NUMBER}",
        f"  longitude: {NUMBER}",
        "line 12: created K",
        "created: 1, updated: 0, unchanged: 0, refused: 10",
        "Some rows were refused.",
    ]


@pytest.mark.parametrize("lon", ["180", "-180", "179.99", "-179.99"])
def test_a_bike_on_either_side_of_the_180th_meridian_stands_in_the_same_town(alice, tmp_path, lon):
    content = rows_of(["reference", "latitude", "longitude"], ["A", "-17", lon])
    assert report(tmp_path, content)[0] == "line 2: created A"

    listing = Listing.objects.get()
    assert (listing.town, listing.time_zone) == ("Savusavu", "Pacific/Fiji")
    exported = b"".join(writing.export(selectors.listings_of(alice), "en"))
    assert report(tmp_path, exported)[0] == "line 2: unchanged A"


EVIL = {
    "SQL": "'; DROP TABLE listings_listing; --",
    "HTML": "<script>alert(1)</script>",
    "a formula": '=HYPERLINK("http://x.example","1")',
    "a command": "@SUM(1+1)*cmd|' /C calc'!A0",
}
# What takes any text keeps it as text, and so do the lines of an address.
TEXTS = {"title", "description", "motor", "brand", "model", "colour", "house_rules", "address", "frame_number"}
WHOLE = {"battery_range_km", "year", "frame_size_cm", "rider_from_cm", "rider_to_cm", "gears", "discount_7_days"}
WHOLE |= {"discount_28_days", "lead_time_h", "horizon_days", "shortest_h", "longest_days", "buffer_min"}
ONE_OF = {"status", "category", "frame_size", "brakes", "policy", "included", "safety"}
SAYS = {
    **dict.fromkeys(WHOLE, "Write a whole number."),
    **dict.fromkeys({"weight_kg", "lat", "lon"}, NUMBER),
    **dict.fromkeys({"price_hour", "price_day", "deposit", "value"}, PRICE.partition(": ")[2]),
    **dict.fromkeys({"electric", "instant"}, "Write yes or no."),
    **dict.fromkeys({"special_prices", "special_hours", "last_service"}, "Write a date like 2026-07-14 or 14/07/2026."),
    **dict.fromkeys({"wheel_size", "bicycode"}, "Ensure this field has no more than 20 characters."),
    "languages": "Ensure this field has no more than 2 characters.",
    "extras": "Write extras like “trailer 5.00/day x2”, not “",
    "opening_hours": "Write days like mo-fr or sa,su before their hours, not “",
    "photos": "“",
    **dict.fromkeys(ONE_OF, "“"),
}


def test_every_column_is_among_those_below():
    assert {column.name for column in columns()} == TEXTS | set(SAYS) | {"reference", "postcode", "town"}


@pytest.mark.parametrize("evil", EVIL.values(), ids=EVIL)
def test_sql_html_and_formulas_are_kept_as_text_and_given_out_harmless(alice, tmp_path, evil):
    names = sorted(TEXTS)
    kept = listings.listing(alice, reference="before", title="As it was")
    content = rows_of(["reference", *names], [evil, *[evil] * len(names)])
    assert report(tmp_path, content)[0] == f"line 2: created {evil}"

    made = Listing.objects.get(reference=evil)
    assert {name: getattr(made, name) for name in names} == dict.fromkeys(names, evil)
    exported = b"".join(writing.export(selectors.listings_of(alice).filter(pk=made.pk), "en"))
    header, row = csv.reader(io.StringIO(exported.decode("utf-8-sig")))
    cells = dict(zip(header, row, strict=True))
    harmless = f"'{evil}" if evil[0] in "=@" else evil
    assert {cells[name] for name in ("reference", *names)} == {harmless}
    assert report(tmp_path, exported)[0] == f"line 2: unchanged {evil}"
    kept.refresh_from_db()
    assert (kept.title, Listing.objects.count()) == ("As it was", 2)


@pytest.mark.parametrize("evil", EVIL.values(), ids=EVIL)
@pytest.mark.parametrize("column", sorted(SAYS))
def test_sql_html_and_formulas_in_any_other_column_are_refused(alice, tmp_path, column, evil):
    said = report(tmp_path, rows_of(["reference", column], ["A", evil]))

    assert said[0] == "line 2: refused A"
    assert said[1].startswith(f"  {column}: {SAYS[column]}")
    assert said[-2:] == ["created: 0, updated: 0, unchanged: 0, refused: 1", "Some rows were refused."]
    assert Listing.objects.count() == 0


def test_a_town_without_an_address_is_the_address_of_a_new_bike_alone(alice, tmp_path):
    listings.listing(alice, reference="B", address="12 rue Droite, 11100 Narbonne")
    content = rows_of(["reference", "postcode", "town"], ["A", "11100", "Narbonne"], ["B", "34500", "Béziers"])
    note = "  A draft for now: set the place on the map, then publish."

    assert report(tmp_path, content) == [
        "line 2: created A",
        note,
        "line 3: unchanged B",
        "created: 1, updated: 0, unchanged: 1, refused: 0",
    ]
    assert dict(Listing.objects.values_list("reference", "address")) == {
        "A": "11100 Narbonne",
        "B": "12 rue Droite, 11100 Narbonne",
    }
    assert report(tmp_path, content)[-1] == "created: 0, updated: 0, unchanged: 2, refused: 0"
