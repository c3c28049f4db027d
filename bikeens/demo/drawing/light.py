"""The hour of a scene: sky, tint, haze, sun, and the way shadows fall; and what flies in the sky.

Every scene is painted on 1600 x 1200; the bicycle stands on y = 1010.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bikeens.demo.drawing.ink import Dice, at, direction, disc, el, fill, glow, gradient, group, mix, num, stroke

WIDTH, HEIGHT, STAND = 1600, 1200, 1010


@dataclass(frozen=True, slots=True)
class Light:
    """One hour's light. `lean` and `stretch` say how far a shadow falls sideways and towards us."""

    sky: tuple[str, str]
    tint: str
    strength: float
    haze: str
    sun: str
    sun_at: tuple[float, float]
    shadow: str
    depth: float
    lean: float
    stretch: float


HOURS: dict[str, Light] = {
    "morning": Light(
        ("#b5dde2", "#fdf0d6"), "#fff3dc", 0.06, "#eef3e6", "#fffbe8", (330, 230), "#1d3a44", 0.2, 0.62, 0.2
    ),
    "noon": Light(
        ("#9fd4e3", "#e6f3ea"), "#fffdf4", 0.03, "#e4f1ee", "#fffdf0", (1180, 150), "#1c3640", 0.22, -0.3, 0.13
    ),
    "golden": Light(
        ("#9ccbcb", "#ffe0a8"), "#f9c27c", 0.1, "#f8ebd0", "#fff4d2", (1250, 330), "#3f2f3c", 0.22, -0.75, 0.21
    ),
    "rose": Light(
        ("#a7c3d6", "#fcd3ba"), "#f3a98e", 0.1, "#f3e3dc", "#fff2e0", (350, 380), "#33304a", 0.22, 0.72, 0.22
    ),
    "dusk": Light(
        ("#3f4a78", "#f2a27c"), "#51466f", 0.34, "#b07a92", "#ffd9a0", (1120, 560), "#1f1a3a", 0.34, -0.5, 0.18
    ),
}


@dataclass(slots=True)
class Painting:
    """A scene while it is painted: definitions, and what lies behind the bicycle."""

    hour: str
    dice: Dice
    defs: list[str] = field(default_factory=list)
    back: list[str] = field(default_factory=list)
    mirrored: bool = False

    @property
    def light(self) -> Light:
        """The hour's light."""
        return HOURS[self.hour]

    @property
    def lean(self) -> float:
        """How far shadows fall to the right per unit of height, on the finished picture."""
        return -self.light.lean if self.mirrored else self.light.lean

    @property
    def scenery(self) -> str:
        """All that lies behind the bicycle, mirrored if so chosen."""
        if not self.mirrored:
            return "".join(self.back)
        return group(*self.back, transform=f"matrix(-1 0 0 1 {WIDTH} 0)")

    @property
    def dark(self) -> bool:
        """Lamps are lit."""
        return self.hour == "dusk"

    def lay(self, *parts: str) -> None:
        """Paint behind the bicycle, on top of what is there."""
        self.back.extend(parts)

    def tone(self, colour: str, far: float = 0) -> str:
        """A local colour as this hour's light shows it, `far` (0..1) lost in the haze."""
        lit = mix(colour, self.light.tint, self.light.strength)
        return mix(lit, self.light.haze, far) if far else lit


def sky(p: Painting, horizon: float, *, sun: bool = True, clouds: int = 3) -> None:
    """The sky down to the horizon with sun and clouds."""
    light = p.light
    p.defs.append(gradient("sky", (0, light.sky[0], 1), (1, light.sky[1], 1)))
    p.lay(el("rect", width=WIDTH, height=horizon + 4, fill="url(#sky)"))
    if sun:
        place = complex(*light.sun_at)
        p.defs.append(glow("sun", (0, light.sun, 0.9), (1, light.sun, 0)))
        p.lay(disc(place, 300, "url(#sun)"), disc(place, 62, light.sun))
    for index in range(clouds):
        x = p.dice.between(60, 420) + index * 480
        p.lay(
            cloud(
                complex(x, p.dice.between(90, 260)), p.dice.between(0.7, 1.2), mix(light.sky[1], "#ffffff", 0.5), p.dice
            )
        )
    if p.dark:
        stars = "".join(f"M{num(p.dice.between(0, WIDTH))} {num(p.dice.between(10, 300))}h0" for _ in range(26))
        p.lay(stroke(stars, "#fff2d0", 4, opacity=0.8, stroke_linecap="round"))


