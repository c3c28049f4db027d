"""Scenes of towns: the canal quay, half-timbered and Haussmann streets, rose brick, a courtyard, dusk."""

from bikeens.demo.drawing.houses import PLASTER, SHUTTERS, House, church, house, laundry, street
from bikeens.demo.drawing.ink import box, darker, disc, fill, group, lighter, mix, num, stroke
from bikeens.demo.drawing.light import Painting, ground, gulls, sky, street_lamp, tiles
from bikeens.demo.drawing.plants import climber, leaf_shade, plane_tree, pot
from bikeens.demo.drawing.streets import cafe_table, haussmann, hedge, rose_brick, timbered
from bikeens.demo.drawing.water import barge, bollard, paving, quay_edge, reflections, ripples, water


def quay(p: Painting) -> None:
    """The quay of a southern canal town."""
    sky(p, 640)
    p.lay(gulls(p, (980, 150, 0.8), (1060, 196, 0.55), (520, 120, 0.6)))
    p.lay(church(p, p.dice.pick((430.0, 1020.0)), 640, 500, "#e3c79c", 0.42))
    row = street(p, -40, 1620, 640, 350, 470, far=0.2, shops=0.3)
    p.lay(box(0, 632, 1600, 26, p.tone("#d8c6a5", 0.15)), box(0, 652, 1600, 10, p.tone("#a89474", 0.1)))
    water(p, 660, 812, "#7fb3a8")
    p.lay(reflections(p, row, 660, 140), ripples(p, 666, 800))
    hull = p.dice.pick(("#3f7c8f", "#2f5d55", "#a8553f"))
    p.lay(barge(p, 1010 if p.dice.chance(0.5) else 40, 742, size=0.8, hull=hull))
    ground(p, 812, "#ecdfc4")
    p.lay(paving(p, 856, "#e2d3b6"), quay_edge(p, 812))
    p.lay(bollard(p, 1480, 866), leaf_shade(p, 880))
    p.lay(plane_tree(p, 52, 880, 720, spread=330, thick=88))
    p.lay(street_lamp(p, 1546, 858, height=560))


def _pavement(p: Painting, top: float, colour: str, *, kerb: bool = True) -> None:
    """A pavement in front of houses, then a kerb and the carriageway."""
    ground(p, top, colour)
    edge = p.tone(lighter(colour, 0.3))
    if kerb:
        p.lay(box(0, top + 74, 1600, 13, edge), box(0, top + 87, 1600, 8, mix(edge, p.light.shadow, 0.3)))
        p.lay(paving(p, top + 120, colour))
    p.lay(box(0, top, 1600, 9, mix(p.tone(colour), p.light.shadow, 0.28)))


def _setts(p: Painting, top: float, colour: str) -> str:
    """Cobbles: rows of short strokes growing towards us."""
    rows, y, step = "", top, 17.0
    while y < 1200:
        size = step * 2.6
        shift = p.dice.between(0, size)
        rows += "".join(f"M{num(x)} {num(y)}h{num(size * 0.5)}" for x in range(int(-shift), 1600, int(size * 2.8)))
        y += step
        step *= 1.16
    return stroke(rows, mix(p.tone(colour), p.light.shadow, 0.2), 5, opacity=0.6, stroke_linecap="round")


def timber(p: Painting) -> None:
    """A half-timbered street by the Ill."""
    sky(p, 760)
    p.lay(fill("M720 760V230l38 -150l38 150V760z", p.tone("#d9a08a", 0.55)), gulls(p, (1250, 130, 0.6)))
    x = -70.0
    walls = ("#f6ead2", "#e8ab86", "#f0cb7d", "#b9cfc6", "#f3e3d0", "#d98f78")
    last = ""
    while x < 1600:
        width = p.dice.between(230, 320)
        last = p.dice.pick([wall for wall in walls if wall != last])
        p.lay(timbered(p, House(x, 800, width, p.dice.between(620, 720), last, p.dice.pick(SHUTTERS), 0.16)))
        x += width
    _pavement(p, 800, "#e3d3bd", kerb=False)
    p.lay(_setts(p, 830, "#e3d3bd"))
    p.lay(pot(p, 70, 868, size=1.3), pot(p, 1540, 872, size=1.4, flower="#f4b63f"), pot(p, 1440, 862, size=1))
    p.lay(street_lamp(p, 186, 862, height=520, side=1))


