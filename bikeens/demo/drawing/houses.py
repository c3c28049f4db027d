"""Facades of southern towns: rendered walls, shutters, tiled eaves, balconies, shops, washing on a line."""

from dataclasses import dataclass

from bikeens.demo.drawing.ink import box, darker, el, fill, group, lighter, mix, num, stroke
from bikeens.demo.drawing.light import Painting, tiles

PLASTER = ("#f2d9a4", "#e9b58a", "#f0c9a0", "#dd9a76", "#f5e6c8", "#e7a98c", "#edd0b4", "#d98f6a", "#f1dcbd")
SHUTTERS = ("#6f9f95", "#5d8a8f", "#8fae8c", "#7d93ab", "#b5705a", "#94a78f", "#5f8574")
CANVAS = ("#c8563b", "#2f6f63", "#d99a3a", "#7d5a74", "#3f7c8f")


Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class House:
    """A facade: its place on the street and what it is painted with."""

    x: float
    base: float
    width: float
    height: float
    wall: str
    shutter: str
    far: float = 0.12


def house(p: Painting, h: House, *, shop: bool = False, balcony: bool = False) -> str:
    """A rendered facade with shutters and a tiled eave."""
    wall = p.tone(h.wall, h.far)
    shade = mix(wall, p.light.shadow, 0.16)
    top = h.base - h.height
    parts = [box(h.x, top, h.width, h.height, wall), box(h.x + h.width - 16, top, 16, h.height, shade, opacity=0.5)]
    tile = p.tone("#c4694a", h.far)
    parts.append(fill(f"M{num(h.x - 10)} {num(top)}l14 -34h{num(h.width - 8)}l14 34z", tile))
    parts.append(stroke(f"M{num(h.x - 10)} {num(top)}h{num(h.width + 20)}", darker(tile, 0.22), 8))
    parts.append(box(h.x, top + 5, h.width, 14, shade, opacity=0.45))
    floors = max(2, round((h.height - 190) / 165))
    storey = (h.height - 190) / floors
    columns = max(1, round(h.width / 118))
    step = h.width / columns
    pane_w, pane_h = min(46, step * 0.36), min(storey * 0.58, 104)
    panes: list[Box] = []
    leaves: list[Box] = []
    sills: list[Box] = []
    lit: list[Box] = []
    for row in range(floors):
        y = top + 52 + row * storey + (storey - pane_h) * 0.3
        for column in range(columns):
            x = h.x + step * (column + 0.5) - pane_w / 2
            closed = p.dice.chance(0.18)
            (lit if p.dark and not closed and p.dice.chance(0.5) else panes).append((x, y, pane_w, pane_h))
            leaf = pane_w * 0.5
            if closed:
                leaves.append((x, y, pane_w, pane_h))
            else:
                leaves.extend(((x - leaf - 3, y, leaf, pane_h), (x + pane_w + 3, y, leaf, pane_h)))
            sills.append((x - 7, y + pane_h, pane_w + 14, 8))
    glass = p.tone(mix("#7fa19c", h.wall, 0.3), h.far)
    shutter = p.tone(h.shutter, h.far * 0.8)
    parts.append(fill(tiles((x - 6, y - 7, w + 12, t + 7) for x, y, w, t in panes + lit), lighter(wall, 0.5)))
    parts.append(fill(tiles(panes), glass))
    if lit:
        parts.append(fill(tiles(lit), "#ffd27c"))
    parts.append(
        stroke(
            "".join(
                f"M{num(x + w / 2)} {num(y)}v{num(t)}m{num(-w / 2)} {num(-t * 0.55)}h{num(w)}" for x, y, w, t in panes
            ),
            lighter(wall, 0.6),
            4,
        )
    )
    parts.append(fill(tiles(leaves), shutter))
    slats = "".join(f"M{num(x + 4)} {num(y + t * k)}h{num(w - 8)}" for x, y, w, t in leaves for k in (0.33, 0.66))
    parts.append(stroke(slats, darker(shutter, 0.18), 3, opacity=0.7))
    parts.append(fill(tiles(sills), lighter(wall, 0.45)))
    if balcony:
        y = top + 52 + (floors - 1) * storey + (storey - pane_h) * 0.3 + pane_h
        parts.append(_balcony(p, h.x + step * 0.5 - 62, y, min(h.width - 30, 124 + step * (columns - 1))))
    parts.append(shop_front(p, h, wall) if shop else _doorway(p, h, wall, step, columns))
    return group(*parts)


def _balcony(p: Painting, x: float, y: float, width: float) -> str:
    iron = p.tone("#46584f", 0.1)
    bars = "".join(f"M{num(x + i)} {num(y - 46)}v46" for i in range(4, int(width), 13))
    return stroke(bars, iron, 3) + stroke(
        f"M{num(x)} {num(y - 46)}h{num(width)}M{num(x)} {num(y)}h{num(width)}", iron, 6
    )


def _doorway(p: Painting, h: House, wall: str, step: float, columns: int) -> str:
    """A door under an arch and ground-floor windows."""
    wood = p.tone(mix(h.shutter, "#5b3a2c", 0.45), h.far)
    column = int(p.dice.roll() * columns)
    x = h.x + step * (column + 0.5)
    door = f"M{num(x - 34)} {num(h.base)}v-104a34 30 0 0 1 68 0v104z"
    windows = [(h.x + step * (i + 0.5) - 20, h.base - 118, 40, 66) for i in range(columns) if i != column]
    return (
        fill(f"M{num(x - 43)} {num(h.base)}v-106a43 40 0 0 1 86 0v106z", lighter(wall, 0.45))
        + fill(door, wood)
        + stroke(f"M{num(x)} {num(h.base)}v-132", darker(wood, 0.25), 4)
        + fill(tiles((a - 6, b - 6, w + 12, t + 10) for a, b, w, t in windows), lighter(wall, 0.45))
        + fill(tiles(windows), p.tone("#7f9a94", h.far))
    )


