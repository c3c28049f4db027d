"""Files that no photo has, and races between uploads and between publications."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connection

from bikeens.core.errors import Refused
from listings import actions
from listings.models import Listing, OwnerPlace, Photo
from listings.tasks import sweep_photo_files
from tests.factories import listings, people, pictures


@pytest.fixture
def folder(settings):
    path = Path(settings.MEDIA_ROOT) / "listings"
    path.mkdir(parents=True)
    return path


def age(path, days):
    then = time.time() - days * 86_400
    os.utime(path, (then, then))


def test_files_without_a_photo_go_after_a_day(alice, folder):
    photo = actions.add_photo(listing=listings.draft(alice), file=BytesIO(pictures.plain()))
    for name in ("old-320.webp", "new-320.webp"):
        (folder / name).write_bytes(b"x")
    for path in folder.iterdir():
        age(path, 2)
    age(folder / "new-320.webp", 0.9)
    sweep_photo_files(timestamp=0)

    kept = {Path(name).name for name in photo.files()}
    assert {path.name for path in folder.iterdir()} == kept | {"new-320.webp"}


def test_a_night_without_any_photo_is_quiet(db):
    assert actions.sweep_photo_files() == 0


def in_threads(calls):
    def run(call):
        try:
            return call()
        except Refused as error:
            return error.code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(run, calls))


def test_eight_uploads_at_once_leave_twelve_photos(commits, settings):
    draft = listings.draft(people.alice())
    for position in range(8):
        listings.photo(draft, position=position)
    uploads = [pictures.plain(300, 300, colour=(shade, 90, 90)) for shade in range(0, 240, 30)]
    answers = in_threads(partial(actions.add_photo, listing=draft, file=BytesIO(upload)) for upload in uploads)

    assert answers.count("too_many_photos") == 4
    assert list(Photo.objects.values_list("position", flat=True)) == list(range(12))
    assert len(list((Path(settings.MEDIA_ROOT) / "listings").iterdir())) == 4


def test_one_file_sent_eight_times_at_once_is_one_photo(commits):
    draft = listings.draft(people.alice())
    upload = pictures.plain()
    answers = in_threads(partial(actions.add_photo, listing=draft, file=BytesIO(upload)) for _ in range(8))

    assert set(answers) == {Photo.objects.get()}


def test_eight_listings_of_one_door_published_at_once_have_one_place(commits):
    alice = people.alice()
    made = [listings.listing(alice, photos=1) for _ in range(8)]
    Listing.objects.update(status="draft", published_at=None, place=None, public_point=None)
    OwnerPlace.objects.all().delete()
    answers = in_threads(partial(actions.publish_listing, listing=listing) for listing in made)

    assert {listing.status for listing in answers} == {"published"}
    assert len({listing.public_point for listing in answers}) == 1
    assert OwnerPlace.objects.count() == 1
