"""GET, POST /api/my/searches, PATCH, DELETE /api/my/searches/{id}. It is Friday 3 July 2026, 10:00 in Paris."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from bikeens.core import clock
from listings import actions
from listings.models import SavedSearch, SeenBike
from tests.factories import listings

QUERY = "near=43.1843,3.0031&category=city,cargo&height=172&from=2026-07-11T10:00&to=2026-07-12T18:00"
SEARCHES = "/api/my/searches"


@pytest.fixture(autouse=True)
def july(db: None) -> None:
    clock.travel_to(datetime(2026, 7, 3, 8, tzinfo=UTC))


def saved(client, query: str = QUERY, name: str = "Week-end") -> dict:
    answer = client.post(SEARCHES, {"name": name, "query": query}, format="json")
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_a_search_is_saved_without_order_and_page(api, bob) -> None:
    made = saved(api(bob), "sort=fit&category=cargo&category=city&" + QUERY.replace("category=city,cargo&", ""))

    assert made == {
        "id": made["id"],
        "name": "Week-end",
        "query": "category=cargo,city&from=2026-07-11T10:00&height=172&near=43.1843,3.0031&to=2026-07-12T18:00",
        "notify": True,
        "over": False,
        "created_at": made["created_at"],
    }
    assert api(bob).get(SEARCHES).json() == {"results": [made]}


def test_what_it_finds_today_is_no_news(api, bob) -> None:
    there = listings.listing()

    saved(api(bob))

    assert list(SeenBike.objects.values_list("listing", flat=True)) == [there.pk]
    assert SavedSearch.objects.get().saw_all


def test_the_same_search_twice_is_one_with_the_last_name(api, bob, carol) -> None:
    first = saved(api(bob))
    api(bob).patch(f"{SEARCHES}/{first['id']}", {"notify": False}, format="json")

    again = api(bob).post(SEARCHES, {"name": " Other ", "query": QUERY}, format="json")

    assert (again.status_code, again.json()) == (200, first | {"name": "Other"})
    saved(api(carol))
    assert SavedSearch.objects.count() == 2


def test_newest_first_and_over_once_begun(api, bob) -> None:
    saved(api(bob))
    saved(api(bob), "near=43,3", "Any day")
    clock.travel_to(datetime(2026, 7, 11, 22, 30, tzinfo=UTC))

    assert [(one["name"], one["over"]) for one in api(bob).get(SEARCHES).json()["results"]] == [
        ("Any day", False),
        ("Week-end", True),
    ]


def test_rename_and_switch_off(api, bob) -> None:
    made = saved(api(bob))
    one = f"{SEARCHES}/{made['id']}"

    assert api(bob).patch(one, {"name": "Clape"}, format="json").json() == made | {"name": "Clape"}
    assert api(bob).patch(one, {"notify": False}, format="json").json() == made | {"name": "Clape", "notify": False}
    assert api(bob).delete(one).status_code == 204
    assert api(bob).delete(one).status_code == 404
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({}, "name", "required"),
        ({"name": "", "query": QUERY}, "name", "blank"),
        ({"name": "  ", "query": QUERY}, "name", "blank"),
        ({"name": "\x07", "query": QUERY}, "name", "blank"),
        ({"name": "x" * 81, "query": QUERY}, "name", "max_length"),
        ({"name": 5.5j.__str__(), "query": None}, "query", "null"),
        ({"name": "x", "query": "height=172"}, "near", "required"),
        ({"name": "x", "query": "near=43,3&colour=red"}, "colour", "unknown_field"),
        ({"name": "x", "query": "near=43,3&near=44,3"}, "near", "repeated"),
        ({"name": "x", "query": "place=999999999"}, "place", "unknown_place"),
        ({"name": "x", "query": "near=43,3&from=2026-07-11T10:00"}, "to", "required"),
        ({"name": "x", "query": "near=43,3&" + "a" * 2000}, "query", "max_length"),
        ({"name": "x", "query": QUERY, "notify": True}, "notify", "unknown_field"),
    ],
)
def test_what_makes_no_search_is_refused_and_named(api, bob, body, field, code) -> None:
    answer = api(bob).post(SEARCHES, body, format="json")

    assert answer.status_code in (400, 404)
    assert answer.json()["fields"][field][0]["code"] == code
    assert not SavedSearch.objects.exists()


def test_many_separators_are_no_search_either(api, bob) -> None:
    assert api(bob).post(SEARCHES, {"name": "x", "query": "a&" * 999}, format="json").status_code == 400


def test_there_is_a_limit(api, bob, monkeypatch) -> None:
    monkeypatch.setattr("listings.actions.saved_searches.MOST_SAVED_SEARCHES", 1)
    saved(api(bob))

    answer = api(bob).post(SEARCHES, {"name": "x", "query": "near=43,3"}, format="json")

    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_saved")
    assert SavedSearch.objects.count() == 1


def test_others_searches_are_not_there(api, bob, carol) -> None:
    one = f"{SEARCHES}/{saved(api(bob))['id']}"

    assert api(carol).patch(one, {"name": "mine"}, format="json").status_code == 404
    assert api(carol).delete(one).status_code == 404
    assert api(carol).delete(f"{SEARCHES}/{uuid4()}").status_code == 404
    assert SavedSearch.objects.get().name == "Week-end"


def test_nobody_has_searches(api) -> None:
    one = f"{SEARCHES}/{uuid4()}"
    answers = [
        api(None).get(SEARCHES),
        api(None).post(SEARCHES, {"name": "x", "query": QUERY}, format="json"),
        api(None).patch(one, {"name": "x"}, format="json"),
        api(None).delete(one),
    ]

    assert [answer.status_code for answer in answers] == [401] * 4


@pytest.mark.parametrize("height", ["0" * 900 + "170", "%EF%BC%91%EF%BC%97%EF%BC%90", " 170 "])
def test_a_number_is_kept_as_a_number_however_it_was_written(api, bob, height) -> None:
    made = saved(api(bob), f"near=43,3&electric=TRUE&height={height}")

    assert made["query"] == "electric=true&height=170&near=43,3"
    assert api(bob).post(SEARCHES, {"name": "x", "query": made["query"]}, format="json").status_code == 200


@pytest.mark.parametrize(
    ("one", "others"),
    [
        ("near=43.18,3", ["near=43.180,3.00", "near=%2043.18,%203.0%20&radius=", "near=043.18,3.000000000000000000"]),
        ("near=0,-20", ["near=-0.0,-20.000"]),
        ("near=0.0000001,100", ["near=0.00000010,100.0"]),
        ("bbox=2,42.5,4,44", ["bbox=2.0,42.50,%204,044"]),
    ],
)
def test_a_point_is_the_same_however_it_was_written(api, bob, one, others) -> None:
    made = saved(api(bob), one)

    assert made["query"] == one
    for other in others:
        again = api(bob).post(SEARCHES, {"name": "Week-end", "query": other}, format="json")
        assert (again.status_code, again.json()) == (200, made)
    saved(api(bob), "near=43.181,3&radius=50000")
    assert SavedSearch.objects.count() == 2


def test_what_was_forgotten_in_another_tab_is_changed_without_an_error(api, bob) -> None:
    search = SavedSearch.objects.get(uuid=saved(api(bob))["id"])
    SavedSearch.objects.all().delete()

    actions.change_search(search=search, name="Other", notify=False)

    assert SavedSearch.objects.count() == 0
