"""Photos that come along with a file of listings: from a folder, one by one, or in an archive read with suspicion."""

import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from bikeens.core.errors import Invalid, TooLarge
from listings.limits import IMPORT_PHOTOS, IMPORT_PHOTOS_BYTES, PHOTO_BYTES
from listings.models import Photo

# A photo's content by its name in the file, or None.
Source = Callable[[str], bytes | None]

KEPT = "sha256-"
ARCHIVE, ENTRY = b"PK\x03\x04", b"PK\x01\x02"
# What systems put into archives by themselves.
LITTER = ("__macosx/", ".", "thumbs.db", "desktop.ini")
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)


def key_of(name: str) -> str:
    """Names that differ in case or in how an accent is put together are one."""
    return unicodedata.normalize("NFC", name.strip()).casefold()


def name_of(photo: Photo) -> str:
    """What an export calls a photo, whose file name nobody kept: the beginning of its digest."""
    return f"{KEPT}{photo.digest[:16]}"


def is_plain(name: str) -> bool:
    """The name of a file and nothing more: no folder, no drive, no way up."""
    # Folding may make three letters of one.
    short = name != "" and len(key_of(name)) <= 200
    return short and not any(letter in name for letter in "/\\:\0") and name.strip(". ") != ""


def nothing(name: str) -> bytes | None:
    return None


def of_folder(folder: Path) -> Source:
    """The files that lie in it; those below and those that a link leads to are left aside."""
    files = {key_of(path.name): path for path in folder.iterdir() if path.is_file() and not path.is_symlink()}

    def read(name: str) -> bytes | None:
        path = files.get(key_of(name))
        if path is None:
            return None
        with path.open("rb") as file:
            return file.read(PHOTO_BYTES + 1)

    return read


def received(files: Iterable[tuple[str, BinaryIO]]) -> dict[str, bytes]:
    """The photos among uploads, archives unpacked, by folded name.

    Raises Invalid or TooLarge, with `photos`, for too many, too much, the same name twice, and an unfair archive.
    """
    found: dict[str, bytes] = {}
    room = IMPORT_PHOTOS_BYTES
    for name, file in files:
        content = file.read(IMPORT_PHOTOS_BYTES + 1)
        # Counted before it is opened: each entry costs hundreds of bytes of memory, however empty it is.
        if len(content) > IMPORT_PHOTOS_BYTES or content.count(ENTRY) > 2 * IMPORT_PHOTOS:
            raise _too_much()
        parts = _unpacked(file, room) if content.startswith(ARCHIVE) else {name: content}
        for part, data in parts.items():
            room -= len(data)
            if room < 0 or len(found) >= IMPORT_PHOTOS:
                raise _too_much()
            key = key_of(part)
            if not is_plain(part):
                raise _unfair(part, _("a photo's name has no folders in it"))
            if key in found:
                raise _unfair(part, _("two photos have this name"))
            found[key] = data
    return found


def _unpacked(file: BinaryIO, room: int) -> Mapping[str, bytes]:
    """What is in an archive. No name of it ever becomes a path: only the last part is kept, as a key."""
    found: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(file) as archive:
            for entry in archive.infolist():
                name = _fair(entry)
                if name is None:
                    continue
                # What the archive says of its sizes is not believed: reading stops where the room ends.
                with archive.open(entry) as stream:
                    content = stream.read(min(room, PHOTO_BYTES) + 1)
                room -= len(content)
                if room < 0 or len(content) > PHOTO_BYTES:
                    raise _too_much()
                if content.startswith(ARCHIVE):
                    raise _unfair(entry.filename, _("an archive in an archive is not opened"))
                if name in found:
                    raise _unfair(entry.filename, _("two photos have this name"))
                found[name] = content
    except BROKEN as error:
        message = _("This archive is damaged, or of a kind we can't open.")
        raise Invalid("archive_not_readable", message, fields={"photos": message}) from error
    return found


def _fair(entry: zipfile.ZipInfo) -> str | None:
    """The photo's name; None for a folder and for litter. Raises Invalid for what an honest archive has not."""
    parts = entry.filename.split("/")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if ".." in parts or entry.filename.startswith("/") or not all(is_plain(part) for part in parts if part):
        raise _unfair(entry.filename, _("its path leads out of the archive"))
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise _unfair(entry.filename, _("links are not followed"))
    if entry.flag_bits & 1:
        raise _unfair(entry.filename, _("it is locked by a password"))
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotImplementedError
    if entry.is_dir() or entry.filename.lower().startswith(LITTER) or parts[-1].lower().startswith(LITTER):
        return None
    return parts[-1]


def _unfair(name: str, why: str) -> Invalid:
    message = _("The photo “{name}” can't be taken: {why}.").format(name=name[:80], why=why)
    return Invalid("photos_unfair", message, fields={"photos": message})


def _too_much() -> TooLarge:
    message = _("These are too many photos: at most {most}, {megabytes} MB together and {one} MB each.").format(
        most=IMPORT_PHOTOS, megabytes=IMPORT_PHOTOS_BYTES // 1024**2, one=PHOTO_BYTES // 1024**2
    )
    return TooLarge("photos_too_large", message, fields={"photos": message})
