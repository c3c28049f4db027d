"""The drawings the pages use: hero, empty states, error pages, the social card.

The small ones are a scene seen through a soft shape on a transparent ground, so that they sit on light and dark paper.
"""

from collections.abc import Callable

from bikeens.demo.drawing.bike import build_bike
from bikeens.demo.drawing.build import Bike
from bikeens.demo.drawing.ink import box, darker, disc, el, fill, glow, group, lighter, num, stroke
from bikeens.demo.drawing.light import Painting
from bikeens.demo.drawing.picture import View, compose, lights, standing
from bikeens.demo.drawing.scenes import Scene, paint

PINE, EMBER, SUN, SEA = "#0e4d3f", "#c8401b", "#e2a33a", "#3d6f86"
FLOOR = 985
SHAPE = (
    "M230 170C480 10 1110 20 1370 160C1590 290 1580 850 1400 1030C1170 1180 430 1180 200 1040C20 890 20 320 230 170z"
)


def hero() -> str:
    """The quay, wide: 1600 x 900, its middle 1104 wide still a whole picture."""
    return compose("city", PINE, "quay", hour="morning", view=View(0, 85, 1600, 900), room=850, stand=905)


def social() -> str:
    """The card shown where a page is shared: 1200 x 630."""
    return compose("city", PINE, "quay", hour="golden", view=View(0, 120, 1600, 840), room=820, size=1200, stand=890)


def _seen(painting: Painting, *, things: str = "", bike: Bike | None = None, x: float = 800, room: float = 860) -> str:
    """A scene through the soft shape with a bicycle centred on x and other things before it."""
    drawn = ""
    if bike:
        scale = min(room / (bike.right - bike.left), 0.62)
        drawn = standing(bike, painting, x - scale * (bike.left + bike.right) / 2, FLOOR, scale)
    clip = el("clipPath", el("path", d=SHAPE), id="shape")
    veil = el("ellipse", cx=800, cy=660, rx=700, ry=420, fill="url(#halo)")
    scene = group(painting.scenery, veil, clip_path="url(#shape)")
    inside = (
        el("defs", "".join(painting.defs) + lights(painting.light) + clip) + scene + group(things + drawn, fill="none")
    )
    return View(60, 30, 1480, 1130).svg(inside, width=480)


def _scene(scene: Scene, hour: str, seed: int = 0) -> Painting:
    return paint(scene, seed=seed, hour=hour)


def empty_search() -> str:
    """No bicycle found: a stand with nothing locked to it but a gull."""
    painting = _scene("sea", "noon", 3)
    hoops = ""
    steel = "#5f6d67"
    for x in (560, 800, 1040):
        shadow = f"M{x - 90} {FLOOR}l-60 44M{x + 90} {FLOOR}l-60 44M{x - 150} {FLOOR + 44}h180"
        hoops += stroke(shadow, "#1c3640", 20, opacity=0.15, stroke_linecap="round")
        hoops += stroke(f"M{x - 90} {FLOOR}v-210a70 70 0 0 1 70 -70h40a70 70 0 0 1 70 70v210", steel, 30)
        hoops += stroke(f"M{x - 96} {FLOOR - 6}v-204a70 70 0 0 1 70 -70h40", lighter(steel, 0.5), 7, opacity=0.7)
        hoops += stroke(f"M{x - 112} {FLOOR}h44m136 0h44", darker(steel, 0.3), 12, stroke_linecap="round")
    lock = el("ellipse", cx=716, cy=FLOOR - 84, rx=50, ry=44, stroke=SUN, stroke_width=19)
    lock += box(684, FLOOR - 66, 64, 60, darker(SUN, 0.25), rx=13) + disc(complex(716, FLOOR - 38), 9, "#3a2a20")
    return _seen(painting, things=hoops + lock + _gull(800, FLOOR - 296))


def _gull(x: float, base: float) -> str:
    """A gull standing at (x, base), looking to the right."""
    return group(
        stroke("M-14 0v-46M16 0v-46M-14 -2h22M16 -2h22", "#e08a3a", 9, stroke_linecap="round"),
        fill(
            (
                "M-176 -74Q-110 -128 -40 -150Q20 -176 44 -214Q62 -250 100 -244Q136 -236 134 -196"
                "Q128 -110 62 -62Q0 -26 -64 -50Q-110 -62 -176 -74z"
            ),
            "#fdfaf2",
        ),
        fill("M-190 -76Q-120 -140 -40 -146Q26 -144 26 -112Q-10 -62 -96 -66z", "#9fb3ba"),
        fill("M-190 -76Q-150 -112 -112 -118Q-90 -96 -110 -70z", "#42504d"),
        fill("M128 -222l62 20q-6 16 -30 14l-32 -6z", "#eaa13c") + disc(complex(102, -214), 9, "#26302d"),
        transform=f"translate({num(x)} {num(base)})",
    )


def empty_bookings() -> str:
    """No booking yet: a bicycle ready for the park."""
    return _seen(_scene("park", "morning"), bike=build_bike("city", EMBER, seed=5))


