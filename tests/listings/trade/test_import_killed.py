"""A worker or a command killed in the middle of a row, as a machine kills it: nothing half done, a second run ends it.

The test holds the row's listing, so that whoever comes to it waits there: the row's photos are stored by then and its
transaction is open.
"""

import os
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from procrastinate.contrib.django import app as jobs

from listings import actions
from listings.models import Import, ImportLine, Listing, Photo
from tests import database
from tests.factories import listings, people, pictures
from tests.listings.trade.locks import held
from tests.listings.trade.test_my_imports import send, url

HEADER = "reference,title,photos\n"
ROWS = HEADER + "".join(f"R{number},Bike {number},{'a.jpg; b.jpg' if number == 3 else ''}\n" for number in range(6))
PHOTOS = {"a.jpg": pictures.plain(400, 300), "b.jpg": pictures.plain(400, 300, "red")}


@pytest.fixture
def bike(commits):
    return listings.listing(people.alice(), reference="R3", title="As it was", photos=1, status="paused")


def killed_at(listing, *command):
    """Run a command of manage.py until it waits for the listing, and kill it there."""
    environment = database.environment() | {"BIKEENS_DATA_DIR": str(settings.MEDIA_ROOT.parent)}
    with held(listing) as lock:
        process = subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            waiting = lock.until_waiting(1)
        finally:
            process.kill()
            process.wait()
        lock.free()
        lock.until_gone(waiting)


def stored():
    return sorted(settings.MEDIA_ROOT.rglob("*.webp"))


def titles():
    return dict(Listing.objects.values_list("reference", "title"))


def check_half_way(bike):
    """Three rows are whole, the fourth is not begun, its photos' files wait for the sweep."""
    assert titles() == {"R0": "Bike 0", "R1": "Bike 1", "R2": "Bike 2", "R3": "As it was"}
    assert list(Photo.objects.values_list("listing", flat=True)) == [bike.pk]
    assert len(stored()) == 4


def check_whole(bike):
    assert titles() == {f"R{number}": f"Bike {number}" for number in range(6)}
    photos = list(Photo.objects.filter(listing=bike))
    assert [photo.digest for photo in photos] == [actions.digest_of(content) for content in PHOTOS.values()]
    assert Photo.objects.count() == 2
    files = {settings.MEDIA_ROOT / name for photo in photos for name in photo.files()}
    # What the killed one had stored goes a day later.
    assert (len(files), len(stored()), files <= set(stored())) == (4, 8, True)
    two_days_ago = time.time() - 2 * 86_400
    for file in stored():
        os.utime(file, (two_days_ago, two_days_ago))
    assert actions.sweep_photo_files() == 4
    assert set(stored()) == files


def test_a_worker_killed_half_way_is_followed_by_another(bike, api, run_jobs):
    client = api(bike.owner)
    made = send(client, ROWS, *PHOTOS.items()).json()
    run_jobs()
    assert client.get(url(made)).json()["counts"] == {"created": 5, "updated": 1, "unchanged": 0, "refused": 0}
    client.post(url(made, "/confirm"))

    killed_at(bike, "procrastinate", "worker")
    check_half_way(bike)
    assert list(ImportLine.objects.values_list("number", "outcome")) == [(2, "created"), (3, "created"), (4, "created")]
    assert client.get(url(made)).json()["state"] == "importing"

    # A minute without a sign of life later, the jobs of a dead worker start over.
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '2 minutes'")
    jobs.configure_task("core.retry_stalled_jobs").defer(timestamp=0)
    run_jobs()

    done = client.get(url(made)).json()
    assert (done["state"], done["counts"]) == ("done", {"created": 5, "updated": 1, "unchanged": 0, "refused": 0})
    assert (bytes(Import.objects.get().content), Import.objects.get().photos.count()) == (b"", 0)
    check_whole(bike)


def test_a_command_killed_half_way_is_run_again(bike, tmp_path, capsys):
    folder = tmp_path / "photos"
    folder.mkdir()
    for name, content in PHOTOS.items():
        (folder / name).write_bytes(content)
    file = tmp_path / "bikes.csv"
    file.write_text(ROWS)
    command = ("import_listings", str(file), "--owner", bike.owner.email, "--photos", str(folder))

    killed_at(bike, *command)
    check_half_way(bike)

    call_command(*command)
    said = capsys.readouterr().out
    assert "created: 2, updated: 1, unchanged: 3, refused: 0" in said
    check_whole(bike)
    call_command(*command)
    assert "created: 0, updated: 0, unchanged: 6, refused: 0" in capsys.readouterr().out
    assert len(stored()) == 4
