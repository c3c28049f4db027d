"""A bicycle while it is drawn: the parts in order, and what the finished one measures."""

from dataclasses import dataclass, field
from typing import Literal

from bikeens.demo.drawing.geometry import Chart, Points
from bikeens.demo.drawing.ink import Dice, at, el, group
from bikeens.demo.drawing.wheels import WheelLook, wheel

Category = Literal["city", "trekking", "road", "gravel", "mountain", "folding", "cargo", "kids", "tandem", "other"]
CATEGORIES: tuple[Category, ...] = (
    "city",
    "trekking",
    "road",
    "gravel",
    "mountain",
    "folding",
    "cargo",
    "kids",
    "tandem",
    "other",
)
LEATHER = "#8f5b34"
BLACK = "#26302d"
TAN = "#c79a63"
CANVAS = ("#b9763b", "#2f5d55", "#3f4f63", "#8a3b2c", "#6d6a45")


@dataclass(frozen=True, slots=True)
class Bike:
    """A drawn bicycle: its group's content and how far it reaches and its front axle, in millimetres."""

    body: str
    left: float
    right: float
    height: float
    front: float


@dataclass(slots=True)
class Build:
    """A bicycle while it is being drawn, from the far side to the near side."""

    colour: str
    electric: bool
    lit: bool
    dice: Dice
    parts: list[str] = field(default_factory=list)

    def add(self, *parts: str) -> None:
        """Draw on top of what is there."""
        self.parts.extend(parts)

    def wheels(self, p: Points, chart: Chart, look: WheelLook, front_look: WheelLook | None = None) -> None:
        """Both wheels; drawn once and used twice when they are the same."""
        if front_look is None and chart.rear == chart.front:
            self.add(el("g", wheel(chart.rear, look), id="wheel", transform=f"translate({at(p.rear)})"))
            turn = f"translate({at(p.front - p.rear)})"
            self.add(el("use", href="#wheel", transform=turn))
            return
        self.add(group(wheel(chart.rear, look), transform=f"translate({at(p.rear)})"))
        self.add(group(wheel(chart.front, front_look or look), transform=f"translate({at(p.front)})"))

    def finish(self, p: Points, chart: Chart, *, left: float = 0, height: float = 1080) -> Bike:
        """The finished bicycle."""
        return Bike("".join(self.parts), left - chart.rear, p.front.real + chart.front, height, p.front.real)
