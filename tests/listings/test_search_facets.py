"""GET /api/search/facets: every count is what search finds with that filter. It is Friday 3 July 2026."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from bikeens.core import clock
from listings.choices import Category, ExtraKind
from listings.geo import moved
from listings.models import Extra, PriceOverride
from listings.search import facets
from tests.factories import listings, people

NEAR = {"near": "43.1843,3.0031"}
WEEKEND = {"from": "2026-07-18T10:00", "to": "2026-07-19T18:00"}
URL = "/api/search/facets"


@pytest.fixture(autouse=True)
def july(db: None) -> None:
    clock.travel_to(datetime(2026, 7, 3, 8, tzinfo=UTC))


def town(bikes: int = 45) -> None:
    """All sorts of bikes, a third of them away from the centre, a fifth taken at the week-end."""
    chance = random.Random(4)
    alice = people.alice()
    for number in range(bikes):
        bike = listings.listing(
            alice,
            at=moved(listings.NARBONNE, metres=chance.choice([300, 2_000, 9_000, 30_000]), bearing=chance.random() * 6),
            photos=0,
            category=chance.choice(["city", "city", "cargo", "road", "tandem"]),
            electric=chance.random() < 0.4,
            instant=chance.random() < 0.4,
            price_day=chance.choice([1000, 1500, 3000]),
            rider_height_from=chance.choice([150, 170]),
            included=chance.choice([["lock"], ["helmet"], ["child_seat", "lock"]]),
        )
        for kind in chance.sample(["trailer", "delivery", "panniers"], chance.randrange(3)):
            radius = 8 if kind == ExtraKind.DELIVERY else None
            Extra.objects.create(listing=bike, kind=kind, price_cents=200, per="booking", radius_km=radius)
        if number % 7 == 0:
            PriceOverride.objects.create(listing=bike, date="2026-07-18", price_day=6000)
        if number % 5 == 0:
            start = datetime(2026, 7, 18, 9, tzinfo=UTC)
            listings.block(bike, start, start + timedelta(hours=3))


def found(client, asked) -> int:
    """How many bikes search finds, page by page."""
    count, cursor = 0, {}
    while True:
        answer = client.get("/api/search", {**asked, **cursor}).json()
        count += len(answer["results"])
        if not answer["next"]:
            return count
        cursor = {"cursor": answer["next"]}


@pytest.mark.parametrize(
    "asked",
    [
        NEAR,
        NEAR | WEEKEND,
        NEAR | {"radius": "40000", "category": "city,cargo", "electric": "true"},
        NEAR | {"radius": "10000", "height": "172", "extras": "trailer", "instant": "true"},
        NEAR | WEEKEND | {"radius": "20000", "price_max": "4000", "extras": "delivery"},
        NEAR | {"category": "tandem", "electric": "true", "instant": "true", "height": "160"},
        {"bbox": "2.9,43.1,3.1,43.3", "extras": "delivery,lock", "price_max": "1500"},
    ],
)
def test_every_count_is_what_search_finds(api, asked) -> None:
    town()
    client = api(None)

    said = client.get(URL, asked).json()

    assert said["capped"] is False
    assert said["total"] == found(client, asked)
    for category in Category.values:
        assert said["category"][category] == found(client, asked | {"category": category}), category
    for electric in ("true", "false"):
        assert said["electric"][electric] == found(client, asked | {"electric": electric})
    assert said["instant"] == found(client, asked | {"instant": "true"})
    for extra in facets.EXTRAS:
        chosen = {*asked.get("extras", "").split(","), extra} - {""}
        assert said["extras"][extra] == found(client, asked | {"extras": ",".join(chosen)}), extra
    filters = ("category", "electric", "height", "price_max", "instant", "extras")
    assert said["without"] == {
        name: found(client, {key: value for key, value in asked.items() if key != name})
        for name in filters
        if name in asked
    }


def test_the_price_range_is_of_what_the_other_filters_leave(api) -> None:
    listings.listing(price_day=1000, price_hour=None)
    dear = listings.listing(price_day=3000, price_hour=None)
    listings.listing(price_day=9000, category="cargo")
    PriceOverride.objects.create(listing=dear, date="2026-07-18", price_day=6000)

    by_day = api(None).get(URL, NEAR | {"category": "city", "price_max": "1200"}).json()
    with_dates = api(None).get(URL, NEAR | WEEKEND | {"category": "city"}).json()

    assert by_day["price"] == {
        "lowest": {"amount": 1000, "currency": "EUR"},
        "highest": {"amount": 3000, "currency": "EUR"},
    }
    assert [with_dates["price"][end]["amount"] for end in ("lowest", "highest")] == [2180, 9810]
    assert api(None).get(URL, {"near": "10,10"}).json()["price"] is None


def test_counts_end_and_say_so(api, monkeypatch) -> None:
    monkeypatch.setattr(facets, "MOST", 2)
    for _bike in range(3):
        listings.listing(photos=0)

    said = api(None).get(URL, NEAR).json()
    assert (said["total"], said["category"]["city"], said["capped"]) == (2, 2, True)

    monkeypatch.setattr(facets, "WALK", 2)
    listings.listing(at=moved(listings.NARBONNE, metres=3000, bearing=1), category="tandem", photos=0)
    said = api(None).get(URL, NEAR | {"category": "tandem"}).json()
    assert (said["total"], said["capped"]) == (1, True)


def test_for_days_that_no_bike_can_be_had_nobody_walks(api, django_assert_max_num_queries) -> None:
    listings.listing()
    far = {"from": "2027-03-01T10:00", "to": "2027-03-02T10:00"}

    # The zones, and the transaction's two.
    with django_assert_max_num_queries(3):
        answer = api(None).get(URL, NEAR | far | {"category": "city"}).json()

    assert (answer["total"], answer["capped"], answer["category"]["city"]) == (0, False, 0)


def test_four_statements_and_no_more(api, django_assert_max_num_queries) -> None:
    town(12)
    # Zones, and for each radius the bikes, their other prices and extras; the setting and the savepoint aside.
    with django_assert_max_num_queries(11):
        api(None).get(URL, NEAR | WEEKEND)


@pytest.mark.parametrize(
    ("asked", "field", "code"),
    [
        ({}, "near", "required"),
        (NEAR | {"sort": "price"}, "sort", "unknown_field"),
        (NEAR | {"cursor": "x"}, "cursor", "unknown_field"),
        (NEAR | {"category": "rocket"}, "category.0", "invalid_choice"),
        (NEAR | {"from": "2026-07-18T10:00"}, "to", "required"),
    ],
)
def test_nonsense_is_refused_and_named(api, bob, asked, field, code) -> None:
    for who in (None, bob):
        answer = api(who).get(URL, asked)
        assert (answer.status_code, answer.json()["fields"][field][0]["code"]) == (400, code)
