"""Frames and forks: tubes with a little light on them."""

from bikeens.demo.drawing.geometry import Points
from bikeens.demo.drawing.ink import at, darker, disc, lighter, lines, stroke
from bikeens.demo.drawing.wheels import DARK, STEEL


def tube(data: str, width: float, colour: str) -> str:
    """A tube: its colour and a narrow light along its upper side."""
    light = stroke(
        data,
        lighter(colour, 0.55),
        width * 0.2,
        opacity=0.7,
        transform=f"translate(-{width * 0.1:.0f} -{width * 0.24:.0f})",
    )
    return stroke(data, colour, width) + light


def curve(*points: complex) -> str:
    """Path data of a quadratic (three points) or cubic (four) curve."""
    kind = "Q" if len(points) == 3 else "C"
    return f"M{at(points[0])}{kind}" + " ".join(at(point) for point in points[1:])


def stays(p: Points, colour: str, *, top: float = 0.93, width: float = 17) -> str:
    """Chain stays and seat stays to the rear axle, with the dropout."""
    shade = darker(colour, 0.14)
    return (
        tube(lines(p.rear, p.bb), width + 3, shade)
        + tube(lines(p.rear, p.on_seat_tube(top)), width, shade)
        + disc(p.rear, 19, shade)
    )


def _head(p: Points, colour: str, width: float = 42) -> str:
    up = p.steer
    cups = stroke(lines(p.head, p.head + up * 10), DARK, width + 4) + stroke(
        lines(p.crown, p.crown - up * 6), DARK, width + 4
    )
    return cups + tube(lines(p.head - up * 6, p.crown + up * 6), width, colour)


def _seat_tube(p: Points, colour: str, width: float = 32) -> str:
    collar = stroke(lines(p.on_seat_tube(0.985), p.seat), DARK, width + 6)
    return tube(lines(p.bb, p.seat), width, colour) + collar + disc(p.bb, 29, colour)


def diamond(p: Points, colour: str, *, width: float = 34, slope: float = 0.95) -> str:
    """A diamond frame; `slope` is where the top tube meets the seat tube."""
    return (
        stays(p, colour)
        + tube(lines(p.bb, p.on_head_tube(0.22)), width + 6, colour)
        + tube(lines(p.on_seat_tube(slope), p.on_head_tube(0.84)), width, colour)
        + _seat_tube(p, colour, width - 2)
        + _head(p, colour, width + 9)
    )


def swan(p: Points, colour: str) -> str:
    """A Dutch step-through: two tubes bent low between head and seat tube."""
    low, high = p.on_head_tube(0.2), p.on_head_tube(0.72)
    foot, knee = p.on_seat_tube(0.06), p.on_seat_tube(0.44)
    return (
        stays(p, colour, top=0.9)
        + tube(curve(foot, foot + complex(170, -10), low + complex(-110, 210), low), 36, colour)
        + tube(curve(knee, knee + complex(140, 40), high + complex(-130, 260), high), 30, colour)
        + _seat_tube(p, colour)
        + _head(p, colour, 42)
    )


def wave(p: Points, colour: str) -> str:
    """A modern step-through: one thick low tube."""
    low, foot = p.on_head_tube(0.42), p.bb + complex(10, -22)
    brace = p.on_seat_tube(0.42)
    return (
        stays(p, colour, top=0.72)
        + tube(curve(foot, foot + complex(190, -40), low + complex(-190, 250), low), 58, colour)
        + stroke(
            curve(brace, brace + complex(60, 40), foot + complex(60, -90), foot + complex(110, -46)),
            colour,
            26,
        )
        + _seat_tube(p, colour, 36)
        + _head(p, colour, 48)
    )


def trapeze(p: Points, colour: str) -> str:
    """A trekking frame with a low, straight top tube."""
    return diamond(p, colour, width=36, slope=0.6)


def folder(p: Points, colour: str) -> str:
    """A folding frame: one main beam with its hinge, a long seat post and a long stem."""
    start, end = p.on_seat_tube(0.78), p.on_head_tube(0.45)
    hinge = start + (end - start) * 0.52 + 16j
    main = curve(start, hinge + complex(0, 42), end)
    latch = stroke(lines(hinge + complex(-3, -24), hinge + complex(3, 44)), DARK, 15) + disc(
        hinge + complex(4, 4), 11, STEEL
    )
    return (
        stays(p, colour, top=0.9)
        + tube(lines(p.bb, start + (end - start) * 0.2 + 10j), 24, colour)
        + tube(main, 54, colour)
        + latch
        + _seat_tube(p, colour, 42)
        + _head(p, colour, 46)
    )


def cruiser(p: Points, colour: str) -> str:
    """A beach cruiser: a bowed top tube and a second bow below it."""
    high, low = p.on_head_tube(0.82), p.on_head_tube(0.2)
    seat, foot = p.on_seat_tube(0.93), p.on_seat_tube(0.06)
    bow = curve(seat, seat + complex(150, -62), high + complex(-170, -48), high)
    tank = curve(p.on_seat_tube(0.72), seat + complex(130, 26), low + complex(-170, -14), p.on_head_tube(0.42))
    back = curve(p.rear, p.rear + complex(90, -150), seat + complex(-120, 10), seat)
    return (
        tube(lines(p.rear, p.bb), 20, darker(colour, 0.14))
        + tube(back, 20, darker(colour, 0.14))
        + disc(p.rear, 19, darker(colour, 0.14))
        + tube(curve(foot, foot + complex(190, -70), low + complex(-90, 130), low), 38, colour)
        + tube(tank, 24, colour)
        + tube(bow, 36, colour)
        + _seat_tube(p, colour, 34)
        + _head(p, colour, 46)
    )


def rigid_fork(p: Points, colour: str, *, width: float = 24) -> str:
    """A steel fork: straight from the crown, bent forward at its end."""
    bend = p.crown - p.steer * (abs(p.crown - p.front) * 0.62)
    data = f"M{at(p.crown)}L{at(bend)}Q{at(bend - p.steer * 70)} {at(p.front)}"
    return tube(data, width, colour) + disc(p.front, 18, darker(colour, 0.12))


def carbon_fork(p: Points, colour: str) -> str:
    """A straight, tapering fork."""
    return tube(lines(p.crown, p.front), 27, colour) + disc(p.front, 17, darker(colour, 0.2))


def suspension_fork(p: Points, colour: str) -> str:
    """Stanchions above, thick lowers in the colour below; the legs stand in front of the steering axis."""
    up = p.steer
    away = p.crown - p.front
    length = away.real * up.real + away.imag * up.imag
    top = p.front + up * length
    seal = p.front + up * (length * 0.62)
    return (
        stroke(lines(top, seal), "#c9a862", 30)
        + stroke(lines(top - 6, seal - 6), "#fff", 6, opacity=0.55)
        + stroke(lines(p.crown + up * 4, p.crown - up * 14), DARK, 50)
        + stroke(lines(p.crown - up * 10, top - up * 16), DARK, 42)
        + tube(lines(seal - up * 12, p.front), 42, colour)
        + stroke(lines(seal - up * 2, seal - up * 12), DARK, 48)
        + disc(p.front, 22, DARK)
    )
