"""Refunds: never more than was taken."""

import pytest
import stripe


def refund(stand_in, intent, **params):
    return stand_in.v1.refunds.create({"payment_intent": intent.id, **params})


def test_a_part_then_the_rest(stand_in):
    intent = stand_in.taken()
    first = refund(stand_in, intent, amount=1000, metadata={"booking": "1"})
    assert (first.status, first.amount, first.payment_intent) == ("succeeded", 1000, intent.id)
    rest = refund(stand_in, intent)
    assert rest.amount == 2150
    charge = stand_in.v1.charges.retrieve(intent.latest_charge, {"expand": ["refunds"]})
    assert (charge.amount_refunded, charge.refunded) == (3150, True)
    assert [one.id for one in charge.refunds.data] == [rest.id, first.id]
    found = stand_in.v1.refunds.list({"payment_intent": intent.id})
    assert [one.id for one in found.data] == [rest.id, first.id]
    movements = stand_in.v1.balance_transactions.list({"type": "refund"}).data
    assert [(one.amount, one.fee, one.source) for one in movements] == [(-2150, 0, rest.id), (-1000, 0, first.id)]


def test_never_more_than_was_taken(stand_in):
    intent = stand_in.taken(2000)
    refund(stand_in, intent, amount=1500)
    with pytest.raises(stripe.InvalidRequestError) as caught:
        refund(stand_in, intent, amount=501)
    assert caught.value.param == "amount"
    assert caught.value.user_message == ("Refund amount (€5.01) is greater than unrefunded amount on charge (€5.00)")
    assert stand_in.v1.charges.retrieve(intent.latest_charge).amount_refunded == 1500


def test_a_charge_given_back_whole_has_nothing_left(stand_in):
    intent = stand_in.taken()
    refund(stand_in, intent)
    with pytest.raises(stripe.InvalidRequestError) as caught:
        refund(stand_in, intent, amount=1)
    assert caught.value.code == "charge_already_refunded"


@pytest.mark.parametrize("amount", [0, -5])
def test_an_amount_is_positive(stand_in, amount):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        refund(stand_in, stand_in.taken(), amount=amount)
    assert caught.value.param == "amount"


def test_what_was_only_set_aside_is_cancelled_not_refunded(stand_in):
    intent = stand_in.held()
    with pytest.raises(stripe.InvalidRequestError):
        refund(stand_in, intent)
    with pytest.raises(stripe.InvalidRequestError):
        stand_in.v1.refunds.create({"charge": intent.latest_charge})
    assert stand_in.v1.refunds.list().data == []


def test_something_must_be_named(stand_in):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        stand_in.v1.refunds.create({"amount": 5})
    assert caught.value.code == "parameter_missing"


def test_a_failed_refund_comes_back(stand_in):
    intent = stand_in.taken()
    made = refund(stand_in, intent, amount=1000)
    stand_in.control("fail_refund", refund=made.id)
    failed = stand_in.v1.refunds.retrieve(made.id)
    assert (failed.status, failed.failure_reason) == ("failed", "lost_or_stolen_card")
    assert stand_in.v1.charges.retrieve(intent.latest_charge).amount_refunded == 0
    assert sum(one.net for one in stand_in.v1.balance_transactions.list().data) == 3150 - 72
    assert refund(stand_in, intent).amount == 3150


@pytest.mark.parametrize(
    ("method", "first", "then"),
    [("pm_card_refundFail", "succeeded", "failed"), ("pm_card_pendingRefund", "pending", "succeeded")],
)
def test_cards_whose_refunds_take_their_time(stand_in, method, first, then):
    intent = stand_in.v1.payment_intents.create(
        {"amount": 500, "currency": "eur", "payment_method": method, "confirm": True}
    )
    made = refund(stand_in, intent)
    assert made.status == first
    stand_in.control("clock", advance=2)
    assert stand_in.v1.refunds.retrieve(made.id).status == then
