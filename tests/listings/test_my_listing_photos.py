"""POST /api/my/listings/{id}/photos, PUT …/photos/order, DELETE …/photos/{photo}."""

import io
import uuid
import zlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image
from rest_framework.test import APIClient

from bikeens.core.pictures import UNPACKING
from listings.models import Photo
from tests.factories import listings, pictures

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600"><script>alert(1)</script></svg>'


@pytest.fixture
def draft(alice):
    return listings.draft(alice, title="Gitane")


def url(listing, rest=""):
    return f"/api/my/listings/{listing.uuid}/photos{rest and '/'}{rest}"


def send(client, listing, content, name="IMG_2026.jpg", content_type="image/jpeg"):
    file = SimpleUploadedFile(name, content, content_type)
    return client.post(url(listing), {"file": file}, format="multipart")


def files(settings):
    root = Path(settings.MEDIA_ROOT)
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def test_a_phones_photo_is_kept_upright_at_four_widths_and_says_nothing_of_the_place(api, alice, draft, settings):
    original = pictures.phone_photo()
    assert len(original) > 2_000_000
    assert b"Fairphone" in original
    answer = send(api(alice), draft, original)

    assert answer.status_code == 201, answer.json()
    body = answer.json()
    assert (body["width"], body["height"], body["alt"]) == (1600, 2133, "Gitane")
    assert [size["width"] for size in body["sizes"]] == [320, 640, 960, 1600]
    for size in body["sizes"]:
        content = b"".join(api(None).get(size["url"]).streaming_content)
        image = Image.open(io.BytesIO(content))
        assert (image.format, image.width, round(image.height / image.width, 2)) == ("WEBP", size["width"], 1.33)
        red, green, blue = image.convert("RGB").getpixel((image.width // 2, image.height // 10))
        assert red > green + 50
        assert red > blue + 50
        assert not image.getexif()
        assert b"Fairphone" not in content
        assert b"EXIF" not in content
    assert len(files(settings)) == 4


def test_a_browser_may_keep_a_photo_for_ever(api, alice, draft):
    answer = api(None).get(send(api(alice), draft, pictures.plain()).json()["sizes"][0]["url"])

    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/webp"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    ("width", "widths"), [(200, [200]), (320, [320]), (800, [320, 640, 800]), (1601, [320, 640, 960, 1600])]
)
def test_a_photo_is_never_enlarged(api, alice, draft, width, widths):
    body = send(api(alice), draft, pictures.plain(width, 300)).json()

    assert [size["width"] for size in body["sizes"]] == widths
    assert body["width"] == widths[-1]


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "HEIF"])
def test_other_kinds_of_photos_are_taken_whatever_their_name(api, alice, draft, kind):
    answer = send(api(alice), draft, pictures.plain(format=kind), "photo.exe", "application/octet-stream")

    assert answer.status_code == 201


def test_a_print_shops_photo_is_taken(api, alice, draft):
    assert send(api(alice), draft, pictures.plain(mode="CMYK", colour=(0, 255, 255, 0))).status_code == 201


def animation():
    frames = [Image.new("RGB", (300, 300), colour) for colour in ("red", "blue")]
    return pictures.encoded(frames[0], format="WEBP", save_all=True, append_images=frames[1:])


def test_of_a_moving_picture_the_first_frame_is_kept(api, alice, draft, settings):
    assert send(api(alice), draft, animation()).status_code == 201
    image = Image.open(Path(settings.MEDIA_ROOT) / files(settings)[0])
    assert getattr(image, "n_frames", 1) == 1
    red, _, blue = image.convert("RGB").getpixel((150, 150))
    assert red > 250 > 5 > blue


def bomb():
    """A PNG of a few kilobytes that would unfold to 400 megapixels."""

    def chunk(kind, data):
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    header = (20_000).to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    pixels = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


