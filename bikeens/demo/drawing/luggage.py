"""What a bicycle carries: racks, bags, baskets, boxes, lamps, stands, batteries."""

from bikeens.demo.drawing.frames import curve, tube
from bikeens.demo.drawing.geometry import Points
from bikeens.demo.drawing.ink import Dice, at, box, darker, disc, el, fill, group, lighter, lines, num, stroke
from bikeens.demo.drawing.wheels import DARK, RUBBER

WICKER = "#c9935a"
CLOTH = ("#2f5d55", "#3f4f63", "#8a3b2c", "#c79a45")


def rack(p: Points, radius: float, colour: str = DARK) -> tuple[str, complex, complex]:
    """A rear rack over a wheel. Returns it with its deck's rear and front ends."""
    height = p.rear.imag - radius - 52
    back, front = complex(p.rear.real - 250, height - 4), complex(p.rear.real + 150, height)
    held = p.on_seat_tube(0.86)
    legs = lines(p.rear, complex(-70, height)) + lines(p.rear, complex(40, height)) + lines(front, held)
    lamp = box(back.real - 14, back.imag - 2, 20, 40, "#c8321b", rx=7)
    return stroke(legs, colour, 9) + stroke(lines(back, front), colour, 14) + lamp, back, front


def pannier(back: complex, colour: str) -> str:
    """A roll-top bag hung on a rack; `back` is the upper rear corner."""
    start = f"M{at(back)}"
    shade, light = darker(colour, 0.3), lighter(colour, 0.3)
    return (
        fill(start + "m8 0h292q16 0 16 18l-14 250q-4 44 -48 44h-170q-44 0 -52 -44l-30 -250q-2 -18 6 -18z", colour)
        + fill(start + "m2 0h304q14 0 14 16l-4 66q-160 26 -312 0l-10 -66q-2 -16 8 -16z", shade)
        + stroke(start + "m82 10v128m146 -128v128", light, 15)
        + stroke(start + "m82 104v22m146 -22v22", "#e8e2d2", 21)
        + stroke(start + "m60 196q94 20 190 0", light, 7, opacity=0.6)
        + disc(back + complex(155, 236), 17, "#e8e2d2", opacity=0.9)
    )


def wicker_basket(place: complex, dice: Dice) -> str:
    """A wicker basket whose upper rear corner is `place`, with something from the market in it."""
    start = f"M{at(place)}"
    dark, light = darker(WICKER, 0.32), lighter(WICKER, 0.3)
    body = fill(start + "h330l-44 214q-4 22 -26 22h-186q-24 0 -28 -22z", WICKER)
    weave = "".join(f"M{at(place + complex(8 + 7.5 * row, 40 * row + 36))}h{314 - 15 * row:.0f}" for row in range(5))
    ribs = "".join(f"M{at(place + complex(42 + 61 * i, 14))}L{at(place + complex(66 + 49 * i, 226))}" for i in range(5))
    rim = stroke(start + "h330", light, 26) + stroke(start + "m6 8h318", dark, 6, opacity=0.5)
    return _market(place, dice) + body + stroke(ribs, dark, 7, opacity=0.5) + stroke(weave, light, 7, opacity=0.7) + rim


def _market(place: complex, dice: Dice) -> str:
    kind = dice.pick(("bread", "flowers", "leeks", "empty"))
    if kind == "bread":
        loaf = lines(place + complex(150, 20), place + complex(278, -170))
        second = lines(place + complex(110, 20), place + complex(212, -148))
        cuts = "".join(
            lines(place + complex(x, y), place + complex(x + 34, y - 6))
            for x, y in ((190, -52), (214, -88), (238, -124))
        )
        return stroke(second, "#c98a45", 44) + stroke(loaf, "#dda65c", 46) + stroke(cuts, "#f3d7a0", 8)
    if kind == "flowers":
        spots = ((70, -60), (130, -104), (196, -70), (252, -100), (160, -40), (98, -24), (226, -34))
        stems = "".join(lines(place + complex(160, 30), place + complex(x, y)) for x, y in spots)
        colour = dice.pick(("#f4b63f", "#e56b5d", "#f3a7a0", "#fff1d8"))
        heads = "".join(
            disc(place + complex(x, y), 30, colour) + disc(place + complex(x, y), 11, "#7a4a24") for x, y in spots
        )
        return stroke(stems, "#4f8a5b", 14) + heads
    if kind == "leeks":
        tops = "".join(
            curve(
                place + complex(90 + 40 * i, 20),
                place + complex(80 + 52 * i, -80),
                place + complex(40 + 80 * i, -130 + 12 * i),
            )
            for i in range(4)
        )
        return stroke(tops, "#5f9a6b", 30) + stroke(tops, "#8dbb7d", 9)
    return ""


def wire_basket(place: complex) -> str:
    """A plain steel basket."""
    start = f"M{at(place)}"
    net = (
        "".join(f"M{at(place + complex(30 * i, 0))}l{14 - 3 * i} 180" for i in range(1, 10))
        + start
        + "m6 60h304m-298 60h292"
    )
    return (
        fill(start + "h316l-24 184h-262z", "#2b3733", opacity=0.16)
        + stroke(net, DARK, 5)
        + stroke(start + "h316l-24 184h-262z", DARK, 11)
    )


