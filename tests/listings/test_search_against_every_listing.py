"""Ten thousand random searches, each compared with every listing asked one by one: the same bikes, order and totals."""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bikeens.core import clock
from listings.choices import Category
from listings.geo import LatLon, moved
from tests.listings import oracle
from tests.listings.oracle import Asked

WORLDS, SEARCHES, BIKES = 125, 40, 45
CENTRES = [LatLon(43.18, 3.0), LatLon(43.18, 3.0), LatLon(-17.2, 179.97), LatLon(84.5, -30.0), LatLon(0.0, 0.0)]
# Paris and the Azores go over to summer time on 29 March, Lord Howe back on 5 April; the others on 25 October.
SPRING = datetime(2026, 3, 26, 9, 17, tzinfo=UTC)
AUTUMN = datetime(2026, 10, 22, 9, 17, tzinfo=UTC)
NIGHTS_OF_CHANGE = {SPRING: (date(2026, 3, 29), date(2026, 4, 5)), AUTUMN: (date(2026, 10, 25),)}


@st.composite
def asked(draw: st.DrawFn, now: datetime, monday: date) -> tuple[int, int, Asked]:
    """Metres and bearing (in degrees) of the point from the world's centre, and what else is asked."""
    start = end = None
    if draw(st.integers(0, 3)):
        usual = draw(st.booleans())
        day = draw(st.integers(0, 20).map(lambda number: monday + timedelta(days=number)))
        minutes = draw(st.sampled_from((480, 540, 600, 690, 840, 1080))) if usual else draw(st.integers(0, 47)) * 30
        if not usual and draw(st.booleans()):
            day = draw(st.sampled_from(NIGHTS_OF_CHANGE[now]))
            minutes = draw(st.integers(0, 8)) * 30
        start = datetime.combine(day, time.min) + timedelta(minutes=minutes)
        steps = draw(st.sampled_from((4, 8, 48, 96, 336)) if usual else st.integers(1, 480))
        end = start + timedelta(minutes=30 * steps)
    height = draw(st.none() | st.integers(145, 200))
    sorts = ["best", "nearest", "price", "rating", *(["fit"] if height else [])]
    wishes = Asked(near=None, from_local=start, to_local=end, height=height, sort=draw(st.sampled_from(sorts)))
    # Whoever wishes for everything at once finds nothing, which proves little.
    if draw(st.booleans()):
        wishes = replace(
            wishes,
            radius=draw(st.sampled_from((None, None, 1, 700, 5_000, 20_000, 50_000))),
            categories=draw(st.sampled_from(((), (), ("city",), ("cargo", "city"), tuple(Category.values)))),
            electric=draw(st.sampled_from((None, None, True, False))),
            price_max=draw(st.sampled_from((None, None, 2_000, 9_000, 40_000))),
            extras=draw(st.sampled_from(((), (), ("delivery",), ("child_seat",), ("lock", "helmet")))),
            instant=draw(st.sampled_from((False, False, True))),
        )
    return draw(st.sampled_from((0, 300, 4_000, 45_000))), draw(st.integers(0, 359)), wishes


def placed(wishes: Asked, where: LatLon, how: int) -> Asked:
    """The search around a point, on the map there, or on the map ordered from a point."""
    if how < 5:
        return replace(wishes, near=where)
    reach = 0.05 if how % 2 else 0.6
    west, east = (round((where.lon + side * reach + 180) % 360 - 180, 4) for side in (-1, 1))
    south, north = round(where.lat - reach / 2, 4), round(min(where.lat + reach / 2, 85.0), 4)
    near = where if how > 6 else None
    return replace(wishes, near=near, radius=None, box=(west, south, east, north))


@pytest.fixture(params=[SPRING, AUTUMN], ids=["spring", "autumn"])
def now(request: pytest.FixtureRequest, db: None) -> datetime:
    clock.travel_to(request.param)
    return request.param


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Iterator[Counter[str]]:
    """What was compared, printed at the end: a test that compares empty lists proves nothing."""
    seen: Counter[str] = Counter()
    yield seen
    with capsys.disabled():
        sys.stdout.write(f"\n{dict(seen)}\n")


def test_search_finds_what_every_listing_says_of_itself(now, told, client) -> None:
    monday = now.date() - timedelta(days=now.weekday())

    @settings(
        max_examples=WORLDS,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        st.integers(0, 2**31),
        st.sampled_from(CENTRES),
        st.lists(st.tuples(asked(now, monday), st.integers(0, 8)), min_size=SEARCHES, max_size=SEARCHES),
    )
    def compare(seed: int, centre: LatLon, drawn: list[tuple[tuple[int, int, Asked], int]]) -> None:
        searches = []
        for (metres, degrees, wishes), how in drawn:
            where = moved(centre, metres=metres, bearing=degrees / 57.29578)
            searches.append(placed(wishes, LatLon(round(where.lat, 6), round(where.lon, 6)), how))
        with transaction.atomic():
            world = oracle.make_world(seed, centre, monday, bikes=BIKES, now=clock.now())
            world.price(searches)
            for one in searches:
                compared(client, world, one, told)
            transaction.set_rollback(True)

    compare()
    assert told["searches"] == WORLDS * SEARCHES
    assert told["hits"] > 4 * told["searches"]
    assert told["pages after the first"] > 100


def compared(client, world: oracle.World, one: Asked, told: Counter[str]) -> None:
    params = one.params()
    told["searches"] += 1
    if one.from_local and not world.exists(one):
        refused = client.get("/api/search", params)
        assert refused.json()["code"] == "time_does_not_exist", params
        told["times that no clock has"] += 1
        return
    found: list[tuple[str, int | None]] = []
    cursor = None
    while True:
        page = client.get("/api/search", params | ({"cursor": cursor} if cursor else {}))
        assert page.status_code == 200, (params, page.content)
        body = page.json()
        found += [(hit["id"], hit["total"] and hit["total"]["amount"]) for hit in body["results"]]
        cursor = body["next"]
        if cursor is None:
            break
        told["pages after the first"] += 1
    expected = world.answer(one)
    told["hits"] += len(expected)
    told["empty"] += not expected
    assert found == expected, params
