import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from bikeens.accounts import photos


def picture(size=(400, 300), kind="JPEG", **options):
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 8, size[1]))
    out = io.BytesIO()
    image.save(out, kind, **options)
    return SimpleUploadedFile("me.jpg", out.getvalue(), "image/jpeg")


def put(client, file):
    return client.put("/api/me/photo", {"file": file}, format="multipart")


def files(settings):
    return sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def test_nobody_has_no_photo(api, db):
    assert put(api(None), picture()).status_code == 401
    assert api(None).delete("/api/me/photo").status_code == 401


def test_bobs_photo_is_its_middle_square_and_nothing_but_pixels(api, bob, settings):
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (43.0, 11.0, 2.5), 3: "E", 4: (3.0, 0.0, 15.0)})
    answer = put(api(bob), picture((800, 400), exif=exif))
    assert answer.status_code == 200
    bob.refresh_from_db()
    assert answer.json()["photo"] == bob.photo.url == f"/media/{bob.photo.name}"
    kept = Image.open(bob.photo.path)
    assert (kept.format, kept.size) == ("WEBP", (320, 320))
    assert not kept.getexif()
    red, _green, blue = kept.convert("RGB").getpixel((2, 160))
    assert blue > red
    assert files(settings) == [Path(bob.photo.name).name]
    assert api(None).get(f"/api/people/{bob.uuid}").json()["photo"] == bob.photo.url


def test_a_small_photo_is_not_enlarged(api, bob):
    put(api(bob), picture((120, 200)))
    bob.refresh_from_db()
    assert Image.open(bob.photo.path).size == (120, 120)


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 400, "photo_not_readable"),
        (b"GIF89a" + b"\x00" * 400, 400, "photo_not_readable"),
        (b"\xff\xd8\xff" + b"\x00" * photos.MAX_BYTES, 413, "photo_too_large"),
    ],
)
def test_what_is_no_photo_is_refused_and_the_old_one_stays(api, bob, settings, content, status, code):
    put(api(bob), picture())
    bob.refresh_from_db()
    before = bob.photo.name
    answer = put(api(bob), SimpleUploadedFile("me.jpg", content, "image/jpeg"))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["fields"]["file"][0]["code"] == code
    bob.refresh_from_db()
    assert bob.photo.name == before
    assert files(settings) == [Path(before).name]


def test_a_tiny_picture_is_refused(api, bob, settings):
    answer = put(api(bob), picture((1, 1), "PNG"))
    assert (answer.status_code, answer.json()["code"]) == (400, "photo_too_small")
    assert files(settings) == []


@pytest.mark.parametrize(
    ("body", "code"),
    [({}, "required"), ({"file": "text"}, "invalid"), ({"file": SimpleUploadedFile("me.jpg", b"")}, "empty")],
)
def test_a_request_without_a_file_is_refused(api, bob, body, code):
    answer = api(bob).put("/api/me/photo", body, format="multipart")
    assert answer.status_code == 400
    assert answer.json()["fields"]["file"][0]["code"] == code


def test_json_is_no_upload(api, bob):
    answer = api(bob).put("/api/me/photo", {"file": "data"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


def test_a_new_photo_replaces_the_old_file(api, bob, settings, django_capture_on_commit_callbacks):
    put(api(bob), picture())
    bob.refresh_from_db()
    first = bob.photo.name
    with django_capture_on_commit_callbacks(execute=True):
        put(api(bob), picture((500, 500)))
    bob.refresh_from_db()
    assert bob.photo.name != first
    assert files(settings) == [Path(bob.photo.name).name]


def test_a_photo_can_be_taken_away_twice(api, bob, settings, django_capture_on_commit_callbacks):
    put(api(bob), picture())
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            assert api(bob).delete("/api/me/photo").status_code == 204
    assert api(bob).get("/api/me").json()["photo"] is None
    assert files(settings) == []