def lamp(place: complex, *, lit: bool = False) -> str:
    """A head lamp at `place`, pointing forwards."""
    start = f"M{at(place)}"
    beam = fill(start + "m34 -8l560 150v170l-560 -280z", "url(#beam)") if lit else ""
    return (
        beam
        + fill(start + "m-10 -24h30q22 0 22 24t-22 24h-30q-20 -24 0 -48z", DARK)
        + fill(start + "m20 -22q20 0 20 22t-20 22z", "#fff3c4")
    )


def kickstand(foot: complex, *, length: float) -> str:
    """A side stand from below the bottom bracket to the ground."""
    return stroke(lines(foot, foot + complex(-length * 0.42, -foot.imag - 4)), "#4c5954", 15)


def centre_stand(axle: complex) -> str:
    """A two-legged stand under a cargo bike."""
    left, right = complex(axle.real - 60, -4), complex(axle.real + 10, -4)
    return stroke(lines(axle, left) + lines(left - 24, right), DARK, 17)


def tube_battery(start: complex, end: complex, *, width: float = 76) -> str:
    """A battery on a tube, from `start` (low) to `end` (high)."""
    along = (end - start) / abs(end - start)
    lift, colour = along * -1j * width * 0.34, "#2b3733"
    a, b = start + (end - start) * 0.2 + lift, start + (end - start) * 0.76 + lift
    light = a + (b - a) * 0.86 + along * -1j * width * 0.16
    return (
        stroke(lines(a, b), colour, width)
        + stroke(lines(a, b), lighter(colour, 0.16), width * 0.58)
        + stroke(lines(light, light - along * 50), "#7fd3b5", 8)
    )


def rack_battery(back: complex, front: complex) -> str:
    """A battery slid under a rack's deck."""
    width = front.real - back.real - 34
    y = back.imag + 8
    return (
        box(back.real + 14, y, width, 62, "#2b3733", rx=20)
        + box(back.real + 40, y + 20, width * 0.5, 12, "#54625c", rx=6)
        + box(back.real + width - 50, y + 22, 40, 9, "#7fd3b5", rx=4)
    )


def display(clamp: complex) -> str:
    """The small screen of an electric bicycle."""
    return stroke(lines(clamp + complex(-6, -34), clamp + complex(52, -58)), DARK, 24) + stroke(
        lines(clamp + complex(2, -44), clamp + complex(44, -61)), "#7fd3b5", 6
    )


def bottle(p: Points, colour: str) -> str:
    """A bottle in its cage on the down tube."""
    start, end = p.bb, p.on_head_tube(0.22)
    along = (end - start) / abs(end - start)
    low = start + (end - start) * 0.3 + along * -1j * 50
    return (
        stroke(lines(low, low + along * 130), colour, 62)
        + stroke(lines(low + along * 150, low + along * 172), lighter(colour, 0.5), 38)
        + stroke(lines(low + along * 182, low + along * 192), RUBBER, 22)
        + stroke(lines(low + along * 40 + along * 1j * 38, low + along * 70 - along * 1j * 36), DARK, 8)
    )


def saddle_bag(p: Points, colour: str) -> str:
    """A small bag under the saddle."""
    place = p.saddle + complex(-150, 40)
    return fill(f"M{at(place)}h104l-14 66q-6 22 -34 18l-56 -20q-22 -12 -16 -40z", colour) + stroke(
        f"M{at(place + complex(6, 26))}h84", lighter(colour, 0.4), 6
    )


def frame_bag(p: Points, colour: str) -> str:
    """A bikepacking bag strapped under the top tube."""
    a = p.on_seat_tube(0.9) + complex(32, 14)
    b = p.on_head_tube(0.84) + complex(-66, 34)
    low = a + complex(44, 150)
    straps = lines(a + (b - a) * 0.25 + 24j, a + (b - a) * 0.25 - 44j) + lines(
        a + (b - a) * 0.72 + 24j, a + (b - a) * 0.72 - 40j
    )
    return (
        fill(f"M{at(a)}L{at(b)}l-8 62L{at(low)}q-24 2 -30 -24z", colour)
        + stroke(lines(a + complex(52, 34), b + complex(-44, 30)), lighter(colour, 0.35), 6)
        + stroke(straps, DARK, 13)
    )


def seat_pack(p: Points, colour: str) -> str:
    """A long bikepacking bag behind the seat post, under the saddle."""
    start = f"M{at(p.saddle + complex(-6, 40))}"
    bag = start + "l-16 92q-8 18 -34 10l-270 -62q-40 -10 -38 -54q4 -44 50 -40l290 34z"
    return (
        fill(bag, colour)
        + stroke(start + "m-120 -8l-22 108m-92 -120l-18 96", lighter(colour, 0.35), 12)
        + stroke(start + "m-4 58l40 20", DARK, 14)
    )


def pennant(axle: complex, colour: str) -> str:
    """A safety flag on a whip at the back of a child's bicycle."""
    top = axle + complex(-120, -760)
    return stroke(curve(axle, axle + complex(-30, -400), top), "#84908a", 8) + fill(
        f"M{at(top)}l-170 34l146 66z", colour
    )


