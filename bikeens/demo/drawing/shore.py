"""Scenes at the water's edge: the beach, the river port."""

from bikeens.demo.drawing.houses import street
from bikeens.demo.drawing.ink import box, darker, disc, fill, group, lighter, mix, num, stroke
from bikeens.demo.drawing.light import Painting, ground, gulls, sky
from bikeens.demo.drawing.plants import grass, umbrella_pine
from bikeens.demo.drawing.streets import parasol
from bikeens.demo.drawing.water import bollard, fishing_boat, paving, quay_edge, ripples, sail, water


def sea(p: Painting) -> None:
    """The promenade above a beach with its chalets on stilts."""
    sky(p, 600)
    p.lay(gulls(p, (420, 190, 1), (520, 250, 0.7), (1120, 150, 0.8)))
    p.lay(fill("M-20 604Q120 520 300 560T620 600V610H-20z", p.tone("#8fb0a6", 0.55)))
    water(p, 600, 722, "#5fa9b0")
    p.lay(ripples(p, 612, 716, count=34))
    p.lay(
        sail(p, 1010, 622, 0.62),
        sail(p, 560, 612, 0.42, "#f4c46a", far=0.35),
        sail(p, 1240, 616, 0.4, "#e8836a", far=0.35),
    )
    sand = p.tone("#f3e0b4")
    p.lay(
        fill("M0 716Q260 690 560 708T1120 704T1600 694V860H0z", lighter(sand, 0.7)),
        fill("M0 728Q260 702 560 720T1120 716T1600 706V880H0z", sand),
    )
    if p.dice.chance(0.6):
        p.lay(
            *(
                _chalet(p, x, 744 + y, c)
                for x, y, c in ((40, 6, "#e8a07f"), (270, -2, "#8fbdb3"), (1190, -2, "#f1cf8f"), (1410, 8, "#9db8c9"))
            )
        )
    else:
        p.lay(
            parasol(p, 170, 790, "#c8563b", size=0.8),
            parasol(p, 1440, 786, "#2f6f63", size=0.84),
            parasol(p, 1190, 760, "#d99a3a", size=0.5),
        )
    ground(p, 838, "#efe3c9")
    stone = p.tone("#f5ecd8")
    p.lay(
        box(0, 806, 1600, 34, stone),
        box(0, 800, 1600, 12, lighter(stone, 0.5)),
        box(0, 840, 1600, 12, mix(stone, p.light.shadow, 0.22)),
    )
    p.lay(
        stroke("".join(f"M{x} 812v26" for x in range(60, 1600, 120)), mix(stone, p.light.shadow, 0.14), 3),
        paving(p, 884, "#e6d8ba"),
    )
    p.lay(*(grass(p, x, 806, size=p.dice.between(0.9, 1.3)) for x in (20, 86, 1500, 1560)))
    p.lay(umbrella_pine(p, 1480, 812, 560) if p.dice.chance(0.4) else "")


def _chalet(p: Painting, x: float, base: float, colour: str) -> str:
    """A wooden beach chalet on stilts, as at Gruissan."""
    wall = p.tone(colour, 0.14)
    boards = "".join(f"M{num(x + i)} {num(base - 168)}v98" for i in range(16, 170, 19))
    stilts = "".join(f"M{num(x + i)} {num(base - 70)}v70" for i in (10, 60, 110, 160))
    return group(
        stroke(stilts, p.tone("#8a7560", 0.14), 10),
        box(x, base - 170, 170, 100, wall),
        stroke(boards, darker(wall, 0.12), 3),
        fill(
            f"M{num(x - 22)} {num(base - 166)}L{num(x + 85)} {num(base - 250)}L{num(x + 192)} {num(base - 166)}z",
            p.tone("#f6ead2", 0.1),
        ),
        fill(f"M{num(x)} {num(base - 168)}L{num(x + 85)} {num(base - 234)}L{num(x + 170)} {num(base - 168)}z", wall),
        box(x + 22, base - 148, 44, 40, p.tone("#86a8a8", 0.14))
        + box(x + 100, base - 150, 44, 80, p.tone("#f6ead2", 0.1)),
        box(x - 16, base - 74, 202, 10, p.tone("#a58a6c", 0.14)),
    )


