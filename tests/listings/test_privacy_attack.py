"""An attacker who combines all that is public comes no nearer than 150 m to any of 200 doors: see docs/adr/0013.

Nothing here asks the code where it put a point: what the attacker knows came over HTTP.
"""

import math
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from uuid import UUID

import pytest
from rest_framework.test import APIClient

from bikeens.accounts.models import User
from listings import actions
from listings.actions.map_cells import refresh_map
from listings.geo import LatLon, distance_m, mean_point, moved, to_mercator
from listings.models import Extra, Listing, OwnerPlace
from tests.factories import listings, people

SEARCHES, ROUNDS = 2_000, 4
OWNERS, ACROSS = 200, 20
# The doors stand on a crooked lattice, so that a search of 1.5 km meets a handful of owners.
CORNER, APART_M = LatLon(43.10, 2.85), 1_500
SAFE_M = 150.0


@dataclass
class Owner:
    """What is true: an owner, the bikes on offer, and at which doors each bike stood."""

    user: User
    home: LatLon
    bikes: list[Listing] = field(default_factory=list)
    stood: dict[str, list[LatLon]] = field(default_factory=lambda: defaultdict(list))

    def offer(self, door: LatLon) -> None:
        bike = listings.listing(self.user, at=door, photos=1, title=self.user.name)
        self.bikes.append(bike)
        self.stood[str(bike.uuid)].append(door)


@dataclass
class Seen:
    """What the attacker knows of one listing: from where how far it was, where it was shown."""

    owner: str
    rings: list[tuple[LatLon, float]] = field(default_factory=list)
    points: set[LatLon] = field(default_factory=set)


@pytest.fixture
def nobody(api) -> APIClient:
    return api(None)


@pytest.fixture
def owners(db: None) -> list[Owner]:
    dice = random.Random(8)
    found = []
    for number in range(OWNERS):
        lat = CORNER.lat + number // ACROSS * APART_M / 111_200
        lon = CORNER.lon + number % ACROSS * APART_M / 81_000
        home = moved(LatLon(lat, lon), metres=dice.uniform(0, 300), bearing=dice.uniform(0, math.tau))
        user = people.person(f"Owner{number}", uuid=UUID(int=number))
        owner = Owner(user, home)
        for _bike in range(20 if number % 20 == 3 else 1):
            owner.offer(home)
        found.append(owner)
    return found


def _live_on(owners: list[Owner], dice: random.Random) -> None:
    """What owners do between two visits of the attacker, of which they may think nothing."""
    for number, owner in enumerate(owners):
        turn = dice.uniform(0, math.tau)
        near = moved(owner.home, metres=dice.uniform(5, 199), bearing=turn)
        match number % 4:
            case 0:  # Takes the bike off and lists it anew, the pin a little beside.
                old = owner.bikes.pop()
                Listing.objects.filter(pk=old.pk).update(status="removed")
                owner.offer(near)
            case 1:  # Moves the pin of the bike that is there.
                owner.stood[str(owner.bikes[0].uuid)].append(near)
                columns = {"exact_point": to_mercator(near)}
                actions.update_listing(listing=owner.bikes[0], changes=actions.Changes(columns=columns))
            case 2 if len(owner.bikes) < 3:  # A second bike next door, a third around the corner.
                corner = moved(owner.home, metres=dice.uniform(201, 900), bearing=turn)
                owner.offer(near if len(owner.bikes) == 1 else corner)


def _visit(nobody: APIClient, dice: random.Random, known: dict[str, Seen], searches: int) -> None:
    """Searches from points all over the place, each to its last page."""
    wide = (ACROSS - 1) * APART_M / 81_000 + 0.02
    high = (OWNERS / ACROSS - 1) * APART_M / 111_200 + 0.02
    for _search in range(searches):
        at = LatLon(
            round(CORNER.lat - 0.01 + dice.random() * high, 6), round(CORNER.lon - 0.01 + dice.random() * wide, 6)
        )
        asked = {"near": f"{at.lat},{at.lon}", "radius": 1_800, "sort": "nearest"}
        before = 0
        for hit in _hits(nobody, asked):
            seen = known.setdefault(hit["id"], Seen(hit["title"]))
            seen.points.add(_point(hit["point"]))
            seen.rings.append((at, hit["distance_m"]))
            # The order says no more than the distances do.
            assert hit["distance_m"] >= before
            before = hit["distance_m"]


def _hits(nobody: APIClient, asked: dict[str, object]) -> Iterator[dict]:
    cursor = None
    while True:
        page = nobody.get("/api/search", asked | ({"cursor": cursor} if cursor else {})).json()
        yield from page["results"]
        cursor = page["next"]
        if cursor is None:
            return


def _point(json: dict[str, float]) -> LatLon:
    return LatLon(json["lat"], json["lon"])


def _least_squares(rings: list[tuple[LatLon, float]]) -> LatLon:
    """The point whose distances from all centres fit what was measured best (Gauss-Newton)."""
    start = mean_point([centre for centre, _metres in rings])
    east, north = 111_195 * math.cos(math.radians(start.lat)), 111_195.0
    flat = [((at.lon - start.lon) * east, (at.lat - start.lat) * north, metres) for at, metres in rings]
    x = y = 1.0
    for _step in range(25):
        xx = xy = yy = gx = gy = 0.0
        for cx, cy, metres in flat:
            away = math.hypot(x - cx, y - cy) or 1e-9
            ux, uy, off = (x - cx) / away, (y - cy) / away, away - metres
            xx, xy, yy = xx + ux * ux, xy + ux * uy, yy + uy * uy
            gx, gy = gx + ux * off, gy + uy * off
        det = xx * yy - xy * xy
        if abs(det) < 1e-9:
            break
        dx, dy = (yy * gx - xy * gy) / det, (xx * gy - xy * gx) / det
        x, y = x - dx, y - dy
        if math.hypot(dx, dy) < 0.01:
            break
    return LatLon(start.lat + y / north, start.lon + x / east)


