"""The order of `listings/actions/locking.py`, statement by statement, and what became of those who broke it."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from listings import actions
from listings.actions import Changes
from listings.actions.numbers import lock_numbers
from listings.choices import Status
from listings.geo import LatLon, to_mercator
from listings.models import Listing
from tests import database
from tests.factories import listings, people
from tests.listings.trade.locks import held

ELSEWHERE = to_mercator(LatLon(43.30, 3.10))


def locked_by(call) -> list[str]:
    """What a call locks, in the order in which each kind comes first."""
    with CaptureQueriesContext(connection) as asked:
        call()
    kinds = {"person": 'FROM "accounts_user"', "listing": 'FROM "listings_listing"'}
    found = []
    for sql in (query["sql"] for query in asked):
        if "pg_advisory_xact_lock" in sql:
            found.append("numbers")
        elif "FOR NO KEY UPDATE" in sql:
            found += [kind for kind, table in kinds.items() if table in sql]
    return list(dict.fromkeys(found))


def a_draft(owner, **fields):
    return listings.listing(owner, status=Status.DRAFT, published_at=None, **fields)


WITH_NUMBERS = ["person", "listing", "numbers"]
MOVED = Changes(columns={"exact_point": ELSEWHERE, "frame_number": "NEW-12345"})


@pytest.mark.parametrize(
    ("bike", "act", "order"),
    [
        (listings.listing, partial(actions.update_listing, changes=MOVED), WITH_NUMBERS),
        (a_draft, partial(actions.update_listing, changes=MOVED), ["person", "listing"]),
        (a_draft, actions.publish_listing, WITH_NUMBERS),
        (partial(listings.listing, status=Status.PAUSED), actions.resume_listing, WITH_NUMBERS),
        (listings.listing, actions.report_stolen, WITH_NUMBERS),
        (listings.listing, actions.pause_listing, ["person", "listing"]),
        (listings.listing, actions.duplicate_listing, ["person", "listing"]),
        (listings.listing, actions.remove_listing, ["person", "listing"]),
        (listings.draft, lambda listing: actions.begin_listing(owner=listing.owner), ["person", "listing"]),
    ],
)
def test_the_person_comes_before_the_listing_and_the_listing_before_the_numbers(alice, bike, act, order):
    made = bike(alice)

    assert locked_by(lambda: act(listing=made)) == order


def posted(client, path):
    try:
        return client.post(path).status_code
    finally:
        connection.close()


def patched(client, path, body):
    try:
        answer = client.patch(path, body)
        return answer.status_code, answer.json().get("code")
    finally:
        connection.close()


def test_to_begin_a_listing_and_to_copy_one_do_not_wait_for_each_other(commits, api):
    alice = people.alice()
    draft = listings.draft(alice)
    copy = partial(posted, api(alice), f"/api/my/listings/{draft.uuid}/duplicate")
    begin = partial(posted, api(alice), "/api/my/listings")
    with ThreadPoolExecutor(2) as pool, held(draft) as lock:
        first = pool.submit(copy)
        lock.until_waiting(1)
        second = pool.submit(begin)
        lock.until_waiting(2)
        lock.free()
        assert (first.result(), second.result()) == (201, 201)
    assert Listing.objects.filter(owner=alice).count() == 2


def test_to_publish_and_to_change_a_bike_do_not_wait_for_each_other(commits, api):
    alice = people.alice()
    draft = a_draft(alice, frame_number="ZZZ-12345", bicycode="")
    shown = listings.listing(alice, frame_number="YYY-12345", bicycode="")
    body = {"exact_point": {"lat": 43.30, "lon": 3.10}, "frame_number": "ZZZ-12345"}
    publish = partial(posted, api(alice), f"/api/my/listings/{draft.uuid}/publish")
    change = partial(patched, api(alice), f"/api/my/listings/{shown.uuid}", body)
    other = listings.listing(people.carol())
    with ThreadPoolExecutor(2) as pool, held(other) as watched:
        with transaction.atomic():
            lock_numbers({"frame": "ZZZ12345"})
            first = pool.submit(publish)
            watched.until_waiting(1)
            second = pool.submit(change)
            watched.until_waiting(2)
        assert (first.result(), second.result()) == (200, (409, "number_twice"))
    shown.refresh_from_db()
    assert (shown.frame_number, shown.public.lat < 43.25) == ("YYY-12345", True)


@pytest.mark.parametrize(
    "act", [actions.pause_listing, actions.duplicate_listing, partial(actions.update_listing, changes=MOVED)]
)
def test_whom_the_database_ends_for_a_deadlock_tries_again(commits, act):
    """Against somebody who knows no order: a listing is locked, then its owner."""
    bike = listings.listing(people.alice())

    def run():
        try:
            return act(listing=bike)
        finally:
            connection.close()

    name = str(settings.DATABASES["default"]["NAME"])
    with ThreadPoolExecutor(1) as pool, held(bike) as watched, database.connect(name) as other:
        watched.free()
        other.autocommit = False
        other.execute("SET deadlock_timeout = '30s'")
        other.execute("SELECT FROM listings_listing WHERE id = %s FOR UPDATE", [bike.pk])
        done = pool.submit(run)
        watched.until_waiting(1)
        other.execute("SELECT FROM accounts_user WHERE id = %s FOR UPDATE", [bike.owner_id])
        other.rollback()
        assert done.result().owner_id == bike.owner_id
    bike.refresh_from_db()
    assert Listing.objects.count() == (2 if act is actions.duplicate_listing else 1)
    assert bike.status == ("paused" if act is actions.pause_listing else "published")