def cloud(place: complex, size: float, colour: str, dice: Dice) -> str:
    """A flat-bottomed cloud."""
    a, b, c = (dice.between(40, 70) * size for _ in range(3))
    first, third = num(a * 0.6), num(c * 0.7)
    data = f"M{at(place)}a{first} {first} 0 0 1 {num(a * 0.5)} {num(-a * 0.55)}"
    data += f"a{num(b)} {num(b)} 0 0 1 {num(b * 1.7)} {num(-b * 0.15)}"
    data += f"a{third} {third} 0 0 1 {num(c * 1.1)} {num(b * 0.15 + a * 0.55)}z"
    return fill(data, colour, opacity=0.75)


def gulls(p: Painting, *places: tuple[float, float, float]) -> str:
    """Gulls on the wing at (x, y, size)."""
    data = "".join(
        (
            f"M{num(x - 34 * s)} {num(y - 8 * s)}q{num(18 * s)} {num(-16 * s)} {num(34 * s)} {num(8 * s)}"
            f"q{num(14 * s)} {num(-26 * s)} {num(36 * s)} {num(-14 * s)}"
        )
        for x, y, s in places
    )
    return stroke(
        data,
        p.tone("#ffffff") if not p.dark else "#e9d8d6",
        6,
        fill="none",
        stroke_linecap="round",
        stroke_linejoin="round",
    )


def tiles(boxes: Iterable[tuple[float, float, float, float]]) -> str:
    """Path data of many rectangles (x, y, width, height)."""
    return "".join(f"M{num(x)} {num(y)}h{num(w)}v{num(h)}h{num(-w)}z" for x, y, w, h in boxes)


def bumps(centre: complex, radius: float, dice: Dice, *, count: int = 11, squash: float = 0.85) -> str:
    """Path data of a leafy outline: arcs round an ellipse."""
    turn = dice.between(0, 40)
    around = []
    for index in range(count):
        ray = direction(-(turn + 360 / count * index)) * radius * dice.between(0.88, 1.06)
        around.append(centre + complex(ray.real, ray.imag * squash))
    data = f"M{at(around[0])}"
    for here, there in zip(around, [*around[1:], around[0]], strict=True):
        r = abs(there - here) * dice.between(0.52, 0.62)
        data += f"A{num(r)} {num(r)} 0 0 1 {at(there)}"
    return data + "z"


def ground(p: Painting, top: float, colour: str, *, name: str = "floor", deep: float = 0.1) -> None:
    """The floor from `top` to the bottom edge, a little darker towards us."""
    near = mix(p.tone(colour), p.light.shadow, deep)
    p.defs.append(gradient(name, (0, p.tone(colour), 1), (1, near, 1)))
    p.lay(el("rect", y=top, width=WIDTH, height=HEIGHT - top, fill=f"url(#{name})"))


def street_lamp(p: Painting, x: float, base: float, *, height: float = 520, side: int = -1) -> str:
    """An iron street lamp with a lantern on a bracket; lit at dusk."""
    iron = p.tone("#33453f")
    top = base - height
    lantern = complex(x + side * 74, top + 46)
    light = ""
    if p.dark:
        shine = glow("lantern", (0, "#ffd98a", 0.85), (1, "#ffb25e", 0))
        if shine not in p.defs:
            p.defs.append(shine)
        light = disc(lantern + 26j, 210, "url(#lantern)")
    return group(
        stroke(f"M{num(x)} {num(base)}V{num(top)}q0 -36 {36 * side} -36t{38 * side} 36v14", iron, 11),
        stroke(f"M{num(x)} {num(base)}v-110", iron, 22)
        + stroke(f"M{num(x - 22)} {num(base)}h44M{num(x - 12)} {num(base - 116)}h24", iron, 14),
        stroke(f"M{num(x + side * 4)} {num(top + 50)}q{24 * side} 6 {50 * side} -60", iron, 5),
        light,
        fill(f"M{at(lantern + complex(-26, 0))}h52l-12 62h-28z", "#ffe6a8" if p.dark else p.tone("#f8ecca")),
        stroke(f"M{at(lantern + complex(-26, 0))}h52l-12 62h-28z", iron, 6)
        + fill(f"M{at(lantern + complex(-34, 0))}l34 -30l34 30z", iron),
        fill="none",
        stroke_linecap="round",
    )
