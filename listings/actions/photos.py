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
    # Reading the picture takes long, so it is done before the lock, and not at all for a photo that can't be kept.
    there = _there_or_room(listing, digest_of(content))
    if there is not None:
        return there
    photo = store_photo(content)
    try:
        with transaction.atomic():
            lock_to_edit(listing)
            there = _there_or_room(listing, photo.digest)
            if there is None:
                photo.listing, photo.position = listing, Photo.objects.filter(listing=listing).count()
                photo.save()
                return photo
    except BaseException:
        files.delete(photo.files())
        raise
    # Another request with the same file was faster.
    files.delete(photo.files())
    return there


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def store_photo(content: bytes) -> Photo:
    """Read a picture and store its sizes; returns a row that hangs nowhere yet, unsaved. Never inside a transaction.

    Raises TooLarge photo_too_large, Invalid photo_not_readable or photo_too_small, and 503 `storage_unreachable`.
    """
    image = pictures.read_picture(io.BytesIO(content), max_bytes=PHOTO_BYTES, max_pixels=PHOTO_PIXELS)
    photo = _photo_of(image, digest_of(content))
    files.save({photo.file(width): pictures.webp(image, width) for width in photo.widths})
    return photo


def drop_unused(photos: Sequence[Photo]) -> None:
    """Delete the files of stored photos that came to hang nowhere. Never inside a transaction."""
    keys = [photo.key for photo in photos]
    hung = set(Photo.objects.filter(key__in=keys).values_list("key", flat=True)) if keys else set()
    files.delete([name for photo in photos if photo.key not in hung for name in photo.files()])


@transaction.atomic
def hang_photos(*, listing: Listing, photos: Sequence[Photo]) -> None:
    """Let a listing have these photos and no others, the cover first: its own, and new ones from `store_photo`.

    Raises Refused: too_many_photos, last_photo for none on a published listing.
    """
    listing = lock_to_edit(listing)
    if len(photos) > MOST_PHOTOS:
        raise _too_many()
    if not photos and listing.status == Status.PUBLISHED:
        raise _last()
    obsolete = [photo for photo in Photo.objects.filter(listing=listing) if photo not in photos]
    delete_files(obsolete)
    Photo.objects.filter(pk__in=[photo.pk for photo in obsolete]).delete()
    for position, photo in enumerate(photos):
        photo.listing, photo.position = listing, position
    Photo.objects.bulk_update([photo for photo in photos if photo.pk], ["position"])
    Photo.objects.bulk_create([photo for photo in photos if not photo.pk])


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
        raise _last()
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
        raise _too_many()
    return None


def _too_many() -> Refused:
    return Refused("too_many_photos", _("At most {most} photos: remove one first.").format(most=MOST_PHOTOS))


def _last() -> Refused:
    return Refused("last_photo", _("A published listing needs a photo: add another one first."))


def _widths(image: Image.Image) -> list[int]:
    """The fixed widths that the picture fills, and its own where it is narrower than the largest."""
    own = min(image.width, PHOTO_WIDTHS[-1])
    return [width for width in PHOTO_WIDTHS if width < own] + [own]


def _photo_of(image: Image.Image, digest: str) -> Photo:
    """The row of a new photo, without its listing and its place among the others."""
    widths = _widths(image)
    return Photo(
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