def boulevard(p: Painting) -> None:
    """A Haussmann street with its cafe."""
    sky(p, 760, clouds=3)
    x = p.dice.between(-120, -40)
    while x < 1600:
        width = p.dice.between(380, 520)
        wall = p.dice.pick(("#f3e4c8", "#efdcba", "#f6ead6"))
        p.lay(haussmann(p, House(x, 800, width, p.dice.between(680, 740), wall, "#5d8a8f", 0.2)))
        x += width
    _pavement(p, 800, "#ddd6c6")
    p.lay(hedge(p, 1330, 856, 250), cafe_table(p, 150, 858, size=0.86), cafe_table(p, 1420, 866, size=0.8))
    p.lay(plane_tree(p, 1568, 880, 700, spread=270, thick=56, green="#86a868"))


def brick(p: Painting) -> None:
    """The rose city."""
    sky(p, 760)
    p.lay(_octagon_tower(p, p.dice.pick((330.0, 1210.0)), 640))
    x = p.dice.between(-90, -20)
    index = 0
    while x < 1600:
        width = p.dice.between(330, 450)
        wall = ("#d98a6c", "#e4a184", "#cf7f63", "#dd9478")[index % 4]
        shutter = p.dice.pick(("#a9c3cf", "#9fbdb9", "#b5c8d6", "#8fb0b5"))
        p.lay(rose_brick(p, House(x, 800, width, p.dice.between(480, 610), wall, shutter, 0.3), arcade=index % 3 != 2))
        x += width
        index += 1
    _pavement(p, 800, "#efd9c0")
    p.lay(pot(p, 60, 866, size=1.4, flower="#c9578a"), cafe_table(p, 1460, 866, size=0.85), leaf_shade(p, 900))
    p.lay(street_lamp(p, 196, 862, height=520, side=1))


def _octagon_tower(p: Painting, x: float, base: float) -> str:
    """A tower in five diminishing tiers, as over Saint-Sernin."""
    parts = []
    for index in range(5):
        width, y = 190 - 26 * index, base - 280 - index * 66
        wall = p.tone("#d4886c" if index % 2 else "#dc9679", 0.5)
        parts.append(box(x - width / 2, y, width, 70 if index else 290, wall))
        windows = [(x - width / 2 + width * k - 8, y + 18, 16, 36) for k in (0.2, 0.5, 0.8)]
        parts.append(fill(tiles(windows), mix(wall, p.light.shadow, 0.25)))
    parts.append(fill(f"M{num(x - 44)} {num(base - 544)}L{num(x)} {num(base - 680)}l44 136z", p.tone("#bf6a4c", 0.5)))
    return group(*parts)


def courtyard(p: Painting) -> None:
    """A sunlit wall: shutters, a blue door, bougainvillea, washing, a cat."""
    colour = p.dice.pick(("#f0cf9d", "#eab894", "#f3dfbd"))
    wall = p.tone(colour)
    p.lay(box(0, 0, 1600, 820, wall))
    patches = "".join(
        f"M{num(p.dice.between(0, 1500))} {num(p.dice.between(60, 740))}h{num(p.dice.between(60, 190))}"
        for _ in range(9)
    )
    p.lay(stroke(patches, lighter(wall, 0.3), 26, opacity=0.45, stroke_linecap="round"))
    p.lay(
        fill("M0 0H1600V40L0 150z", mix(wall, p.light.shadow, 0.13)),
        box(0, 742, 1600, 78, mix(wall, p.light.shadow, 0.12)),
    )
    blue = p.tone(p.dice.pick(("#5d8fa3", "#5f9a8e", "#7f9a7a")))
    p.lay(_door(p, 1330, 820, blue, wall), _window(p, 300, 250, blue, wall), _window(p, 820, 230, blue, wall))
    p.lay(laundry(p, complex(-20, 66), complex(1216, 88)) if p.dice.chance(0.5) else "")
    p.lay(
        climber(p, complex(1190, 560), complex(1290, 110), density=8),
        climber(p, complex(1290, 100), complex(1620, 60), density=7),
    )
    ground(p, 820, "#e9d6b8")
    p.lay(box(0, 820, 1600, 10, mix(wall, p.light.shadow, 0.3)), paving(p, 852, "#e0cba8"))
    p.lay(
        pot(p, 90, 880, size=1.7),
        pot(p, 196, 868, size=1.1, flower="#f4b63f"),
        pot(p, 1545, 876, size=1.5, flower="#f2ece0"),
    )
    p.lay(_cat(p, 1462, 850))


