"""GET /api/search: bad input is 400 and names the field."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bikeens.core import clock
from tests.factories import listings

NEAR = {"near": "43.18,3.0"}
DATES = {"from": "2026-07-04T10:00", "to": "2026-07-06T10:00"}


@pytest.mark.parametrize(
    ("asked", "field", "code"),
    [
        ({}, "near", "required"),
        ({"near": ""}, "near", "required"),
        ({"near": "x"}, "near", "invalid"),
        ({"near": "43.18"}, "near", "invalid"),
        ({"near": "43.18,3.0,1"}, "near", "invalid"),
        ({"near": "nan,3.0"}, "near", "invalid"),
        ({"near": "inf,3.0"}, "near", "invalid"),
        ({"near": "1e1,3.0"}, "near", "invalid"),
        ({"near": "４３,3.0"}, "near", "invalid"),
        ({"near": "4" * 10_000}, "near", "invalid"),
        ({"near": "43\x00,3"}, "near", "invalid"),
        ({"near": "90,0"}, "near", "latitude_out_of_range"),
        ({"near": "-85.01,0"}, "near", "latitude_out_of_range"),
        ({"near": "43,180.5"}, "near", "longitude_out_of_range"),
        ({"near": "43,3", "place": "2990919"}, "near", "conflict"),
        ({"place": "0"}, "place", "min_value"),
        ({"place": "99999999999"}, "place", "max_value"),
        ({"place": "Narbonne"}, "place", "invalid"),
        ({"bbox": "3,43"}, "bbox", "invalid"),
        ({"bbox": "3,43.2,3.1,43.1"}, "bbox", "inside_out"),
        ({"bbox": "3.1,43.1,3.0,43.2"}, "bbox", "inside_out"),
        ({"bbox": "3,43,3,43"}, "bbox", "inside_out"),
        ({"bbox": "-180,-90,180,90"}, "bbox", "latitude_out_of_range"),
        ({"bbox": "nan,nan,nan,nan"}, "bbox", "invalid"),
        (NEAR | {"radius": "0"}, "radius", "min_value"),
        (NEAR | {"radius": "1000000000"}, "radius", "max_value"),
        (NEAR | {"radius": "-5"}, "radius", "min_value"),
        (NEAR | {"radius": "5.5"}, "radius", "invalid"),
        (NEAR | {"category": "rocket"}, "category.0", "invalid_choice"),
        (NEAR | {"category": ["city"] * 11}, "category", "max_length"),
        (NEAR | {"electric": "perhaps"}, "electric", "invalid"),
        (NEAR | {"height": "20"}, "height", "min_value"),
        (NEAR | {"height": "900"}, "height", "max_value"),
        (NEAR | {"price_max": "0"}, "price_max", "min_value"),
        (NEAR | {"price_max": "9" * 10_000}, "price_max", "max_string_length"),
        (NEAR | {"extras": "sidecar"}, "extras.0", "invalid_choice"),
        (NEAR | {"sort": "random"}, "sort", "invalid_choice"),
        (NEAR | {"sort": "fit"}, "height", "required"),
        (NEAR | {"from": "2026-07-04T10:00"}, "to", "required"),
        (NEAR | {"to": "2026-07-04T10:00"}, "from", "required"),
        (NEAR | DATES | {"from": "tomorrow"}, "from", "invalid"),
        (NEAR | DATES | {"from": "2026-07-04T10:10"}, "from", "off_grid"),
        (NEAR | DATES | {"from": "2026-07-06T10:00"}, "to", "end_before_start"),
        (NEAR | DATES | {"to": "2029-07-06T10:00"}, "to", "too_far_apart"),
        (NEAR | {"from": "9999-07-04T10:00", "to": "9999-07-05T10:00"}, "from", "time_out_of_range"),
        (NEAR | {"cursor": "x" * 10_000}, "cursor", "max_length"),
        (NEAR | {"cursor": "x"}, "cursor", "bad_cursor"),
        (NEAR | {"colour": "red"}, "colour", "unknown_field"),
        (NEAR | {"colour": ""}, "colour", "unknown_field"),
        (NEAR | {"radius": ["1", "2"]}, "radius", "repeated"),
    ],
)
def test_nonsense_is_refused_by_field(db, api, asked: dict[str, object], field: str, code: str) -> None:
    answer = api(None).get("/api/search", asked)

    assert answer.status_code == 400, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["fields"][field][0]["code"] == code


def test_an_unknown_place(db, api) -> None:
    answer = api(None).get("/api/search", {"place": "1"})

    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_place")


def test_a_time_that_the_place_s_clocks_jump_over(db, api) -> None:
    asked = {"place": "2990919", "from": "2027-03-28T02:30", "to": "2027-03-29T10:00"}
    answer = api(None).get("/api/search", asked)

    assert (answer.status_code, answer.json()["code"]) == (400, "time_does_not_exist")


FIELDS = (
    *("near", "place", "bbox", "radius", "category", "electric", "height", "price_max", "extras", "instant", "sort"),
    *("cursor", "from", "to"),
)
HOSTILE = (
    "'; DROP TABLE listings_listing; --",
    "%(lat)s %s %% {0} {near}",
    "<script>alert(1)</script>",
    "1 OR 1=1",
    "$1::text",
    "x" * 10_000,
    "\u202e🚲",
    "1e309",
    "-0",
)


@pytest.mark.parametrize("said", HOSTILE, ids=lambda said: said[:12].encode("ascii", "replace").decode())
@pytest.mark.parametrize("field", FIELDS)
def test_hostile_words_are_refused_in_every_field(db, api, field: str, said: str) -> None:
    asked = ({} if field == "place" else NEAR) | DATES | {field: said}

    answer = api(None).get("/api/search", asked)

    assert answer.status_code == 400, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert [name.split(".")[0] for name in answer.json()["fields"]] == [field]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        # The poles' edge and the 180th meridian are places like any other.
        ({"near": "85,0"}, 200),
        ({"near": "-85,-180"}, 200),
        ({"near": "85,180", "radius": "50000"}, 200),
        ({"near": "0,0", "radius": "50000"}, 200),
        ({"bbox": "-180,-85,180,85"}, 200),
        ({"bbox": "179.9,-85,-179.9,85"}, 200),
        ({"bbox": "170,-10,-5,10"}, 400),
        ({"near": "85.000001,0"}, 400),
    ],
)
@pytest.mark.parametrize("sort", ["best", "nearest", "price", "rating", "fit"])
def test_the_ends_of_the_world(db, api, asked: dict[str, str], found: int, sort: str) -> None:
    answer = api(None).get("/api/search", asked | {"sort": sort, "height": "170"})

    assert answer.status_code == found, answer.content


def test_a_gap_refuses_where_every_bike_has_this_clock_and_a_fold_does_not(db, api) -> None:
    listings.listing(opening=(((0, 1440),),) * 7)
    clock.travel_to(datetime(2026, 10, 20, 9, tzinfo=UTC))

    fold = api(None).get("/api/search", NEAR | {"from": "2026-10-25T02:30", "to": "2026-10-26T10:00"})
    clock.travel_to(datetime(2027, 3, 20, 9, tzinfo=UTC))
    gap = api(None).get("/api/search", NEAR | {"from": "2027-03-27T10:00", "to": "2027-03-28T02:30"})

    assert fold.status_code == 200
    assert (gap.status_code, gap.json()["code"]) == (400, "time_does_not_exist")
    assert list(gap.json()["fields"]) == ["to"]


def test_what_no_bike_could_ever_allow_costs_no_look_at_them(db, api) -> None:
    listings.listing()
    clock.travel_to(datetime(2026, 7, 3, 8, tzinfo=UTC))

    for when in (
        {"from": "2026-07-02T10:00", "to": "2026-07-05T10:00"},
        {"from": "2026-12-02T10:00", "to": "2026-12-05T10:00"},
        {"from": "2026-07-05T10:00", "to": "2026-12-05T10:00"},
    ):
        with CaptureQueriesContext(connection) as queries:
            answer = api(None).get("/api/search", {"bbox": "-5,41,9,51"} | when)
        assert (answer.status_code, answer.json()["results"]) == (200, [])
        assert not [query for query in queries if "public_point" in str(query["sql"])]
