"""The writers of blocks: half-open, one at a time, lapsed holds swept."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from bikeens.core import clock
from bikeens.core.errors import Invalid, Refused
from listings import actions
from listings.models import Block
from tests.factories import listings

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def listing(alice):
    return listings.listing(alice)


@pytest.fixture
def monday():
    return datetime(2027, 7, 5, 8, tzinfo=UTC)


def hold(listing, starts_at, ends_at, minutes=30):
    lapses_at = clock.now() + minutes * MINUTE
    return actions.block_dates(listing=listing, starts_at=starts_at, ends_at=ends_at, kind="hold", lapses_at=lapses_at)


def refused(call, **arguments):
    before = list(Block.objects.order_by("id").values())
    with pytest.raises(Refused) as error:
        call(**arguments)
    assert list(Block.objects.order_by("id").values()) == before
    return error.value.code


def test_a_hold_keeps_the_dates(listing, monday):
    made = hold(listing, monday, monday + DAY)

    assert (made.kind, made.starts_at, made.ends_at) == ("hold", monday, monday + DAY)
    assert (
        refused(actions.block_dates, listing=listing, starts_at=monday, ends_at=monday + DAY, kind="booking")
        == "dates_taken"
    )


def test_the_end_is_free_again(listing, monday):
    hold(listing, monday, monday + DAY)
    hold(listing, monday + DAY, monday + 2 * DAY)
    hold(listing, monday - DAY, monday)

    assert Block.objects.count() == 3


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (1, 2), (-1, 1441), (1439, 2000)])
def test_a_minute_in_common_is_taken(listing, monday, start, end):
    hold(listing, monday, monday + DAY)
    asked = {"starts_at": monday + start * MINUTE, "ends_at": monday + end * MINUTE, "kind": "booking"}

    assert refused(actions.block_dates, listing=listing, **asked) == "dates_taken"


def test_another_listing_is_not_in_the_way(listing, monday):
    hold(listing, monday, monday + DAY)
    hold(listings.listing(), monday, monday + DAY)

    assert Block.objects.count() == 2


def test_the_owners_own_use_is_in_the_way_of_a_hold(listing, monday):
    actions.block_dates(listing=listing, starts_at=monday, ends_at=monday + DAY, kind="own")
    asked = {"starts_at": monday, "ends_at": monday + DAY, "kind": "hold", "lapses_at": clock.now() + MINUTE}

    assert refused(actions.block_dates, listing=listing, **asked) == "dates_taken"


def test_the_owners_own_use_is_kept_whatever_it_meets(listing, monday):
    hold(listing, monday, monday + DAY)
    actions.block_dates(listing=listing, starts_at=monday, ends_at=monday + DAY, kind="own")
    actions.block_dates(listing=listing, starts_at=monday, ends_at=monday + 2 * DAY, kind="imported")

    assert Block.objects.count() == 3


def test_a_lapsed_hold_in_the_way_is_swept(listing, monday):
    old = hold(listing, monday, monday + DAY)
    aside = hold(listing, monday + 5 * DAY, monday + 6 * DAY)
    clock.travel(30 * MINUTE)
    new = hold(listing, monday, monday + DAY)

    assert set(Block.objects.all()) == {aside, new}
    assert old.pk != new.pk


def test_a_hold_counts_until_its_last_minute(listing, monday):
    hold(listing, monday, monday + DAY)
    clock.travel(29 * MINUTE)
    asked = {"starts_at": monday, "ends_at": monday + DAY, "kind": "booking"}

    assert refused(actions.block_dates, listing=listing, **asked) == "dates_taken"


def test_an_end_before_the_start_makes_no_sense(listing, monday):
    with pytest.raises(Invalid) as error:
        actions.block_dates(listing=listing, starts_at=monday, ends_at=monday, kind="own")

    assert error.value.code == "ends_before_start"
    assert Block.objects.count() == 0


def test_a_hold_becomes_a_bookings_block(listing, monday):
    made = hold(listing, monday, monday + DAY)
    confirmed = actions.confirm_block(block=made)
    again = actions.confirm_block(block=confirmed)

    assert confirmed == made == again
    made.refresh_from_db()
    assert (made.kind, made.lapses_at) == ("booking", None)


def test_a_lapsed_hold_is_confirmed_while_the_dates_are_free(listing, monday):
    made = hold(listing, monday, monday + DAY)
    clock.travel(DAY)

    assert actions.confirm_block(block=made) == made
    assert Block.objects.get().kind == "booking"


def test_a_swept_hold_is_made_anew_while_the_dates_are_free(listing, monday):
    made = hold(listing, monday, monday + DAY)
    clock.travel(DAY)
    other = hold(listing, monday, monday + DAY)
    actions.free_block(block=other)
    anew = actions.confirm_block(block=made)

    assert (anew.uuid, anew.kind) == (made.uuid, "booking")
    assert Block.objects.get() == anew


def test_a_swept_hold_whose_dates_are_taken_is_not_confirmed(listing, monday):
    made = hold(listing, monday, monday + DAY)
    clock.travel(DAY)
    hold(listing, monday + DAY / 2, monday + 2 * DAY)

    assert refused(actions.confirm_block, block=made) == "dates_taken"
    assert refused(actions.extend_hold, block=made, lapses_at=clock.now() + DAY) == "dates_taken"


def test_a_lapsed_hold_is_not_confirmed_into_the_owners_own_use(listing, monday):
    made = hold(listing, monday, monday + DAY)
    clock.travel(DAY)
    actions.block_dates(listing=listing, starts_at=monday, ends_at=monday + DAY, kind="own")

    assert refused(actions.confirm_block, block=made) == "dates_taken"


def test_a_hold_is_extended(listing, monday):
    made = hold(listing, monday, monday + DAY)
    until = clock.now() + DAY
    actions.extend_hold(block=made, lapses_at=until)

    assert Block.objects.get().lapses_at == until


def test_freed_dates_are_free(listing, monday):
    made = hold(listing, monday, monday + DAY)
    actions.free_block(block=made)
    actions.free_block(block=made)

    assert Block.objects.count() == 0


@pytest.mark.parametrize("kind", ["hold", "booking"])
def test_the_database_itself_refuses_an_overlap(listing, monday, kind):
    listings.block(listing, monday, monday + DAY)
    with pytest.raises(IntegrityError, match="block_no_overlap"), transaction.atomic():
        listings.block(listing, monday + DAY - MINUTE, monday + 2 * DAY, kind=kind)


def test_the_database_itself_refuses_a_hold_that_never_lapses(listing, monday):
    with pytest.raises(IntegrityError, match="block_only_holds_lapse"), transaction.atomic():
        Block.objects.create(listing=listing, kind="hold", starts_at=monday, ends_at=monday + DAY)


def test_the_database_itself_refuses_a_block_that_ends_before_it_starts(listing, monday):
    with pytest.raises(IntegrityError, match="block_ends_after_it_starts"), transaction.atomic():
        listings.block(listing, monday, monday - DAY)
