"""The scenes by name."""

from collections.abc import Callable
from typing import Literal

from bikeens.demo.drawing import country, shore, town
from bikeens.demo.drawing.ink import Dice
from bikeens.demo.drawing.light import Painting

Scene = Literal[
    "quay", "sea", "park", "dusk", "vineyard", "timber", "boulevard", "brick", "port", "mountains", "courtyard"
]
PAINTERS: dict[Scene, tuple[Callable[[Painting], None], tuple[str, ...]]] = {
    "quay": (town.quay, ("morning", "rose", "golden", "noon")),
    "sea": (shore.sea, ("noon", "golden", "morning", "rose")),
    "park": (country.park, ("morning", "golden", "noon")),
    "dusk": (town.dusk, ("dusk",)),
    "vineyard": (country.vineyard, ("golden", "noon", "rose")),
    "timber": (town.timber, ("morning", "noon", "golden")),
    "boulevard": (town.boulevard, ("noon", "rose", "morning")),
    "brick": (town.brick, ("golden", "morning", "rose")),
    "port": (shore.port, ("morning", "noon", "rose")),
    "mountains": (country.mountains, ("noon", "morning", "golden")),
    "courtyard": (town.courtyard, ("golden", "morning", "noon")),
}


def paint(scene: Scene, *, seed: int = 0, hour: str | None = None) -> Painting:
    """Paint a scene. Unless an hour is given, the seed chooses one of the scene's hours and whether it is mirrored."""
    painter, hours = PAINTERS[scene]
    dice = Dice("scene", scene, seed)
    painting = Painting(hour or hours[seed % len(hours)], dice)
    painter(painting)
    painting.mirrored = hour is None and Dice("side", scene, seed).chance(0.5)
    return painting
