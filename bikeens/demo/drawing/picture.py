"""A picture: a bicycle standing in a scene, with its shadow on the floor."""

from dataclasses import dataclass

from bikeens.demo.drawing.bike import build_bike
from bikeens.demo.drawing.build import Bike, Category
from bikeens.demo.drawing.ink import el, glow, group, num
from bikeens.demo.drawing.light import HEIGHT, STAND, WIDTH, Light, Painting
from bikeens.demo.drawing.scenes import Scene, paint

ROOM = 1230
TALLEST = 760
LARGEST = 0.72


@dataclass(frozen=True, slots=True)
class View:
    """The part of the 1600 x 1200 painting that is shown."""

    x: float = 0
    y: float = 0
    width: float = WIDTH
    height: float = HEIGHT

    def svg(self, content: str, *, width: int | None = None) -> str:
        """The SVG document of this view."""
        size = width or int(self.width)
        frame = f"{num(self.x)} {num(self.y)} {num(self.width)} {num(self.height)}"
        height = round(size * self.height / self.width)
        return el("svg", content, xmlns="http://www.w3.org/2000/svg", viewBox=frame, width=size, height=height)


def draw_bike(category: Category, frame_colour: str, scene: Scene, *, electric: bool = False, seed: int = 0) -> str:
    """The picture of a bicycle of a category and colour ("#rrggbb") in a scene, as SVG text, 1600 x 1200.

    The same arguments always give the same text. `seed` varies the equipment, the hour and the scene's details.
    """
    return compose(category, frame_colour, scene, electric=electric, seed=seed)


def compose(
    category: Category,
    frame_colour: str,
    scene: Scene,
    *,
    electric: bool = False,
    seed: int = 0,
    hour: str | None = None,
    view: View | None = None,
    room: float = ROOM,
    size: int | None = None,
    stand: float = STAND,
) -> str:
    """A picture with a chosen hour, view and room for the bicycle (in painting units)."""
    painting = paint(scene, seed=seed, hour=hour)
    bike = build_bike(category, frame_colour, electric=electric, seed=seed, lit=painting.dark)
    scale = min(room / (bike.right - bike.left), TALLEST / bike.height, LARGEST)
    x = WIDTH / 2 - scale * (bike.left + bike.right) / 2
    defs = "".join(painting.defs) + lights(painting.light)
    standing_bike = standing(bike, painting, x, stand, scale)
    halo = el("ellipse", cx=WIDTH / 2, cy=660, rx=800, ry=470, fill="url(#halo)")
    return (view or View()).svg(
        el("defs", defs) + painting.scenery + halo + standing_bike,
        width=size,
    )


def lights(light: Light) -> str:
    """Definitions a picture needs beside its scene's: shadow, veil behind the bicycle, contact with the floor, beam."""
    red, green, blue = (int(light.shadow[i : i + 2], 16) / 255 for i in (1, 3, 5))
    matrix = f"0 0 0 0 {red:.2f} 0 0 0 0 {green:.2f} 0 0 0 0 {blue:.2f} 0 0 0 {light.depth} 0"
    flat = el("feColorMatrix", values=matrix) + el("feGaussianBlur", stdDeviation=2.4)
    shade = el(
        "filter", flat, id="shade", x="-.2", y="-.2", width="1.4", height="1.4", color_interpolation_filters="sRGB"
    )
    veil = "#f2c0a0" if light.depth > 0.3 else light.haze
    halo = glow("halo", (0, veil, 0.42), (0.55, veil, 0.26), (1, veil, 0))
    contact = glow("contact", (0, light.shadow, 0.5), (1, light.shadow, 0))
    beam = el(
        "linearGradient",
        el("stop", stop_color="#fff0b8", stop_opacity=0.55)
        + el("stop", offset=1, stop_color="#fff0b8", stop_opacity=0),
        id="beam",
    )
    return shade + halo + contact + beam


def standing(bike: Bike, painting: Painting, x: float, y: float, scale: float) -> str:
    """A bicycle on the floor at (x, y) with the shadow this painting's light throws."""
    place = f"translate({num(x)} {num(y)})scale({scale:.4f})"
    drawn = group(bike.body, id="bike", fill="none", stroke_linecap="round", stroke_linejoin="round", transform=place)
    lean, stretch = painting.lean, painting.light.stretch
    fall = f"matrix(1 0 {-lean:.3f} {-stretch:.3f} {num(lean * y)} {num(y + stretch * y)})"
    shadow = group(el("use", href="#bike", transform=fall), filter="url(#shade)")
    feet = "".join(
        el("ellipse", cx=x + scale * foot, cy=y, rx=92, ry=13, fill="url(#contact)") for foot in (0.0, bike.front)
    )
    return shadow + feet + drawn
