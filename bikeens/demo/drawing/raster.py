"""From SVG text to pixels and files."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from itertools import repeat
from multiprocessing import get_context

import resvg_py
from PIL import Image

PAPER = "#faf6ee"


def render(svg: str, width: int) -> Image.Image:
    """Rasterise a drawing to an RGB image of `width` pixels; transparent parts become paper."""
    data = resvg_py.svg_to_bytes(svg_string=svg, width=width, skip_system_fonts=True)
    drawn = Image.open(BytesIO(data))
    if drawn.mode == "RGB":
        return drawn
    paper = Image.new("RGB", drawn.size, PAPER)
    paper.paste(drawn, mask=drawn.getchannel("A"))
    return paper


def webp(svg: str, width: int = 1600) -> bytes:
    """A drawing as a WebP file. Method 2: a fourth of the time of Pillow's default for 3 % more bytes."""
    out = BytesIO()
    render(svg, width).save(out, "WEBP", quality=82, method=2)
    return out.getvalue()


def webp_files(svgs: Sequence[str], width: int = 1600, *, processes: int = 2) -> Iterator[bytes]:
    """Drawings as WebP files, in order, by several fresh processes (resvg holds the interpreter's lock)."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(webp, svgs, repeat(width), chunksize=4)
