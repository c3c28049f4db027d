"""Scenes in the open: a park, a vineyard path, a mountain road."""

from bikeens.demo.drawing.houses import lawn_chair
from bikeens.demo.drawing.ink import at, box, darker, fill, group, lighter, lines, mix, num, stroke
from bikeens.demo.drawing.light import WIDTH, Painting, ground, gulls, sky, street_lamp
from bikeens.demo.drawing.plants import crown, cypress, fir, grass, leaf_shade, plane_tree, umbrella_pine


def hills(p: Painting, base: float, height: float, colour: str, far: float, *, count: int = 4) -> str:
    """A line of rounded hills across the picture."""
    step = WIDTH / count
    data = f"M-60 {num(base)}V{num(base - height * 0.4)}"
    for index in range(count):
        top = complex((index + 0.5) * step, base - height * p.dice.between(0.75, 1.5))
        dip = complex((index + 1) * step + 30, base - height * p.dice.between(0.2, 0.45))
        data += f"Q{at(top)} {at(dip)}"
    return fill(data + f"V{num(base)}z", p.tone(colour, far))


def park(p: Painting) -> None:
    """A park: old trees in layers, a lawn, a bandstand, a bench, a gravel walk."""
    sky(p, 700, clouds=2)
    for index in range(7):
        p.lay(
            crown(
                p,
                complex(index * 270 - 10, 470 + p.dice.between(-40, 30)),
                p.dice.between(170, 220),
                "#8fb583",
                far=0.5,
            )
        )
    p.lay(box(0, 578, 1600, 132, p.tone("#8fb583", 0.5)))
    p.lay(_bandstand(p, p.dice.pick((430.0, 1130.0)), 716))
    lawn = p.tone("#a9c48a")
    p.lay(
        fill("M0 700Q400 668 800 690T1600 680V900H0z", lawn),
        fill("M0 760Q500 716 1000 752T1600 740V900H0z", lighter(lawn, 0.16)),
    )
    p.lay(
        plane_tree(p, 160, 760, 620, spread=340, thick=70, far=0.12),
        plane_tree(p, 1450, 772, 660, spread=360, thick=76, green="#8bab66", far=0.08),
    )
    p.lay(*(grass(p, p.dice.between(0, 1600), p.dice.between(790, 832), size=0.6, colour="#8fae73") for _ in range(9)))
    ground(p, 842, "#efe0c0")
    p.lay(fill("M0 838Q420 830 800 840T1600 836V856H0z", p.tone("#8fae73")), lawn_chair(p, 1240, 866, "#b9764a"))
    p.lay(street_lamp(p, 92, 866, height=480, side=1), leaf_shade(p, 890))


def _bandstand(p: Painting, x: float, base: float) -> str:
    """A bandstand."""
    pale, roof, iron = p.tone("#f3e6c9", 0.25), p.tone("#6f9f95", 0.3), p.tone("#5f7f74", 0.3)
    posts = "".join(f"M{num(x + dx)} {num(base - 50)}v-170" for dx in (-140, -70, 0, 70, 140))
    return (
        fill(f"M{num(x - 170)} {num(base)}v-50h340v50z", pale)
        + stroke(posts, iron, 9)
        + stroke(f"M{num(x - 144)} {num(base - 96)}h288m-288 22h288", iron, 4)
        + fill(
            (
                f"M{num(x - 184)} {num(base - 212)}Q{num(x - 60)} {num(base - 250)} {num(x)} {num(base - 340)}"
                f"Q{num(x + 60)} {num(base - 250)} {num(x + 184)} {num(base - 212)}"
                "z"
            ),
            roof,
        )
        + stroke(f"M{num(x)} {num(base - 336)}v-36", roof, 6)
    )


