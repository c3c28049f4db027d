"""DELETE /api/my/imports/{id} while a worker is at one of its rows, on committed data."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from bikeens.core.errors import NotFound
from listings.models import Import, ImportLine, Photo
from listings.trade import work
from tests.factories import listings, people, pictures
from tests.listings.trade.locks import held
from tests.listings.trade.test_my_imports import TWO, send, url, worked


def aside(call, *arguments):
    """In a thread, with a connection of its own that ends with it."""
    try:
        return call(*arguments)
    finally:
        connection.close()


def test_a_row_at_work_leaves_no_line_behind(commits, api):
    alice = people.alice()
    # Signed in before: a sign-in is noted on the person's row, which the worker holds.
    client, bike = api(alice), listings.listing(alice, reference="A")
    made = send(client, TWO).json()

    with held(bike) as lock, ThreadPoolExecutor(2) as pool:
        worker = pool.submit(aside, worked, made)
        [at_work] = lock.until_waiting(1)
        cancelling = pool.submit(aside, client.delete, url(made))
        assert lock.until_waiting(2)[0] == at_work
        lock.free()
        answer = cancelling.result()
        worker.result()

    assert answer.status_code == 204
    assert (Import.objects.count(), ImportLine.objects.count()) == (0, 0)


def test_cancelled_between_its_photos_and_its_row_it_leaves_no_file_behind(commits, api, settings):
    """The worker waits for a row's listing; the next row's photos are stored when it finds the import gone."""
    alice = people.alice()
    client, bike = api(alice), listings.listing(alice, reference="A", photos=0, status="paused")
    rows = "reference,title,photos\nA,One,\nB,Two,b.jpg\n"
    made = send(client, rows, ("b.jpg", pictures.plain())).json()
    worked(made)
    client.post(url(made, "/confirm"))

    with held(bike) as lock, ThreadPoolExecutor(2) as pool:
        worker = pool.submit(aside, worked, made)
        lock.until_waiting(1)
        cancelling = pool.submit(aside, client.delete, url(made))
        lock.until_waiting(2)
        lock.free()
        assert cancelling.result().status_code == 204
        worker.result()

    bike.refresh_from_db()
    assert (bike.title, Photo.objects.count(), Import.objects.count()) == ("One", 0, 0)
    assert list(settings.MEDIA_ROOT.rglob("*.webp")) == []


def test_confirmed_in_one_tab_after_it_was_cancelled_in_another(api, alice):
    made = send(api(alice), TWO).json()
    in_one_tab = Import.objects.get(uuid=made["id"])
    assert api(alice).delete(url(made)).status_code == 204

    with pytest.raises(NotFound):
        work.confirm_import(import_of=in_one_tab, language="en")
