"""Ours beside the textbook's: the same bikes for the same question, and how many questions each answers in a second.

The site measures on the sphere, PostGIS' geography on the spheroid; over five kilometres they differ by up to 0.4 %,
enough to swap two bikes that are nearly as far, or to leave one out at the edge. So both answers are judged by one
ruler: of the textbook's nearest 60 the first 20 by the site's formula, ties by the order of its keys, must be the
site's page, bike for bike.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

from listings.geo import LatLon, distance_m
from listings.models import Listing
from listings.search.pages import PAGE
from tests.benchmarks import postgis
from tests.benchmarks.asking import Client, throughput
from tests.benchmarks.questions import Question

CLIENTS, SECONDS, ROUNDS = 8, 6.0, 3
COMPARED = 60


@dataclass(frozen=True, slots=True)
class Comparison:
    """Answers per second of both; of `compared` pages `same` hold the same bikes, `alike` even in the same order."""

    ours: float
    textbook: float
    compared: int
    same: int
    alike: int
    index_scans: int
    versions: str

    @property
    def factor(self) -> float | None:
        """None unless every page held the same bikes, found by the index."""
        return self.ours / self.textbook if self.same == self.compared and self.index_scans else None


def compare(database: str, port: int, question: Question, folder: Path) -> Comparison:
    with postgis.textbook(database, folder) as textbook:
        compared = question.paths[:COMPARED]
        # The server is kept between runs, and so is what it counts.
        scans = textbook.index_scans()
        with Client(port) as ours, Client(textbook.port) as theirs:
            verdicts = [_judged(path, ours, theirs) for path in compared]
        answered = [0.0, 0.0]
        # The first round warms up. Then in turn, so that whatever else the machine does meets both alike.
        for round_ in range(ROUNDS + 1):
            for side, its_port in enumerate((port, textbook.port)):
                found = throughput(its_port, question.paths, clients=CLIENTS, seconds=SECONDS)
                answered[side] += found if round_ else 0.0
        return Comparison(
            ours=answered[0] / ROUNDS,
            textbook=answered[1] / ROUNDS,
            compared=len(compared),
            same=sum(same for same, _alike in verdicts),
            alike=sum(alike for _same, alike in verdicts),
            index_scans=textbook.index_scans() - scans,
            versions=textbook.versions(),
        )


def _judged(path: str, ours: Client, theirs: Client) -> tuple[bool, bool]:
    """Whether both pages hold the same bikes by one ruler, and whether they do in the very same order."""
    page = [hit["id"] for hit in json.loads(ours.get(path))["results"]]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
    lat, lon = map(float, asked["near"].split(","))
    radius = int(asked["radius"])
    # A little further: what is just outside by one ruler is just inside by the other.
    further = urlencode(asked | {"radius": round(radius * 1.01), "limit": 3 * PAGE})
    found = json.loads(theirs.get(f"{urlsplit(path).path}?{further}"))["results"]
    keys = {str(uuid): key for uuid, key in _keys([hit["id"] for hit in found])}

    def away(hit: dict[str, float]) -> float:
        return distance_m(LatLon(lat, lon), LatLon(hit["lat"], hit["lon"]))

    inside = [hit for hit in found if away(hit) <= radius]
    # One door has one public point: rounding below a millimetre must not order its bikes.
    ruled = sorted(inside, key=lambda hit: (round(away(hit), 3), keys[hit["id"]]))[:PAGE]
    return page == [hit["id"] for hit in ruled], page == [hit["id"] for hit in inside[:PAGE]]


def _keys(ids: Sequence[str]) -> list[tuple[object, int]]:
    return list(Listing.objects.filter(uuid__in=ids).values_list("uuid", "id"))