def vineyard(p: Painting) -> None:
    """A path between vines under the Corbieres."""
    sky(p, 620)
    p.lay(gulls(p, (1180, 180, 0.6), (1240, 214, 0.45)))
    p.lay(hills(p, 640, 260, "#8fa9a0", 0.62), hills(p, 650, 170, "#8fa783", 0.42, count=3))
    p.lay(_farmhouse(p, p.dice.pick((1120.0, 300.0)), 664))
    field = p.tone("#c9c48a", 0.1)
    p.lay(fill("M0 660Q500 636 1000 654T1600 648V880H0z", field), _vines(p))
    p.lay(
        cypress(p, 66, 860, 560),
        cypress(p, 176, 846, 430, far=0.12),
        cypress(p, 1520, 856, 520),
        umbrella_pine(p, 1400, 846, 430, far=0.16),
    )
    ground(p, 846, "#ecd6aa")
    p.lay(fill("M0 842Q300 830 700 846T1600 838V862Q1100 872 700 862T0 866z", p.tone("#9fb274")))
    ruts = "M0 930Q500 912 1000 926T1600 918M0 1110Q500 1080 1000 1102T1600 1090"
    p.lay(stroke(ruts, mix(p.tone("#dcc192"), p.light.shadow, 0.1), 26, fill="none", opacity=0.6))
    p.lay(*(grass(p, x, 872, size=p.dice.between(0.6, 1), colour="#a3ab62") for x in (30, 250, 1340, 1460, 1580)))
    stones = "".join(
        f"M{num(p.dice.between(0, 1600))} {num(p.dice.between(890, 1180))}h{num(p.dice.between(3, 14))}"
        for _ in range(24)
    )
    p.lay(stroke(stones, p.tone("#c9ab78"), 9, stroke_linecap="round"))


def _vines(p: Painting) -> str:
    """Rows of vines running to a vanishing point."""
    rows = ""
    leaf, earth = p.tone("#7f9f5a", 0.12), p.tone("#b9a06a", 0.2)
    furrows = "".join(lines(complex(800 + (x - 800) * 0.16, 664), complex(x, 870)) for x in range(-2600, 4300, 230))
    for x in range(-2600, 4300, 230):
        top, end = complex(800 + (x - 800) * 0.16, 664), complex(x, 866)
        dots = ""
        for index in range(7):
            t = (index / 6) ** 1.7
            spot = top + (end - top) * t
            if -60 < spot.real < 1660:
                r = 7 + 31 * t
                dots += f"M{num(spot.real - r * 0.5)} {num(spot.imag - r)}h{num(r)}"
                rows += stroke(
                    f"M{num(spot.real - r * 0.7)} {num(spot.imag - r * 0.7)}h{num(r * 1.4)}",
                    mix(leaf, lighter(leaf, 0.2), t),
                    r * 1.5,
                )
    return group(stroke(furrows, earth, 9, opacity=0.5), group(rows, stroke_linecap="round"))


def _farmhouse(p: Painting, x: float, base: float) -> str:
    """A stone mas with its tiled roofs."""
    wall, roof = p.tone("#ecd2a8", 0.22), p.tone("#c4694a", 0.24)
    return (
        box(x, base - 96, 190, 96, wall)
        + box(x + 150, base - 140, 96, 140, lighter(wall, 0.15))
        + fill(f"M{num(x - 14)} {num(base - 94)}l26 -36h140v36z", roof)
        + fill(f"M{num(x + 138)} {num(base - 138)}l22 -34h76l22 34z", roof)
        + fill(
            (
                f"M{num(x + 30)} {num(base - 66)}h22v30h-22zm60 0h22v30h-22zM{num(x + 186)} {num(base - 110)}"
                f"h24v34h-24zM{num(x + 182)} {num(base)}v-44h32v44z"
            ),
            p.tone("#8a9a8c", 0.2),
        )
    )


