"""Photos in a bucket: the same addresses of the API against a real S3-compatible server."""

import io
import urllib.request
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from bikeens.accounts import photos as people_photos
from bikeens.core import files
from listings import actions
from listings.models import Photo
from tests import s3
from tests.factories import listings, pictures


@pytest.fixture(scope="module")
def server():
    with s3.running() as server:
        yield server


@pytest.fixture
def bucket(server, settings):
    """The server's bucket, empty, as the place where the site keeps its photos."""
    server.empty()
    settings.STORAGES = server.storages()
    return server


@pytest.fixture
def dead(settings):
    """The site's storage is a server that has gone."""
    with s3.running() as server:
        settings.STORAGES = server.storages()
    return server


@pytest.fixture
def draft(alice):
    return listings.draft(alice, title="Gitane")


def send(client, listing, content):
    file = SimpleUploadedFile("IMG_1.jpg", content, "image/jpeg")
    return client.post(f"/api/my/listings/{listing.uuid}/photos", {"file": file}, format="multipart")


def read(url):
    with urllib.request.urlopen(url, timeout=5) as answer:
        return answer.read(), answer.headers


def test_a_photo_is_read_at_its_public_address_and_kept_for_ever(api, alice, draft, bucket, settings):
    body = send(api(alice), draft, pictures.phone_photo(1200, 900)).json()

    assert [size["width"] for size in body["sizes"]] == [320, 640, 900]
    assert sorted(bucket.names()) == sorted(Photo.objects.get().files())
    for size in body["sizes"]:
        assert size["url"].startswith(f"{bucket.address}/photos/listings/")
        assert "?" not in size["url"]
        content, headers = read(size["url"])
        image = Image.open(io.BytesIO(content))
        assert (image.format, image.width) == ("WEBP", size["width"])
        assert not image.getexif()
        assert headers["Content-Type"] == "image/webp"
        assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not Path(settings.MEDIA_ROOT).exists()


def test_photos_are_put_in_order_and_removed(api, alice, draft, bucket, django_capture_on_commit_callbacks):
    client, page = api(alice), f"/api/my/listings/{draft.uuid}/photos"
    first, second = (send(client, draft, pictures.plain(colour=colour)).json()["id"] for colour in ("red", "blue"))
    assert len(bucket.names()) == 6
    assert client.put(f"{page}/order", {"ids": [second, first]}).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert client.delete(f"{page}/{second}").status_code == 204

    kept = Photo.objects.get()
    assert (str(kept.uuid), kept.position) == (first, 0)
    assert sorted(bucket.names()) == sorted(kept.files())


def test_the_same_file_twice_is_stored_once(api, alice, draft, bucket):
    first, again = (send(api(alice), draft, pictures.plain()).json() for _ in range(2))
    assert first == again
    assert len(bucket.names()) == 3


def test_a_refused_picture_leaves_nothing_in_the_bucket(api, alice, draft, bucket):
    assert send(api(alice), draft, b"<svg/>").status_code == 400
    for position in range(12):
        listings.photo(draft, position=position)
    assert send(api(alice), draft, pictures.plain()).json()["code"] == "too_many_photos"
    assert bucket.names() == []


def test_orphans_are_swept_and_what_is_young_or_kept_stays(alice, draft, bucket, monkeypatch):
    photo = actions.add_photo(listing=draft, file=io.BytesIO(pictures.plain()))
    files.save({"listings/orphan-320.webp": b"x", "people/orphan.webp": b"x"})
    people_photos.set_photo(person=alice, file=io.BytesIO(pictures.plain()))
    assert (actions.sweep_photo_files(), people_photos.sweep_photos()) == (0, 0)
    monkeypatch.setattr(files, "GRACE", timedelta(days=-1))
    assert (actions.sweep_photo_files(), people_photos.sweep_photos()) == (1, 1)
    assert sorted(bucket.names()) == sorted([*photo.files(), alice.photo.name])


def test_an_empty_bucket_is_swept_quietly(db, bucket):
    assert (actions.sweep_photo_files(), people_photos.sweep_photos()) == (0, 0)


def test_a_persons_photo_lies_there_too(api, bob, bucket, django_capture_on_commit_callbacks):
    client = api(bob)
    for colour in ("red", "blue"):
        file = SimpleUploadedFile("me.jpg", pictures.plain(colour=colour), "image/jpeg")
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.put("/api/me/photo", {"file": file}, format="multipart")
    bob.refresh_from_db()
    assert bucket.names() == [bob.photo.name]
    assert answer.json()["photo"] == f"{bucket.address}/photos/{bob.photo.name}"
    assert read(answer.json()["photo"])[1]["Content-Type"] == "image/webp"
    with django_capture_on_commit_callbacks(execute=True):
        assert client.delete("/api/me/photo").status_code == 204
    assert bucket.names() == []


def test_a_storage_that_is_away_is_a_clear_answer_and_nothing_is_half_written(api, alice, draft, dead):
    answer = send(api(alice), draft, pictures.plain())

    assert (answer.status_code, answer.json()["code"]) == (503, "storage_unreachable")
    assert answer["Content-Type"] == "application/problem+json"
    assert "try again" in answer.json()["detail"]
    assert Photo.objects.count() == 0
    file = SimpleUploadedFile("me.jpg", pictures.plain(), "image/jpeg")
    assert api(alice).put("/api/me/photo", {"file": file}, format="multipart").status_code == 503
    alice.refresh_from_db()
    assert not alice.photo


def test_a_photo_can_be_removed_while_the_storage_is_away(
    api, alice, draft, dead, django_capture_on_commit_callbacks, caplog
):
    photo = listings.photo(draft)
    with django_capture_on_commit_callbacks(execute=True):
        answer = api(alice).delete(f"/api/my/listings/{draft.uuid}/photos/{photo.uuid}")
    assert answer.status_code == 204
    assert Photo.objects.count() == 0
    assert "could not be deleted" in caplog.text


def test_a_sweep_says_that_the_storage_is_away(db, dead):
    with pytest.raises(OSError, match=dead.address):
        actions.sweep_photo_files()


def test_the_network_is_never_waited_for_inside_a_transaction(commits, bucket, monkeypatch):
    """Rows of a listing stay locked for as long as its transaction lasts."""
    draft = listings.draft()
    seen = []
    methods = {name: getattr(files.default_storage, name) for name in ("save", "delete")}

    def watched(call):
        def run(*args, **options):
            seen.append(connection.in_atomic_block)
            return call(*args, **options)

        return run

    for name, call in methods.items():
        monkeypatch.setattr(files.default_storage._wrapped, name, watched(call))
    photo = actions.add_photo(listing=draft, file=io.BytesIO(pictures.plain()))
    actions.remove_photo(photo=photo)
    people_photos.set_photo(person=draft.owner, file=io.BytesIO(pictures.plain()))
    people_photos.set_photo(person=draft.owner, file=io.BytesIO(pictures.plain(colour="red")))
    assert seen == [False] * 9
