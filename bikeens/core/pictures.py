"""Pictures that people upload: read with suspicion, given back as plain pixels and nothing else."""

import io
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps
from pillow_heif import register_heif_opener

from bikeens.core.errors import Busy, Invalid, TooLarge

register_heif_opener()

# Only these decoders ever see a stranger's bytes. A phone's JPEG with a second picture inside opens as MPO.
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
LONGEST_SIDE = 2560
SRGB = ImageCms.createProfile("sRGB")
# A progressive JPEG has about ten scans. Each costs a pass over all pixels: twelve of the largest picture take half a
# second.
MOST_SCANS, MOST_SCANNED_PIXELS = 100, 720_000_000
# A camera writes some tens of segments; millions of empty ones would keep a decoder busy for seconds.
MOST_SEGMENTS = 1000
# What begins a segment, or ends the picture. Decoders skip whatever else stands between segments and in a scan.
_MARKER = re.compile(rb"\xff([\xc0-\xcf\xd8-\xfe])")
_JPEG, _SCAN, _END = b"\xff\xd8", b"\xda", b"\xd9"
# Unpacked, the largest picture takes 560 MB, a phone's a tenth of a second: one at a time in each process. Who waits
# longer for it keeps a thread from everybody else.
UNPACKING = threading.Lock()
LONGEST_WAIT_S = 1.0


def read_picture(file: BinaryIO, *, max_bytes: int, max_pixels: int, min_side: int = 200) -> Image.Image:
    """The picture as RGB pixels: upright, in sRGB, on white, at most `LONGEST_SIDE` long, without any metadata.

    Of a moving picture its first frame. Raises TooLarge photo_too_large (bytes or pixels), Invalid photo_not_readable
    (no picture, damaged, a kind we don't take), Invalid photo_too_small (a side under `min_side` pixels, as sent
    or once the longer one is `LONGEST_SIDE`), Busy photos_busy.
    """
    content = file.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise _too_large(_("This picture is too large: at most {megabytes} MB.").format(megabytes=max_bytes // 1024**2))
    image = _opened(content, max_pixels)
    if min(image.size) < min_side:
        message = _("This picture is too small: each side needs {pixels} pixels or more.").format(pixels=min_side)
        raise _too_small(message, _("Choose a larger picture."))
    if min(image.size) * LONGEST_SIDE < min_side * max(image.size):
        message = _("This picture is too narrow: brought down to {most} pixels, a side has fewer than {pixels}.")
        raise _too_small(message.format(most=LONGEST_SIDE, pixels=min_side), _("Choose a wider picture."))
    try:
        with _alone():
            # Lets the JPEG decoder skip detail that would be thrown away: 50 megapixels take a fifth of the time.
            image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
            image.load()
            if image.mode in ("P", "PA", "1"):
                # Neither sizes nor colour profiles can be computed with the numbers of a palette.
                image = image.convert("RGBA" if image.has_transparency_data else "RGB")
            # Small first, upright then: the other way round the largest pictures would be there twice.
            image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return _plain(ImageOps.exif_transpose(image))
    except Busy:
        raise
    except Exception as error:
        raise _not_readable() from error


def webp(image: Image.Image, width: int) -> bytes:
    """The picture as WebP, `width` pixels wide or as wide as it is, never enlarged."""
    if image.width > width:
        height = max(1, round(image.height * width / image.width))
        image = image.resize((width, height), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, "WEBP", quality=80, method=4)
    return out.getvalue()


def _opened(content: bytes, max_pixels: int) -> Image.Image:
    """The picture with its header read and not a pixel decoded."""
    scans = _scans_of(content) if content.startswith(_JPEG) else 0
    try:
        image = Image.open(io.BytesIO(content), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels(max_pixels) from error
    # Decoders raise whatever a broken file makes them stumble over: struct.error, KeyError, OverflowError …
    except Exception as error:
        raise _not_readable() from error
    if image.width * image.height > max_pixels:
        raise _too_many_pixels(max_pixels)
    if scans * image.width * image.height > MOST_SCANNED_PIXELS:
        raise _not_readable()
    return image


def _scans_of(jpeg: bytes) -> int:
    """How many scans there are up to the picture's end: phones append films and further pictures behind it.

    Raises Invalid photo_not_readable for too many scans or segments.
    """
    scans, at = 0, len(_JPEG)
    for _segment in range(MOST_SEGMENTS):
        marker = _MARKER.search(jpeg, at)
        if marker is None or marker[1] == _END:
            return scans
        scans += marker[1] == _SCAN
        length = int.from_bytes(jpeg[marker.end() : marker.end() + 2], "big")
        if length < 2 or scans > MOST_SCANS:
            break
        at = marker.end() + length
    raise _not_readable()


@contextmanager
def _alone() -> Iterator[None]:
    """One at a time in this process. Raises Busy photos_busy."""
    if not UNPACKING.acquire(timeout=LONGEST_WAIT_S):
        raise Busy("photos_busy", _("Many pictures are arriving at the moment. Please try again in a few seconds."))
    try:
        yield
    finally:
        UNPACKING.release()


def _plain(image: Image.Image) -> Image.Image:
    """New RGB pixels: colours brought to sRGB, transparency on white, nothing of the file's info kept."""
    if image.mode.startswith("I"):
        # 16 bits of grey: keep the upper eight.
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
    profile = image.info.get("icc_profile")
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    if alpha is not None:
        image = image.convert("RGB")
    if profile:
        image = _in_srgb(image, profile)
    plain = Image.new("RGB", image.size, "white")
    plain.paste(image.convert("RGB"), mask=alpha)
    return plain


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Colours as the camera meant them; a profile that is broken or of another colour model is left aside."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, source, SRGB, outputMode="RGB") or image
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


def _not_readable() -> Invalid:
    message = _("This file can't be read as a picture. Choose a JPEG, PNG, WebP or HEIC photo.")
    return Invalid("photo_not_readable", message, fields={"file": message})


def _too_small(message: str, advice: str) -> Invalid:
    return Invalid("photo_too_small", message, fields={"file": advice})


def _too_many_pixels(most: int) -> TooLarge:
    message = _("This picture is too large: at most {megapixels} megapixels.")
    return _too_large(message.format(megapixels=most // 1_000_000))


def _too_large(message: str) -> TooLarge:
    return TooLarge("photo_too_large", message, fields={"file": message})