def shop_front(p: Painting, h: House, wall: str) -> str:
    """A shop under a striped awning."""
    colour = p.tone(p.dice.pick(CANVAS), h.far)
    left, width = h.x + 16, h.width - 40
    glass = "#ffd58a" if p.dark else p.tone("#86a39b", h.far)
    y = h.base - 148
    stripes = 2 * max(2, round(width / 52)) + 1
    w = width / stripes
    awning = f"M{num(left)} {num(y)}h{num(width)}l16 58h{num(-width - 32)}z"
    slats = "".join(
        (
            f"M{num(left + w * i)} {num(y)}h{num(w)}L{num(left - 16 + (width + 32) / stripes * (i + 1))} {num(y + 58)}"
            f"h{num(-(width + 32) / stripes)}z"
        )
        for i in range(0, stripes, 2)
    )
    hem = "".join(
        (
            f"M{num(left - 16 + (width + 32) / stripes * i)} {num(y + 56)}h{num((width + 32) / stripes)}"
            f"a{num((width + 32) / stripes / 2)} 13 0 0 1 {num(-(width + 32) / stripes)} 0"
            "z"
        )
        for i in range(0, stripes, 2)
    )
    return (
        box(left, y + 20, width, 128, darker(wall, 0.3))
        + fill(
            tiles(((left + 10, y + 34, width * 0.6 - 20, 92), (left + width * 0.6 + 6, y + 34, width * 0.4 - 18, 114))),
            glass,
        )
        + fill(awning, lighter(colour, 0.75))
        + fill(slats + hem, colour)
    )


def street(
    p: Painting,
    left: float,
    right: float,
    base: float,
    low: float,
    high: float,
    *,
    far: float = 0.12,
    shops: float = 0.0,
) -> list[House]:
    """A row of houses along `base`; returns them for their reflections."""
    row: list[House] = []
    x, last = left, ""
    while x < right:
        width = p.dice.between(170, 290)
        wall = p.dice.pick([colour for colour in PLASTER if colour != last])
        last = wall
        row.append(House(x, base, width, p.dice.between(low, high), wall, p.dice.pick(SHUTTERS), far))
        x += width
    for one in row:
        p.lay(house(p, one, shop=p.dice.chance(shops), balcony=p.dice.chance(0.45)))
    return row


def laundry(p: Painting, start: complex, end: complex) -> str:
    """Washing on a line between two points."""
    sag = complex(0, 34)
    middle = (start + end) / 2 + sag * 2
    line = f"M{num(start.real)} {num(start.imag)}Q{num(middle.real)} {num(middle.imag)} {num(end.real)} {num(end.imag)}"
    parts = [stroke(line, p.tone("#7a8078"), 3, fill="none")]
    count = max(4, int(abs(end - start) / 118))
    for index in range(1, count):
        t = index / count
        spot = start * (1 - t) ** 2 + middle * 2 * t * (1 - t) + end * t * t
        colour = p.tone(p.dice.pick(("#fbf3e2", "#e8836a", "#8fb5b9", "#f4c46a", "#fbf3e2", "#9fb58c")))
        x, y = num(spot.real - 22), num(spot.imag)
        kind = p.dice.pick(("towel", "shirt", "towel", "trousers"))
        if kind == "shirt":
            data = f"M{x} {y}h44l20 22l-14 14l-10 -8v54h-36v-54l-10 8l-14 -14z"
        elif kind == "trousers":
            data = f"M{x} {y}h42l4 84h-17l-8 -58l-8 58h-17z"
        else:
            data = f"M{x} {y}h46l2 {num(p.dice.between(56, 84))}q-24 8 -48 0z"
        parts.append(fill(data, colour))
    return "".join(parts)


def church(p: Painting, x: float, base: float, height: float, colour: str, far: float) -> str:
    """A square bell tower with a tiled pyramid."""
    wall = p.tone(colour, far)
    top = base - height
    return (
        box(x, top, 120, height, wall)
        + box(x + 96, top, 24, height, mix(wall, p.light.shadow, 0.12))
        + fill(
            f"M{num(x - 8)} {num(top)}L{num(x + 60)} {num(top - 120)}L{num(x + 128)} {num(top)}z",
            p.tone("#bf6a4c", far),
        )
        + fill(f"M{num(x + 40)} {num(top + 110)}v-50a20 20 0 0 1 40 0v50z", mix(wall, p.light.shadow, 0.4))
        + stroke(f"M{num(x + 60)} {num(top - 118)}v-46m-14 16h28", p.tone("#5b6a63", far), 5)
    )


def lawn_chair(p: Painting, x: float, base: float, colour: str) -> str:
    """A slatted park bench."""
    iron = p.tone("#3d4f47")
    wood = p.tone(colour)
    slats = "".join(f"M{num(x)} {num(base - y)}h230" for y in (62, 96, 116, 136))
    legs = f"M{num(x + 24)} {num(base)}v-62l-14 -84M{num(x + 206)} {num(base)}v-62l14 -84"
    return (
        stroke(legs, iron, 9)
        + stroke(slats, wood, 12)
        + el("path", d=f"M{num(x + 10)} {num(base)}h220", stroke=iron, stroke_width=4, opacity=0.3)
    )
