"""SVG text: short numbers, elements, colours, and the dice every drawing is thrown with.

Points are complex numbers: real to the right, imaginary downwards, as in SVG.
"""

import cmath
import math
from collections.abc import Sequence
from hashlib import blake2s
from typing import TypeVar

T = TypeVar("T")
Attributes = dict[str, str | float]


class Dice:
    """Random numbers that are the same on every machine and Python for one seed."""

    def __init__(self, *seed: int | str) -> None:
        self._seed = ":".join(str(part) for part in seed)
        self._throws = 0

    def roll(self) -> float:
        """The next number in [0, 1)."""
        self._throws += 1
        digest = blake2s(f"{self._seed}/{self._throws}".encode(), digest_size=7).digest()
        return int.from_bytes(digest, "big") / 2**56

    def between(self, low: float, high: float) -> float:
        """The next number in [low, high)."""
        return low + (high - low) * self.roll()

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices."""
        return choices[int(self.roll() * len(choices))]

    def chance(self, share: float) -> bool:
        """True in `share` of the throws."""
        return self.roll() < share


def num(value: float) -> str:
    """A number with one decimal at most and no needless characters."""
    text = f"{value:.1f}"
    if text.endswith(".0"):
        text = text[:-2]
    return "0" if text in {"-0", "0"} else text


def direction(degrees: float) -> complex:
    """The unit vector at an angle above the horizontal, anticlockwise, on a page that points down."""
    return cmath.exp(-1j * math.radians(degrees))


def at(point: complex) -> str:
    """A point as SVG writes it."""
    return f"{num(point.real)} {num(point.imag)}"


def lines(*points: complex, close: bool = False) -> str:
    """Path data through the points."""
    head, *rest = points
    return f"M{at(head)}" + "".join(f"L{at(point)}" for point in rest) + ("z" if close else "")


def arc(centre: complex, radius: float, start: float, end: float) -> str:
    """Path data of a circular arc from one angle to a smaller one (degrees, clockwise)."""
    first, last = centre + radius * direction(start), centre + radius * direction(end)
    large = 1 if abs(start - end) > 180 else 0
    return f"M{at(first)}A{num(radius)} {num(radius)} 0 {large} 1 {at(last)}"


def el(tag: str, content: str = "", /, **attributes: str | float) -> str:
    """An element; underscores in attribute names become hyphens."""
    text = "".join(
        f' {name.replace("_", "-")}="{value if isinstance(value, str) else num_fine(value)}"'
        for name, value in attributes.items()
    )
    return f"<{tag}{text}>{content}</{tag}>" if content else f"<{tag}{text}/>"


def num_fine(value: float) -> str:
    """A number with three decimals when it is small (opacities, scales), else one."""
    if abs(value) < 2 and value != round(value, 1):
        return f"{value:.3f}".rstrip("0").replace("0.", ".", 1)
    return num(value)


def group(*parts: str, **attributes: str | float) -> str:
    """A group of drawn parts."""
    return el("g", "".join(parts), **attributes)


def fill(data: str, colour: str, opacity: float = 1, **more: str | float) -> str:
    """A filled path."""
    return el("path", d=data, fill=colour, **_clear("fill", opacity), **more)


def stroke(data: str, colour: str, width: float, opacity: float = 1, **more: str | float) -> str:
    """A stroked path; the group around it says fill="none"."""
    return el("path", d=data, stroke=colour, stroke_width=width, **_clear("stroke", opacity), **more)


def disc(centre: complex, radius: float, colour: str, opacity: float = 1) -> str:
    """A filled circle."""
    return el("circle", cx=centre.real, cy=centre.imag, r=radius, fill=colour, **_clear("fill", opacity))


def ring(centre: complex, radius: float, colour: str, width: float, opacity: float = 1, **more: str | float) -> str:
    """A stroked circle."""
    place: Attributes = {"cx": centre.real, "cy": centre.imag} if centre else {}
    look: Attributes = {"stroke": colour, "stroke_width": width}
    return el("circle", **place, r=radius, **look, **_clear("stroke", opacity), **more)


def box(x: float, y: float, width: float, height: float, colour: str, opacity: float = 1, rx: float = 0) -> str:
    """A filled rectangle."""
    corner: Attributes = {"rx": rx} if rx else {}
    return el("rect", x=x, y=y, width=width, height=height, **corner, fill=colour, **_clear("fill", opacity))


def _clear(paint: str, opacity: float) -> Attributes:
    """Opacity as the paint's own: an element's would cost a layer per shape when rasterising."""
    return {} if opacity == 1 else {f"{paint}_opacity": opacity}


def gradient(name: str, *stops: tuple[float, str, float]) -> str:
    """A linear gradient downwards: stops of (offset 0..1, colour, opacity)."""
    return el("linearGradient", _stops(stops), id=name, x2="0", y2="1")


def glow(name: str, *stops: tuple[float, str, float]) -> str:
    """A radial gradient: stops of (offset 0..1, colour, opacity)."""
    return el("radialGradient", _stops(stops), id=name)


def _stops(stops: Sequence[tuple[float, str, float]]) -> str:
    return "".join(
        el("stop", offset=offset, stop_color=colour, **_clear("stop", opacity)) for offset, colour, opacity in stops
    )


def _channels(colour: str) -> tuple[int, int, int]:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def mix(colour: str, other: str, share: float) -> str:
    """A colour between two, `share` of the way to the other."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    digits = "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
    if digits[0::2] == digits[1::2]:
        digits = digits[0::2]
    return f"#{digits}"


def lighter(colour: str, share: float = 0.25) -> str:
    """The colour towards warm white."""
    return mix(colour, "#fff8ea", share)


def darker(colour: str, share: float = 0.25) -> str:
    """The colour towards deep pine."""
    return mix(colour, "#10231e", share)