def _clusters(nobody: APIClient) -> Iterator[tuple[str, LatLon]]:
    """Every pin and cluster that the map shows at any zoom, of all doors and of pieces around."""
    for zoom in range(5, 19):
        pieces = 1 if zoom < 11 else 4
        for row in range(pieces):
            for column in range(pieces):
                south, west = CORNER.lat - 0.02 + row * 0.2 / pieces, CORNER.lon - 0.02 + column * 0.42 / pieces
                box = f"{west},{south},{west + 0.42 / pieces},{south + 0.2 / pieces}"
                answer = nobody.get("/api/search/map", {"bbox": box, "zoom": zoom}).json()
                yield from ((pin["title"], _point(pin["point"])) for pin in answer["pins"])
                yield from (("", _point(cluster["point"])) for cluster in answer["clusters"])


def test_no_estimate_is_nearer_than_150_metres(nobody, owners) -> None:
    dice = random.Random(3)
    known: dict[str, Seen] = {}
    shown: list[tuple[str, LatLon]] = []
    # Which listings an owner has: their public profile says it, here the title does.
    for number in range(ROUNDS):
        if number:
            _live_on(owners, dice)
        refresh_map()
        _visit(nobody, dice, known, SEARCHES // ROUNDS)
        shown += _clusters(nobody)

    of_owner: dict[str, dict[str, Seen]] = defaultdict(dict)
    for bike, seen in known.items():
        of_owner[seen.owner][bike] = seen
    nearest, mixed = math.inf, []
    for owner in owners:
        bikes = of_owner[owner.user.name]
        together = _taken_together(list(bikes.values()), shown)
        one_place = OwnerPlace.objects.filter(owner=owner.user).count() == 1
        for bike, doors in owner.stood.items():
            assert len(bikes[bike].rings) >= 3
            guesses = [_least_squares(bikes[bike].rings), *bikes[bike].points, *(together if one_place else ())]
            nearest = min(nearest, *(distance_m(door, guess) for door in doors for guess in guesses))
            if not one_place:
                mixed.append(min(distance_m(door, guess) for door in doors for guess in together))
    assert nearest >= SAFE_M
    # The attack is a real one: it finds the public points.
    assert nearest < 400
    assert sum(len(seen.rings) for seen in known.values()) > 15_000
    # Two doors more than 200 m apart taken for one: whoever mixes them up meets a door by chance, not knowing which.
    assert len(mixed) > 60


def _taken_together(bikes: list[Seen], shown: list[tuple[str, LatLon]]) -> list[LatLon]:
    """Guesses by whoever takes all bikes of an owner, now and before, for bikes of one door."""
    points = sorted({point for seen in bikes for point in seen.points})
    middle = mean_point(points)
    guesses = [middle, _least_squares([ring for seen in bikes for ring in seen.rings])]
    guesses += [mean_point(pair) for pair in combinations(points, 2)]
    # Clusters of these bikes alone: the pins say who else is there.
    # Clusters of these bikes alone lie among their points: the pins say who else is there.
    far = max(distance_m(middle, point) for point in points) + 1
    return guesses + [at for name, at in shown if not name and distance_m(at, middle) <= far]


@pytest.mark.parametrize("address", ["/api/search", "/api/search/map"])
def test_a_box_that_shrinks_to_a_line_ends_at_the_public_point(nobody, alice, address: str) -> None:
    bike = listings.listing(alice)
    shown = _point(nobody.get(f"/api/listings/{bike.uuid}").json()["point"])

    def holds(west: float, south: float, east: float, north: float) -> bool:
        asked = {"bbox": f"{west},{south},{east},{north}"} | ({"zoom": 18} if address.endswith("map") else {})
        answer = nobody.get(address, asked).json()
        return bool(answer.get("results") or answer.get("pins") or answer.get("clusters"))

    west, south, east, north = 2.9, 43.1, 3.1, 43.3
    for _halving in range(22):
        middle = (west + east) / 2
        west, east = (west, middle) if holds(west, south, middle, north) else (middle, east)
        middle = (south + north) / 2
        south, north = (south, middle) if holds(west, south, east, middle) else (middle, north)
    found = LatLon((south + north) / 2, (west + east) / 2)

    assert distance_m(found, shown) < 1
    assert distance_m(found, listings.NARBONNE) >= SAFE_M


def test_how_far_a_bike_is_brought_tells_the_public_point(nobody, alice) -> None:
    bike = listings.listing(alice)
    Extra.objects.create(listing=bike, kind="delivery", price_cents=500, per="booking", radius_km=1)
    shown = _point(nobody.get(f"/api/listings/{bike.uuid}").json()["point"])

    def brought(at: LatLon) -> bool:
        asked = {"near": f"{at.lat},{at.lon}", "extras": "delivery"}
        return bool(nobody.get("/api/search", asked).json()["results"])

    rings = []
    for bearing in range(6):
        low, high = 0.0, 3_000.0
        for _halving in range(14):
            middle = (low + high) / 2
            low, high = (middle, high) if brought(moved(shown, metres=middle, bearing=bearing)) else (low, middle)
        rings.append((moved(shown, metres=low, bearing=bearing), 1_000.0))
    found = _least_squares(rings)

    assert distance_m(found, shown) < 5
    assert distance_m(found, listings.NARBONNE) >= SAFE_M
