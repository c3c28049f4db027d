"""Transfers to owners, and back."""

import pytest
import stripe


def send(stand_in, account, intent=None, **params):
    source = {"source_transaction": intent.latest_charge} if intent else {}
    return stand_in.v1.transfers.create(
        {"amount": 2000, "currency": "eur", "destination": account.id, **source, **params}
    )


def refused(call):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        call()
    return caught.value


def test_a_share_of_a_charge_goes_to_the_owner(stand_in):
    account, intent = stand_in.account(), stand_in.taken()
    transfer = send(stand_in, account, intent, metadata={"booking": "1"})
    assert (transfer.amount, transfer.transfer_group, transfer.destination) == (2000, "booking_1", account.id)
    found = stand_in.v1.transfers.list({"transfer_group": "booking_1"})
    assert [(one.id, one.metadata["booking"]) for one in found.data] == [(transfer.id, "1")]
    movement = stand_in.v1.balance_transactions.retrieve(transfer.balance_transaction)
    assert (movement.type, movement.amount, movement.source) == ("transfer", -2000, transfer.id)
    # The money of the charge is not available yet, so neither is its absence.
    assert stand_in.v1.balance.retrieve().pending[0].amount == 3150 - 72 - 2000


def test_never_more_than_the_charge_has_left(stand_in):
    account, intent = stand_in.account(), stand_in.taken()
    send(stand_in, account, intent)
    assert refused(lambda: send(stand_in, account, intent, amount=1151)).param == "amount"
    stand_in.v1.refunds.create({"payment_intent": intent.id, "amount": 1000})
    assert refused(lambda: send(stand_in, account, intent, amount=151)).param == "amount"
    assert send(stand_in, account, intent, amount=150).amount == 150


def test_an_account_that_is_not_ready_gets_nothing(stand_in):
    account, intent = stand_in.account(onboarded=False), stand_in.taken()
    error = refused(lambda: send(stand_in, account, intent))
    assert error.code == "insufficient_capabilities_for_transfer"
    assert stand_in.v1.transfers.list().data == []
    stand_in.control("onboard", account=account.id)
    assert send(stand_in, account, intent).amount == 2000
    stand_in.control("restrict", account=account.id)
    assert refused(lambda: send(stand_in, account, intent)).code == "insufficient_capabilities_for_transfer"


def test_a_closed_or_unknown_account_gets_nothing(stand_in):
    account, intent = stand_in.account(), stand_in.taken()
    stand_in.v2.core.accounts.close(account.id, {"applied_configurations": ["recipient"]})
    assert refused(lambda: send(stand_in, account, intent)).code == "insufficient_capabilities_for_transfer"
    error = refused(lambda: stand_in.v1.transfers.create({"amount": 5, "currency": "eur", "destination": "acct_none"}))
    assert (error.code, error.param) == ("resource_missing", "destination")


def test_money_only_set_aside_cannot_be_sent_on(stand_in):
    account, intent = stand_in.account(), stand_in.held()
    assert refused(lambda: send(stand_in, account, intent)).param == "source_transaction"


def test_without_a_charge_only_available_money_goes(stand_in):
    account = stand_in.account()
    stand_in.taken()
    assert refused(lambda: send(stand_in, account)).code == "balance_insufficient"
    stand_in.control("clock", advance=7 * 86400 + 1)
    assert send(stand_in, account).amount == 2000
    assert refused(lambda: send(stand_in, account)).code == "balance_insufficient"
    assert stand_in.v1.balance.retrieve().available[0].amount == 3150 - 72 - 2000


@pytest.mark.parametrize("amount", [0, -1])
def test_an_amount_is_positive(stand_in, amount):
    account, intent = stand_in.account(), stand_in.taken()
    assert refused(lambda: send(stand_in, account, intent, amount=amount)).param == "amount"


def test_another_currency_than_the_charges_is_refused(stand_in):
    account, intent = stand_in.account(), stand_in.taken()
    assert refused(lambda: send(stand_in, account, intent, currency="usd")).param == "currency"


def test_a_reversal_brings_a_part_back(stand_in):
    account, intent = stand_in.account(), stand_in.taken()
    transfer = send(stand_in, account, intent)
    reversal = stand_in.v1.transfers.reversals.create(transfer.id, {"amount": 500})
    assert (reversal.amount, reversal.transfer) == (500, transfer.id)
    after = stand_in.v1.transfers.retrieve(transfer.id)
    assert (after.amount_reversed, after.reversed) == (500, False)
    assert refused(lambda: stand_in.v1.transfers.reversals.create(transfer.id, {"amount": 1501})).param == "amount"
    stand_in.v1.transfers.reversals.create(transfer.id)
    assert stand_in.v1.transfers.retrieve(transfer.id).reversed is True
    assert [one.amount for one in stand_in.v1.transfers.reversals.list(transfer.id).data] == [1500, 500]
    again = refused(lambda: stand_in.v1.transfers.reversals.create(transfer.id))
    assert again.code == "transfer_already_reversed"
    assert send(stand_in, account, intent, amount=3150).amount == 3150


def test_what_the_owners_bank_has_does_not_come_back(stand_in):
    account, intent = stand_in.account(), stand_in.taken()
    transfer = send(stand_in, account, intent)
    stand_in.control("pay_out", account=account.id, amount=1900)
    error = refused(lambda: stand_in.v1.transfers.reversals.create(transfer.id))
    assert error.code == "balance_insufficient"
    assert stand_in.v1.transfers.reversals.create(transfer.id, {"amount": 100}).amount == 100
