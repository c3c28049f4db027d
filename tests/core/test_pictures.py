"""What strangers upload: every hostile file is refused by name, every honest one comes back as plain pixels."""

import io
import struct
import zlib
from contextlib import suppress

import pytest
from PIL import Image, ImageCms

from bikeens.core.errors import DomainError
from bikeens.core.pictures import read_picture, webp

LIMITS = {"max_bytes": 2 * 1024**2, "max_pixels": 30_000_000}


def file_of(image, kind="JPEG", **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return io.BytesIO(out.getvalue())


def refusal(file, **limits):
    with pytest.raises(DomainError) as caught:
        read_picture(file, **LIMITS | limits)
    return caught.value.code, caught.value.answer_status


def two_halves(mode="RGB", left="red", right="blue"):
    image = Image.new(mode, (400, 300), right)
    image.paste(left, (0, 0, 200, 300))
    return image


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_photo_of_each_kind_is_taken(kind):
    picture = read_picture(file_of(two_halves(), kind, quality=95), **LIMITS)
    assert (picture.mode, picture.size) == ("RGB", (400, 300))
    red, _, blue = picture.getpixel((50, 150))
    assert red > 200 > 60 > blue


def test_a_photo_taken_sideways_is_put_upright_and_says_no_more_where_it_was_taken():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Camera"
    exif.get_ifd(0x8825).update({1: "N", 2: (43.0, 11.0, 2.5), 3: "E", 4: (3.0, 0.0, 15.0)})
    picture = read_picture(file_of(two_halves(), exif=exif, comment=b"at home"), **LIMITS)
    assert picture.size == (300, 400)
    assert picture.getpixel((150, 50))[0] > 200
    assert picture.info == {}
    again = Image.open(io.BytesIO(webp(picture, 100)))
    assert (again.format, again.size) == ("WEBP", (100, 133))
    assert not again.getexif()
    assert b"Camera" not in webp(picture, 100)


@pytest.mark.parametrize("mode", ["CMYK", "L", "LA", "P", "RGBA", "1", "I;16"])
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_every_colour_model_becomes_rgb(mode, kind):
    try:
        file = file_of(Image.new(mode, (300, 300)), kind)
    except OSError:
        return
    assert read_picture(file, **LIMITS).mode == "RGB"


def test_what_is_transparent_becomes_white():
    image = Image.new("RGBA", (300, 300), (255, 0, 0, 0))
    assert read_picture(file_of(image, "PNG"), **LIMITS).getpixel((9, 9)) == (255, 255, 255)


def test_sixteen_bits_of_grey_keep_their_tone():
    image = Image.new("I;16", (300, 300), 32768)
    assert read_picture(file_of(image, "PNG"), **LIMITS).getpixel((9, 9)) == (128, 128, 128)


def test_a_colour_profile_is_applied_and_a_broken_one_left_aside():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for embedded in (profile, b"no profile"):
        picture = read_picture(file_of(two_halves(), icc_profile=embedded), **LIMITS)
        assert picture.getpixel((50, 50))[0] > 250
        assert picture.info == {}


def test_a_large_photo_is_brought_down_to_what_is_kept():
    picture = read_picture(file_of(Image.new("RGB", (6000, 4000))), **LIMITS)
    assert picture.size == (2560, 1707)


def test_a_picture_is_never_enlarged():
    assert Image.open(io.BytesIO(webp(two_halves(), 4000))).size == (400, 300)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="300" height="300"/></svg>'


@pytest.mark.parametrize("content", [b"", b"\x00" * 5000, b"GIF89a", SVG, b"<html>", b"%PDF-1.7", b"\xff\xd8\xff\xe0"])
def test_what_is_no_photo_is_refused(content):
    assert refusal(io.BytesIO(content)) == ("photo_not_readable", 400)


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "ICO"])
def test_other_kinds_of_pictures_are_refused(kind):
    assert refusal(file_of(two_halves(), kind)) == ("photo_not_readable", 400)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_moving_picture_is_refused(kind):
    frames = [Image.new("RGB", (300, 300), colour) for colour in ("red", "blue", "green")]
    file = file_of(frames[0], kind, save_all=True, append_images=frames[1:])
    assert refusal(file) == ("photo_not_readable", 400)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_truncated_photo_is_refused(kind):
    noise = Image.effect_noise((400, 300), 80).convert("RGB")
    content = file_of(noise, kind).getvalue()
    assert refusal(io.BytesIO(content[: len(content) // 2])) == ("photo_not_readable", 400)


def test_every_cut_and_every_flipped_byte_is_a_refusal_and_never_a_crash():
    content = file_of(two_halves(), "PNG").getvalue()
    for at in range(0, len(content), 7):
        for broken in (content[:at], content[:at] + bytes([content[at] ^ 255]) + content[at + 1 :]):
            with suppress(DomainError):
                read_picture(io.BytesIO(broken), **LIMITS)


def test_a_file_of_too_many_bytes_is_refused():
    content = file_of(two_halves()).getvalue()
    assert refusal(io.BytesIO(content), max_bytes=len(content) - 1) == ("photo_too_large", 413)


@pytest.mark.parametrize("side", [6000, 12_000, 40_000])
def test_a_small_file_of_too_many_pixels_is_refused_before_it_is_unpacked(side):
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\x00" * 100_000)
    chunks = [(b"IHDR", header), (b"IDAT", rows), (b"IEND", b"")]
    bomb = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )
    assert refusal(io.BytesIO(bomb)) == ("photo_too_large", 413)


@pytest.mark.parametrize("size", [(1, 1), (199, 400), (400, 199)])
def test_a_picture_too_small_to_show_is_refused(size):
    assert refusal(file_of(Image.new("RGB", size), "PNG")) == ("photo_too_small", 400)
