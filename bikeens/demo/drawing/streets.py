"""Facades with a region's own face: half-timber, Haussmann stone, rose brick."""

from bikeens.demo.drawing.houses import House, shop_front
from bikeens.demo.drawing.ink import box, darker, fill, group, lighter, mix, num, stroke
from bikeens.demo.drawing.light import Painting, bumps, tiles


def timbered(p: Painting, h: House) -> str:
    """An Alsatian house: jettied floors, dark beams, flower boxes, a steep gable."""
    wall, beam = p.tone(h.wall, h.far), p.tone("#6f5547", h.far)
    ridge, top = h.base - h.height, h.base - h.height * 0.62
    middle = h.x + h.width / 2
    tile = p.tone("#a9553f", h.far)
    gable = f"M{num(h.x)} {num(top)}L{num(middle)} {num(ridge)}L{num(h.x + h.width)} {num(top)}z"
    roof = f"M{num(h.x - 22)} {num(top + 26)}L{num(middle)} {num(ridge - 26)}L{num(h.x + h.width + 22)} {num(top + 26)}"
    floor = (h.base - top - 140) / 2
    levels = [top, top + floor, top + 2 * floor]
    cuts = "".join(f"M{num(h.x)} {num(y)}h{num(h.width)}" for y in levels)
    columns = max(2, round(h.width / 150))
    step = h.width / columns
    posts = "".join(f"M{num(h.x + step * i)} {num(top)}V{num(levels[2])}" for i in range(columns + 1))
    braces = "".join(
        (
            f"M{num(x + 8)} {num(y + floor)}l{num(step * 0.26)} {num(-floor * 0.48)}"
            f"M{num(x + step - 8)} {num(y + floor)}l{num(-step * 0.26)} {num(-floor * 0.48)}"
        )
        for y in levels[:2]
        for x in (h.x, h.x + h.width - step)
    )
    loft = (
        f"M{num(middle)} {num(ridge)}V{num(top)}M{num(h.x + h.width * 0.27)} {num(top - (top - ridge) * 0.5)}"
        f"h{num(h.width * 0.46)}"
    )
    loft += (
        f"M{num(h.x + h.width * 0.12)} {num(top)}l{num(h.width * 0.22)} {num(-(top - ridge) * 0.5)}"
        f"M{num(h.x + h.width * 0.88)} {num(top)}l{num(-h.width * 0.22)} {num(-(top - ridge) * 0.5)}"
    )
    w, t = step * 0.4, floor * 0.5
    panes = [(h.x + step * (i + 0.5) - w / 2, y + floor * 0.24, w, t) for y in levels[:2] for i in range(columns)]
    lit = [pane for pane in panes if p.dark and p.dice.chance(0.5)]
    leaf = p.tone(h.shutter, h.far)
    geraniums = "".join(
        f"M{num(x - 4 + k * (pw + 8) / 5)} {num(y + pt + 5)}h0" for x, y, pw, pt in panes for k in range(6)
    )
    return group(
        fill(f"M{num(h.x)} {num(top)}h{num(h.width)}V{num(h.base)}h{num(-h.width)}z" + gable, wall),
        box(h.x + h.width - 14, top, 14, h.base - top, mix(wall, p.light.shadow, 0.14)),
        stroke(cuts + posts + braces + loft, beam, 11),
        fill(tiles((x - 7, y - 7, pw + 14, pt + 14) for x, y, pw, pt in panes), lighter(wall, 0.6)),
        fill(tiles(panes), p.tone("#86a3a4", h.far)),
        fill(tiles(lit), "#ffd27c") if lit else "",
        stroke(
            "".join(
                f"M{num(x + pw / 2)} {num(y)}v{num(pt)}M{num(x)} {num(y + pt / 2)}h{num(pw)}" for x, y, pw, pt in panes
            ),
            lighter(wall, 0.6),
            4,
        ),
        fill(tiles((x + side, y, 17, pt) for x, y, pw, pt in panes for side in (-24, pw + 7)), leaf),
        stroke(
            "".join(f"M{num(x - 6)} {num(y + pt + 12)}h{num(pw + 12)}" for x, y, pw, pt in panes),
            p.tone("#5f8f62", h.far),
            15,
            stroke_linecap="round",
        ),
        stroke(geraniums, p.tone("#d94f43", h.far), 12, stroke_linecap="round"),
        fill(roof + f"l-14 16L{num(middle)} {num(ridge + 14)}L{num(h.x - 8)} {num(top + 44)}z", tile),
        shop_front(p, h, wall) if p.dice.chance(0.5) else _stone_base(p, h),
        fill="none",
    )


