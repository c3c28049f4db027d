"""GET /api/places and GET /api/places/{id}, on the towns that come with the database."""

import pytest

from listings.geo import LatLon
from listings.models import Place
from listings.places.importing import import_places
from listings.places.lookup import nearest_town

NARBONNE = 2990919


def names(answer) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [place["name"] for place in answer.json()["results"]]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("narb", "Narbonne"),
        ("NARBONNE", "Narbonne"),
        ("Narbonne, Occitanie", "Narbonne"),
        ("saint-étienne", "Saint-Étienne"),
        ("Saint Etienne", "Saint-Étienne"),
        ("st etienne", "Saint-Étienne"),
        ("st-eti", "Saint-Étienne"),
        ("béziers", "Béziers"),
        ("beziers", "Béziers"),
        ("port la n", "Port-La Nouvelle"),
        ("rochelle", "La Rochelle"),
        ("l'hay", "L'Haÿ-les-Roses"),
        ("lutetia", "Paris"),
        ("par", "Paris"),
        ("nant", "Nantes"),
        ("strasb", "Strasbourg"),
        ("eu", "Eu"),
        ("Köln", "Köln"),
        ("koln", "Köln"),
        ("paris, texas", "Paris"),
        ("11100", "Narbonne"),
        ("1110", "Narbonne"),
        ("Narbonne (11), Aude", "Narbonne"),
        ("11100 narb", "Narbonne"),
        ("34500", "Béziers"),
        ("75000", "Paris"),
        ("75015", "Paris 15 Vaugirard"),
        ("69003", "Lyon 03"),
        ("69000", "Lyon"),
        ("13008", "Marseille 08"),
        ("97400", "Saint-Denis"),
        ("20200", "Bastia"),
    ],
)
def test_a_town_is_found_however_it_is_typed(db, api, typed: str, expected: str) -> None:
    assert names(api(None).get("/api/places", {"q": typed}))[0] == expected


def test_what_a_place_says(db, api) -> None:
    answer = api(None).get("/api/places", {"q": "narbonne", "limit": 1})

    [place] = answer.json()["results"]
    assert place.pop("point") == pytest.approx({"lat": 43.18396, "lon": 3.00141}, abs=1e-5)
    assert place.pop("population") > 40_000
    assert place == {
        "id": str(NARBONNE),
        "kind": "town",
        "name": "Narbonne",
        "region": "Occitanie",
        "department": "Aude",
        "department_code": "11",
        "country": "FR",
        "time_zone": "Europe/Paris",
    }
    assert api(None).get(f"/api/places/{NARBONNE}").json()["name"] == "Narbonne"


def test_what_follows_the_comma_chooses(db, api) -> None:
    assert api(None).get("/api/places", {"q": "paris, texas"}).json()["results"][0]["region"] == "Texas"
    assert api(None).get("/api/places", {"q": "paris"}).json()["results"][0]["region"] == "Île-de-France"


@pytest.mark.parametrize(
    ("typed", "department"),
    [
        ("saint-denis", "Seine-Saint-Denis"),
        ("saint-denis, la réunion", "La Réunion"),
        ("saint-denis (974)", "La Réunion"),
        ("97400 saint-denis", "La Réunion"),
        ("vitrolles", "Bouches-du-Rhône"),
        ("ajaccio 20000", "Corse-du-Sud"),
    ],
)
def test_the_departement_tells_towns_of_one_name_apart(db, api, typed: str, department: str) -> None:
    assert api(None).get("/api/places", {"q": typed}).json()["results"][0]["department"] == department


def test_a_town_whose_commune_cannot_be_told_keeps_its_region_alone(db) -> None:
    """Two communes of Nouvelle-Aquitaine are Vouillé, of nearly as many inhabitants."""
    for place in Place.objects.filter(name="Vouillé"):
        assert (place.department, place.department_code, place.region) == ("", "", "Nouvelle-Aquitaine")


def test_nearly_every_french_town_has_its_departement(db) -> None:
    french = Place.objects.filter(country="FR")

    assert french.exclude(department="").count() > 0.93 * french.count()
    assert set(french.filter(department="Aude").values_list("department_code", "region")) == {("11", "Occitanie")}


def test_two_questions_to_the_database(db, api, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        api(None).get("/api/places", {"q": "11100"})
    with django_assert_num_queries(2):
        api(None).get("/api/places", {"q": "narb", "near": "43.2,3"})


def test_a_small_town_nearby_comes_before_a_large_one_far_away(db, api) -> None:
    here, there = {"near": "43.18,3.0"}, {"near": "48.85,2.35"}

    assert names(api(None).get("/api/places", {"q": "gru"} | here))[0] == "Gruissan"
    assert names(api(None).get("/api/places", {"q": "gru"} | there))[0] != "Gruissan"
    assert names(api(None).get("/api/places", {"q": "saint-nazaire"} | here))[0] != "Saint-Nazaire-les-Eymes"


@pytest.mark.parametrize("typed", ["!!!", "…", "zzzzqqqq", "%", "_", "Nar%bonne_", "'; --", "Москва\\"])
def test_nothing_to_go_by_finds_nothing(db, api, typed: str) -> None:
    assert names(api(None).get("/api/places", {"q": typed})) == []


@pytest.mark.parametrize(
    ("asked", "field", "code"),
    [
        ({}, "q", "required"),
        ({"q": ""}, "q", "required"),
        ({"q": "x" * 10_000}, "q", "max_length"),
        ({"q": "a\x00b"}, "q", "null_characters_not_allowed"),
        ({"q": "paris", "limit": "0"}, "limit", "min_value"),
        ({"q": "paris", "limit": "1000"}, "limit", "max_value"),
        ({"q": "paris", "near": "91,0"}, "near", "latitude_out_of_range"),
        ({"q": "paris", "country": "FR"}, "country", "unknown_field"),
    ],
)
def test_nonsense_is_refused_by_field(db, api, asked: dict[str, str], field: str, code: str) -> None:
    answer = api(None).get("/api/places", asked)

    assert answer.status_code == 400
    assert answer.json()["fields"][field][0]["code"] == code


@pytest.mark.parametrize("number", ["1", "99999999999999999999"])
def test_an_unknown_place(db, api, number: str) -> None:
    assert api(None).get(f"/api/places/{number}").status_code == 404


def test_no_more_than_asked_for(db, api) -> None:
    assert len(names(api(None).get("/api/places", {"q": "sa"}))) == 8
    assert len(names(api(None).get("/api/places", {"q": "sa", "limit": 3}))) == 3


def test_the_nearest_town(db) -> None:
    found = nearest_town(LatLon(43.185, 3.004))
    assert found is not None
    assert found.name == "Narbonne"
    assert nearest_town(LatLon(0.0, -30.0)) is None


@pytest.mark.parametrize("lon", [179.99, 180.0, -180.0, -179.99])
def test_the_nearest_town_may_lie_beyond_the_180th_meridian(db, lon: float) -> None:
    found = nearest_town(LatLon(-17.0, lon))
    assert found is not None
    assert (found.name, found.time_zone) == ("Savusavu", "Pacific/Fiji")


def test_importing_again_changes_nothing(db, django_assert_num_queries) -> None:
    before = Place.objects.count()

    with django_assert_num_queries(2):
        assert import_places() == before

    assert before > 150_000
    assert Place.objects.filter(country="FR").count() > 15_000
    assert Place.objects.filter(country="FR", region="").count() == 0