def cargo_box(x: float, top: float, bottom: float, length: float, colour: str, dice: Dice) -> str:
    """A bakfiets' wooden box: boards, a rail, a bench inside and sometimes a rain-proof hood's hoops."""
    lean_back, lean_front = 66, 150
    a, b = complex(x, top), complex(x + length, top)
    c, d = complex(x + length - lean_front, bottom), complex(x + lean_back, bottom)
    boards = ""
    for row in range(1, 4):
        share = row / 4
        boards += lines(a + (d - a) * share, b + (c - b) * share)
    cargo = _load(a, b, dice)
    stripe = _band(a, b, c, d, colour)
    return (
        cargo
        + fill(lines(a, b, c, d, close=True), "#c58d57")
        + stripe
        + stroke(boards, "#8e5f33", 6, opacity=0.6)
        + stroke(lines(d, c), darker("#8e5f33", 0.35), 22)
        + stroke(lines(a - 8, b + 8), "#e2b883", 24)
        + stroke(lines(a, d) + lines(b, c), "#8e5f33", 13)
    )


def _load(a: complex, b: complex, dice: Dice) -> str:
    """What looks out of a cargo box between its upper corners: a rain hood, plants, or a bench and a ball."""
    kind = dice.pick(("hood", "plants", "bench"))
    if kind == "hood":
        cloth = dice.pick(CLOTH)
        shape = f"M{at(a + 30)}C{at(a + complex(20, -300))} {at(a + complex(90, -380))} {at(a + complex(330, -390))}"
        shape += f"C{at(b + complex(-200, -390))} {at(b + complex(-90, -230))} {at(b - 16)}z"
        pane = (
            f"M{at(a + complex(330, -40))}V{num(a.imag - 320)}C{at(b + complex(-230, -320))}"
            f" {at(b + complex(-150, -200))} "
        )
        pane += f"{at(b + complex(-104, -40))}z"
        return fill(shape, cloth) + fill(pane, "#dfeceb", opacity=0.8) + stroke(pane, darker(cloth, 0.25), 9)
    if kind == "plants":
        greens = "".join(
            disc(a + complex(x, y), r, colour)
            for x, y, r, colour in (
                (170, -70, 92, "#5f8f62"),
                (330, -96, 110, "#4f7f5b"),
                (520, -70, 100, "#6f9c68"),
                (650, -40, 70, "#5f8f62"),
            )
        )
        blooms = "".join(
            disc(a + complex(x, y), 20, "#f4b63f")
            for x, y in ((140, -110), (300, -150), (380, -80), (540, -120), (630, -60))
        )
        return greens + blooms
    ball = b + complex(-190, -12)
    return (
        stroke(lines(a + complex(70, -16), a + complex(250, -16)), "#3d6f86", 40)
        + disc(ball, 62, "#e9a23b")
        + stroke(f"M{at(ball + complex(-46, -28))}q46 26 92 0", "#c8401b", 12)
    )


def _band(a: complex, b: complex, c: complex, d: complex, colour: str) -> str:
    """A painted band along a box."""
    upper, lower = 0.5, 0.75
    corners = (a + (d - a) * upper, b + (c - b) * upper, b + (c - b) * lower, a + (d - a) * lower)
    return fill(lines(*corners, close=True), colour)


def bench(back: complex, front: complex, colour: str) -> str:
    """A longtail's cushions, hand rail and foot boards over its long rack."""
    width = front.real - back.real
    first, second = back + complex(width * 0.06, -30), back + complex(width * 0.54, -30)
    pads = stroke(lines(first + 24, first + width * 0.38), colour, 62) + stroke(
        lines(second + 24, second + width * 0.38), colour, 62
    )
    rail = tube(f"M{at(back + complex(24, -10))}v-170q0 -40 40 -40h{width - 170:.0f}q40 0 40 40v60", 18, DARK)
    return (
        rail
        + pads
        + stroke(
            lines(first + complex(24, -18), first + complex(width * 0.36, -18)), lighter(colour, 0.4), 8, opacity=0.6
        )
    )


def side_bag(back: complex, width: float, colour: str) -> str:
    """A longtail's long canvas bag."""
    start = f"M{at(back)}"
    w = f"{width:.0f}"
    return group(
        fill(start + f"h{w}l-30 190q-6 30 -40 30h-{width - 140:.0f}q-34 0 -40 -30z", colour),
        fill(start + f"h{w}l-10 64h-{width - 20:.0f}z", darker(colour, 0.25)),
        stroke(start + f"m{width * 0.25:.0f} 6v110m{width * 0.5:.0f} -110v110", lighter(colour, 0.4), 13),
    )


def handlebar_bag(clamp: complex, colour: str) -> str:
    """A rolled bag strapped in front of the bar."""
    return el("rect", x=clamp.real + 40, y=clamp.imag - 10, width=150, height=130, rx=58, fill=colour) + stroke(
        lines(clamp + complex(84, -8), clamp + complex(84, 118)), lighter(colour, 0.35), 10
    )