def _door(p: Painting, x: float, base: float, colour: str, wall: str) -> str:
    """An arched double door with a stone frame and a step."""
    stone = lighter(wall, 0.5)
    arch = f"M{num(x - 96)} {num(base)}v-300a96 90 0 0 1 192 0v300z"
    panels = tiles((x + dx, base - y, 62, h) for dx in (-79, 17) for y, h in ((286, 120), (146, 110)))
    return (
        stroke(arch, stone, 44, fill="none")
        + fill(arch, colour)
        + stroke(panels, darker(colour, 0.2), 5, fill="none")
        + stroke(f"M{num(x)} {num(base)}v-388", darker(colour, 0.3), 5)
        + disc(complex(x + 14, base - 158), 8, "#f4d38a")
        + box(x - 130, base - 16, 260, 20, lighter(stone, 0.2))
    )


def _window(p: Painting, x: float, y: float, colour: str, wall: str) -> str:
    """A tall window with open shutters and a flower box."""
    slats = "".join(f"M{num(x + dx)} {num(y + dy)}h58" for dx in (-136, 78) for dy in range(26, 240, 26))
    glass = "#ffd27c" if p.dark else p.tone("#7f9f9c")
    return (
        box(x - 74, y - 14, 148, 284, lighter(wall, 0.55))
        + box(x - 58, y, 116, 256, glass)
        + stroke(f"M{num(x)} {num(y)}v256m-58 -170h116m-116 86h116", lighter(wall, 0.65), 8)
        + fill(tiles(((x - 144, y - 4, 76, 264), (x + 68, y - 4, 76, 264))), colour)
        + stroke(slats, darker(colour, 0.16), 5)
        + box(x - 90, y + 262, 180, 16, lighter(wall, 0.6))
        + stroke(f"M{num(x - 66)} {num(y + 246)}h132", p.tone("#5f8f62"), 34, stroke_linecap="round")
        + stroke(
            "".join(f"M{num(x - 70 + i * 28)} {num(y + 232 + (i % 2) * 16)}h0" for i in range(6)),
            p.tone("#d94f43"),
            20,
            stroke_linecap="round",
        )
    )


def _cat(p: Painting, x: float, base: float) -> str:
    """A sitting cat."""
    fur = p.tone("#5a4a44")
    body = f"M{num(x - 30)} {num(base)}q-10 -70 24 -92q-6 -34 4 -54l12 14h20l12 -14q10 26 -2 52q20 30 16 94z"
    return fill(body, fur) + stroke(
        f"M{num(x + 52)} {num(base - 6)}q42 2 46 -34", fur, 12, fill="none", stroke_linecap="round"
    )


def dusk(p: Painting) -> None:
    """A street in the evening: lit windows, a string of lamps."""
    sky(p, 760, clouds=2)
    p.lay(church(p, 300, 700, 520, "#c9a08c", 0.4))
    x = -50.0
    while x < 1600:
        width = p.dice.between(200, 300)
        one = House(x, 800, width, p.dice.between(420, 600), p.dice.pick(PLASTER), p.dice.pick(SHUTTERS), 0.16)
        p.lay(house(p, one, shop=p.dice.chance(0.55), balcony=p.dice.chance(0.4)))
        x += width
    _pavement(p, 800, "#d9c3b0")
    p.lay(_string_lamps(p, 250), street_lamp(p, 120, 862, height=540, side=1), street_lamp(p, 1500, 862, height=540))
    p.lay(cafe_table(p, 1372, 864, size=0.78), pot(p, 40, 868, size=1.2))


def _string_lamps(p: Painting, y: float) -> str:
    """Lamps strung across a street."""
    wire = f"M-20 {num(y - 130)}Q400 {num(y + 70)} 800 {num(y - 60)}T1620 {num(y - 150)}"
    bulbs = ""
    for index in range(17):
        t = index / 16
        half = t * 2 if t < 0.5 else t * 2 - 1
        a, b, c = (
            (complex(-20, y - 130), complex(400, y + 70), complex(800, y - 60))
            if t < 0.5
            else (complex(800, y - 60), complex(1200, y - 190), complex(1620, y - 150))
        )
        spot = a * (1 - half) ** 2 + b * 2 * half * (1 - half) + c * half * half
        bulbs += disc(spot + 16j, 26, "#ffcf7a", opacity=0.25) + disc(spot + 16j, 10, "#ffe9b0")
    return stroke(wire, "#2c2846", 4, fill="none") + bulbs
