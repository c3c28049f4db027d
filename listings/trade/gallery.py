"""The photos that a row names: stored first, outside any transaction, then hung in the row's own."""

import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bikeens.core import pictures
from bikeens.core.errors import DomainError, Invalid, Refused
from listings import actions
from listings.limits import MOST_PHOTOS, PHOTO_BYTES, PHOTO_PIXELS
from listings.models import Listing, Photo
from listings.trade.columns import PHOTOS
from listings.trade.photos import KEPT, Source, is_plain


@dataclass(frozen=True, slots=True)
class Gallery:
    """`wanted` are digests, the cover first; `stored` are those that the listing hadn't, their files written."""

    wanted: tuple[str, ...] = ()
    stored: tuple[Photo, ...] = ()


def gather(listing: Listing | None, names: Sequence[str], source: Source, *, dry_run: bool) -> Gallery:
    """Find the photos of these names and store those that are new to the listing. Never inside a transaction.

    A name is that of a file sent along, or what an export calls a photo that the listing has. A dry run opens each
    picture and stores none. Raises DomainError with `column` and the name of the photo at fault; nothing is kept then.
    """
    if len(names) > MOST_PHOTOS:
        raise _refusal(_("At most {most} photos: remove one first.").format(most=MOST_PHOTOS))
    there = set() if listing is None else {photo.digest for photo in listing.photos.all()}
    wanted: dict[str, None] = {}
    stored: list[Photo] = []
    try:
        for name in names:
            # One at a time in memory.
            digest, content = _found(name, there, source)
            if digest not in there and digest not in wanted:
                stored += _taken(name, content, dry_run=dry_run)
            wanted[digest] = None
    except DomainError:
        actions.drop_unused(stored)
        raise
    return Gallery(tuple(wanted), tuple(stored))


def hang(listing: Listing, gallery: Gallery, *, dry_run: bool) -> bool:
    """Let a locked listing have these photos and no others; whether anything differed.

    Raises Refused("changed_meanwhile") when a photo that it had before is gone.
    """
    there = {photo.digest: photo for photo in Photo.objects.filter(listing=listing)}
    if list(gallery.wanted) == list(there):
        return False
    if not dry_run:
        photos = {photo.digest: photo for photo in gallery.stored} | there
        if not photos.keys() >= set(gallery.wanted):
            message = _("This listing is being changed elsewhere at this moment. Import the file again.")
            raise Refused("changed_meanwhile", message)
        actions.hang_photos(listing=listing, photos=[photos[digest] for digest in gallery.wanted])
    return True


def _found(name: str, there: Collection[str], source: Source) -> tuple[str, bytes]:
    """The digest and, for a file that was sent, its content."""
    if not is_plain(name):
        raise _refusal(_("“{name}” is no name of a file.").format(name=name[:80]))
    content = source(name)
    if content is not None:
        return actions.digest_of(content), content
    start = name.removeprefix(KEPT)
    digest = next((one for one in there if name.startswith(KEPT) and len(start) >= 16 and one.startswith(start)), None)
    if digest is None:
        raise _refusal(_("“{name}” was not sent along.").format(name=name[:80]))
    return digest, b""


def _taken(name: str, content: bytes, *, dry_run: bool) -> list[Photo]:
    """The stored photo; of a dry run none, and the picture is opened all the same."""
    try:
        if not dry_run:
            return [actions.store_photo(content)]
        pictures.read_picture(io.BytesIO(content), max_bytes=PHOTO_BYTES, max_pixels=PHOTO_PIXELS)
        return []
    except DomainError as error:
        raise _refusal(f"{name[:80]}: {error.message}") from error


def _refusal(message: str) -> Invalid:
    return Invalid("photos", message, column=PHOTOS)
