"""GET /api/search: what is found, and in which order."""

import math
import random
from uuid import UUID

import pytest

from listings import geo
from listings.choices import Category, ExtraKind, Status
from listings.geo import LatLon
from listings.models import Extra, Listing, Place
from tests.factories import listings, people

NEAR = "43.1843,3.0031"
HERE = LatLon(43.1843, 3.0031)


def at(metres: float, *, bearing: float = 0.0, start: LatLon = HERE) -> LatLon:
    return geo.moved(start, metres=metres, bearing=bearing)


def bike(point: LatLon, **fields: object) -> Listing:
    """A published listing whose public point is exactly there."""
    made = listings.listing(at=point, photos=0, **fields)
    Listing.objects.filter(pk=made.pk).update(public_point=geo.to_mercator(point))
    return made


def titles(answer) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [hit["title"] for hit in answer.json()["results"]]


def all_pages(client, asked: dict[str, object]) -> list[dict[str, object]]:
    hits, cursor = [], None
    while True:
        answer = client.get("/api/search", asked | ({"cursor": cursor} if cursor else {})).json()
        hits += answer["results"]
        cursor = answer["next"]
        if cursor is None:
            return hits


def test_a_hit_says_what_a_card_needs_and_nothing_private(db, api) -> None:
    made = listings.listing(electric=True, rating_sum=14, rating_count=3)
    Listing.objects.filter(pk=made.pk).update(public_point=geo.to_mercator(at(1000)))
    photo = made.photos.get(position=0)

    answer = api(None).get("/api/search", {"near": NEAR})

    body = answer.json()
    point = at(1000)
    assert body == {
        "results": [
            {
                "id": str(made.uuid),
                "title": "Gitane with a basket",
                "category": "city",
                "electric": True,
                "cover": {
                    "id": str(photo.uuid),
                    "width": 1600,
                    "height": 1200,
                    "sizes": [
                        {"width": width, "url": f"/media/{photo.key}-{width}.webp"} for width in (320, 640, 960, 1600)
                    ],
                    "alt": "Gitane with a basket",
                },
                "rating": {"average": 4.7, "count": 3},
                "point": {"lat": pytest.approx(point.lat, abs=1e-6), "lon": pytest.approx(point.lon, abs=1e-6)},
                "distance_m": 1000,
                "rider_height": {"from": 160, "to": 185},
                "price_per_day": {"amount": 2000, "currency": "EUR"},
                "price_per_hour": {"amount": 400, "currency": "EUR"},
                "total": None,
                "instant": False,
                "owner": {"name": "Alice"},
                "town": "Narbonne",
                "frame_size": "M",
            }
        ],
        "next": None,
        "place": None,
        "wide": False,
        "limited_to": None,
    }
    for private in ("rue Droite", "WTU123456", "BC12345678", "exact", "alice@"):
        assert private not in answer.content.decode()


def test_nearest_first_by_the_public_point_to_the_metre_and_over_pages(db, api) -> None:
    chance = random.Random(7)
    placed = []
    for number in range(75):
        point = at(chance.uniform(0, 5_400), bearing=chance.uniform(0, 2 * math.pi))
        bike(point, title=f"{number}")
        placed.append((geo.distance_m(HERE, point), f"{number}"))

    hits = all_pages(api(None), {"near": NEAR, "sort": "nearest"})

    assert [hit["title"] for hit in hits] == [title for metres, title in sorted(placed) if metres <= 5_000]


@pytest.mark.parametrize("sort", ["best", "nearest", "price", "rating", "fit"])
def test_pages_show_everything_once_even_at_one_door(db, api, sort: str) -> None:
    door = at(300)
    for number in range(70):
        bike(door, title=f"{number}", price_day=1000 + number % 3, rider_height_from=150 + number % 5)

    hits = all_pages(api(None), {"near": NEAR, "sort": sort, "height": 170})

    assert sorted(int(hit["title"]) for hit in hits) == list(range(70))


def test_best_is_by_bands_then_by_answering_then_by_distance(db, api) -> None:
    bike(at(100), title="slow to answer", response_rank=2)
    bike(at(300), title="answers")
    bike(at(200), title="answers, nearer")
    bike(at(600), title="next band, answers")
    bike(at(510), title="next band, slow", response_rank=1)

    assert titles(api(None).get("/api/search", {"near": NEAR})) == [
        "answers, nearer",
        "answers",
        "slow to answer",
        "next band, answers",
        "next band, slow",
    ]


def test_fit_is_by_bands_then_by_the_middle_of_the_range(db, api) -> None:
    bike(at(100), title="edge", rider_height_from=180, rider_height_to=200)
    bike(at(200), title="middle", rider_height_from=170, rider_height_to=190)
    bike(at(50), title="too small", rider_height_from=150, rider_height_to=179)
    bike(at(60), title="unknown", rider_height_from=None, rider_height_to=None)
    bike(at(700), title="next band", rider_height_from=170, rider_height_to=190)

    asked = {"near": NEAR, "sort": "fit", "height": 180}
    assert titles(api(None).get("/api/search", asked)) == ["middle", "edge", "next band"]