def mountains(p: Painting) -> None:
    """A road under the Pyrenees."""
    sky(p, 640)
    p.lay(_peaks(p, 640, 430, "#8fa9b5", 0.5, snow=True), _peaks(p, 660, 260, "#7f9f9c", 0.42, snow=False))
    p.lay(hills(p, 760, 230, "#8fb08a", 0.3, count=3))
    for index in range(15):
        x = index * 112 + p.dice.between(-30, 30)
        p.lay(fir(p, x, 724 + p.dice.between(-14, 14), p.dice.between(110, 180), far=0.38))
    meadow = p.tone("#b3c583")
    p.lay(
        fill("M0 716Q460 680 900 708T1600 694V880H0z", meadow),
        fill("M0 780Q500 748 1000 776T1600 762V880H0z", lighter(meadow, 0.16)),
    )
    p.lay(
        fir(p, 92, 856, 500, far=0.04),
        fir(p, 214, 836, 330, far=0.14),
        fir(p, 1520, 856, 460, far=0.04),
        fir(p, 1420, 832, 290, far=0.16),
    )
    p.lay(_fence(p, 838))
    ground(p, 852, "#e6d9bd")
    p.lay(fill("M0 848Q300 838 700 850T1600 844V868Q1100 878 700 866T0 872z", p.tone("#9fb878")))
    flowers = "".join(f"M{num(p.dice.between(0, 1600))} {num(p.dice.between(770, 850))}h0" for _ in range(40))
    p.lay(stroke(flowers, p.tone(p.dice.pick(("#f4b63f", "#fbf3e2", "#d97a9c"))), 9, stroke_linecap="round"))
    stones = "".join(
        f"M{num(p.dice.between(0, 1600))} {num(p.dice.between(890, 1180))}h{num(p.dice.between(3, 12))}"
        for _ in range(26)
    )
    p.lay(stroke(stones, p.tone("#c9bb98"), 9, stroke_linecap="round"))


def _peaks(p: Painting, base: float, height: float, colour: str, far: float, *, snow: bool) -> str:
    """A jagged range with lit flanks, and snow."""
    tops: list[complex] = []
    x = -140.0
    while x < 1700:
        tops.append(complex(x, base - height * p.dice.between(0.55, 1)))
        x += p.dice.between(220, 330)
    rock = p.tone(colour, far)
    outline, flanks, caps = f"M-200 {num(base)}", "", ""
    for index, top in enumerate(tops):
        dip = complex((top.real + (tops[index + 1].real if index + 1 < len(tops) else 1900)) / 2, base - height * 0.36)
        outline += f"L{num(top.real)} {num(top.imag)}L{num(dip.real)} {num(dip.imag)}"
        flanks += (
            f"M{num(top.real)} {num(top.imag)}L{num(dip.real)} {num(dip.imag)}"
            f"V{num(base)}H{num(top.real - 40)}L{num(top.real + 26)} {num(top.imag + 140)}"
            f"L{num(top.real - 14)} {num(top.imag + 80)}z"
        )
        h = height * 0.2
        slope = (dip.real - top.real) / (dip.imag - top.imag)
        caps += (
            f"M{num(top.real)} {num(top.imag)}l{num(slope * h)} {num(h)}l{num(-slope * h * 0.5)} {num(-h * 0.24)}"
            f"l{num(-slope * h * 0.36)} {num(h * 0.42)}l{num(-slope * h * 0.4)} {num(-h * 0.42)}"
            f"l{num(-slope * h * 0.36)} {num(h * 0.1)}z"
        )
    return (
        fill(outline + f"L1900 {num(base)}z", rock)
        + fill(flanks, darker(rock, 0.08))
        + (fill(caps, lighter(rock, 0.85)) if snow else "")
    )


def _fence(p: Painting, base: float) -> str:
    """A wooden fence."""
    wood = p.tone("#b39468")
    posts = "".join(f"M{x} {num(base)}v-74" for x in range(300, 1360, 132))
    return stroke(posts, darker(wood, 0.12), 14, stroke_linecap="round") + stroke(
        f"M290 {num(base - 56)}H1340M290 {num(base - 28)}H1340", wood, 8
    )
