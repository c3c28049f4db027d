"""Trees and smaller plants of the south."""

from bikeens.demo.drawing.ink import at, darker, disc, el, fill, group, lighter, lines, num, stroke
from bikeens.demo.drawing.light import Painting, bumps


def crown(p: Painting, centre: complex, radius: float, colour: str, *, far: float = 0, squash: float = 0.85) -> str:
    """A leafy mass lit from the sun's side."""
    side = -1 if p.light.sun_at[0] < 800 else 1
    base = p.tone(colour, far)
    lit = centre + complex(side * radius * 0.2, -radius * 0.2)
    spots = "".join(
        (
            f"M{at(lit + complex(p.dice.between(-0.6, 0.6) * radius, p.dice.between(-0.5, 0.5) * radius * squash))}"
            f"h{num(radius * 0.09)}"
        )
        for _ in range(7)
    )
    return (
        fill(bumps(centre, radius, p.dice, squash=squash), base)
        + fill(bumps(lit, radius * 0.7, p.dice, count=9, squash=squash), lighter(base, 0.13))
        + stroke(spots, lighter(base, 0.3), radius * 0.05, stroke_linecap="round", opacity=0.8)
    )


def plane_tree(
    p: Painting,
    x: float,
    base: float,
    height: float,
    *,
    spread: float = 300,
    thick: float = 62,
    green: str = "#7fa66d",
    far: float = 0,
) -> str:
    """A plane tree: flaking trunk, forked limbs, wide crown."""
    bark = p.tone("#b9a68a", far)
    fork = complex(x, base - height * 0.56)
    top = base - height
    w = thick / 2
    trunk = f"M{num(x - w * 1.5)} {num(base)}Q{num(x - w)} {num(base - 70)} {num(x - w * 0.8)} {num(fork.imag)}"
    trunk += f"L{num(x + w * 0.8)} {num(fork.imag)}Q{num(x + w)} {num(base - 70)} {num(x + w * 1.5)} {num(base)}z"
    limbs = f"M{at(fork + 20j)}Q{at(fork + complex(-10, -90))} {at(complex(x - spread * 0.42, top + height * 0.16))}"
    limbs += (
        f"M{at(fork + 20j)}Q{at(fork + complex(20, -100))} {at(complex(x + spread * 0.42, top + height * 0.14))}"
        f"M{at(fork + 10j)}L{at(complex(x, top + 60))}"
    )
    flakes = "".join(
        (
            f"M{num(x + p.dice.between(-w * 0.5, w * 0.4))} {num(base - 40 - i * height * 0.065)}"
            f"q{num(w * 0.3)} -14 {num(w * 0.1)} -40"
        )
        for i in range(7)
    )
    crowns = (
        crown(p, complex(x - spread * 0.46, top + height * 0.15), spread * 0.46, darker(green, 0.1), far=far),
        crown(p, complex(x + spread * 0.48, top + height * 0.13), spread * 0.48, darker(green, 0.06), far=far),
        crown(p, complex(x + spread * 0.02, top), spread * 0.6, green, far=far, squash=0.72),
    )
    wood = fill(trunk, bark) + stroke(limbs, bark, w * 0.85, fill="none", stroke_linecap="round")
    return group(
        wood, stroke(flakes, lighter(bark, 0.4), w * 0.28, fill="none", stroke_linecap="round", opacity=0.8), *crowns
    )


def cypress(p: Painting, x: float, base: float, height: float, *, far: float = 0) -> str:
    """A cypress."""
    green = p.tone("#3f6b53", far)
    w = height * 0.11

    def spot(across: float, up: float) -> str:
        return at(complex(x + w * across, base - height * up))

    shape = f"M{spot(0, 1)}C{spot(1.5, 0.6)} {spot(1.6, 0.12)} {spot(0.4, 0.02)}"
    shape += f"L{spot(-0.4, 0.02)}C{spot(-1.6, 0.12)} {spot(-1.5, 0.6)} {spot(0, 1)}z"
    lit = f"M{spot(-0.1, 0.9)}Q{spot(-1.1, 0.4)} {spot(-0.5, 0.1)}"
    light = stroke(lit, lighter(green, 0.18), w * 0.35, fill="none", stroke_linecap="round")
    return stroke(f"M{num(x)} {num(base)}v-20", p.tone("#7a5a44"), 12) + fill(shape, green) + light


