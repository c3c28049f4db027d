"""The demo's pictures as stored files, each made once and shared by every bike that looks like it."""

import hashlib
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from bikeens.demo.drawing.catalogue import Picture, pictures
from bikeens.demo.drawing.raster import webp_files
from listings.models import Listing, Photo

WIDTHS = (320, 640, 960, 1280)
LARGEST = WIDTHS[-1]


def key_of(picture: Picture) -> str:
    """Where the picture's files are; the drawing is part of the name, so that a better drawing gets a new file."""
    return f"listings/demo-{picture.slug}-{hashlib.sha256(picture.svg().encode()).hexdigest()[:8]}"


def store_pictures() -> dict[str, list[Picture]]:
    """Draw what is not there yet, and return the pictures by category."""
    everything = pictures()
    missing = [one for one in everything if not default_storage.exists(f"{key_of(one)}-{LARGEST}.webp")]
    if missing:
        for picture, drawn in zip(missing, webp_files([one.svg() for one in missing], LARGEST), strict=True):
            _store(picture, drawn)
    by_category: dict[str, list[Picture]] = {}
    for picture in everything:
        by_category.setdefault(picture.category, []).append(picture)
    return by_category


def _store(picture: Picture, drawn: bytes) -> None:
    image = Image.open(BytesIO(drawn))
    for width in WIDTHS[:-1]:
        out = BytesIO()
        small = image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)
        small.save(out, "WEBP", quality=80, method=2)
        default_storage.save(f"{key_of(picture)}-{width}.webp", ContentFile(out.getvalue()))
    # Last, because its being there says that all are.
    default_storage.save(f"{key_of(picture)}-{LARGEST}.webp", ContentFile(drawn))


def photos_of(listing: Listing, chosen: list[Picture]) -> list[Photo]:
    """Unsaved rows for a listing, the cover first."""
    return [
        Photo(
            listing=listing,
            position=position,
            width=LARGEST,
            height=LARGEST * 3 // 4,
            key=key_of(picture),
            widths=list(WIDTHS),
            digest=hashlib.sha256(picture.slug.encode()).hexdigest(),
        )
        for position, picture in enumerate(chosen)
    ]
