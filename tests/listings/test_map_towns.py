"""GET /api/places/map: the towns that the drawn map names."""

import pytest


def named(client, bbox: str, zoom: int) -> list[str]:
    answer = client.get("/api/places/map", {"bbox": bbox, "zoom": zoom})
    assert answer.status_code == 200, answer.content
    return [town["name"] for town in answer.json()["results"]]


@pytest.mark.parametrize("who", ["alice", "bob", None])
def test_a_country_has_cities_and_a_valley_villages(db, api, request, who, django_assert_num_queries) -> None:
    client = api(request.getfixturevalue(who) if who else None)

    with django_assert_num_queries(1):
        country = named(client, "-5,42,8,51", 5)
    valley = named(client, "2.9,43.1,3.2,43.25", 12)

    assert country[0] == "Paris"
    assert "Marseille" in country
    assert "Narbonne" not in country
    assert valley[0] == "Narbonne"
    assert "Gruissan" in valley
    assert len(country) == 60


def test_a_town_says_where_and_how_large_and_may_be_kept(db, api) -> None:
    answer = api(None).get("/api/places/map", {"bbox": "2.9,43.1,3.1,43.25", "zoom": 12})

    narbonne = answer.json()["results"][0]
    assert narbonne["point"] == pytest.approx({"lat": 43.18396, "lon": 3.00141}, abs=1e-5)
    assert 40_000 < narbonne["population"] < 60_000
    assert answer.headers["Cache-Control"] == "public, max-age=86400"


def test_across_the_180th_meridian(db, api) -> None:
    west, east = named(api(None), "176,-20,180,-15", 9), named(api(None), "-180,-20,-176,-15", 9)

    assert west
    assert set(named(api(None), "176,-20,-176,-15", 9)) == {*west, *east}


@pytest.mark.parametrize(
    ("asked", "field", "code"),
    [
        ({"zoom": "4"}, "zoom", "min_value"),
        ({"zoom": "x"}, "zoom", "invalid"),
        ({"bbox": ""}, "bbox", "required"),
        ({"bbox": "0,-90,1,90"}, "bbox", "latitude_out_of_range"),
        ({"near": "43,3"}, "near", "unknown_field"),
    ],
)
def test_nonsense_is_refused_by_field(db, api, asked, field, code) -> None:
    answer = api(None).get("/api/places/map", {"bbox": "2,43,3,44", "zoom": "9"} | asked)

    assert answer.status_code == 400, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["fields"][field][0]["code"] == code
