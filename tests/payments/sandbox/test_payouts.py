"""Payouts to banks: the platform's by hand, the owners' by Stripe."""

import pytest
import stripe


def test_the_platform_takes_its_own_by_hand(stand_in):
    stand_in.taken()
    with pytest.raises(stripe.InvalidRequestError) as caught:
        stand_in.v1.payouts.create({"amount": 100, "currency": "eur"})
    assert caught.value.code == "balance_insufficient"
    stand_in.control("clock", advance=8 * 86400)
    payout = stand_in.v1.payouts.create({"amount": 100, "currency": "eur"})
    assert payout.status == "pending"
    assert stand_in.v1.balance.retrieve().available[0].amount == 3150 - 72 - 100
    stand_in.control("clock", advance=3 * 86400)
    assert stand_in.v1.payouts.retrieve(payout.id).status == "paid"
    assert [one.id for one in stand_in.v1.payouts.list().data] == [payout.id]


def test_an_owners_payout_tells_the_connect_endpoint(stand_in):
    account, intent = stand_in.account(), stand_in.taken()
    stand_in.v1.transfers.create(
        {"amount": 2000, "currency": "eur", "destination": account.id, "source_transaction": intent.latest_charge}
    )
    options = {"stripe_account": account.id}
    assert stand_in.v1.balance.retrieve(None, options).available[0].amount == 2000
    payout = stand_in.control("pay_out", account=account.id)
    assert stand_in.v1.balance.retrieve(None, options).available[0].amount == 0
    stand_in.control("fail_payout", payout=payout["id"])
    assert stand_in.v1.payouts.retrieve(payout["id"], None, options).status == "failed"
    assert stand_in.v1.balance.retrieve(None, options).available[0].amount == 2000
    assert stand_in.v1.payouts.list().data == []
    stand_in.drain()
    assert sorted(stand_in.inbox.types("connect")) == ["payout.created", "payout.failed"]
    assert {body["account"] for body in stand_in.inbox.bodies("connect")} == {account.id}
