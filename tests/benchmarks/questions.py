"""What is asked: the eight named queries of the speed to reach, each as many addresses as it is asked with.

They are the same on every run and for every size of the data set.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from listings.geo import WORLD_M, LatLon, Mercator, distance_m, moved, to_latlon, to_mercator
from listings.models import Place
from listings.places.lookup import nearest_town
from tests.benchmarks.bikes import RARE_EXTRA, TODAY, Towns

EACH = 150
SEED = 11
# A window of a screen, and the sizes of tile at which it shows the world.
SCREEN, TILE = (1280, 800), 256
ZOOMS = range(5, 17)
METROPOLISES = (
    "Paris",
    "Marseille",
    "Lyon",
    "Toulouse",
    "Nice",
    "Nantes",
    "Montpellier",
    "Strasbourg",
    "Bordeaux",
    "Lille",
)
# The four corners of mainland France, roughly; nobody lives within so many metres of the empty points in it.
FRANCE = (LatLon(43.0, -1.0), LatLon(49.5, 7.0))
EMPTY_M, ROUND_M = 8_000, 25_000


@dataclass(frozen=True, slots=True)
class Question:
    """A named query; its addresses are asked in turn."""

    name: str
    about: str
    paths: Sequence[str]


def questions(towns: Towns) -> list[Question]:
    """The eight, in the order of the report."""
    dice = random.Random(SEED)

    def anywhere() -> LatLon:
        [town] = dice.choices(towns.towns, cum_weights=towns.reached)
        return _around(town.point, town.radius_m, dice)

    big = list(Place.objects.filter(country="FR", name__in=METROPOLISES).order_by("-population", "id"))
    paris, people = to_latlon(big[0].point), [place.population for place in big]

    def metropolis() -> LatLon:
        return _around(to_latlon(dice.choices(big, people)[0].point), 4_000, dice)

    def dated() -> dict[str, object]:
        start = TODAY + timedelta(days=dice.randint(4, 28))
        end = start + timedelta(days=dice.randint(1, 3))
        return {"from": f"{start}T10:00", "to": f"{end}T{dice.choice((9, 10, 18)):02}:00"}

    def made(name: str, about: str, ask: Callable[[], dict[str, object]]) -> Question:
        return Question(name, about, [f"/api/search?{urlencode(ask())}" for _ in range(EACH)])

    return [
        made(
            "nearest",
            "city bikes within 5 km, nearest first",
            lambda: near(anywhere()) | {"radius": 5_000, "category": "city", "sort": "nearest"},
        ),
        made(
            "rare",
            "bikes with a trailer (one in 500) within 50 km of a metropolis, nearest first",
            lambda: near(metropolis()) | {"radius": 50_000, "extras": RARE_EXTRA, "sort": "nearest"},
        ),
        made(
            "fits me",
            "for a rider of a given height, within 5 km, free for one to three days, best fit first",
            lambda: near(anywhere()) | {"radius": 5_000, "height": dice.randint(155, 192), "sort": "fit"} | dated(),
        ),
        made(
            "price",
            "free for one to three days within 50 km of a metropolis, cheapest first",
            lambda: near(metropolis()) | {"radius": 50_000, "sort": "price"} | dated(),
        ),
        made("best", "within 5 km, in the usual order", lambda: near(anywhere()) | {"radius": 5_000, "sort": "best"}),
        made(
            "dense",
            "within 50 km of the middle of Paris, free for one to three days, nearest first",
            lambda: near(_around(paris, 5_000, dice)) | {"radius": 50_000, "sort": "nearest"} | dated(),
        ),
        made(
            "countryside",
            "where no town is within 8 km: 5 km around and, when nothing is there, 50",
            lambda: near(_empty(dice)),
        ),
        Question("map", f"a screen of {SCREEN[0]} x {SCREEN[1]} at the zooms 5 to 16", _maps(anywhere)),
    ]


def maps_by_zoom(question: Question) -> dict[int, list[str]]:
    """The map's addresses by their zoom."""
    return {zoom: [path for path in question.paths if path.endswith(f"zoom={zoom}")] for zoom in ZOOMS}


def places_typed(towns: Towns) -> list[str]:
    """What somebody has typed so far of the name of a town."""
    dice = random.Random(SEED + 1)
    names = [town.name for town in dice.choices(towns.towns, cum_weights=towns.reached, k=2 * EACH)]
    return [f"/api/places?{urlencode({'q': name[: dice.randint(1, 8)].strip().lower()})}" for name in names]


def near(point: LatLon) -> dict[str, object]:
    return {"near": f"{point.lat:.6f},{point.lon:.6f}"}


def _around(point: LatLon, metres: float, dice: random.Random) -> LatLon:
    return moved(point, metres=metres * dice.random() ** 0.5, bearing=dice.random() * 6.2832)


def _empty(dice: random.Random) -> LatLon:
    """A point on land and far from everybody: a town is within 25 km and none within 8."""
    low, high = FRANCE
    while True:
        point = LatLon(dice.uniform(low.lat, high.lat), dice.uniform(low.lon, high.lon))
        nearest = nearest_town(point)
        if nearest and EMPTY_M < distance_m(point, to_latlon(nearest.point)) < ROUND_M:
            return point


def _maps(anywhere: Callable[[], LatLon]) -> list[str]:
    paths = []
    for _ in range(EACH // 6):
        middle = to_mercator(anywhere())
        for zoom in ZOOMS:
            metres = WORLD_M / TILE / 2**zoom
            wide, high = (pixels * metres / 2 for pixels in SCREEN)
            low = to_latlon(Mercator(middle.x - wide, middle.y - high))
            top = to_latlon(Mercator(middle.x + wide, middle.y + high))
            box = f"{low.lon:.5f},{low.lat:.5f},{top.lon:.5f},{top.lat:.5f}"
            paths.append(f"/api/search/map?{urlencode({'bbox': box, 'zoom': zoom})}")
    return paths
