"""GET /api/search/map: what a map shows of a box."""

import random
from datetime import UTC, datetime

import pytest

from bikeens.core import clock
from listings import actions, geo
from listings.choices import ExtraKind
from listings.geo import LatLon
from listings.grid import cell_of
from listings.models import Block, Extra, Listing, MapCell
from listings.search import map as search_map
from tests.factories import listings

NARBONNE = "2.95,43.15,3.05,43.22"
FRANCE = "-5,42,8,51"
DATES = {"from": "2027-07-05T10:00", "to": "2027-07-07T18:00"}


def bike(point: LatLon, **fields: object) -> Listing:
    """A published listing whose public point is exactly there."""
    made = listings.listing(at=point, photos=0, **fields)
    Listing.objects.filter(pk=made.pk).update(public_point=geo.to_mercator(point))
    return made


def shown(client, **asked: object) -> dict:
    answer = client.get("/api/search/map", {"zoom": 13, "bbox": NARBONNE} | asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def counted(answer: dict) -> int:
    return len(answer["pins"]) + sum(cluster["count"] for cluster in answer["clusters"])


@pytest.fixture
def crowd(alice, monkeypatch) -> list[Listing]:
    """Ten bikes, in a world where a single one is too many to look at one by one."""
    monkeypatch.setattr(search_map, "EXACT", 0)
    monkeypatch.setattr(search_map, "EXACT_DATED", 0)
    made = [
        bike(
            LatLon(43.18 + number / 10_000, 3.0),
            price_day=1000 + 100 * number,
            category="cargo" if number < 3 else "city",
            electric=number in (0, 5),
            instant=number == 0,
            rider_height_from=150 + number,
        )
        for number in range(10)
    ]
    actions.rebuild_map()
    return made


def test_few_bikes_are_pins(api, alice) -> None:
    made = bike(LatLon(43.1843, 3.0031), title="Gitane")
    bike(LatLon(43.3, 3.0031), title="north of the box")
    bike(LatLon(43.1843, 3.0031), title="paused", status="paused")

    assert shown(api(None)) == {
        "pins": [
            {
                "id": str(made.uuid),
                "point": {"lat": 43.1843, "lon": 3.0031},
                "title": "Gitane",
                "price": {"amount": 2000, "currency": "EUR"},
            }
        ],
        "clusters": [],
        "exact": True,
    }


def test_with_dates_a_pin_says_the_total_and_taken_bikes_go(api, alice) -> None:
    clock.travel_to(datetime(2027, 6, 20, tzinfo=UTC))
    free, taken = bike(LatLon(43.18, 3.0)), bike(LatLon(43.19, 3.0))
    Block.objects.create(
        listing=taken,
        kind="booking",
        starts_at=datetime(2027, 7, 6, 10, tzinfo=UTC),
        ends_at=datetime(2027, 7, 6, 12, tzinfo=UTC),
    )
    client = api(None)
    [hit] = client.get("/api/search", {"bbox": NARBONNE} | DATES).json()["results"]

    [pin] = shown(client, **DATES)["pins"]

    assert (pin["id"], pin["price"]) == (str(free.uuid), hit["total"])
    total = hit["total"]["amount"]
    assert len(shown(client, price_max=total, **DATES)["pins"]) == 1
    assert shown(client, price_max=total - 1, **DATES)["pins"] == []


def test_every_filter_of_search_filters_pins(api, alice) -> None:
    first = bike(LatLon(43.18, 3.0), category="cargo", electric=True, instant=True, price_day=900)
    Extra.objects.create(listing=first, kind=ExtraKind.TRAILER, price_cents=100, per="booking")
    bike(LatLon(43.19, 3.0), rider_height_from=100, rider_height_to=120)
    client = api(None)

    for asked in (
        {"category": "cargo,tandem"},
        {"electric": "true"},
        {"instant": "true"},
        {"price_max": 900},
        {"height": 172},
        {"extras": "trailer"},
    ):
        answer = shown(client, **asked)
        assert ([pin["id"] for pin in answer["pins"]], answer["exact"]) == ([str(first.uuid)], True), asked


def test_more_pins_than_can_be_told_apart_become_clusters_on_the_grid(api, alice, monkeypatch) -> None:
    monkeypatch.setattr(search_map, "PINS", 3)
    together = [bike(LatLon(43.18, 3.0 + n / 1e5), price_day=price) for n, price in enumerate((1500, 1200, 1800))]
    alone = bike(LatLon(43.21, 3.04))

    answer = shown(api(None))

    [pin] = answer["pins"]
    [cluster] = answer["clusters"]
    assert pin["id"] == str(alone.uuid)
    assert (cluster["count"], cluster["price_from"]) == (3, {"amount": 1200, "currency": "EUR"})
    assert cluster["point"] == {"lat": 43.18, "lon": 3.00001}
    low, high = (geo.to_latlon(corner) for corner in cell_of(geo.to_mercator(LatLon(43.18, 3.0)), 13).box())
    assert cluster["bbox"] == pytest.approx([low.lon, low.lat, high.lon, high.lat], abs=1e-6)
    assert answer["exact"]
    # Nearer there is nothing but pins.
    assert len(shown(api(None), zoom=18)["pins"]) == len(together) + 1


def test_too_many_bikes_are_counted_by_the_kept_cells(api, crowd) -> None:
    for zoom in range(5, 19):
        answer = shown(api(None), zoom=zoom)
        assert (answer["pins"], counted(answer), answer["exact"]) == ([], 10, True), zoom
        assert min(cluster["price_from"]["amount"] for cluster in answer["clusters"]) == 1000
    assert len(shown(api(None), zoom=9, bbox=FRANCE)["clusters"]) == 1


@pytest.mark.parametrize(
    ("asked", "count", "cheapest"),
    [
        ({"category": "cargo"}, 3, 1000),
        ({"category": "city"}, 7, 1300),
        ({"category": "city,cargo"}, 10, 1000),
        ({"electric": "true"}, 2, 1000),
        ({"electric": "false"}, 8, 1100),
        ({"category": "city", "electric": "true"}, 1, 1500),
        ({"instant": "true"}, 1, 1000),
        ({"category": "tandem"}, 0, None),
    ],
)
def test_the_kept_cells_answer_category_electric_and_instant_exactly(api, crowd, asked, count, cheapest) -> None:
    answer = shown(api(None), zoom=6, bbox=FRANCE, **asked)

    assert (counted(answer), answer["exact"]) == (count, True)
    prices = [cluster["price_from"]["amount"] for cluster in answer["clusters"]]
    assert prices == ([] if cheapest is None else [cheapest])


@pytest.mark.parametrize(
    "asked", [{"height": 152}, {"price_max": 1100}, {"extras": "trailer"}, DATES, DATES | {"price_max": 4000}]
)
def test_what_the_kept_cells_do_not_know_is_said_not_guessed(api, crowd, asked) -> None:
    clock.travel_to(datetime(2027, 6, 20, tzinfo=UTC))

    answer = shown(api(None), zoom=6, bbox=FRANCE, **asked)

    assert (counted(answer), answer["exact"]) == (10, False)


def test_a_cell_where_no_bike_is_cheap_enough_is_not_shown(api, crowd) -> None:
    answer = shown(api(None), zoom=6, bbox=FRANCE, price_max=999)

    assert (answer["clusters"], answer["exact"]) == ([], False)


def test_many_bikes_outside_the_box_do_not_hide_the_few_inside(api, crowd, monkeypatch) -> None:
    monkeypatch.setattr(search_map, "EXACT", 5)
    lonely = bike(LatLon(48.85, 2.35))
    actions.rebuild_map()

    assert [pin["id"] for pin in shown(api(None), bbox="2.3,48.8,2.4,48.9")["pins"]] == [str(lonely.uuid)]


def test_few_bikes_of_the_asked_kind_are_searched_among_many(api, crowd, monkeypatch) -> None:
    monkeypatch.setattr(search_map, "EXACT", 5)

    assert shown(api(None), height=152)["exact"] is False
    answer = shown(api(None), height=152, category="cargo")
    assert (len(answer["pins"]), answer["exact"]) == (3, True)


def test_a_box_far_too_large_for_its_zoom_is_answered_coarsely(api, crowd) -> None:
    bike(LatLon(-33.9, 151.2))
    actions.rebuild_map()

    answer = shown(api(None), bbox="-180,-85,180,85", zoom=18)

    assert sorted(cluster["count"] for cluster in answer["clusters"]) == [1, 10]


def test_the_180th_meridian_is_no_wall(api, alice, monkeypatch) -> None:
    bike(LatLon(-16.8, 179.99))
    bike(LatLon(-16.8, -179.97))
    bike(LatLon(-16.8, 0.0))
    actions.rebuild_map()
    client = api(None)
    fiji = {"bbox": "179.9,-17,-179.9,-16.5", "zoom": 10}

    assert len(shown(client, **fiji)["pins"]) == 2
    monkeypatch.setattr(search_map, "EXACT", 0)
    assert [cluster["count"] for cluster in shown(client, **fiji)["clusters"]] == [1, 1]


def test_a_cluster_s_price_is_in_the_currency_of_most(api, crowd) -> None:
    Listing.objects.filter(pk__in=[one.pk for one in crowd[:3]]).update(currency="CHF", price_day=100)
    actions.rebuild_map()

    [cluster] = shown(api(None), zoom=6, bbox=FRANCE)["clusters"]

    assert (cluster["count"], cluster["price_from"]) == (10, {"amount": 1300, "currency": "EUR"})
    assert MapCell.objects.filter(zoom=6).count() == 2


@pytest.mark.parametrize("who", ["alice", "bob", None])
def test_everybody_is_answered_alike(api, crowd, request, who) -> None:
    client = api(request.getfixturevalue(who) if who else None)

    assert shown(client, zoom=6) == shown(api(None), zoom=6)


@pytest.mark.parametrize(("asked", "statements"), [({}, 3), (DATES, 6), ({"zoom": 6, "category": "tandem"}, 2)])
def test_a_map_costs_few_statements_however_many_bikes(
    api, alice, django_assert_num_queries, asked, statements
) -> None:
    clock.travel_to(datetime(2027, 6, 20, tzinfo=UTC))
    chance = random.Random(3)
    for _number in range(12):
        bike(LatLon(43.18 + chance.random() / 100, 3.0))
    client = api(None)

    # The client's turn is one of them.
    with django_assert_num_queries(statements):
        shown(client, **asked)


@pytest.mark.parametrize(
    ("asked", "field", "code"),
    [
        ({"bbox": ""}, "bbox", "required"),
        ({"zoom": ""}, "zoom", "required"),
        ({"zoom": "4"}, "zoom", "min_value"),
        ({"zoom": "19"}, "zoom", "max_value"),
        ({"zoom": "-1"}, "zoom", "min_value"),
        ({"zoom": "12.5"}, "zoom", "invalid"),
        ({"zoom": "9" * 10_000}, "zoom", "max_string_length"),
        ({"zoom": "Narbonne"}, "zoom", "invalid"),
        ({"zoom": ["12", "13"]}, "zoom", "repeated"),
        ({"bbox": "3,43"}, "bbox", "invalid"),
        ({"bbox": "3.1,43.1,3.0,43.2"}, "bbox", "inside_out"),
        ({"bbox": "3,43.2,3.1,43.1"}, "bbox", "inside_out"),
        ({"bbox": "-180,-85.1,180,85"}, "bbox", "latitude_out_of_range"),
        ({"bbox": "-180.1,-85,180,85"}, "bbox", "longitude_out_of_range"),
        ({"bbox": "0,0,0,'; DROP TABLE listings_listing"}, "bbox", "invalid"),
        ({"near": "43.18,3"}, "near", "unknown_field"),
        ({"place": "2990919"}, "place", "unknown_field"),
        ({"radius": "500"}, "radius", "unknown_field"),
        ({"sort": "price"}, "sort", "unknown_field"),
        ({"cursor": "x"}, "cursor", "unknown_field"),
        ({"colour": "red"}, "colour", "unknown_field"),
        ({"category": "rocket"}, "category.0", "invalid_choice"),
        ({"from": "2027-07-05T10:00"}, "to", "required"),
    ],
)
def test_nonsense_is_refused_by_field(db, api, asked, field, code) -> None:
    answer = api(None).get("/api/search/map", {"zoom": "12", "bbox": NARBONNE} | asked)

    assert answer.status_code == 400, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["fields"][field][0]["code"] == code
