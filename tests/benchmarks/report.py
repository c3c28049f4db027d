"""The report: goals, what was measured, on what machine. A goal without a figure is not met."""

import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection

from bikeens.management.commands.serve import WORKERS
from tests.benchmarks.comparing import CLIENTS
from tests.benchmarks.measuring import ROUNDS, Results
from tests.benchmarks.questions import EACH

FULL, SMALLEST = 1_000_000, 10_000


@dataclass(frozen=True, slots=True)
class Goal:
    """`most` or else `least` of a figure; None where there is none."""

    name: str
    figure: float | None
    limit: float
    unit: str
    least: bool = False

    @property
    def met(self) -> bool:
        if self.figure is None:
            return False
        return self.figure >= self.limit if self.least else self.figure <= self.limit

    def row(self) -> str:
        sign = "≥" if self.least else "≤"
        figure = "no figure" if self.figure is None else f"{self.figure:.1f} {self.unit}"
        if self.figure is not None and self.unit == "x":
            figure = f"{self.figure:.2f} x"
        return (
            f"| {self.name} | {sign} {self.limit:g} {self.unit} | {figure} | {'met' if self.met else '**not met**'} |"
        )


def machine() -> str:
    """Taken at the start, before the run loads the machine itself."""
    memory = next(line for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal"))
    load = ", ".join(f"{value:.2f}" for value in os.getloadavg())
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    ).stdout.strip()
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {commit or 'unknown'}. {os.cpu_count()} cores"
        f" ({platform.machine()}), {int(memory.split()[1]) / 2**20:.0f} GB of memory, load average at the start {load}."
        f" Python {platform.python_version()}, Django {version('django')}, granian {version('granian')},"
        f" psycopg {version('psycopg')}."
    )


def goals(sizes: Sequence[Results]) -> list[Goal]:
    full, small = sizes[-1], sizes[0]
    found = []
    for name in "nearest", "fits me", "best":
        taken = full.queries.get(name)
        found.append(Goal(f"{name}: HTTP p50 / bare SQL p50", taken and taken.ratio, 3, "x"))
        found.append(Goal(f"{name}: p95", taken and taken.http.p95, 15, "ms"))
    for name in "rare", "price":
        taken = full.queries.get(name)
        found.append(Goal(f"{name}, 50 km of a metropolis: p95", taken and taken.http.p95, 150, "ms"))
    factor = full.comparison.factor if full.comparison else None
    found.append(Goal("throughput of nearest / the textbook's", factor, 25, "x", least=True))
    for name in full.about:
        grown = None
        if full is not small and name in full.queries and name in small.queries:
            grown = full.queries[name].http.p50 / small.queries[name].http.p50
        found.append(Goal(f"{name}: growth of p50, {small.listings:,} to {full.listings:,}", grown, 1.5, "x"))
    slowest = max((times.p95 for times in full.map_zooms.values()), default=None)
    found.append(Goal("map, its slowest zoom: p95", slowest, 25, "ms"))
    found.append(Goal("places autocomplete: p95", full.places and full.places.p95, 10, "ms"))
    return found


def written(sizes: Sequence[Results], *, on: str, took_s: float) -> str:
    """The report, in Markdown."""
    full = sizes[-1]
    found = goals(sizes)
    met = sum(goal.met for goal in found)
    verdict = (
        f"**{met} of {len(found)} goals are met**, with {full.listings:,} listings and five times as many blocks; the"
        f" run took {took_s / 60:.0f} minutes."
    )
    lines = [
        "# Benchmarks",
        "",
        f"Written by `make bench`, never by hand. {on} {_database()}",
        "",
        verdict,
    ]
    if full.listings < FULL:
        lines += ["", f"The goals are set for {FULL:,} listings: this smaller run proves none of them."]
    lines += ["", "| goal | | measured | |", "|---|---|---|---|", *(goal.row() for goal in found)]
    lines += _wrong(sizes) + _queries(full) + _growth(sizes) + _zooms(full) + _textbook(full)
    lines += ["", "How it is measured, and why so: [adr/0018](adr/0018-measuring-speed.md)."]
    return "\n".join(lines) + "\n"


def _wrong(sizes: Sequence[Results]) -> list[str]:
    said = [f"- {result.listings:,} listings, {wrong}" for result in sizes for wrong in result.wrong]
    return ["", "Not measured:", "", *said] if said else []


def _queries(full: Results) -> list[str]:
    how = (
        f"One keep-alive client, {EACH} addresses each (the map {EACH // 6 * 12}), {ROUNDS} times after a warm-up, in"
        " ms. *Bare* is the costliest statement of a request alone, with its values, sent by psycopg; *all SQL* is"
        " every statement of the request, and how many these are on average is in the last column."
    )
    lines = [
        "",
        f"## The eight queries, {full.listings:,} listings",
        "",
        how,
        "",
        "| query | HTTP p50 | p95 | bare p50 | p95 | HTTP / bare | all SQL p50 | p95 | statements |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, taken in full.queries.items():
        lines.append(
            f"| {name} | {taken.http.p50:.2f} | {taken.http.p95:.2f} | {taken.statement.p50:.2f}"
            f" | {taken.statement.p95:.2f} | {taken.ratio:.2f} | {taken.sql.p50:.2f} | {taken.sql.p95:.2f}"
            f" | {taken.statements:.1f} |"
        )
    if full.places:
        lines.append(f"| places | {full.places.p50:.2f} | {full.places.p95:.2f} | | | | | | |")
    return [*lines, "", *(f"- **{name}**: {about}" for name, about in full.about.items())]


def _growth(sizes: Sequence[Results]) -> list[str]:
    head = " | ".join(f"{result.listings:,}" for result in sizes)
    said = "p50 over HTTP, in ms, and how many bikes an answer holds on average: where there are few, pages are short."
    lines = ["", "## Growth", "", said, "", f"| query | {head} |", "|---" * (len(sizes) + 1) + "|"]
    for name in sizes[-1].about:
        taken = (result.queries.get(name) for result in sizes)
        cells = ("–" if one is None else f"{one.http.p50:.2f} ({one.found:.1f})" for one in taken)
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def _zooms(full: Results) -> list[str]:
    if not full.map_zooms:
        return []
    zooms = full.map_zooms.items()
    return [
        "",
        "## The map by zoom",
        "",
        "Over HTTP, in ms.",
        "",
        f"| zoom | {' | '.join(str(zoom) for zoom, _ in zooms)} |",
        "|---" * (len(zooms) + 1) + "|",
        f"| p50 | {' | '.join(f'{times.p50:.1f}' for _, times in zooms)} |",
        f"| p95 | {' | '.join(f'{times.p95:.1f}' for _, times in zooms)} |",
    ]


def _textbook(full: Results) -> list[str]:
    taken = full.comparison
    if taken is None:
        return []
    said = (
        f"*nearest*, {CLIENTS} clients, {WORKERS} processes of four threads each: **{taken.ours:.0f} answers a second,"
        f" the textbook's {taken.textbook:.0f}** (GeoDjango and Django REST Framework {version('djangorestframework')}"
        f" on {taken.versions}). Of {taken.compared} pages {taken.same} held the same bikes by one ruler, {taken.alike}"
        f" of them in the very same order; the textbook's index was used {taken.index_scans:,} times."
    )
    return [
        "",
        "## Against the textbook",
        "",
        said,
    ]


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), current_setting('shared_buffers')")
        server, buffers = cursor.fetchone()
    return f"PostgreSQL {server}, shared_buffers {buffers}."
