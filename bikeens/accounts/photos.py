"""A person's photo: one square WebP, made of whatever was uploaded."""

from typing import BinaryIO
from uuid import uuid4

from django.db import transaction
from PIL import ImageOps

from bikeens.accounts.models import User
from bikeens.core import files
from bikeens.core.pictures import read_picture, webp

FOLDER = "people"
SIDE = 320
MAX_BYTES = 10 * 1024**2
MAX_PIXELS = 60_000_000
MIN_SIDE = 96


def set_photo(*, person: User, file: BinaryIO) -> None:
    """Keep the middle square of the picture as the person's photo.

    Raises as `read_picture` does, and 503 `storage_unreachable`.
    """
    picture = read_picture(file, max_bytes=MAX_BYTES, max_pixels=MAX_PIXELS, min_side=MIN_SIDE)
    side = min(SIDE, *picture.size)
    # A new name each time: browsers may keep a photo for ever.
    name = f"{FOLDER}/{uuid4()}.webp"
    files.save({name: webp(ImageOps.fit(picture, (side, side)), side)})
    try:
        _change(person, name)
    except BaseException:
        files.delete([name])
        raise


def delete_photo(*, person: User) -> None:
    """Nothing happens when there is none."""
    _change(person, "")


def sweep_photos() -> int:
    """Delete files that are nobody's photo; returns how many."""
    kept = set(User.objects.exclude(photo="").values_list("photo", flat=True))
    return files.sweep(FOLDER, kept.__contains__)


def _change(person: User, name: str) -> None:
    """Name another file, or none; the one before is deleted once that is safely so."""
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=person.pk)
        before = [locked.photo.name] if locked.photo.name else []
        locked.photo = name
        locked.save(update_fields=["photo"])
        transaction.on_commit(lambda: files.delete(before))
    person.photo = locked.photo