def _stone_base(p: Painting, h: House) -> str:
    """A sandstone ground floor with its arched door."""
    stone = p.tone("#d9a08a", h.far)
    x = h.x + h.width * 0.5
    window = f"M{num(h.x + 24)} {num(h.base - 40)}v-50a22 20 0 0 1 44 0v50z"
    return (
        box(h.x, h.base - 140, h.width, 140, stone)
        + fill(f"M{num(x - 38)} {num(h.base)}v-84a38 36 0 0 1 76 0v84z", p.tone("#6a4a3a", h.far))
        + fill(window + window.replace(f"M{num(h.x + 24)}", f"M{num(h.x + h.width - 68)}"), p.tone("#7f9a97", h.far))
    )


def haussmann(p: Painting, h: House) -> str:
    """A Parisian front: rusticated base, tall windows, running balconies, a zinc mansard with dormers."""
    stone = p.tone(h.wall, h.far)
    shade, zinc, iron = mix(stone, p.light.shadow, 0.14), p.tone("#8fa0a6", h.far), p.tone("#45544f", h.far)
    top = h.base - h.height
    cornice = top + 118
    columns = max(2, round(h.width / 112))
    step = h.width / columns
    rows = 3
    storey = (h.base - 168 - cornice) / rows
    w, t = step * 0.38, storey * 0.62
    panes = [
        (h.x + step * (i + 0.5) - w / 2, cornice + 26 + storey * r, w, t) for r in range(rows) for i in range(columns)
    ]
    lit = [pane for pane in panes if p.dark and p.dice.chance(0.5)]
    dormers = [(h.x + step * (i + 0.5) - w * 0.5, top + 30, w, 66) for i in range(columns)]
    rails, bars = "", ""
    for row in (0, 2):
        y = cornice + 26 + storey * row + t
        rails += f"M{num(h.x + 6)} {num(y - 32)}h{num(h.width - 12)}M{num(h.x + 2)} {num(y + 2)}h{num(h.width - 4)}"
        bars += "".join(f"M{num(h.x + 10 + 14 * i)} {num(y - 32)}v32" for i in range(int((h.width - 16) / 14)))
    joints = "".join(f"M{num(h.x)} {num(h.base - y)}h{num(h.width)}" for y in (164, 132, 100, 68, 36))
    return group(
        fill(
            f"M{num(h.x + 4)} {num(cornice)}l22 {num(top - cornice)}h{num(h.width - 52)}l22 {num(cornice - top)}z", zinc
        ),
        fill(tiles((x - 9, y - 12, pw + 18, pt + 14) for x, y, pw, pt in dormers), lighter(stone, 0.25)),
        fill(tiles(dormers), p.tone("#7b949b", h.far)),
        fill(tiles((h.x + h.width * k, top - 46, 34, 52) for k in (0.16, 0.72)), p.tone("#d8a488", h.far)),
        box(h.x, cornice, h.width, h.base - cornice, stone),
        stroke(joints, shade, 3, opacity=0.6),
        box(h.x + h.width - 12, cornice, 12, h.base - cornice, shade, opacity=0.6),
        box(h.x - 6, cornice - 8, h.width + 12, 16, lighter(stone, 0.4)) + box(h.x, cornice + 8, h.width, 9, shade),
        fill(tiles((x - 8, y - 12, pw + 16, pt + 12) for x, y, pw, pt in panes), lighter(stone, 0.45)),
        fill(tiles(panes), p.tone("#8ca5a6", h.far)),
        fill(tiles(lit), "#ffd27c") if lit else "",
        stroke(
            "".join(
                f"M{num(x + pw / 2)} {num(y)}v{num(pt)}M{num(x)} {num(y + pt * 0.3)}h{num(pw)}"
                for x, y, pw, pt in panes
            ),
            lighter(stone, 0.6),
            4,
        ),
        stroke(bars, iron, 3) + stroke(rails, iron, 5),
        box(h.x, h.base - 172, h.width, 12, lighter(stone, 0.4)),
        shop_front(p, h, stone),
        fill="none",
    )


