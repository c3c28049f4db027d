"""The platform's balance and every movement of it."""

import pytest


@pytest.mark.parametrize(("amount", "fee"), [(50, 26), (100, 27), (3150, 72), (3300, 75), (20000, 325)])
def test_the_fee_is_one_and_a_half_percent_and_a_quarter(stand_in, amount, fee):
    intent = stand_in.v1.payment_intents.create(
        {
            "amount": amount,
            "currency": "eur",
            "payment_method": "pm_card_visa",
            "confirm": True,
            "expand": ["latest_charge.balance_transaction"],
        }
    )
    assert intent.latest_charge.balance_transaction.fee == fee


def test_the_balance_is_the_sum_of_its_movements(stand_in):
    account, intent = stand_in.account(), stand_in.taken()
    stand_in.v1.refunds.create({"payment_intent": intent.id, "amount": 700})
    stand_in.v1.transfers.create(
        {"amount": 1000, "currency": "eur", "destination": account.id, "source_transaction": intent.latest_charge}
    )
    movements = stand_in.v1.balance_transactions.list({"limit": 100}).data
    assert sorted((one.type, one.net) for one in movements) == [
        ("charge", 3078),
        ("refund", -700),
        ("transfer", -1000),
    ]
    balance = stand_in.v1.balance.retrieve()
    # A refund is paid at once from what is available, the rest waits for the charge.
    assert (balance.available[0].amount, balance.pending[0].amount) == (-700, 2078)
    stand_in.control("clock", advance=7 * 86400 + 1)
    balance = stand_in.v1.balance.retrieve()
    assert (balance.available[0].amount, balance.pending[0].amount) == (1378, 0)


def test_money_becomes_available_after_a_week(stand_in):
    stand_in.taken()
    movement = stand_in.v1.balance_transactions.list().data[0]
    assert (movement.status, movement.available_on - movement.created) == ("pending", 7 * 86400)
    stand_in.control("clock", advance=7 * 86400 + 1)
    assert stand_in.v1.balance_transactions.retrieve(movement.id).status == "available"


def test_one_card_is_available_at_once(stand_in):
    stand_in.v1.payment_intents.create(
        {"amount": 1000, "currency": "eur", "payment_method": "pm_card_bypassPending", "confirm": True}
    )
    assert stand_in.v1.balance.retrieve().available[0].amount == 960


def test_movements_are_found_by_their_source(stand_in):
    intent = stand_in.taken()
    found = stand_in.v1.balance_transactions.list({"source": intent.latest_charge}).data
    assert [one.type for one in found] == ["charge"]
    with_source = stand_in.v1.balance_transactions.retrieve(found[0].id, {"expand": ["source"]})
    assert with_source.source.payment_intent == intent.id


def test_an_empty_balance(stand_in):
    balance = stand_in.v1.balance.retrieve()
    assert (balance.available[0].amount, balance.pending[0].amount) == (0, 0)
