"""Wheels, and what turns with them: tyres, laced spokes, hubs, discs, cranks, chains."""

import math
from dataclasses import dataclass

from bikeens.demo.drawing.ink import (
    arc,
    box,
    darker,
    direction,
    disc,
    el,
    group,
    lighter,
    lines,
    ring,
    stroke,
)

RUBBER = "#232f2c"
DARK = "#2b3733"
STEEL = "#aeb9b3"
GREY = "#76837d"


@dataclass(frozen=True, slots=True)
class WheelLook:
    """How a wheel is built: sizes in millimetres."""

    tyre: float
    wall: str = RUBBER
    rim: str = "#c9d0cb"
    rim_height: float = 17
    spokes: int = 28
    spoke: str = "#87938d"
    hub: float = 20
    disc: float = 0
    knobs: bool = False


def wheel(radius: float, look: WheelLook) -> str:
    """A wheel around 0,0, its radius including the tyre."""
    parts = [_spokes(radius - look.tyre - look.rim_height / 2, look)]
    middle = radius - look.tyre / 2
    if look.knobs:
        parts.append(ring(0, radius - 4, RUBBER, 9, stroke_dasharray="13 8"))
        parts.append(ring(0, middle - 3, RUBBER, look.tyre - 6))
    else:
        parts.append(ring(0, middle, RUBBER, look.tyre))
    if look.wall != RUBBER:
        parts.append(ring(0, radius - look.tyre * 0.72, look.wall, look.tyre * 0.5))
    else:
        parts.append(ring(0, radius - look.tyre * 0.36, "#fff", 4, opacity=0.13))
    parts.append(ring(0, radius - look.tyre - look.rim_height / 2 + 2, look.rim, look.rim_height))
    if look.disc:
        parts.append(ring(0, look.disc - 9, "#8d9994", 13))
        parts.append(ring(0, look.disc - 9, "#dfe4e0", 3, stroke_dasharray="7 9"))
        parts.append(
            stroke("".join(lines(0, (look.disc - 12) * direction(72 * i + 20)) for i in range(5)), "#8d9994", 6)
        )
    if look.hub > 40:
        parts.append(disc(0, look.hub, DARK) + ring(0, look.hub - 12, "#54625c", 5) + disc(0, 15, STEEL))
    else:
        parts.append(disc(0, look.hub, GREY) + disc(0, look.hub * 0.45, "#e3e7e4"))
    return group(*parts)


def _spokes(radius: float, look: WheelLook) -> str:
    """Spokes laced as on a real wheel: each leaves the hub's flange at a tangent, alternately each way."""
    flange = max(look.hub, 22) + 4
    data = ""
    for index in range(look.spokes):
        angle = 360 / look.spokes * index
        lean = 62 if index % 2 else -62
        data += lines(flange * direction(angle + lean), radius * direction(angle))
    return stroke(data, look.spoke, 2.6)


@dataclass(frozen=True, slots=True)
class Drive:
    """The transmission: ring and sprocket radii and the crank's length in millimetres."""

    ring: float = 78
    sprocket: float = 36
    crank: float = 170
    derailleur: bool = True
    motor: bool = False
    colour: str = "#46534e"
    angle: float = -24


def far_crank(bb: complex, drive: Drive) -> str:
    """The crank and pedal on the side away from us."""
    end = bb + drive.crank * direction(drive.angle + 180)
    return stroke(lines(bb, end), darker(drive.colour, 0.45), 19) + _pedal(end, "#38443f")


def near_crank(bb: complex, drive: Drive) -> str:
    """The crank and pedal on our side."""
    end = bb + drive.crank * direction(drive.angle)
    arm = stroke(lines(bb, end), lighter(drive.colour, 0.5), 22) + stroke(
        lines(bb, end), lighter(drive.colour, 0.78), 7
    )
    return arm + disc(bb, 17, lighter(drive.colour, 0.3)) + disc(bb, 7, DARK) + _pedal(end, RUBBER)


def _pedal(end: complex, colour: str) -> str:
    plate = box(end.real - 50, end.imag - 13, 100, 26, colour, rx=9)
    return plate + box(end.real - 46, end.imag - 4, 10, 8, "#f0a03a", rx=2)


def chain(rear: complex, bb: complex, drive: Drive) -> str:
    """Chain, sprockets, chainring and, where there is one, the derailleur."""
    axis = bb - rear
    tilt = axis / abs(axis)
    over = 1j * tilt  # downwards on the page
    lift = math.asin((drive.ring - drive.sprocket) / abs(axis))
    top = -over * math.cos(lift) - tilt * math.sin(lift)
    below = over * math.cos(lift) - tilt * math.sin(lift)
    parts = [disc(rear, drive.sprocket, "#5d6a64"), disc(rear, drive.sprocket * 0.5, STEEL)]
    parts.append(stroke(lines(rear + top * drive.sprocket, bb + top * drive.ring), "#39453f", 9))
    if drive.derailleur:
        upper, lower = rear + complex(34, 62), rear + complex(12, 118)
        parts.append(stroke(lines(rear + 4 + 20j, upper, lower), "#3a4641", 15))
        parts.append(stroke(lines(rear + complex(drive.sprocket, 8), upper + 10, lower - 16), "#39453f", 7))
        parts.append(stroke(lines(lower + 15j, bb + below * drive.ring), "#39453f", 8))
        parts.extend(
            disc(wheel_centre, 17, "#2f3a36") + disc(wheel_centre, 6, STEEL) for wheel_centre in (upper, lower)
        )
    else:
        parts.append(stroke(lines(rear + below * drive.sprocket, bb + below * drive.ring), "#39453f", 9))
    if drive.motor:
        parts.append(el("ellipse", cx=bb.real + 14, cy=bb.imag - 8, rx=88, ry=78, fill="#333f3b"))
        parts.append(el("ellipse", cx=bb.real + 14, cy=bb.imag - 8, rx=62, ry=52, fill="#44514c"))
    parts.append(chainring(bb, drive))
    return "".join(parts)


def chainring(bb: complex, drive: Drive) -> str:
    """The ring alone, with its spider."""
    arms = "".join(lines(bb, bb + (drive.ring - 8) * direction(72 * i + 40)) for i in range(5))
    return (
        ring(bb, drive.ring, "#39453f", 8, stroke_dasharray="6 5")
        + ring(bb, drive.ring - 8, drive.colour, 14)
        + stroke(arms, drive.colour, 12)
    )


def mudguard(axle: complex, radius: float, start: float, end: float, colour: str, *, stay: float) -> str:
    """A mudguard's blade round a wheel from one angle to a smaller one, held by a stay at the angle `stay`."""
    blade = radius + 19
    held = axle + (blade - 4) * direction(stay)
    return (
        stroke(lines(axle, held), "#8b9791", 5)
        + stroke(arc(axle, blade, start, end), darker(colour, 0.12), 17)
        + stroke(arc(axle, blade + 4, start - 1, end + 1), lighter(colour, 0.45), 4, opacity=0.6)
    )
