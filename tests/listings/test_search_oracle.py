"""Ten thousand random searches against brute force: every listing looked at, exact haversine, the quote's own rule.

Nothing here is taken from search itself but which town is nearest: membership, order, totals and pages are worked out
from the listings.
"""

import math
import random
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bikeens.core.errors import Invalid
from listings import bookable, quoting
from listings.choices import BlockKind, Category, ExtraKind, Status
from listings.geo import WORLD_M, LatLon, distance_m, moved, to_latlon, to_mercator
from listings.models import Block, Extra, Listing, OpeningException, OwnerPlace, PriceOverride
from listings.places.lookup import nearest_town
from listings.pricing import Stretch, price_of_stretch, stretch_of
from listings.search.engine import search
from listings.search.query import MapBox, SearchQuery, Sort
from tests.factories import people

WORLDS, BIKES, QUERIES = 100, 40, 100
ZONES = ("Europe/Paris", "Atlantic/Azores", "Australia/Lord_Howe")
# Within a month of the first the clocks of all three go forward or back, within a month of the second the other way.
NOWS = (datetime(2026, 3, 20, 9, 17, tzinfo=UTC), datetime(2026, 9, 29, 9, 17, tzinfo=UTC))
SPOTS = (LatLon(48.8566, 2.3522), LatLon(-31.55, 159.08), LatLon(84.9, 20.0), LatLon(-84.95, -60.0))
MERIDIAN = (LatLon(-16.8, 179.99), LatLon(-16.8, -179.98), LatLon(84.9, 179.9))
DAYTIME, ALWAYS, SPLIT = ((480, 1200),), ((0, 1440),), ((540, 720), (840, 1140))
HOURS = (DAYTIME, DAYTIME, ALWAYS, ALWAYS, ALWAYS, SPLIT, (), ((0, 120), (1380, 1440)), ((600, 600),))
INCLUDED = ("helmet", "lock", "child_seat", "lights")
EXTRAS = ("helmet", "child_seat", "trailer", "delivery", "lock", "lights")


@dataclass(frozen=True, slots=True)
class Bike:
    listing: Listing
    at: LatLon
    x: float
    y: float
    offers: frozenset[str]
    delivers_m: float


@dataclass(frozen=True, slots=True)
class World:
    now: datetime
    spot: LatLon
    bikes: Sequence[Bike]


def test_search_agrees_with_brute_force_on_ten_thousand_queries(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=WORLDS, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, 2**32))
    def compare(seed: int) -> None:
        with transaction.atomic():
            chance = random.Random(seed)
            world = made(chance)
            compare_all(world, [asked(chance, world) for _ in range(QUERIES)], chance, seen)
            transaction.set_rollback(True)

    compare()
    with capsys.disabled():
        sys.stdout.write(f"\nsearch against brute force: {dict(sorted(seen.items()))}\n")
    assert seen["queries"] >= WORLDS * QUERIES
    # Agreeing on nothing proves nothing.
    assert seen["hits"] > 3 * seen["queries"]
    assert all(seen[kind] > 5 for kind in ("dated hits", "pages beyond the first", "wide", "gap refused", *Sort))


def compare_all(world: World, queries: Sequence[SearchQuery], chance: random.Random, seen: Counter[str]) -> None:
    verdicts = Verdicts(world, queries)
    for query in queries:
        expected = verdicts.of(query)
        seen["queries"] += 1
        if isinstance(expected, Invalid):
            with pytest.raises(Invalid) as refused:
                search(query, cursor=None, now=world.now)
            assert refused.value.code == expected.code, query
            seen["gap refused"] += 1
            continue
        ids, totals, wide = expected
        found: list[int] = []
        cursor, pages = None, 0
        while pages == 0 or cursor:
            page = search(query, cursor=cursor, now=world.now)
            assert page.wide == wide, query
            assert page.limited_to is None
            found += [hit.row.id for hit in page.hits]
            assert {hit.row.id: hit.total for hit in page.hits}.items() <= totals.items(), query
            cursor, pages = page.next, pages + 1
            assert len(page.hits) == 20 or cursor is None
        assert found == ids, query
        seen[query.sort] += 1
        seen["hits"] += len(found)
        seen["dated hits"] += len(found) if query.dated else 0
        seen["pages beyond the first"] += pages - 1
        seen["wide"] += wide


