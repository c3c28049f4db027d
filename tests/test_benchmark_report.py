"""What `make bench` says of its figures: a goal without one is not met."""

from dataclasses import replace

import pytest

from tests.benchmarks.comparing import Comparison
from tests.benchmarks.measuring import Measured, Results, Times
from tests.benchmarks.report import goals, written

ABOUT = {name: name for name in ("nearest", "rare", "fits me", "price", "best", "dense", "countryside", "map")}


def results(listings: int, ms: float) -> Results:
    """Every request took `ms`, a quarter of it in one statement; search is 30 times as fast as the textbook."""
    taken = Measured(Times([ms]), Times([ms / 4]), Times([ms / 2]), statements=3, found=ms * 2)
    comparison = Comparison(900, 30, compared=60, same=60, alike=58, index_scans=9, versions="PostGIS")
    return Results(
        listings,
        queries=dict.fromkeys(ABOUT, taken),
        about=ABOUT,
        map_zooms={5: Times([ms])},
        places=Times([ms]),
        comparison=comparison,
    )


def test_figures_are_held_against_their_goals(db):
    sizes = [results(10_000, 8.0), results(1_000_000, 14.0)]
    unmet = [goal.name for goal in goals(sizes) if not goal.met]
    assert unmet == [
        *(f"{name}: HTTP p50 / bare SQL p50" for name in ("nearest", "fits me", "best")),
        *(f"{name}: growth of p50, 10,000 to 1,000,000" for name in ABOUT),
        "places autocomplete: p95",
    ]
    text = written(sizes, on="Today.", took_s=60)
    assert "**7 of 19 goals are met**, with 1,000,000 listings" in text
    assert "| throughput of nearest / the textbook's | ≥ 25 x | 30.00 x | met |" in text
    assert "| nearest: growth of p50, 10,000 to 1,000,000 | ≤ 1.5 x | 1.75 x | **not met** |" in text
    assert "| nearest | 8.00 (16.0) | 14.00 (28.0) |" in text


@pytest.mark.parametrize("flaw", [{"same": 59}, {"index_scans": 0}])
def test_other_bikes_or_an_unused_index_leave_the_comparison_without_a_figure(flaw):
    sound = results(1_000_000, 8.0)
    assert sound.comparison
    assert sound.comparison.factor == 30
    assert replace(sound.comparison, **flaw).factor is None


def test_what_was_not_measured_is_not_met_and_said(db):
    empty = Results(1_000_000, about=ABOUT, wrong=["nearest: the server hung up."])
    assert not any(goal.met for goal in goals([empty]))
    text = written([empty], on="Today.", took_s=60)
    assert "**0 of 19 goals are met**" in text
    assert "| nearest: p95 | ≤ 15 ms | no figure | **not met** |" in text
    assert "- 1,000,000 listings, nearest: the server hung up." in text