def umbrella_pine(p: Painting, x: float, base: float, height: float, *, far: float = 0) -> str:
    """A stone pine with its flat crown."""
    bark = p.tone("#8a5f45", far)
    top = base - height
    s = height / 400
    low, high = complex(x + 20 * s, base - height * 0.4), complex(x - 26 * s, base - height * 0.6)
    trunk = f"M{num(x)} {num(base)}C{at(low)} {at(high)} {num(x)} {num(top + 60 * s)}"
    limbs = (
        f"M{num(x - 8 * s)} {num(top + 150 * s)}L{num(x - 100 * s)} {num(top + 60 * s)}"
        f"M{num(x - 8 * s)} {num(top + 170 * s)}L{num(x + 110 * s)} {num(top + 50 * s)}"
    )
    return group(
        stroke(trunk, bark, 24 * s, fill="none", stroke_linecap="round")
        + stroke(limbs, bark, 12 * s, stroke_linecap="round"),
        crown(p, complex(x - 110 * s, top + 40 * s), 110 * s, "#4f7f5b", far=far, squash=0.5),
        crown(p, complex(x + 116 * s, top + 34 * s), 116 * s, "#4f7f5b", far=far, squash=0.5),
        crown(p, complex(x, top), 150 * s, "#5c8c62", far=far, squash=0.48),
    )


def fir(p: Painting, x: float, base: float, height: float, *, far: float = 0) -> str:
    """A fir as three stacked skirts."""
    green = p.tone("#3f6f5b", far)
    w = height * 0.26
    parts = [stroke(f"M{num(x)} {num(base)}v{num(-height * 0.2)}", p.tone("#75543f", far), height * 0.05)]
    for index in range(3):
        y = base - height * (0.1 + 0.27 * index)
        parts.append(
            fill(
                lines(
                    complex(x - w * (1 - 0.22 * index), y),
                    complex(x, y - height * 0.45),
                    complex(x + w * (1 - 0.22 * index), y),
                    close=True,
                ),
                lighter(green, 0.06 * index),
            )
        )
    return "".join(parts)


def pot(p: Painting, x: float, base: float, *, size: float = 1, flower: str = "#d9583f") -> str:
    """A terracotta pot of flowers."""
    clay = p.tone("#c56f4b")
    w = 54 * size
    head = complex(x, base - w * 1.7)
    heads = "".join(
        disc(head + complex(p.dice.between(-0.75, 0.75) * w, p.dice.between(-0.55, 0.35) * w), 9 * size, p.tone(flower))
        for _ in range(8)
    )
    return group(
        fill(bumps(head, w * 0.95, p.dice, count=9), p.tone("#5f8f62")),
        heads,
        fill(f"M{num(x - w * 0.6)} {num(base - w)}h{num(w * 1.2)}l{num(-w * 0.18)} {num(w)}h{num(-w * 0.84)}z", clay),
        fill(
            f"M{num(x - w * 0.7)} {num(base - w * 1.1)}h{num(w * 1.4)}v{num(w * 0.26)}h{num(-w * 1.4)}z",
            lighter(clay, 0.16),
        ),
    )


def grass(p: Painting, x: float, base: float, *, size: float = 1, colour: str = "#8fae73") -> str:
    """A tuft."""
    blades = ""
    for index in range(6):
        bend = (index - 2.5) * size
        tip = complex(bend * 15, -(58 - abs(index - 2.5) * 9) * size)
        blades += f"M{num(x + index * 9 * size)} {num(base)}q{num(bend * 6)} {num(-30 * size)} {at(tip)}"
    return stroke(blades, p.tone(colour), 6 * size, fill="none", stroke_linecap="round")


def climber(
    p: Painting, start: complex, end: complex, *, flower: str = "#c9578a", density: int = 9, size: float = 62
) -> str:
    """A bougainvillea or vine along a line."""
    leaves: list[str] = []
    spots: list[str] = []
    for index in range(density):
        t = index / (density - 1)
        spot = start + (end - start) * t + complex(p.dice.between(-26, 26), p.dice.between(-22, 22))
        leaves.append(
            fill(
                bumps(spot, size * p.dice.between(0.75, 1.15), p.dice, count=8),
                p.tone(p.dice.pick(("#5f8f62", "#6f9c68", "#557f5c"))),
            )
        )
        spots.extend(
            disc(
                spot + complex(p.dice.between(-40, 40), p.dice.between(-40, 40)), p.dice.between(9, 15), p.tone(flower)
            )
            for _ in range(4)
        )
    return "".join(leaves) + "".join(spots)


def leaf_shade(p: Painting, y: float) -> str:
    """Dappled light on the floor."""
    spots = "".join(
        el(
            "ellipse",
            cx=p.dice.between(0, 1600),
            cy=p.dice.between(y, 1180),
            rx=p.dice.between(24, 70),
            ry=p.dice.between(6, 13),
        )
        for _ in range(12)
    )
    return group(spots, fill=lighter(p.tone("#fff2cf"), 0.3), opacity=0.28)