class Verdicts:
    """What brute force says. The rule is asked for each listing and all asked stretches at once."""

    def __init__(self, world: World, queries: Sequence[SearchQuery]) -> None:
        self.world = world
        self.zones = {bike.listing.time_zone for bike in world.bikes if bike.listing.status == Status.PUBLISHED}
        whens = sorted({(q.from_local, q.to_local) for q in queries if q.from_local and q.to_local})
        self.stretches: Mapping[tuple[datetime, datetime, str], Stretch] = {
            (start, end, zone): stretch
            for start, end in whens
            for zone in ZONES
            if (stretch := exists(start, end, zone))
        }
        self.free: dict[tuple[int, datetime, datetime], int] = {}
        fees = quoting.house_fees()
        for bike in world.bikes:
            own = [stretch for (_s, _e, zone), stretch in self.stretches.items() if zone == bike.listing.time_zone]
            decided = bookable.verdicts(listing=bike.listing, stretches=own, now=world.now) if own else []
            rates = quoting.rates_of(bike.listing)
            for stretch, failed in zip(own, decided, strict=True):
                if not failed:
                    total = price_of_stretch(rates, stretch, fees=fees).total.amount
                    self.free[bike.listing.pk, stretch.from_local, stretch.to_local] = total

    def of(self, query: SearchQuery) -> tuple[list[int], dict[int, int | None], bool] | Invalid:
        """The ids in order, their totals, and whether nothing was within 5 km."""
        if query.from_local and query.to_local:
            known = [zone for zone in self.zones if (query.from_local, query.to_local, zone) in self.stretches]
            if self.zones and not known:
                try:
                    stretch_of(query.from_local, query.to_local, next(iter(self.zones)))
                except Invalid as refusal:
                    return refusal
            here = nearest_town(query.around) if len(known) < len(self.zones) else None
            if here:
                try:
                    stretch_of(query.from_local, query.to_local, here.time_zone)
                except Invalid as refusal:
                    return refusal
        near = self._within(query, query.radius_m or 5_000)
        wide = not near and query.radius_m is None and query.box is None
        # What nobody could ever book is not looked for further away.
        if wide and query.dated and not self._ever(query):
            wide = False
        if wide:
            near = self._within(query, 50_000)
        near.sort()
        ids = [int(keys[-1]) for keys in near]
        return ids, {bike: self._total(query, bike) for bike in ids}, wide

    def _ever(self, query: SearchQuery) -> bool:
        known = [s for (f, t, z), s in self.stretches.items() if (f, t) == (query.from_local, query.to_local)]
        return any(
            s.starts_at > self.world.now and s.ends_at <= self.world.now + timedelta(days=80) and s.days <= 80
            for s in known
            if s.zone in self.zones
        )

    def _total(self, query: SearchQuery, bike: int) -> int | None:
        if query.from_local is None or query.to_local is None:
            return None
        return self.free[bike, query.from_local, query.to_local]

    def _within(self, query: SearchQuery, radius: int) -> list[tuple[float, ...]]:
        found = []
        for bike in self.world.bikes:
            metres = on_map(query, bike) if query.box else on_ground(query, bike, radius)
            if metres is not None and self._passes(query, bike, metres):
                found.append(self._keys(query, bike.listing, metres))
        return found

    def _passes(self, query: SearchQuery, bike: Bike, metres: float) -> bool:
        listing = bike.listing
        if query.from_local and query.to_local:
            if (listing.pk, query.from_local, query.to_local) not in self.free:
                return False
        elif listing.status != Status.PUBLISHED:
            return False
        price = self._total(query, listing.pk)
        assert listing.price_day is not None
        by_distance = query.origin is not None and query.box is None
        offers = bike.offers - {"delivery"} if by_distance and metres > bike.delivers_m else bike.offers
        return (
            (not query.categories or listing.category in query.categories)
            and query.electric in (None, listing.electric)
            and (query.height is None or fits(listing, query.height))
            and (query.price_max is None or (listing.price_day if price is None else price) <= query.price_max)
            and (listing.instant or not query.instant)
            and offers.issuperset(query.extras)
        )

    def _keys(self, query: SearchQuery, listing: Listing, metres: float) -> tuple[float, ...]:
        total = self._total(query, listing.pk)
        height = query.height or 0
        assert listing.price_day is not None
        first: dict[str, tuple[float, ...]] = {
            Sort.NEAREST: (),
            Sort.BEST: (math.floor(metres / 500), listing.response_rank),
            Sort.FIT: (
                math.floor(metres / 500),
                abs(2 * height - (listing.rider_height_from or 0) - (listing.rider_height_to or 0)),
            ),
            Sort.PRICE: (listing.price_day if total is None else total,),
            Sort.RATING: (-((listing.rating_sum * 1000 + 12600) // (listing.rating_count + 3)),),
        }
        return (*first[query.sort], metres, listing.pk)


def exists(start: datetime, end: datetime, zone: str) -> Stretch | None:
    try:
        return stretch_of(start, end, zone)
    except Invalid:
        return None


def fits(listing: Listing, height: int) -> bool:
    low, high = listing.rider_height_from, listing.rider_height_to
    return low is not None and high is not None and low <= height <= high


def on_ground(query: SearchQuery, bike: Bike, radius: int) -> float | None:
    assert query.origin is not None
    metres = distance_m(query.origin, bike.at)
    return metres if metres <= radius else None


def on_map(query: SearchQuery, bike: Bike) -> float | None:
    """Metres in the plane from the origin, or from the middle, on a map that goes on east of the 180th meridian."""
    assert query.box is not None
    low, high = to_mercator(query.box.south_west), to_mercator(query.box.north_east)
    east = high.x if high.x >= low.x else high.x + WORLD_M
    x = bike.x if bike.x >= low.x else bike.x + WORLD_M
    if not (low.x <= x <= east and low.y <= bike.y <= high.y):
        return None
    start = to_mercator(query.origin) if query.origin else None
    if start is None:
        return math.hypot(x - (low.x + east) / 2, bike.y - (low.y + high.y) / 2)
    # The way that does not go around the world.
    return math.hypot((x - start.x + WORLD_M / 2) % WORLD_M - WORLD_M / 2, bike.y - start.y)


def made(chance: random.Random) -> World:
    """A world of its own: bikes of one owner around one spot, some at one door, each with its calendar."""
    now = chance.choice(NOWS)
    spot = chance.choice(MERIDIAN if chance.random() < 0.35 else SPOTS)
    owner = people.alice()
    points = [place(chance, spot) for _ in range(BIKES)]
    for door in range(chance.choice((0, 8, 25))):
        points[door] = points[0]
    flat = [to_mercator(point) for point in points]
    places = OwnerPlace.objects.bulk_create(OwnerPlace(owner=owner, exact_point=at, public_point=at) for at in flat)
    zones = (chance.choice(ZONES),) if chance.random() < 0.3 else (ZONES[0], ZONES[0], *ZONES)
    rows = Listing.objects.bulk_create(bike(chance, one, now, chance.choice(zones)) for one in places)
    extras = Extra.objects.bulk_create(
        Extra(
            listing=row, kind=kind, price_cents=100, radius_km=chance.choice((1, 3, 20)) if kind == "delivery" else None
        )
        for row in rows
        for kind in chance.sample([kind for kind in ExtraKind.values if kind in EXTRAS], chance.choice((0, 0, 1, 2)))
    )
    days = [now.date() + timedelta(days=number) for number in range(45)]
    OpeningException.objects.bulk_create(
        OpeningException(listing=row, date=day, hours=chance.choice(HOURS))
        for row in rows
        for day in chance.sample(days, chance.choice((0, 0, 3)))
    )
    PriceOverride.objects.bulk_create(
        PriceOverride(listing=row, date=day, price_day=chance.randint(100, 9000))
        for row in rows
        for day in chance.sample(days, chance.choice((0, 0, 0, 6)))
    )
    Block.objects.bulk_create(block(chance, row, now) for row in rows if chance.random() < 0.5)
    offers = {row.pk: set(row.included) for row in rows}
    reach: dict[int, float] = {}
    for extra in extras:
        offers[extra.listing_id].add(extra.kind)
        if extra.radius_km:
            reach[extra.listing_id] = extra.radius_km * 1000
    rows_by_id = Listing.objects.in_bulk([row.pk for row in rows])
    bikes = [
        Bike(rows_by_id[row.pk], to_latlon(at), at.x, at.y, frozenset(offers[row.pk]), reach.get(row.pk, -1.0))
        for row, at in zip(rows, flat, strict=True)
    ]
    return World(now, spot, bikes)


def place(chance: random.Random, spot: LatLon) -> LatLon:
    most = chance.choice((900, 4_000, 6_000, 6_000, 55_000))
    point = moved(spot, metres=most * chance.random() ** 0.5, bearing=chance.uniform(0, math.tau))
    return point if abs(point.lat) < 85 else spot


def bike(chance: random.Random, at: OwnerPlace, now: datetime, zone: str) -> Listing:
    low = chance.randrange(140, 180)
    tall = (low, low + chance.choice((10, 20, 31))) if chance.random() < 0.85 else (None, None)
    votes = chance.choice((0, 0, 1, 3, 20))
    return Listing(
        owner=at.owner,
        place=at,
        exact_point=at.exact_point,
        public_point=at.public_point,
        status=Status.PUBLISHED if chance.random() < 0.93 else Status.PAUSED,
        published_at=now,
        title="Gitane",
        category=chance.choice((Category.CITY, Category.CITY, Category.ROAD, Category.CARGO)),
        electric=chance.random() < 0.3,
        instant=chance.random() < 0.5,
        included=chance.sample(INCLUDED, chance.choice((0, 1, 3))),
        rider_height_from=tall[0],
        rider_height_to=tall[1],
        time_zone=zone,
        price_day=chance.choice((500, 1000, 1500, chance.randint(100, 6000))),
        price_hour=chance.choice((None, 100, 400, chance.randint(50, 3000))),
        discount_7=chance.choice((0, 10, 80)),
        discount_28=chance.choice((0, 25, 80)),
        opening=tuple(chance.choice(HOURS) for _ in range(7)) if chance.random() < 0.4 else (chance.choice(HOURS),) * 7,
        lead_time_h=chance.choice((0, 0, 2, 48)),
        horizon_days=chance.choice((20, 80, 80)),
        shortest_h=chance.choice((1, 1, 2, 24)),
        longest_days=chance.choice((2, 7, 28, 40)),
        buffer_min=chance.choice((0, 30, 120)),
        overdue_since=chance.choice((None, None, None, None, now)),
        response_rank=chance.randrange(4),
        rating_sum=votes * chance.choice((3, 4, 5)),
        rating_count=votes,
    )


def block(chance: random.Random, listing: Listing, now: datetime) -> Block:
    starts_at = now.replace(minute=0) + timedelta(minutes=30 * chance.randrange(-48, 48 * 35))
    ends_at = starts_at + timedelta(minutes=30 * chance.choice((1, 5, 48, 300)))
    kind = chance.choice((BlockKind.OWN, BlockKind.HOLD, BlockKind.HOLD, BlockKind.BOOKING))
    lapses_at = now + timedelta(minutes=chance.choice((-1, 1))) if kind == BlockKind.HOLD else None
    return Block(listing=listing, kind=kind, starts_at=starts_at, ends_at=ends_at, lapses_at=lapses_at)


def asked(chance: random.Random, world: World) -> SearchQuery:
    def perhaps(share: float) -> bool:
        return chance.random() < share

    # Not a whole number of bands away: PostgreSQL and Python may differ in a distance's last digit.
    metres = chance.choice((0, 300, 3_010, 30_010))
    origin = moved(world.spot, metres=metres, bearing=chance.uniform(0, math.tau))
    if abs(origin.lat) > 85 or perhaps(0.1):
        origin = world.spot
    query = SearchQuery(
        origin=origin,
        radius_m=chance.choice((None, None, 1, 700, 5_000, 50_000)),
        categories=("city",) if perhaps(0.2) else ("cargo", "road") if perhaps(0.1) else (),
        electric=chance.choice((True, False)) if perhaps(0.15) else None,
        height=chance.randrange(140, 200) if perhaps(0.3) else None,
        instant=perhaps(0.1),
        extras=tuple(sorted(chance.sample(EXTRAS, chance.choice((1, 1, 2))))) if perhaps(0.25) else (),
        sort=chance.choice(list(Sort)),
    )
    if query.sort == Sort.FIT and query.height is None:
        query = replace(query, height=chance.randrange(150, 190))
    if perhaps(0.25):
        query = replace(query, box=box(chance, world.spot), origin=origin if perhaps(0.5) else None, radius_m=None)
    if perhaps(0.6):
        start, end = when(chance, world.now)
        query = replace(query, from_local=start, to_local=end)
    if perhaps(0.2):
        query = replace(query, price_max=chance.choice((900, 1500, 4000, 20_000)))
    return query


def box(chance: random.Random, spot: LatLon) -> MapBox:
    """Around the spot, across the 180th meridian where the spot is near it."""
    high = chance.choice((0.01, 0.05, 0.4))
    wide = high / math.cos(math.radians(spot.lat))
    west, east = spot.lon - wide * chance.random(), spot.lon + wide * chance.random() + 1e-4
    south, north = max(-85.0, spot.lat - high * chance.random()), min(85.0, spot.lat + high * chance.random() + 1e-4)
    return MapBox(LatLon(south, (west + 180) % 360 - 180), LatLon(north, (east + 180) % 360 - 180))


def when(chance: random.Random, now: datetime) -> tuple[datetime, datetime]:
    """Mostly daytime in the next weeks, often a night in which clocks change, now and then what nobody can book."""
    # In the order of the zones' changes: Paris and the Azores, then Lord Howe.
    turning = ((3, 29), (4, 5)) if now.month == 3 else ((10, 25), (10, 4))
    day = now.replace(hour=0, minute=0, tzinfo=None) + timedelta(days=chance.choice((1, 2, 3, 5, 9, 14, 26, 79, -2)))
    if chance.random() < 0.4:
        month, number = chance.choice(turning)
        day = day.replace(month=month, day=number) - timedelta(days=chance.choice((0, 0, 1, 8)))
    start = day + timedelta(minutes=30 * chance.choice((0, 2, 3, 4, 5, 6, 18, 20, 20, 22, 46, 47)))
    steps = chance.choice((1, 2, 4, 8, 20, 47, 48, 48, 49, 96, 7 * 48, 8 * 48, 29 * 48, 90 * 48))
    if chance.random() < 0.25:
        steps = max(1, round((day + timedelta(days=1, hours=2, minutes=30) - start) / timedelta(minutes=30)))
    return start, start + timedelta(minutes=30 * steps)