UNFAIR = {
    "empty": (lambda: b"", 400, "photo_not_readable"),
    "text": (lambda: b"hello", 400, "photo_not_readable"),
    "only a header": (lambda: b"\xff\xd8\xff\xe0" + bytes(4000), 400, "photo_not_readable"),
    "PDF": (lambda: b"%PDF-1.7", 400, "photo_not_readable"),
    "SVG": (lambda: SVG, 400, "photo_not_readable"),
    "one dot": (lambda: pictures.plain(1, 1), 400, "photo_too_small"),
    "a sliver": (lambda: pictures.plain(3000, 199), 400, "photo_too_small"),
    "a ribbon": (lambda: pictures.plain(60_000, 200, format="PNG"), 400, "photo_too_small"),
    "truncated": (lambda: pictures.phone_photo()[:200_000], 400, "photo_not_readable"),
    "GIF": (lambda: pictures.plain(format="GIF"), 400, "photo_not_readable"),
    "a bomb": (bomb, 413, "photo_too_large"),
    "a byte over 15 MB": (lambda: bytes(15 * 1024 * 1024 + 1), 413, "photo_too_large"),
    "20 MB": (lambda: bytes(20 * 1024 * 1024), 413, "photo_too_large"),
}


@pytest.mark.parametrize("name", UNFAIR)
def test_what_is_no_fair_photo_is_refused(api, alice, draft, settings, name):
    content, status, code = UNFAIR[name]
    answer = send(api(alice), draft, content())

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert list(answer.json()["fields"]) == ["file"]
    assert Photo.objects.count() == 0
    assert files(settings) == []


def test_a_body_that_announces_itself_too_large_is_not_read(alice, draft):
    """By a browser's own client: looking for the CSRF token must not read the body either."""
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["csrftoken"] = token = "a" * 32
    said = {"CONTENT_LENGTH": str(200 * 1024 * 1024), "HTTP_X_CSRFTOKEN": token}
    answer = client.generic("POST", url(draft), b"--x", "multipart/form-data; boundary=x", **said)

    assert (answer.status_code, answer.json()["code"]) == (413, "photo_too_large")
    assert Photo.objects.count() == 0


def test_who_would_wait_long_for_another_picture_is_told_when_to_send_it_again(api, alice, draft, settings):
    """A picture that takes long to read must not keep every thread of the site waiting."""
    with UNPACKING:
        answer = send(api(alice), draft, pictures.plain())

    assert (answer.status_code, answer.json()["code"]) == (503, "photos_busy")
    assert (answer["Content-Type"], answer["Retry-After"]) == ("application/problem+json", "5")
    assert Photo.objects.count() == 0
    assert files(settings) == []
    assert send(api(alice), draft, pictures.plain()).status_code == 201


def test_a_request_without_a_file_is_refused(api, alice, draft):
    client = api(alice)

    assert list(client.post(url(draft), {}, format="multipart").json()["fields"]) == ["file"]
    assert client.post(url(draft), {"file": "text"}, format="multipart").status_code == 400
    assert client.post(url(draft), {"file": "x"}, format="json").status_code == 415
    assert Photo.objects.count() == 0


def test_the_same_file_twice_is_one_photo(api, alice, draft, settings):
    first = send(api(alice), draft, pictures.plain())
    again = send(api(alice), draft, pictures.plain())

    assert again.json() == first.json()
    assert Photo.objects.count() == 1
    assert len(files(settings)) == 3


def test_twelve_photos_are_enough(api, alice, draft, settings):
    for position in range(12):
        listings.photo(draft, position=position)
    answer = send(api(alice), draft, pictures.plain())

    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_photos")
    assert Photo.objects.count() == 12
    assert files(settings) == []


def test_photos_come_in_the_order_asked_for_the_cover_first(api, alice, draft):
    one, two, three = (listings.photo(draft, position=position) for position in range(3))
    order = [str(photo.uuid) for photo in (three, one, two)]
    answer = api(alice).put(url(draft, "order"), {"ids": order})

    assert answer.status_code == 200
    assert [photo["id"] for photo in answer.json()] == order
    body = api(alice).get(f"/api/my/listings/{draft.uuid}").json()
    assert [photo["id"] for photo in body["photos"]] == order
    check_constraints()


