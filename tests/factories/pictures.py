"""Pictures as phones make them."""

import functools
import io

from PIL import Image, ImageDraw
from PIL.Image import Exif

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825
TURNED_RIGHT = 6


@functools.cache
def phone_photo(width: int = 4000, height: int = 3000) -> bytes:
    """A large JPEG of a bike-like drawing with a camera's grain, held sideways: stored lying, meant to stand.

    Its EXIF tells the maker and where it was taken (43° 11′ N, 3° 0′ E). A red sky is on top once it is upright.
    """
    upright = Image.new("RGB", (height, width), (196, 178, 140))
    draw = ImageDraw.Draw(upright)
    draw.rectangle((0, 0, height, width // 3), fill=(200, 40, 40))
    for x in (height // 4, 3 * height // 4):
        box = (x - height // 6, width // 2, x + height // 6, width // 2 + height // 3)
        draw.ellipse(box, outline=(30, 30, 30), width=height // 60)
    grain = Image.effect_noise(upright.size, 40).convert("RGB")
    lying = Image.blend(upright, grain, 0.15).transpose(Image.Transpose.ROTATE_90)
    exif = Exif()
    exif[ORIENTATION], exif[MAKE] = TURNED_RIGHT, "Fairphone"
    exif.get_ifd(GPS).update({1: "N", 2: (43.0, 11.0, 3.5), 3: "E", 4: (3.0, 0.0, 11.2)})
    return encoded(lying, exif=exif, quality=92)


def plain(width: int = 800, height: int = 600, colour: str = "teal", mode: str = "RGB", **options: object) -> bytes:
    """A picture of one colour, JPEG unless `format` says otherwise."""
    return encoded(Image.new(mode, (width, height), colour), **options)


def encoded(image: Image.Image, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, **{"format": "JPEG", **options})
    return out.getvalue()