def test_rating_counts_how_many_there_are(db, api) -> None:
    bike(at(100), title="none")
    bike(at(200), title="one five", rating_sum=5, rating_count=1)
    bike(at(300), title="many good", rating_sum=96, rating_count=20)
    bike(at(400), title="bad", rating_sum=4, rating_count=2)

    assert titles(api(None).get("/api/search", {"near": NEAR, "sort": "rating"})) == [
        "many good",
        "one five",
        "none",
        "bad",
    ]


def test_price_is_by_the_total_of_the_dates(db, api) -> None:
    bike(at(100), title="cheap days", price_day=1000, price_hour=None)
    bike(at(200), title="cheap hours", price_day=3000, price_hour=100)

    by_day = {"near": NEAR, "sort": "price"}
    assert titles(api(None).get("/api/search", by_day)) == ["cheap days", "cheap hours"]
    assert api(None).get("/api/search", by_day).json()["limited_to"] is None


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["city", "cargo", "instant", "tall"]),
        ({"category": "cargo"}, ["cargo"]),
        ({"category": ["cargo", "road"]}, ["cargo", "instant"]),
        ({"category": "cargo,road"}, ["cargo", "instant"]),
        ({"electric": "true"}, ["cargo"]),
        ({"electric": "false"}, ["city", "instant", "tall"]),
        ({"instant": "true"}, ["instant"]),
        ({"height": 188}, ["tall"]),
        ({"price_max": 1999}, ["city"]),
        ({"extras": "child_seat"}, ["cargo"]),
        ({"extras": "helmet"}, ["city", "cargo"]),
        ({"extras": "helmet,child_seat"}, ["cargo"]),
        ({"extras": "delivery"}, ["tall"]),
    ],
)
def test_filters(db, api, asked: dict[str, object], found: list[str]) -> None:
    bike(at(100), title="city", included=["helmet"], price_day=1500)
    cargo = bike(at(200), title="cargo", category=Category.CARGO, electric=True, included=["child_seat"])
    Extra.objects.create(listing=cargo, kind=ExtraKind.HELMET, price_cents=100)
    quick = bike(at(300), title="instant", category=Category.ROAD, instant=True)
    Extra.objects.create(listing=quick, kind=ExtraKind.DELIVERY, price_cents=100, radius_km=1)
    Listing.objects.filter(pk=quick.pk).update(public_point=geo.to_mercator(at(1_200)))
    tall = bike(at(1_400), title="tall", rider_height_from=185, rider_height_to=200)
    Extra.objects.create(listing=tall, kind=ExtraKind.DELIVERY, price_cents=100, radius_km=2)

    assert titles(api(None).get("/api/search", {"near": NEAR, "sort": "nearest"} | asked)) == found


def test_only_what_is_published(db, api) -> None:
    for status in Status.values:
        bike(at(100), title=status, status=status)
    listings.draft()

    assert titles(api(None).get("/api/search", {"near": NEAR})) == ["published"]


def test_when_nothing_is_within_five_km_it_says_so_and_looks_further(db, api) -> None:
    for number in range(25):
        bike(at(20_000 + number), title=f"{number}")
    bike(at(51_000), title="too far")

    first = api(None).get("/api/search", {"near": NEAR}).json()
    second = api(None).get("/api/search", {"near": NEAR, "cursor": first["next"]}).json()

    assert (first["wide"], second["wide"]) == (True, True)
    assert len(first["results"]) + len(second["results"]) == 25
    assert titles(api(None).get("/api/search", {"near": NEAR, "radius": 5000})) == []
    assert api(None).get("/api/search", {"near": NEAR, "radius": 5000}).json()["wide"] is False
    assert len(titles(api(None).get("/api/search", {"near": NEAR, "radius": 20_004}))) == 5


# Points and their way to the plane and back: some nanometres in the plane are nought on the ground.
@pytest.mark.parametrize(
    ("there", "asked"),
    [
        (LatLon(44.7889, -88.1262), "44.788900000000005,-88.12620000000001"),
        (LatLon(-33.388, 31.5115), "-33.38799999999999,31.5115"),
        (LatLon(-79.9689, -100.1353), "-79.9689,-100.13530000000002"),
    ],
)
def test_a_shop_s_forty_bikes_asked_from_its_very_point_are_all_there_in_order(db, api, there, asked) -> None:
    shop = [bike(there) for _ in range(40)]
    # The index finds the last ones first.
    for one in reversed(shop):
        Listing.objects.filter(pk=one.pk).update(published_at=None, public_point=geo.to_mercator(there))

    found = all_pages(api(None), {"near": asked, "sort": "nearest"})

    assert [hit["id"] for hit in found] == [str(one.uuid) for one in shop]


