"""Takes the times of one size of the data set."""

import statistics
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from tests.benchmarks import bare, dataset, servers
from tests.benchmarks.asking import Client, seconds_for
from tests.benchmarks.bare import Replay
from tests.benchmarks.comparing import Comparison, compare
from tests.benchmarks.questions import Question, maps_by_zoom, places_typed, questions
from tests.benchmarks.towns import towns_of_people

ROUNDS = 2
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds, sorted."""

    ms: Sequence[float]

    @property
    def p50(self) -> float:
        return statistics.median(self.ms)

    @property
    def p95(self) -> float:
        return self.ms[min(len(self.ms) - 1, round(0.95 * len(self.ms)))]


@dataclass(frozen=True, slots=True)
class Measured:
    """One query: over HTTP, its costliest statement alone, all of its statements.

    `statements` and `found` (bikes, on a map pins and clusters) are means over the addresses.
    """

    http: Times
    statement: Times
    sql: Times
    statements: float
    found: float

    @property
    def ratio(self) -> float:
        return self.http.p50 / self.statement.p50


@dataclass(slots=True)
class Results:
    """Of one size. What could not be measured is missing, and `wrong` says why."""

    listings: int
    queries: dict[str, Measured] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)
    map_zooms: dict[int, Times] = field(default_factory=dict)
    places: Times | None = None
    comparison: Comparison | None = None
    wrong: list[str] = field(default_factory=list)


def measure(listings: int, *, whole: bool, tell: Tell) -> Results:
    """Everything with `whole`, else what growth needs."""
    results = Results(listings)
    tell(f"{listings:,} listings: making them unless they are there")
    name = dataset.ensure(listings)
    towns = towns_of_people()
    asked = questions(towns)
    with tempfile.TemporaryDirectory(prefix="bikeens-bench-") as folder, servers.site(Path(folder)) as port:
        for question in asked:
            tell(f"{listings:,} listings: {question.name}")
            results.about[question.name] = question.about
            _noting(results, question.name, lambda question=question: _query(question, name, port, results))
        if whole:
            tell("places")
            _noting(results, "places", lambda: _places(places_typed(towns), port, results))
            tell("the textbook")
            _noting(results, "textbook", lambda: _compare(name, port, asked[0], Path(folder), results))
    return results


def _query(question: Question, name: str, port: int, results: Results) -> None:
    sent = [bare.statements(path) for path in question.paths]
    http: dict[str, list[float]] = {path: [] for path in question.paths}
    replayed: list[bare.Seconds] = []
    found: list[int] = []
    with Client(port) as client, Replay(name) as replay:
        for path, statements in zip(question.paths, sent, strict=True):
            answer = orjson.loads(client.get(path))
            found.append(sum(len(answer.get(kind, ())) for kind in ("results", "pins", "clusters")))
            replay.seconds(statements)
        for _round in range(ROUNDS):
            for path in question.paths:
                http[path].append(seconds_for(client, path))
            replayed += [replay.seconds(statements) for statements in sent]
    results.queries[question.name] = Measured(
        http=_times([seconds for path in http for seconds in http[path]]),
        statement=_times([seconds.costliest for seconds in replayed]),
        sql=_times([seconds.all for seconds in replayed]),
        statements=statistics.mean(map(len, sent)),
        found=statistics.mean(found),
    )
    for zoom, paths in maps_by_zoom(question).items():
        if paths:
            results.map_zooms[zoom] = _times([seconds for path in paths for seconds in http[path]])


def _places(paths: Sequence[str], port: int, results: Results) -> None:
    with Client(port) as client:
        for path in paths:
            client.get(path)
        results.places = _times([seconds_for(client, path) for path in paths])


def _compare(name: str, port: int, question: Question, folder: Path, results: Results) -> None:
    results.comparison = compare(name, port, question, folder)


def _noting(results: Results, what: str, take: Callable[[], None]) -> None:
    """A benchmark that fails is a goal not met, not the end of the others."""
    try:
        take()
    except Exception as error:
        results.wrong.append(f"{what}: {str(error)[:300] or type(error).__name__}")


def _times(seconds: Sequence[float]) -> Times:
    return Times(sorted(value * 1000 for value in seconds))