def port(p: Painting) -> None:
    """A river port: pale fronts, a crane, boats, a bollard."""
    sky(p, 640)
    p.lay(gulls(p, (1100, 190, 0.9), (1190, 240, 0.6), (360, 150, 0.7)))
    street(p, -30, 1620, 640, 210, 300, far=0.42, shops=0.2)
    p.lay(_crane(p, p.dice.pick((1260.0, 210.0)), 652, p.dice.pick(("#e2ae3a", "#d8694a"))))
    p.lay(box(0, 634, 1600, 26, p.tone("#cfc3ab", 0.25)), box(0, 654, 1600, 10, p.tone("#96907c", 0.2)))
    water(p, 660, 816, "#86b2b8")
    p.lay(ripples(p, 670, 806, count=34))
    p.lay(
        fishing_boat(p, 330, 742, 0.8, "#3f7c8f"), fishing_boat(p, 1130, 726, 0.62, "#b8573f"), sail(p, 770, 700, 0.6)
    )
    ground(p, 816, "#ddd5c4")
    p.lay(paving(p, 862, "#d6cdb9"), quay_edge(p, 816, colour="#d6cdb9"))
    p.lay(
        stroke("M0 878H1600M0 892H1600", mix(p.tone("#b9b09c"), p.light.shadow, 0.2), 4),
        bollard(p, 110, 872),
        bollard(p, 1490, 874),
    )
    p.lay(_crates(p, 1556, 880))


def _crane(p: Painting, x: float, base: float, colour: str) -> str:
    """A portal crane of the old shipyards."""
    tone = p.tone(colour, 0.3)
    legs = (
        f"M{num(x - 70)} {num(base)}L{num(x - 34)} {num(base - 220)}H{num(x + 34)}"
        f"L{num(x + 70)} {num(base)}M{num(x - 58)} {num(base - 74)}h116M{num(x - 46)} {num(base - 146)}"
        f"h92M{num(x - 60)} {num(base - 74)}l106 -72m14 72l-106 -72"
    )
    jib = (
        f"M{num(x + 30)} {num(base - 280)}L{num(x - 250)} {num(base - 470)}"
        f"M{num(x - 20)} {num(base - 268)}L{num(x - 250)} {num(base - 470)}"
        f"M{num(x + 34)} {num(base - 360)}L{num(x - 250)} {num(base - 470)}"
    )
    return group(
        stroke(legs, tone, 13) + stroke(jib, tone, 9),
        box(x - 56, base - 300, 130, 84, tone) + box(x - 44, base - 284, 40, 40, p.tone("#f6ead2", 0.3)),
        box(x + 20, base - 372, 26, 80, tone),
        stroke(f"M{num(x - 250)} {num(base - 468)}v190", p.tone("#5d6a64", 0.3), 4)
        + disc(complex(x - 250, base - 272), 9, p.tone("#5d6a64", 0.3)),
        fill="none",
        stroke_linecap="round",
        stroke_linejoin="round",
    )


def _crates(p: Painting, x: float, base: float) -> str:
    """Fish crates and a coil of net."""
    wood = p.tone("#c4935f")
    one = box(x - 80, base - 62, 124, 62, wood) + stroke(
        f"M{num(x - 80)} {num(base - 42)}h124m-124 22h124", darker(wood, 0.22), 4
    )
    blue = p.tone("#5d8fa3")
    return (
        one
        + box(x - 62, base - 118, 110, 56, blue)
        + stroke(f"M{num(x - 62)} {num(base - 100)}h110m-110 20h110", darker(blue, 0.22), 4)
    )