def test_a_place_is_a_point_with_a_name(db, api) -> None:
    narbonne = Place.objects.get(name="Narbonne", country="FR")
    bike(geo.to_latlon(narbonne.point), title="here")

    answer = api(None).get("/api/search", {"place": narbonne.pk})

    assert titles(answer) == ["here"]
    assert answer.json()["results"][0]["distance_m"] == 0
    said = answer.json()["place"]
    assert (said["id"], said["name"], said["region"]) == (str(narbonne.pk), "Narbonne", "Occitanie")
    assert said["point"] == pytest.approx({"lat": 43.18396, "lon": 3.00141}, abs=1e-5)


def test_a_part_of_the_map(db, api) -> None:
    bike(LatLon(43.19, 3.01), title="inside")
    bike(LatLon(43.1950, 3.0190), title="corner")
    bike(LatLon(43.21, 3.01), title="north of it")
    bike(LatLon(43.19, 3.03), title="east of it")

    answer = api(None).get("/api/search", {"bbox": "3.0,43.18,3.02,43.2"})

    assert titles(answer) == ["inside", "corner"]
    assert answer.json()["results"][0]["distance_m"] is None
    from_the_corner = {"bbox": "3.0,43.18,3.02,43.2", "near": "43.1950,3.0190"}
    assert titles(api(None).get("/api/search", from_the_corner)) == ["corner", "inside"]


def test_the_180th_meridian_is_no_wall(db, api) -> None:
    taveuni = {"time_zone": "Pacific/Fiji", "opening": (((0, 1440),),) * 7}
    west, east = LatLon(-16.8, 179.99), LatLon(-16.8, -179.97)
    bike(west, title="west", **taveuni)
    bike(east, title="east", **taveuni)
    bike(LatLon(-16.8, 0.0), title="elsewhere")

    assert titles(api(None).get("/api/search", {"near": "-16.8,179.98", "radius": 9000})) == ["west", "east"]
    assert titles(api(None).get("/api/search", {"near": "-16.8,-179.98", "radius": 9000})) == ["east", "west"]
    on_map = api(None).get("/api/search", {"bbox": "179.9,-17,-179.9,-16", "sort": "nearest"})
    assert sorted(titles(on_map)) == ["east", "west"]
    rated = api(None).get("/api/search", {"near": "-16.8,179.98", "radius": 9000, "sort": "rating"})
    assert titles(rated) == ["west", "east"]


def test_the_far_north_up_to_85_degrees(db, api) -> None:
    start = LatLon(84.9, 20.0)
    for metres in (100, 2_000, 4_900, 5_100):
        bike(at(metres, bearing=1.0, start=start), title=f"{metres}")

    found = api(None).get("/api/search", {"near": "84.9,20", "radius": 5000, "sort": "nearest"})

    assert titles(found) == ["100", "2000", "4900"]


def test_owners_are_told_by_name_alone(db, api) -> None:
    bike(at(10), owner=people.carol())

    assert api(None).get("/api/search", {"near": NEAR}).json()["results"][0]["owner"] == {"name": "Carol"}


def test_a_cursor_belongs_to_its_query(db, api) -> None:
    for number in range(21):
        bike(at(number), title=f"{number}")
    client = api(None)
    cursor = client.get("/api/search", {"near": NEAR}).json()["next"]
    UUID(client.get("/api/search", {"near": NEAR, "cursor": cursor}).json()["results"][0]["id"])

    for asked in (
        {"near": NEAR, "cursor": cursor, "sort": "nearest"},
        {"near": NEAR, "cursor": cursor, "electric": "true"},
        {"near": "43.1843,3.0032", "cursor": cursor},
        {"near": NEAR, "cursor": cursor[:-2]},
        {"near": NEAR, "cursor": "é" * 10},
        {"near": NEAR, "cursor": "AAAA"},
        {"near": NEAR, "cursor": "x"},
    ):
        answer = client.get("/api/search", asked)
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_cursor")


@pytest.mark.parametrize("sort", ["nearest", "best", "price", "rating"])
def test_on_a_large_map_so_many_are_looked_at_and_it_says_so(db, api, monkeypatch, sort: str) -> None:
    monkeypatch.setattr("listings.search.engine.LOOKED_AT", 3)
    for number in range(5):
        bike(LatLon(46.0 + number / 10, 2.0), title=f"{number}", electric=number == 1)
    france, town = "-5,41.5,9,50.5", "1.9,45.9,2.1,46.5"

    large = api(None).get("/api/search", {"bbox": france, "near": "46,2", "sort": sort})
    small = api(None).get("/api/search", {"bbox": town, "near": "46,2", "sort": sort})
    found = api(None).get("/api/search", {"bbox": france, "near": "46,2", "sort": sort, "electric": "true"})

    assert (sorted(titles(large)), large.json()["limited_to"]) == (["0", "1", "2"], 3)
    assert (sorted(titles(small)), small.json()["limited_to"]) == (["0", "1", "2", "3", "4"], None)
    assert (titles(found), found.json()["limited_to"]) == (["1"], 3)
    monkeypatch.setattr("listings.search.engine.LOOKED_AT", 5)
    assert api(None).get("/api/search", {"bbox": france, "sort": sort}).json()["limited_to"] is None