def test_an_order_names_each_photo_once(api, alice, draft):
    one, two = (listings.photo(draft, position=position) for position in range(2))
    strange = listings.photo(listings.draft(alice))
    for ids in ([one], [one, one], [one, two, two], [one, strange], []):
        answer = api(alice).put(url(draft, "order"), {"ids": [str(photo.uuid) for photo in ids]})
        assert (answer.status_code, list(answer.json()["fields"])) == (400, ["ids"])
    assert api(alice).put(url(draft, "order"), {"ids": ["1"]}).status_code == 400
    assert list(Photo.objects.filter(listing=draft)) == [one, two]


def test_a_removed_photos_files_go_and_the_next_becomes_the_cover(
    api, alice, draft, settings, django_capture_on_commit_callbacks
):
    client = api(alice)
    first = send(client, draft, pictures.plain(colour="red")).json()
    second = send(client, draft, pictures.plain(colour="blue")).json()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.delete(url(draft, first["id"])).status_code == 204

    photo = Photo.objects.get()
    assert (str(photo.uuid), photo.position) == (second["id"], 0)
    assert files(settings) == sorted(photo.files())
    check_constraints()
    assert client.delete(url(draft, first["id"])).status_code == 404


def test_files_that_other_photos_share_stay(api, alice, draft, settings, django_capture_on_commit_callbacks):
    made = send(api(alice), draft, pictures.plain()).json()
    shared = Photo.objects.get()
    other = listings.photo(listings.draft(alice))
    Photo.objects.filter(pk=other.pk).update(key=shared.key)
    with django_capture_on_commit_callbacks(execute=True):
        api(alice).delete(url(draft, made["id"]))

    assert len(files(settings)) == 3


def test_a_deleted_drafts_files_go(api, alice, draft, settings, django_capture_on_commit_callbacks):
    send(api(alice), draft, pictures.plain())
    with django_capture_on_commit_callbacks(execute=True):
        api(alice).delete(f"/api/my/listings/{draft.uuid}")

    assert Photo.objects.count() == 0
    assert files(settings) == []


def test_a_published_listing_keeps_its_last_photo(api, alice):
    listing = listings.listing(alice, photos=1)
    photo = Photo.objects.get()
    answer = api(alice).delete(url(listing, str(photo.uuid)))

    assert (answer.status_code, answer.json()["code"]) == (409, "last_photo")
    assert Photo.objects.get() == photo


def test_only_the_owner_touches_photos(api, alice, bob, settings):
    listing = listings.listing(alice)
    photos = list(Photo.objects.all())
    order = {"ids": [str(photo.uuid) for photo in reversed(photos)]}

    for person, status in ((bob, 404), (None, 401)):
        client = api(person)
        assert send(client, listing, pictures.plain()).status_code == status
        assert client.put(url(listing, "order"), order).status_code == status
        assert client.delete(url(listing, str(photos[0].uuid))).status_code == status
    assert list(Photo.objects.all()) == photos
    assert files(settings) == []


def test_anothers_photo_or_an_unknown_one_is_not_there(api, alice, bob, draft):
    theirs = listings.photo(listings.draft(bob))

    assert api(alice).delete(url(draft, str(theirs.uuid))).status_code == 404
    assert api(alice).delete(url(draft, str(uuid.uuid4()))).status_code == 404
    assert Photo.objects.get() == theirs


def test_media_outside_the_folder_is_not_there(api, db):
    for path in ("../settings.py", "..%2f..%2fsettings.py", "listings", "", "listings/nothing.webp"):
        assert api(None).get(f"/media/{path}").status_code in (404, 301)


def check_constraints():
    """Deferred constraints speak at commit, which a test never reaches."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