def empty_owner() -> str:
    """No listing yet: a bicycle at home with a tag on its bar."""
    painting = _scene("courtyard", "golden", 1)
    bike = build_bike("trekking", PINE, seed=1)
    tag = group(
        stroke("M0 0q-40 40 -22 96", "#7a5440", 6),
        fill("M-66 118l40 -32l44 26l14 150q0 10 -10 10l-86 6q-10 0 -12 -10z", "#fdf6e4"),
        stroke("M-44 170l52 -4m-50 34l54 -4m-52 34l34 -2", EMBER, 9, stroke_linecap="round"),
        disc(complex(-24, 112), 9, EMBER),
        transform="translate(978 500)scale(.8)",
    )
    drawn = _seen(painting, bike=bike)
    return drawn.removesuffix("</svg>") + group(tag, fill="none") + "</svg>"


def not_found() -> str:
    """No such page: a signpost with every direction and no name."""
    painting = _scene("vineyard", "golden", 1)
    wood = "#9a7350"
    boards = (
        fill("M1086 440h230l54 46l-54 46h-230z", EMBER)
        + stroke("M1116 486h150", "#fdf6e4", 12, stroke_linecap="round"),
        fill("M1150 566h-210l-54 44l54 44h210z", "#fdf6e4") + stroke("M960 610h140", PINE, 12, stroke_linecap="round"),
        fill("M1090 690h190l50 40l-50 40h-190z", PINE) + stroke("M1116 730h120", "#fdf6e4", 12, stroke_linecap="round"),
    )
    post = stroke(f"M1116 {FLOOR - 6}V410", wood, 36, stroke_linecap="round") + stroke(
        f"M1108 {FLOOR - 30}V420", lighter(wood, 0.4), 7
    )
    foot = el("ellipse", cx=1116, cy=FLOOR, rx=90, ry=14, fill="url(#contact)")
    return _seen(
        painting, things=foot + post + "".join(boards), bike=build_bike("gravel", SEA, seed=1), x=600, room=640
    )


def error() -> str:
    """Something broke: a bicycle on its saddle, the toolbox beside it."""
    painting = _scene("courtyard", "noon", 2)
    bike = build_bike("gravel", EMBER, seed=1)
    x, scale = 650.0, 0.5
    middle = (bike.left + bike.right) / 2
    turned = (
        f"translate({num(x)} {num(FLOOR - 985 * scale)})rotate(178.4)scale({scale}){f'translate({num(-middle)} 0)'}"
    )
    body = group(bike.body, transform=turned, fill="none", stroke_linecap="round", stroke_linejoin="round")
    shadow = el("ellipse", cx=x + 20, cy=FLOOR + 4, rx=400, ry=20, fill="url(#contact)", opacity=0.7)
    return _seen(painting, things=shadow + body + _toolbox(1196, FLOOR + 10))


def _toolbox(x: float, base: float) -> str:
    """An open toolbox, a spanner and a pump."""
    red = EMBER
    return group(
        el("ellipse", cy=0, rx=190, ry=16, fill="url(#contact)"),
        stroke("M-96 -150q0 -60 40 -60h112q40 0 40 60", "#5f6d67", 16),
        stroke("M-56 -118l-46 -120M40 -118l14 -140", "#8b9791", 20, stroke_linecap="round"),
        stroke("M-112 -262a24 24 0 1 0 34 16", "#8b9791", 16, stroke_linecap="round"),
        stroke("M52 -250l8 -60", SUN, 34, stroke_linecap="round"),
        fill("M-150 -130h300l-14 130h-272z", red),
        fill("M-158 -146h316v30h-316z", darker(red, 0.2)) + box(-26, -104, 52, 34, "#f3e6c9", rx=6),
        transform=f"translate({num(x)} {num(base)})",
    )


def offline() -> str:
    """No network: a night in the mountains, a tent with its lamp on."""
    painting = _scene("mountains", "dusk", 2)
    tent = group(
        el("ellipse", cx=0, cy=-90, rx=360, ry=240, fill="url(#warm)"),
        fill("M-250 0L-20 -300L20 -300L250 0z", "#d9793f"),
        fill("M-20 -300L250 0H120z", darker("#d9793f", 0.25)),
        fill("M-20 -300L40 0H-150z", "#ffe0a0") + fill("M-20 -300L-60 0H-150z", "#f6c06a"),
        stroke("M-20 -300L-306 10M20 -300L316 10", "#e9d8d6", 5, opacity=0.7),
        transform=f"translate(1180 {FLOOR - 60})",
    )
    painting.defs.append(glow("warm", (0, "#ffcf7a", 0.6), (1, "#ffcf7a", 0)))
    return _seen(painting, things=tent, bike=build_bike("gravel", "#e9b04a", seed=3, lit=False), x=580, room=680)


DRAWINGS: dict[str, Callable[[], str]] = {
    "hero-quay": hero,
    "social": social,
    "empty-search": empty_search,
    "empty-bookings": empty_bookings,
    "empty-owner": empty_owner,
    "not-found": not_found,
    "error": error,
    "offline": offline,
}
