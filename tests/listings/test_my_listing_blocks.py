"""GET and POST /api/my/listings/{id}/blocks, DELETE …/blocks/{block}."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.db import connection

from bikeens.core import clock
from bikeens.core.errors import Refused
from listings import actions
from listings.models import Block
from tests.factories import listings, people

DAY = timedelta(days=1)
JULY = datetime(2027, 7, 5, 8, tzinfo=UTC)


@pytest.fixture
def listing(alice):
    clock.travel_to(datetime(2027, 6, 1, tzinfo=UTC))
    return listings.listing(alice)


def url(listing, block=None):
    return f"/api/my/listings/{listing.uuid}/blocks" + (f"/{block.uuid}" if block else "")


def test_an_owner_keeps_the_bike_for_a_while(api, alice, listing):
    asked = {"from": "2027-07-05T10:00", "to": "2027-07-07T18:30", "note": "  Holidays <3\x00 "}
    answer = api(alice).post(url(listing), asked)

    assert answer.status_code == 201
    block = Block.objects.get()
    assert answer.json() == {
        "id": str(block.uuid),
        "kind": "own",
        "starts_at": "2027-07-05T08:00:00Z",
        "ends_at": "2027-07-07T16:30:00Z",
        "from": "2027-07-05T10:00",
        "to": "2027-07-07T18:30",
        "note": "Holidays <3",
        "conflicts": [],
    }
    assert api(alice).get(url(listing)).json() == {"results": [answer.json()]}


def test_a_booking_in_the_way_is_kept_and_named(api, alice, listing):
    booked = listings.block(listing, JULY, JULY + DAY)
    held = listings.block(listing, JULY + DAY, JULY + 2 * DAY, kind="hold")
    listings.block(listing, JULY + 4 * DAY, JULY + 5 * DAY)
    answer = api(alice).post(url(listing), {"from": "2027-07-05T20:00", "to": "2027-07-07T09:00"})

    assert answer.status_code == 201
    assert answer.json()["conflicts"] == [str(booked.uuid), str(held.uuid)]
    assert Block.objects.count() == 4
    shown = {one["id"]: one["conflicts"] for one in api(alice).get(url(listing)).json()["results"]}
    assert shown[answer.json()["id"]] == [str(booked.uuid), str(held.uuid)]
    assert shown[str(booked.uuid)] == []


def test_old_blocks_and_lapsed_holds_are_not_shown(api, alice, listing):
    now = clock.now()
    recent = listings.block(listing, now - 20 * DAY, now - 19 * DAY)
    listings.block(listing, now - 40 * DAY, now - 39 * DAY)
    listings.block(listing, JULY, JULY + DAY, kind="hold")
    clock.travel(timedelta(minutes=30))

    assert [one["id"] for one in api(alice).get(url(listing)).json()["results"]] == [str(recent.uuid)]


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"from": "2027-07-05T10:00", "to": "2027-07-05T10:00"}, "to", "ends_before_start"),
        ({"from": "2027-07-06T10:00", "to": "2027-07-05T10:00"}, "to", "ends_before_start"),
        ({"from": "2027-05-05T10:00", "to": "2027-05-06T10:00"}, "to", "in_past"),
        ({"from": "2029-07-05T10:00", "to": "2029-07-06T10:00"}, "to", "too_far"),
        ({"from": "2027-07-05T10:10", "to": "2027-07-06T10:00"}, "from", "off_grid"),
        ({"from": "2027-07-05T10:00", "to": "2027-07-06T10:59"}, "to", "off_grid"),
        ({"from": "2028-03-26T02:30", "to": "2028-03-27T10:00"}, "from", "time_does_not_exist"),
        ({"from": "2027-07-05", "to": "2027-07-06T10:00"}, "from", "invalid"),
        ({"from": "2027-07-05T10:00Z", "to": "2027-07-06T10:00"}, "from", "invalid"),
        ({"from": 12, "to": "2027-07-06T10:00"}, "from", "invalid"),
        ({"from": "2027-07-05T10:00"}, "to", "required"),
        ({"from": "2027-07-05T10:00", "to": "2027-07-06T10:00", "kind": "booking"}, "kind", "unknown_field"),
        ({"from": "2027-07-05T10:00", "to": "2027-07-06T10:00", "note": "a" * 201}, "note", "max_length"),
    ],
)
def test_what_makes_no_sense_names_its_field(api, alice, listing, body, field, code):
    answer = api(alice).post(url(listing), body)

    assert answer.status_code == 400
    assert [(name, one["code"]) for name, said in answer.json()["fields"].items() for one in said] == [(field, code)]
    assert Block.objects.count() == 0


def test_five_hundred_are_enough(api, alice, listing):
    Block.objects.bulk_create(
        Block(listing=listing, kind="own", starts_at=JULY, ends_at=JULY + DAY) for _ in range(500)
    )
    answer = api(alice).post(url(listing), {"from": "2027-07-05T10:00", "to": "2027-07-06T10:30"})

    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_blocks")
    assert Block.objects.count() == 500


def test_pressed_twice_the_bike_is_kept_once(api, alice, listing):
    asked = {"from": "2027-07-05T10:00", "to": "2027-07-07T18:30", "note": "Holidays"}
    first, again = (api(alice).post(url(listing), asked) for _ in range(2))

    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    assert Block.objects.count() == 1
    assert api(alice).post(url(listing), asked | {"note": "Race"}).status_code == 201
    assert api(alice).post(url(listing), asked | {"to": "2027-07-07T18:00"}).status_code == 201
    assert Block.objects.count() == 3


def pressed(listing, minute):
    try:
        start = datetime.fromisoformat("2027-07-05T10:00")
        call = partial(actions.block_own_dates, listing=listing, from_wall=start)
        return call(to_wall=start + timedelta(minutes=minute)).pk
    except Refused as error:
        return error.code
    finally:
        connection.close()


def test_at_once_neither_the_limit_is_passed_nor_a_stretch_made_twice(commits):
    clock.travel_to(datetime(2027, 6, 1, tzinfo=UTC))
    listing = listings.listing(people.alice())
    Block.objects.bulk_create(
        Block(listing=listing, kind="own", starts_at=JULY, ends_at=JULY + DAY) for _ in range(497)
    )
    with ThreadPoolExecutor(8) as pool:
        alike = set(pool.map(partial(pressed, listing), [30] * 8))
        others = sorted(map(str, pool.map(partial(pressed, listing), range(60, 300, 30))))

    assert len(alike) == 1
    assert others[2:] == ["too_many_blocks"] * 6
    assert Block.objects.count() == 500


def test_own_use_is_freed(api, alice, listing):
    own = listings.block(listing, JULY, JULY + DAY, kind="own")

    assert api(alice).delete(url(listing, own)).status_code == 204
    assert api(alice).delete(url(listing, own)).status_code == 404
    assert Block.objects.count() == 0


@pytest.mark.parametrize("kind", ["booking", "hold", "imported"])
def test_nothing_else_is_freed_here(api, alice, listing, kind):
    block = listings.block(listing, JULY, JULY + DAY, kind=kind)
    answer = api(alice).delete(url(listing, block))

    assert (answer.status_code, answer.json()["code"]) == (409, "not_own_block")
    assert Block.objects.get() == block


def test_another_listings_block_is_not_there(api, alice, listing):
    other = listings.block(listings.listing(alice), JULY, JULY + DAY, kind="own")

    assert api(alice).delete(url(listing, other)).status_code == 404
    assert Block.objects.get() == other


def test_only_the_owner_sees_and_writes_blocks(api, alice, bob, listing):
    block = listings.block(listing, JULY, JULY + DAY, kind="own")
    body = {"from": "2027-07-05T10:00", "to": "2027-07-06T10:00"}

    for person, status in ((bob, 404), (None, 401)):
        client = api(person)
        assert client.get(url(listing)).status_code == status
        assert client.post(url(listing), body).status_code == status
        assert client.delete(url(listing, block)).status_code == status
    assert Block.objects.get() == block
