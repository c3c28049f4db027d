"""Water, what floats on it, and what stands at its edge."""

from bikeens.demo.drawing.houses import House
from bikeens.demo.drawing.ink import box, darker, el, fill, gradient, group, lighter, mix, num, stroke
from bikeens.demo.drawing.light import WIDTH, Painting, tiles


def water(p: Painting, top: float, bottom: float, colour: str, *, name: str = "water") -> None:
    """A sheet of water."""
    base = p.tone(colour)
    p.defs.append(gradient(name, (0, mix(base, p.light.sky[1], 0.45), 1), (1, darker(base, 0.1), 1)))
    p.lay(el("rect", y=top, width=WIDTH, height=bottom - top, fill=f"url(#{name})"))


def ripples(p: Painting, top: float, bottom: float, *, count: int = 26) -> str:
    """Light on the water: longer dashes nearer to us."""
    data = ""
    for _ in range(count):
        t = p.dice.roll()
        y = top + 8 + (bottom - top - 14) * t
        data += f"M{num(p.dice.between(-20, WIDTH))} {num(y)}h{num(p.dice.between(24, 60) * (0.7 + t))}"
    return stroke(data, lighter(p.light.sky[1], 0.5), 4, opacity=0.5, stroke_linecap="round")


def reflections(p: Painting, row: list[House], top: float, depth: float) -> str:
    """Soft mirror images of a street."""
    p.defs.append(gradient("mirror", (0, "#fff", 0.5), (1, "#fff", 0)))
    mask = el("mask", box(0, top, WIDTH, depth, "url(#mirror)"), id="fade")
    p.defs.append(mask)
    walls = "".join(box(h.x, top, h.width, depth, p.tone(h.wall, 0.1)) for h in row)
    return group(walls, mask="url(#fade)")


def barge(p: Painting, x: float, line: float, *, size: float = 1, hull: str = "#2f5d55", flip: bool = False) -> str:
    """A canal boat with its cabin, flower boxes and a bicycle-free deck."""
    dark = p.tone(hull, 0.1)
    cabin, glass = p.tone("#f3e6c9", 0.05), "#ffd27c" if p.dark else p.tone("#86a8a4", 0.05)
    windows = tiles((120 + 84 * i, -78, 50, 26) for i in range(5))
    body = (
        fill("M90 -96h440l14 60h-466z", cabin)
        + fill("M78 -104h470v12h-470z", p.tone("#c8563b", 0.05))
        + fill(windows, glass)
        + fill("M0 -52q10 52 60 70h560q44 -20 60 -80q-40 22 -110 26h-430q-50 0 -80 -16z", dark)
        + stroke("M16 -20q26 8 60 8h500q56 0 90 -22", lighter(dark, 0.35), 6, fill="none")
        + stroke("M600 -60v-150M600 -200h54", p.tone("#5d5148"), 6)
        + fill("M603 -204l60 14l-60 22z", p.tone("#d99a3a"))
    )
    turn = f"translate({num(x + (680 * size if flip else 0))} {num(line)})scale({-size if flip else size} {size})"
    return group(body, transform=turn)


def sail(p: Painting, x: float, line: float, size: float, colour: str = "#fbf3e2", *, far: float = 0.15) -> str:
    """A small sailing boat."""
    return group(
        fill("M0 -12V-170Q70 -90 84 -12z", p.tone(colour, far)),
        fill("M-10 -12V-140Q-60 -60 -66 -12z", lighter(p.tone(colour, far), 0.4)),
        stroke("M-4 -4V-178", p.tone("#6d5a4c", far), 5),
        fill("M-80 -8h176q-14 34 -44 34h-92q-30 -4 -40 -34z", p.tone("#b8573f", far)),
        transform=f"translate({num(x)} {num(line)})scale({size:.2f})",
    )


def fishing_boat(p: Painting, x: float, line: float, size: float, hull: str) -> str:
    """A small fishing boat with its wheelhouse."""
    return group(
        stroke("M60 -60V-250M60 -240L190 -70M60 -240L-110 -66", p.tone("#5d6a64", 0.2), 4),
        fill("M-30 -130h96v84h-96z", p.tone("#fbf3e2", 0.12)),
        fill("M-40 -140h118v14h-118z", p.tone("#c8563b", 0.12)),
        fill(tiles(((-18, -112, 30, 28), (26, -112, 28, 28))), p.tone("#7fa3a8", 0.12)),
        fill("M-150 -66q120 26 330 -14q-10 66 -50 96h-230q-40 -28 -50 -82z", p.tone(hull, 0.12)),
        stroke("M-146 -46q120 26 316 -12", p.tone("#fbf3e2", 0.12), 9, fill="none"),
        transform=f"translate({num(x)} {num(line)})scale({size:.2f})",
    )


def quay_edge(p: Painting, top: float, *, colour: str = "#e2d3b6") -> str:
    """The coping stones of a quay and the wall's shadow on the water."""
    stone = p.tone(colour)
    joints = "".join(f"M{x} {num(top)}v30" for x in range(70, WIDTH, 146))
    return (
        box(0, top - 16, WIDTH, 18, mix(stone, p.light.shadow, 0.35))
        + box(0, top, WIDTH, 32, lighter(stone, 0.35))
        + stroke(joints, mix(stone, p.light.shadow, 0.2), 3)
        + box(0, top + 32, WIDTH, 9, mix(stone, p.light.shadow, 0.16))
    )


def bollard(p: Painting, x: float, base: float) -> str:
    """An iron bollard with a turn of rope."""
    iron = p.tone("#3c4b46")
    return (
        fill(f"M{num(x - 20)} {num(base)}l6 -58q-24 -8 -18 -24q30 -16 64 0q6 16 -18 24l6 58z", iron)
        + stroke(f"M{num(x - 18)} {num(base - 30)}h36m-36 12h36", p.tone("#d9b57f"), 9, stroke_linecap="round")
        + stroke(f"M{num(x - 14)} {num(base - 72)}q18 -8 34 0", lighter(iron, 0.3), 5, fill="none")
    )


def paving(p: Painting, top: float, colour: str) -> str:
    """Joints of large flagstones drawn in perspective towards the middle."""
    rows, y, step = "", top, 30.0
    while y < 1200:
        rows += f"M0 {num(y)}h{WIDTH}"
        y += step
        step *= 1.5
    seams = "".join(
        f"M{num(800 + (x - 800) * 0.82)} {num(top)}L{num(800 + (x - 800) * 1.6)} 1200" for x in range(-400, 2100, 210)
    )
    return stroke(rows + seams, mix(p.tone(colour), p.light.shadow, 0.16), 3, opacity=0.7)
