"""Where the rider sits and holds on: saddles, posts, stems, bars, levers, cables."""

from bikeens.demo.drawing.frames import curve
from bikeens.demo.drawing.geometry import Points
from bikeens.demo.drawing.ink import at, disc, fill, lighter, lines, stroke
from bikeens.demo.drawing.wheels import DARK, GREY, STEEL

ALLOY = "#9fada6"


def post(p: Points, colour: str = ALLOY, width: float = 25) -> str:
    """The seat post from the frame to under the saddle."""
    top = p.saddle + 1j * 30
    return stroke(lines(p.on_seat_tube(0.9), top), colour, width) + stroke(lines(top - 34, top + 40), DARK, 13)


def saddle(place: complex, kind: str, leather: str) -> str:
    """A saddle whose top is near `place`: sport, comfort or sprung."""
    light = lighter(leather, 0.35)
    if kind == "sport":
        shape = "m-142 -6c4 -18 40 -22 86 -14c50 8 118 4 168 6q20 2 16 14q-70 8 -110 16q-60 22 -122 18q-44 -6 -38 -40z"
        rail = "m-96 26q10 14 40 14h60q50 -2 84 -30"
        shine = "m-128 -8c50 -6 120 10 220 2"
    else:
        shape = (
            "m-160 -14c0 -26 50 -34 98 -18c50 16 120 10 176 12q22 4 14 20q-70 12 -100 24q-56 34 -128 28q-66 -8 -60 -66z"
        )
        rail = "m-110 44q10 12 40 10h60q56 -6 92 -38"
        shine = "m-138 -18c40 -14 70 6 120 14q50 6 104 2"
    start = f"M{at(place)}"
    springs = ""
    if kind == "sprung":
        springs = stroke(f"{start}m-112 46l20 10l-22 10l22 10l-20 8", STEEL, 8)
    return (
        stroke(start + rail, STEEL, 9)
        + springs
        + fill(start + shape, leather)
        + stroke(start + shine, light, 7, opacity=0.55)
    )


def cable(start: complex, p: Points, *, reach: float = 90, end: float = 0.4) -> str:
    """A cable that leaves the bar forwards and drops to the head tube."""
    goal = p.on_head_tube(end) + 14
    return stroke(curve(start, start + complex(reach, 0), goal + complex(reach * 0.9, -40), goal), "#39453f", 6)


def stem(p: Points, rise: float, reach: float, colour: str = DARK, width: float = 27) -> tuple[str, complex]:
    """A stem: `rise` along the steering axis, then `reach` forwards. Returns it and the bar's clamp."""
    knee = p.head + p.steer * rise
    clamp = knee + complex(reach, -reach * 0.12)
    return stroke(lines(p.head, knee, clamp), colour, width), clamp


def swept_bar(clamp: complex, grip: str, *, colour: str = ALLOY) -> str:
    """A city bar: forward, up, and back to the rider; grip, lever and bell."""
    corner, end = clamp + complex(26, -96), clamp + complex(-178, -92)
    data = f"M{at(clamp)}c44 -8 60 -92 12 -98l-130 2q-34 0 -60 10"
    hold = lines(end + complex(108, -8), end + complex(58, -5), end + complex(-4, 8))
    lever = curve(corner + complex(-12, 10), corner + complex(-50, 40), corner + complex(-110, 34))
    bell = disc(corner + complex(-40, -24), 17, STEEL) + disc(corner + complex(-44, -28), 6, "#fff", opacity=0.7)
    return bell + stroke(data, colour, 22) + stroke(lever, STEEL, 9) + stroke(hold, grip, 32)


def flat_bar(clamp: complex, grip: str, *, rise: float = 14) -> str:
    """A flat bar seen from its end: the near grip points back, the lever down and forwards."""
    root = clamp + complex(-4, -rise)
    end = root + complex(-104, -16)
    lever = f"M{at(root + complex(18, 4))}q34 14 30 36q-26 10 -60 0"
    return (
        stroke(lines(clamp, root), DARK, 26)
        + stroke(lever, STEEL, 11)
        + stroke(lines(root + complex(14, 2), end), grip, 36)
        + stroke(lines(root + complex(22, 3), root + complex(14, 2)), STEEL, 38)
        + disc(end, 17, DARK)
    )


def drop_bar(clamp: complex, tape: str) -> str:
    """A drop bar with its hood and brake lever."""
    start = f"M{at(clamp)}"
    hook = start + "l62 -6c54 -2 80 30 64 72c-12 34 -40 56 -84 54l-34 -2"
    hood = start + "m48 -26q14 -34 44 -62q20 -16 34 2q6 10 -2 26l-24 40q-8 20 10 44l-62 -12z"
    lever = start + "m122 -40q42 50 26 122q-2 14 -12 18"
    return (
        stroke(lever, GREY, 13)
        + stroke(hook, tape, 30)
        + stroke(start + "m8 -8l54 -5c50 -2 70 30 58 60", lighter(tape, 0.4), 5, opacity=0.5)
        + fill(hood, DARK)
    )


def high_bar(clamp: complex, grip: str, *, colour: str = ALLOY, height: float = 150, back: float = 190) -> str:
    """A cruiser's bar: wide, high and far back."""
    tip = clamp + complex(-back, -height + 30)
    data = curve(clamp, clamp + complex(96, -30), clamp + complex(70, -height * 1.25), tip)
    hold = lines(tip + complex(96, -30), tip)
    return stroke(data, colour, 22) + stroke(hold, grip, 34)