def rose_brick(p: Painting, h: House, *, arcade: bool) -> str:
    """A front of Toulouse: rose brick, pale stone bands, pastel-blue shutters, an arcade below."""
    brick = p.tone(h.wall, h.far)
    pale, shade = p.tone("#f3dcc0", h.far), mix(brick, p.light.shadow, 0.2)
    leaf = p.tone(h.shutter, h.far)
    top = h.base - h.height
    columns = max(2, round(h.width / 125))
    step = h.width / columns
    rows = max(1, round((h.height - 290) / 170))
    storey = (h.height - 262) / rows
    w, t = 46.0, min(104, storey * 0.62)
    panes = [(h.x + step * (i + 0.5) - w / 2, top + 46 + storey * r, w, t) for r in range(rows) for i in range(columns)]
    lit = [pane for pane in panes if p.dark and p.dice.chance(0.5)]
    heads = "".join(f"M{num(x - 8)} {num(y + 4)}q{num(w / 2 + 8)} -34 {num(w + 16)} 0z" for x, y, _, _ in panes)
    courses = "".join(
        (
            f"M{num(h.x + p.dice.between(8, h.width - 60))} {num(p.dice.between(top + 30, h.base - 230))}"
            f"h{num(p.dice.between(18, 40))}"
        )
        for _ in range(26)
    )
    parts = [
        box(h.x, top, h.width, h.height, brick),
        stroke(courses, shade, 6, opacity=0.28),
        box(h.x + h.width - 13, top, 13, h.height, shade, opacity=0.5),
        fill(f"M{num(h.x - 12)} {num(top)}l16 -30h{num(h.width - 8)}l16 30z", p.tone("#b9603f", h.far)),
        box(h.x, top, h.width, 15, pale) + box(h.x, h.base - 214, h.width, 13, pale),
        fill(heads, pale),
        fill(tiles((x - 6, y - 4, pw + 12, pt + 8) for x, y, pw, pt in panes), pale),
        fill(tiles(panes), p.tone("#839c9d", h.far)),
        fill(tiles(lit), "#ffd27c") if lit else "",
        fill(tiles((x + side, y, 24, pt) for x, y, pw, pt in panes for side in (-31, pw + 7)), leaf),
        stroke(
            "".join(
                f"M{num(x + side + 4)} {num(y + pt * k)}h16"
                for x, y, pw, pt in panes
                for side in (-31, pw + 7)
                for k in (0.3, 0.6)
            ),
            darker(leaf, 0.15),
            3,
        ),
    ]
    if arcade:
        r = step * 0.34
        arches = "".join(
            (
                f"M{num(h.x + step * (i + 0.5) - r)} {num(h.base)}V{num(h.base - 96)}"
                f"a{num(r)} {num(r)} 0 0 1 {num(2 * r)} 0V{num(h.base)}z"
            )
            for i in range(columns)
        )
        parts.append(stroke(arches, pale, 18) + fill(arches, "#e9a76a" if p.dark else mix(shade, p.light.haze, 0.12)))
    else:
        parts.append(shop_front(p, h, brick))
    return group(*parts, fill="none")


def cafe_table(p: Painting, x: float, base: float, *, size: float = 1) -> str:
    """A round table with two rattan chairs."""
    iron, seat = p.tone("#3f504a"), p.tone("#b9764a")
    return group(
        stroke("M0 0v-112M-34 0h68", iron, 9) + stroke("M-62 -114h124", p.tone("#f0e6d2"), 12),
        stroke("M-150 0l10 -74h64l10 74M-142 -74l-18 -92M-150 -120l6 46", iron, 8)
        + stroke("M-142 -76h70", seat, 12)
        + stroke("M-164 -168l12 56", seat, 18),
        stroke("M150 0l-10 -74h-64l-10 74M142 -74l18 -92", iron, 8)
        + stroke("M142 -76h-70", seat, 12)
        + stroke("M164 -168l-12 56", seat, 18),
        fill="none",
        stroke_linecap="round",
        transform=f"translate({num(x)} {num(base)})scale({size:.2f})",
    )


def parasol(p: Painting, x: float, base: float, colour: str, *, size: float = 1) -> str:
    """A striped parasol on its pole."""
    tone = p.tone(colour)
    pale = lighter(tone, 0.8)
    return group(
        stroke("M0 0v-330", p.tone("#8a7560"), 10),
        fill("M-190 -250Q-150 -360 0 -378Q150 -360 190 -250z", pale),
        fill(
            (
                "M-190 -250Q-150 -360 0 -378Q-100 -340 -114 -250zM-38 -250Q-30 -340 0 -378"
                "Q30 -340 38 -250zM190 -250Q150 -360 0 -378Q100 -340 114 -250z"
            ),
            tone,
        ),
        transform=f"translate({num(x)} {num(base)})scale({size:.2f})",
    )


def hedge(p: Painting, x: float, base: float, width: float) -> str:
    """A planter with a clipped hedge."""
    leaf = p.tone("#6c9a6c")
    tops = "".join(
        fill(bumps(complex(x + 44 + i * 62, base - 72), 46, p.dice, count=9), leaf) for i in range(int(width / 62))
    )
    return tops + box(x, base - 56, width, 56, p.tone("#56756a")) + box(x, base - 56, width, 8, p.tone("#6c8a7f"))
