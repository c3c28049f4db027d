"""Two runs of the saved searches' job at the same time tell one person once, by one letter."""

from concurrent.futures import ThreadPoolExecutor

from django.core import mail
from django.db import connections

from bikeens.core import clock
from bikeens.notifications.models import Notice
from listings import actions, watching
from tests.factories import listings, people

NEAR = {"near": "43.1843,3.0031"}


def run() -> int:
    try:
        return actions.tell_new_matches()
    finally:
        connections.close_all()


def test_two_runs_at_once_send_one_letter(commits, run_jobs) -> None:
    look = watching.look(NEAR, now=clock.now())
    for name in ("one", "two", "three"):
        actions.save_search(person=people.bob(), name=name, params=NEAR | {"height": f"17{len(name)}"}, look=look)
    listings.listing()

    with ThreadPoolExecutor(4) as threads:
        told = sum(threads.map(lambda _run: run(), range(4)))

    assert told == Notice.objects.count() == 2
    run_jobs()
    run_jobs()
    assert [letter.to for letter in mail.outbox] == [["bob@example.com"]] * 2
