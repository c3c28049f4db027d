"""GET /api/search with dates. It is Friday 3 July 2026, 10:00 in Paris."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bikeens.core import clock
from listings import clocks, geo
from listings.geo import LatLon
from listings.models import Listing, PriceOverride
from listings.search.engine import stretches_of
from listings.search.pages import Plan, explain
from listings.search.query import SearchQuery, Sort
from listings.search.statement import Statement
from tests.factories import listings

NEAR = "43.1843,3.0031"
WEEKEND = {"from": "2026-07-04T10:00", "to": "2026-07-06T10:00"}


@pytest.fixture(autouse=True)
def july(db: None) -> None:
    clock.travel_to(datetime(2026, 7, 3, 8, tzinfo=UTC))


def bike(**fields: object) -> Listing:
    """A published listing whose public point is exactly at the usual door."""
    made = listings.listing(**{"photos": 0, "price_hour": None, **fields})
    Listing.objects.filter(pk=made.pk).update(public_point=geo.to_mercator(LatLon(43.1843, 3.0031)))
    return made


def utc(text: str) -> datetime:
    return clocks.wall_to_instant(datetime.fromisoformat(text), "Europe/Paris")


def test_a_hit_shows_the_whole_total(api) -> None:
    bike(price_day=1500)

    [hit] = api(None).get("/api/search", {"near": NEAR} | WEEKEND).json()["results"]

    assert hit["total"] == {"amount": 3270, "currency": "EUR"}


def test_other_prices_of_those_days_are_in_the_total_even_where_only_a_discount_step_reaches_them(api) -> None:
    made = bike(price_day=1500)
    PriceOverride.objects.create(listing=made, date="2026-07-05", price_day=2500)
    cheap_week = bike(price_day=1000, discount_7=80, title="a week is cheaper")
    PriceOverride.objects.create(listing=cheap_week, date="2026-07-10", price_day=1500)

    found = api(None).get("/api/search", {"near": NEAR} | WEEKEND).json()["results"]

    assert {hit["title"]: hit["total"]["amount"] for hit in found} == {
        "Gitane with a basket": 4360,
        "a week is cheaper": 1635,
    }


def test_what_is_taken_or_closed_then_is_missing(api) -> None:
    taken, closed, free = bike(title="taken"), bike(title="closed", opening=((),) * 7), bike(title="free")
    listings.block(taken, utc("2026-07-05T10:00"), utc("2026-07-05T11:00"))

    found = api(None).get("/api/search", {"near": NEAR} | WEEKEND).json()["results"]

    assert [hit["id"] for hit in found] == [str(free.uuid)]
    assert len(api(None).get("/api/search", {"near": NEAR}).json()["results"]) == 3
    assert closed.status == "published"


def test_wall_clocks_are_each_listing_s_own(api) -> None:
    paris = bike(title="Paris", opening=(((600, 600),),) * 7)
    azores = bike(title="Azores", opening=(((600, 600),),) * 7, time_zone="Atlantic/Azores")
    listings.block(paris, datetime(2026, 7, 4, 10, tzinfo=UTC), datetime(2026, 7, 4, 11, tzinfo=UTC))
    listings.block(azores, datetime(2026, 7, 4, 8, tzinfo=UTC), datetime(2026, 7, 4, 9, tzinfo=UTC))

    found = api(None).get("/api/search", {"near": NEAR} | WEEKEND).json()["results"]

    assert [hit["title"] for hit in found] == ["Azores"]


GAP = {"from": "2027-03-28T02:30", "to": "2027-03-29T10:00"}


def test_a_time_that_does_not_exist_here_is_refused_whatever_bikes_there_are_elsewhere(api) -> None:
    clock.travel_to(datetime(2027, 3, 20, 8, tzinfo=UTC))
    bike(opening=(((0, 1440),),) * 7)
    algiers = LatLon(36.75, 3.06)
    far = listings.listing(opening=(((0, 1440),),) * 7, at=algiers, time_zone="Africa/Algiers")

    here = [{"near": NEAR}, {"bbox": "2.5,43,3.5,43.5"}]
    for path in ("/api/search", "/api/search/facets", "/api/search/alternatives", "/api/search/map"):
        for where in here if path != "/api/search/map" else [here[1] | {"zoom": 10}]:
            answer = api(None).get(path, where | GAP)
            assert (answer.status_code, answer.json()["code"]) == (400, "time_does_not_exist"), path
            assert list(answer.json()["fields"]) == ["from"]

    there = api(None).get("/api/search", {"near": "36.75,3.06"} | GAP)
    assert [hit["id"] for hit in there.json()["results"]] == [str(far.uuid)]
    assert api(None).get("/api/search", {"near": "30.0,-40.0"} | GAP).json()["results"] == []


@pytest.mark.parametrize(("when", "statements"), [({}, 0), (WEEKEND, 0), (GAP, 1)])
def test_only_a_time_that_some_clock_jumps_over_costs_a_look_for_the_town(api, when, statements) -> None:
    clock.travel_to(datetime(2026, 7, 3, 8, tzinfo=UTC))
    bike()
    bike(time_zone="Africa/Algiers")

    with CaptureQueriesContext(connection) as asked:
        api(None).get("/api/search", {"near": "36.75,3.06"} | when)

    assert sum("listings_place WHERE" in str(query["sql"]) for query in asked) == statements


def test_price_max_and_price_order_go_by_the_total(api) -> None:
    bike(title="1500 a day", price_day=1500)
    bike(title="1400 a day", price_day=1400)
    bike(title="1 an hour", price_day=9000, price_hour=50)
    asked = {"near": NEAR, "sort": "price"} | WEEKEND

    assert [hit["title"] for hit in api(None).get("/api/search", asked).json()["results"]] == [
        "1 an hour",
        "1400 a day",
        "1500 a day",
    ]
    limited = api(None).get("/api/search", asked | {"price_max": 3052}).json()["results"]
    assert [hit["title"] for hit in limited] == ["1 an hour", "1400 a day"]
    assert api(None).get("/api/search", asked | {"price_max": 2615}).json()["results"] == []


def test_price_max_looks_past_the_dear_ones(api) -> None:
    for number in range(130):
        bike(title=f"{number}", price_day=5000 if number < 125 else 1000)

    found = api(None).get("/api/search", {"near": NEAR, "sort": "nearest", "price_max": 3000} | WEEKEND).json()

    assert [hit["title"] for hit in found["results"]] == ["125", "126", "127", "128", "129"]


def test_two_statements_for_a_page_whatever_is_on_it(api) -> None:
    for number in range(25):
        made = bike(title=f"{number}", photos=2)
        PriceOverride.objects.create(listing=made, date="2026-07-05", price_day=2500)

    with CaptureQueriesContext(connection) as queries:
        api(None).get("/api/search", {"near": NEAR} | WEEKEND)

    said = [str(query["sql"]) for query in queries if "SAVEPOINT" not in str(query["sql"])]
    # Zones, the page.
    assert len(said) == 2
    with CaptureQueriesContext(connection) as queries:
        api(None).get("/api/search", {"near": NEAR})
    assert len([query for query in queries if "SAVEPOINT" not in str(query["sql"])]) == 1


def test_the_index_gives_the_order_and_stops_at_the_radius() -> None:
    bike()
    query = SearchQuery(
        origin=LatLon(43.1843, 3.0031),
        from_local=datetime.fromisoformat("2026-07-04T10:00"),
        to_local=datetime.fromisoformat("2026-07-06T10:00"),
        categories=("city",),
        height=175,
    )
    statement = Statement(query, radius_m=5000, stretches=stretches_of(query), now=clock.now())

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = explain(statement, Plan(Sort.NEAREST, limit=32, after=False, last=False, cards=True))

    near = plan[plan.index("CTE near") : plan.index("CTE edge")]
    # With so few bikes either index on points is as good.
    assert "Index Scan using listing_published_" in near
    assert "Index Cond: (public_point <@ '<(" in near
    assert "Order By: (public_point <-> " in near
    assert "Sort" not in near


def test_the_index_tells_what_comes_with_a_bike() -> None:
    bike()
    query = SearchQuery(origin=LatLon(43.1843, 3.0031), extras=("child_seat", "trailer"))
    statement = Statement(query, radius_m=50_000, stretches=(), now=clock.now())

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = explain(statement, Plan(Sort.NEAREST, limit=32, after=False, last=False, cards=True))

    near = plan[plan.index("CTE near") : plan.index("CTE edge")]
    assert "Index Scan using listing_published_offers" in near
    assert "@@ '''child_seat'' & ''trailer'''::tsquery" in near
    assert "Order By: (public_point <-> " in near
