"""Photos: read with suspicion, kept as WebP of fixed widths under names never used again."""

import hashlib
import io
import uuid
from collections.abc import Sequence
from functools import partial
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image

from bikeens.core import files, pictures
from bikeens.core.errors import Invalid, Refused
from listings.actions.locking import lock_to_edit
from listings.choices import Status
from listings.limits import MOST_PHOTOS, PHOTO_BYTES, PHOTO_PIXELS, PHOTO_WIDTHS
from listings.models import Listing, Photo

FOLDER = "listings"


def add_photo(*, listing: Listing, file: BinaryIO) -> Photo:
    """Put a picture last. The same file sent twice is one photo.

    Raises TooLarge photo_too_large, Invalid photo_not_readable or photo_too_small, Refused too_many_photos, and 503
    `storage_unreachable`.
    """
    content = file.read(PHOTO_BYTES + 1)
    digest = hashlib.sha256(content).hexdigest()
    # Reading the picture takes long, so it is done before the lock, and not at all for a photo that can't be kept.
    there = _there_or_room(listing, digest)
    if there is not None:
        return there
    image = pictures.read_picture(io.BytesIO(content), max_bytes=PHOTO_BYTES, max_pixels=PHOTO_PIXELS)
    photo = _photo_of(listing, image, digest)
    files.save({photo.file(width): pictures.webp(image, width) for width in photo.widths})
    try:
        with transaction.atomic():
            lock_to_edit(listing)
            there = _there_or_room(listing, digest)
            if there is None:
                photo.position = Photo.objects.filter(listing=listing).count()
                photo.save()
                return photo
    except BaseException:
        files.delete(photo.files())
        raise
    # Another request with the same file was faster.
    files.delete(photo.files())
    return there


@transaction.atomic
def reorder_photos(*, listing: Listing, order: Sequence[uuid.UUID]) -> None:
    """Put the photos in this order, the cover first. Raises Invalid unless each photo is named once."""
    lock_to_edit(listing)
    photos = {photo.uuid: photo for photo in Photo.objects.filter(listing=listing)}
    if len(order) != len(photos) or set(order) != set(photos):
        message = _("Name each photo once.")
        raise Invalid("invalid", message, fields={"ids": message})
    _renumber([photos[one] for one in order])


@transaction.atomic
def remove_photo(*, photo: Photo) -> None:
    """Take a photo and its files away. Raises Refused("last_photo") for the only one of a published listing."""
    listing = lock_to_edit(photo.listing)
    photos = list(Photo.objects.filter(listing=listing))
    if photo not in photos:
        return
    if len(photos) == 1 and listing.status == Status.PUBLISHED:
        raise Refused("last_photo", _("A published listing needs a photo: add another one first."))
    photos.remove(photo)
    delete_files([photo])
    photo.delete()
    _renumber(photos)


def delete_files(photos: Sequence[Photo]) -> None:
    """Delete the files of rows that go, once the transaction is through. Keys that other rows share stay."""
    keys, mine = [photo.key for photo in photos], [photo.pk for photo in photos]
    shared = set(Photo.objects.filter(key__in=keys).exclude(pk__in=mine).values_list("key", flat=True))
    names = [name for photo in photos if photo.key not in shared for name in photo.files()]
    transaction.on_commit(partial(files.delete, names))


def sweep_photo_files() -> int:
    """Delete files that no photo has; returns how many."""
    keys = set(Photo.objects.values_list("key", flat=True))
    return files.sweep(FOLDER, lambda name: name.rpartition("-")[0] in keys)


def _there_or_room(listing: Listing, digest: str) -> Photo | None:
    photos = list(Photo.objects.filter(listing=listing))
    for photo in photos:
        if photo.digest == digest:
            return photo
    if len(photos) >= MOST_PHOTOS:
        raise Refused("too_many_photos", _("At most {most} photos: remove one first.").format(most=MOST_PHOTOS))
    return None


def _widths(image: Image.Image) -> list[int]:
    """The fixed widths that the picture fills, and its own where it is narrower than the largest."""
    own = min(image.width, PHOTO_WIDTHS[-1])
    return [width for width in PHOTO_WIDTHS if width < own] + [own]


def _photo_of(listing: Listing, image: Image.Image, digest: str) -> Photo:
    """The row of a new photo, without its place among the others."""
    widths = _widths(image)
    return Photo(
        listing=listing,
        width=widths[-1],
        height=max(1, round(image.height * widths[-1] / image.width)),
        # The name says nothing of the upload, and is new each time, so that browsers may keep the file for ever.
        key=f"{FOLDER}/{uuid.uuid4().hex}",
        widths=widths,
        digest=digest,
    )


def _renumber(photos: Sequence[Photo]) -> None:
    for position, photo in enumerate(photos):
        photo.position = position
    Photo.objects.bulk_update(photos, ["position"])
