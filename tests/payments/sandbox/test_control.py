"""Orders a test may give."""

import json

import pytest
import stripe

from tests.payments.sandbox.stand_in import request

JSON = {"Content-Type": "application/json"}


def test_calls_are_listed_with_parameters_and_keys(stand_in):
    stand_in.v1.customers.create({"email": "bob@example.org"}, {"idempotency_key": "k"})
    calls = stand_in.ask("calls", path="/v1/customers")["calls"]
    assert [(call["method"], call["path"], call["idempotency_key"], call["status"]) for call in calls] == [
        ("POST", "/v1/customers", "k", 200)
    ]
    assert calls[0]["params"] == {"email": "bob@example.org"}


def test_a_lost_answer_has_done_its_work(stand_in):
    intent = stand_in.held()
    stand_in.control("faults", name="lose_answer", path="/v1/payment_intents/*/capture")
    with pytest.raises(stripe.APIConnectionError):
        stand_in.v1.payment_intents.capture(intent.id)
    assert stand_in.v1.payment_intents.retrieve(intent.id).status == "succeeded"


def test_a_lost_call_has_done_nothing(stand_in):
    intent = stand_in.held()
    stand_in.control("faults", name="lose_call", path="/v1/payment_intents/*/capture", times=2)
    for _ in range(2):
        with pytest.raises(stripe.APIConnectionError):
            stand_in.v1.payment_intents.capture(intent.id)
    assert stand_in.v1.payment_intents.retrieve(intent.id).status == "requires_capture"
    assert stand_in.v1.payment_intents.capture(intent.id).status == "succeeded"


@pytest.mark.parametrize(("status", "error"), [(500, stripe.APIError), (429, stripe.RateLimitError)])
def test_a_busy_stripe(stand_in, status, error):
    stand_in.control("faults", name="status", path="/v1/customers", status=status)
    with pytest.raises(error):
        stand_in.customer()
    assert stand_in.v1.customers.list().data == []


def test_reads_can_be_spoilt_too(stand_in):
    stand_in.control("faults", name="lose_answer", path="/v1/balance", method="GET")
    with pytest.raises(stripe.APIConnectionError):
        stand_in.v1.balance.retrieve()
    assert stand_in.v1.balance.retrieve().object == "balance"


def test_reset_forgets_everything(stand_in):
    stand_in.taken()
    stand_in.control("clock", offset=500)
    stand_in.control("reset")
    assert stand_in.v1.events.list().data == []
    assert stand_in.v1.balance_transactions.list().data == []
    assert stand_in.ask("clock")["offset"] == 0


@pytest.mark.parametrize(
    ("order", "body"),
    [
        ("faults", {"name": "explode", "path": "/"}),
        ("faults", {"where": "x"}),
        ("expire_hold", {}),
        ("expire_hold", {"payment_intent": "pi_none"}),
        ("clock", {}),
        ("webhooks", {"colour": "red"}),
        ("close_dispute", {"dispute": "dp_1", "status": "maybe"}),
    ],
)
def test_an_order_that_makes_no_sense_is_refused(stand_in, order, body):
    status, _, text = request(stand_in.base, "POST", f"/_control/{order}", json.dumps(body), JSON)
    assert status in (400, 404)
    assert json.loads(text)["error"]


def test_orders_are_json_and_known(stand_in):
    assert request(stand_in.base, "POST", "/_control/reset", "a=1")[0] == 415
    status, _, text = request(stand_in.base, "GET", "/_control/help")
    assert status == 404
    assert "POST /_control/drain" in json.loads(text)["orders"]
