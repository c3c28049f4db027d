"""A person's photo: one square WebP, made of whatever was uploaded."""

from typing import BinaryIO
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import ImageOps

from bikeens.accounts.models import User
from bikeens.core.pictures import read_picture, webp

SIDE = 320
MAX_BYTES = 10 * 1024**2
MAX_PIXELS = 60_000_000
MIN_SIDE = 96


def set_photo(*, person: User, file: BinaryIO) -> None:
    """Keep the middle square of the picture as the person's photo; raises as `read_picture` does."""
    picture = read_picture(file, max_bytes=MAX_BYTES, max_pixels=MAX_PIXELS, min_side=MIN_SIDE)
    side = min(SIDE, *picture.size)
    content = ContentFile(webp(ImageOps.fit(picture, (side, side)), side))
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=person.pk)
        _forget_file(locked.photo.name)
        # A new name each time: browsers may keep a photo for ever.
        locked.photo.save(f"{uuid4()}.webp", content, save=False)
        locked.save(update_fields=["photo"])
    person.photo = locked.photo


def delete_photo(*, person: User) -> None:
    """Nothing happens when there is none."""
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=person.pk)
        _forget_file(locked.photo.name)
        locked.photo = ""
        locked.save(update_fields=["photo"])
    person.photo = locked.photo


def _forget_file(name: str | None) -> None:
    """Delete the file once the row that named it is safely changed."""
    if name:
        storage = User._meta.get_field("photo").storage
        transaction.on_commit(lambda: storage.delete(name))
