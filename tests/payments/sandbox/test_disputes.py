"""Disputes: the bank takes the money back, and perhaps returns it."""

import pytest
import stripe


def test_a_dispute_takes_amount_and_fee(stand_in):
    intent = stand_in.taken()
    stand_in.control("open_dispute", payment_intent=intent.id, reason="product_not_received")
    dispute = stand_in.v1.disputes.list({"payment_intent": intent.id}).data[0]
    assert (dispute.amount, dispute.status, dispute.reason) == (3150, "needs_response", "product_not_received")
    assert (dispute.balance_transactions[0].net, dispute.balance_transactions[0].fee) == (-5150, 2000)
    assert stand_in.v1.charges.retrieve(intent.latest_charge).disputed is True
    with pytest.raises(stripe.InvalidRequestError) as caught:
        stand_in.v1.refunds.create({"payment_intent": intent.id})
    assert caught.value.code == "charge_disputed"
    stand_in.drain()
    assert {"charge.dispute.created", "charge.dispute.funds_withdrawn"} <= set(stand_in.inbox.types())


def test_the_dispute_card_is_disputed_once_captured(stand_in):
    session = stand_in.session()
    stand_in.pay(session, "4000000000000259")
    assert stand_in.v1.disputes.list().data == []
    intent = stand_in.v1.checkout.sessions.retrieve(session.id).payment_intent
    stand_in.v1.payment_intents.capture(intent)
    assert [one.reason for one in stand_in.v1.disputes.list().data] == ["fraudulent"]


@pytest.mark.parametrize(
    ("evidence", "status", "total"),
    [("winning_evidence", "won", 3150 - 72), ("losing_evidence", "lost", -72 - 2000)],
)
def test_evidence_decides(stand_in, evidence, status, total):
    intent = stand_in.taken()
    dispute = stand_in.control("open_dispute", payment_intent=intent.id)
    after = stand_in.v1.disputes.update(dispute["id"], {"evidence": {"uncategorized_text": evidence}})
    assert after.status == status
    assert sum(one.net for one in stand_in.v1.balance_transactions.list().data) == total


def test_giving_in_loses(stand_in):
    dispute = stand_in.control("open_dispute", payment_intent=stand_in.taken().id)
    assert stand_in.v1.disputes.close(dispute["id"]).status == "lost"
    with pytest.raises(stripe.InvalidRequestError):
        stand_in.v1.disputes.close(dispute["id"])


def test_the_bank_decides_by_order(stand_in):
    dispute = stand_in.control("open_dispute", payment_intent=stand_in.taken().id, amount=1000)
    saved = stand_in.v1.disputes.update(dispute["id"], {"evidence": {"customer_name": "Bob"}, "submit": False})
    assert saved.status == "needs_response"
    stand_in.control("close_dispute", dispute=dispute["id"], status="won")
    assert stand_in.v1.disputes.retrieve(dispute["id"]).status == "won"
    stand_in.drain()
    assert "charge.dispute.funds_reinstated" in stand_in.inbox.types()
    assert "charge.dispute.closed" in stand_in.inbox.types()
