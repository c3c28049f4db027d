"""The photos that a row names, in its order, by the same actions as an upload."""

import hashlib
import io
from collections.abc import Sequence

from django.utils.translation import gettext as _

from bikeens.core import files, pictures
from bikeens.core.errors import DomainError, Invalid
from listings import actions
from listings.limits import MOST_PHOTOS, PHOTO_BYTES, PHOTO_PIXELS
from listings.models import Listing, Photo
from listings.trade.columns import PHOTOS
from listings.trade.photos import KEPT, Source, is_plain


class Kept:
    """The files written for a row, to be taken back when the row is."""

    def __init__(self) -> None:
        self.files: list[str] = []

    def forget(self) -> None:
        files.delete(self.files)


def hang(listing: Listing, names: Sequence[str], source: Source, kept: Kept, *, dry_run: bool) -> bool:
    """Let the listing have these photos and no others, the cover first; whether anything differed.

    A name is that of a file sent along, or what an export calls a photo that the listing has. A dry run opens each
    picture and writes none. Raises DomainError with `column` and the name of the photo at fault.
    """
    if len(names) > MOST_PHOTOS:
        raise _refusal(_("At most {most} photos: remove one first.").format(most=MOST_PHOTOS))
    there = {photo.digest: photo for photo in Photo.objects.filter(listing=listing)}
    found = [_found(name, there, source) for name in names]
    wanted = dict.fromkeys(digest for digest, _content in found)
    if list(wanted) == list(there):
        return False
    contents = {digest: (name, content) for name, (digest, content) in zip(names, found, strict=True)}
    if dry_run:
        for digest, (name, content) in contents.items():
            if digest not in there:
                _look_at(name, content)
        return True
    obsolete = [photo for digest, photo in there.items() if digest not in wanted]
    # The last one of a published listing waits until another hangs.
    while obsolete and len(there) > 1:
        photo = obsolete.pop()
        del there[photo.digest]
        actions.remove_photo(photo=photo)
    for digest, (name, content) in contents.items():
        if digest not in there:
            there[digest] = _added(listing, name, content, kept)
    for photo in obsolete:
        actions.remove_photo(photo=photo)
    actions.reorder_photos(listing=listing, order=[there[digest].uuid for digest in wanted])
    return True


def _found(name: str, there: dict[str, Photo], source: Source) -> tuple[str, bytes]:
    """The digest and, for a file that was sent, its content."""
    if not is_plain(name):
        raise _refusal(_("“{name}” is no name of a file.").format(name=name[:80]))
    content = source(name)
    if content is not None:
        return hashlib.sha256(content).hexdigest(), content
    start = name.removeprefix(KEPT)
    digest = next((one for one in there if name.startswith(KEPT) and len(start) >= 16 and one.startswith(start)), None)
    if digest is None:
        raise _refusal(_("“{name}” was not sent along.").format(name=name[:80]))
    return digest, b""


def _added(listing: Listing, name: str, content: bytes, kept: Kept) -> Photo:
    try:
        photo = actions.add_photo(listing=listing, file=io.BytesIO(content))
    except DomainError as error:
        raise _refusal(f"{name[:80]}: {error.message}") from error
    kept.files += photo.files()
    return photo


def _look_at(name: str, content: bytes) -> None:
    try:
        pictures.read_picture(io.BytesIO(content), max_bytes=PHOTO_BYTES, max_pixels=PHOTO_PIXELS)
    except DomainError as error:
        raise _refusal(f"{name[:80]}: {error.message}") from error


def _refusal(message: str) -> Invalid:
    return Invalid("photos", message, column=PHOTOS)
