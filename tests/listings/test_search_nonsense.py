"""GET /api/search: bad input is 400 and names the field."""

import pytest

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
