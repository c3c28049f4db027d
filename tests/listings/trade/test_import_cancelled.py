"""DELETE /api/my/imports/{id} while a worker is at one of its rows, on committed data."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection

from bikeens.core.errors import NotFound
from listings.models import Import, ImportLine
from listings.trade import work
from listings.trade.rows import Bringer
from tests.factories import people
from tests.listings.trade.test_my_imports import TWO, send, url

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def test_a_row_at_work_leaves_no_line_behind(commits, api, monkeypatch):
    alice = people.alice()
    made = send(api(alice), TWO).json()
    at_work, bring = Event(), Bringer.bring

    def slow(self, ready):
        """Not done before the cancelling waits for this row."""
        at_work.set()
        for _ in range(500):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_stat_clear_snapshot(), pg_sleep(0.01)")
                cursor.execute(WAITING)
                if cursor.fetchone()[0]:
                    break
        return bring(self, ready)

    def worker():
        work.work_off(Import.objects.get(uuid=made["id"]).pk)
        connection.close()

    monkeypatch.setattr(Bringer, "bring", slow)
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(worker)
        assert at_work.wait(5)
        answer = api(alice).delete(url(made))
        running.result()

    assert answer.status_code == 204
    assert (Import.objects.count(), ImportLine.objects.count()) == (0, 0)


def test_confirmed_in_one_tab_after_it_was_cancelled_in_another(api, alice):
    made = send(api(alice), TWO).json()
    in_one_tab = Import.objects.get(uuid=made["id"])
    assert api(alice).delete(url(made)).status_code == 204

    with pytest.raises(NotFound):
        work.confirm_import(import_of=in_one_tab)
