"""The books keep themselves: nothing out of balance, nothing twice, nothing changed, nothing owed below zero."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from bikeens.core import clock
from payments.ledger import check
from payments.ledger.balances import balance, balances
from payments.ledger.models import Line, Posting
from payments.ledger.moments import Split, book_captured, book_refund, book_split, book_stripe_fee, book_transfer
from payments.ledger.posting import Entry, LedgerError, post_entry


@pytest.fixture
def booking(journey):
    journey.book()
    return journey.booking


def post(booking, *entries, ref="test"):
    return post_entry(ref=ref, moment="test", booking=booking, currency="EUR", at=clock.now(), entries=entries)


@pytest.mark.parametrize(
    "entries",
    [
        [],
        [Entry("stripe", debit=100)],
        [Entry("stripe", debit=100), Entry("held", credit=99)],
        [Entry("stripe", debit=100), Entry("pocket", credit=100)],
        [Entry("stripe", debit=-100), Entry("held", credit=-100)],
        [Entry("stripe", debit=100, credit=50), Entry("held", credit=50)],
        [Entry("held", debit=100), Entry("stripe", credit=100)],
    ],
    ids=["empty", "one side", "a cent off", "unknown account", "negative", "both sides", "more than is owed"],
)
def test_an_entry_that_cannot_be_is_refused(booking, entries):
    with pytest.raises(LedgerError):
        post(booking, *entries)
    assert (Posting.objects.count(), Line.objects.count()) == (0, 0)


def test_a_ref_is_booked_once(booking):
    first = book_captured(booking, amount=4360, at=clock.now())
    assert book_captured(booking, amount=4360, at=clock.now()) == first
    assert balances() == {"held": 4360, "stripe": 4360}


def test_the_database_refuses_a_posting_out_of_balance(booking):
    posting = post(booking, Entry("stripe", debit=100), Entry("held", credit=100))
    with pytest.raises(DatabaseError, match="out of balance"), transaction.atomic():
        Line.objects.create(posting=posting, account="stripe", amount=1)
    assert balances() == {"held": 100, "stripe": 100}


@pytest.mark.parametrize("table", ["payments_line", "payments_posting"])
@pytest.mark.parametrize("verb", ["DELETE FROM {}", "UPDATE {} SET id = id"])
def test_the_database_refuses_to_change_what_was_booked(booking, table, verb):
    post(booking, Entry("stripe", debit=100), Entry("held", credit=100))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb.format(table))
    assert balances() == {"held": 100, "stripe": 100}


def test_a_release_by_the_table(booking, journey):
    now = clock.now()
    book_captured(booking, amount=4360, at=now)
    book_stripe_fee(booking, fee=90, at=now)
    split = Split(owner=3400, commission=600, service_fee=360, commission_vat=100, service_fee_vat=60)
    book_split(booking, owner=journey.owner, split=split, ref="split", at=now)
    assert balances() == {
        "commission": 500,
        "held": 0,
        "owner_payable": 3400,
        "service_fee": 300,
        "stripe": 4270,
        "stripe_fees": 90,
        "vat": 160,
    }
    book_transfer(booking, owner=journey.owner, amount=3400, ref="transfer", at=now)
    assert balance("owner_payable", owner=journey.owner) == 0
    assert balance("stripe") == 870
    with pytest.raises(LedgerError):
        book_transfer(booking, owner=journey.owner, amount=1, ref="once more", at=now)
    with pytest.raises(LedgerError):
        book_split(booking, owner=journey.owner, split=split, ref="split again", at=now)
    assert check.problems() == []


def test_a_cancellation_by_the_table(booking, journey):
    now = clock.now()
    book_captured(booking, amount=4360, at=now)
    book_split(booking, owner=journey.owner, split=Split(2000, 1700, 300, 360, 50, 60), ref="split", at=now)
    assert balance("refund_payable", booking=booking) == 2000
    book_refund(booking, amount=2000, ref="refund", at=now)
    assert balance("refund_payable", booking=booking) == 0
    with pytest.raises(LedgerError):
        book_refund(booking, amount=1, ref="once more", at=now)
    assert check.problems() == []


def test_a_split_takes_from_nobody():
    with pytest.raises(LedgerError):
        Split(refund=100, owner=-1)


def test_ledger_check_prints_the_sums(booking, capsys):
    book_captured(booking, amount=4360, at=clock.now())
    call_command("ledger_check")
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines == [["held", "43.60"], ["stripe", "43.60"], ["The", "books", "agree."]]


def test_ledger_check_fails_when_money_is_left_after_a_split(booking, journey):
    book_captured(booking, amount=4360, at=clock.now())
    book_split(booking, owner=journey.owner, split=Split(owner=4000), ref="split", at=clock.now())
    with pytest.raises(CommandError, match="360 cents are still held"):
        call_command("ledger_check")
