"""The map counts what search finds: all pages of a box walked, in random worlds."""

from datetime import UTC, datetime, timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bikeens.core import clock
from listings import actions, geo
from listings.choices import BlockKind, Category, ExtraKind
from listings.geo import LatLon
from listings.models import Extra, Listing
from listings.search import map as search_map
from tests.factories import listings, people

NOW = datetime(2026, 3, 26, 9, 17, tzinfo=UTC)
# Summer time begins in Paris in between.
DATES = {"from": "2026-03-28T10:00", "to": "2026-03-30T10:00"}

bikes = st.fixed_dictionaries(
    {
        "at": st.tuples(st.floats(-0.05, 0.05), st.floats(-0.05, 0.05)),
        "status": st.sampled_from(["published"] * 5 + ["paused"]),
        "category": st.sampled_from(Category.values),
        "electric": st.booleans(),
        "instant": st.booleans(),
        "price_day": st.integers(500, 5000),
        "tall": st.integers(0, 60),
        "trailer": st.booleans(),
        "taken": st.booleans(),
    }
)
filters = st.fixed_dictionaries(
    {},
    optional={
        "category": st.sampled_from(["city", "city,cargo"]),
        "electric": st.sampled_from(["true", "false"]),
        "instant": st.just("true"),
        "height": st.integers(150, 200),
        "price_max": st.integers(500, 15_000),
        "extras": st.just("trailer"),
    },
)


def make(world: list[dict]) -> None:
    owner = people.alice()
    for fields in world:
        north, east = fields["at"]
        columns = {name: fields[name] for name in ("status", "category", "electric", "instant", "price_day")}
        tall = 130 + fields["tall"]
        made = listings.listing(owner, photos=0, rider_height_from=tall, rider_height_to=tall + 20, **columns)
        point = geo.to_mercator(LatLon(43.18 + north, 3.0 + east))
        Listing.objects.filter(pk=made.pk).update(public_point=point)
        if fields["trailer"]:
            Extra.objects.create(listing=made, kind=ExtraKind.TRAILER, price_cents=0, per="booking")
        if fields["taken"]:
            day = datetime(2026, 3, 29, 12, tzinfo=UTC)
            listings.block(made, day, day + timedelta(hours=2), BlockKind.OWN)


def found(client, asked: dict[str, object]) -> dict[str, int]:
    hits, cursor = {}, None
    while True:
        answer = client.get("/api/search", asked | ({"cursor": cursor} if cursor else {})).json()
        for hit in answer["results"]:
            hits[hit["id"]] = (hit["total"] or hit["price_per_day"])["amount"]
        cursor = answer["next"]
        if cursor is None:
            return hits


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    world=st.lists(bikes, max_size=40),
    box=st.tuples(st.floats(0.001, 0.06), st.floats(0.001, 0.06)),
    zoom=st.integers(5, 18),
    asked=filters,
    dated=st.booleans(),
    pins=st.sampled_from([2, 100]),
)
def test_pins_and_clusters_are_what_search_finds(db, api, monkeypatch, world, box, zoom, asked, dated, pins) -> None:
    clock.travel_to(NOW)
    monkeypatch.setattr(search_map, "PINS", pins)
    half_high, half_wide = box
    where = {"bbox": f"{3 - half_wide:.6f},{43.18 - half_high:.6f},{3 + half_wide:.6f},{43.18 + half_high:.6f}"}
    asked = where | asked | (DATES if dated else {})
    client = api(None)
    with transaction.atomic():
        make(world)
        actions.rebuild_map()

        hits = found(client, asked)
        answer = client.get("/api/search/map", asked | {"zoom": zoom}).json()

        shown = {pin["id"]: pin["price"]["amount"] for pin in answer["pins"]}
        assert answer["exact"]
        assert shown.items() <= hits.items()
        assert len(shown) + sum(cluster["count"] for cluster in answer["clusters"]) == len(hits)
        transaction.set_rollback(True)
