"""What is posted to the site: signed, repeated, and in every disorder a test may order."""

import json

import pytest
import stripe

from tests.payments.sandbox.stand_in import SECRETS, wait_until

CAPABILITY = "v2.core.account[configuration.recipient].capability_status_updated"


def test_the_library_verifies_a_snapshot(stand_in):
    intent = stand_in.taken()
    stand_in.drain()
    endpoint, headers, body = next(one for one in stand_in.inbox.received if b"payment_intent.succeeded" in one[2])
    event = stand_in.client.construct_event(body, headers["stripe-signature"], SECRETS[endpoint])
    assert (event.type, event.livemode, event.api_version) == ("payment_intent.succeeded", False, stripe.api_version)
    assert (event.data.object.id, event.data.object.status) == (intent.id, "succeeded")
    assert event.request.idempotency_key
    with pytest.raises(stripe.SignatureVerificationError):
        stand_in.client.construct_event(body, headers["stripe-signature"], SECRETS["connect"])
    with pytest.raises(stripe.SignatureVerificationError):
        stand_in.client.construct_event(body + b" ", headers["stripe-signature"], SECRETS[endpoint])


def test_the_library_verifies_a_thin_event_and_reads_on(stand_in):
    account = stand_in.account()
    stand_in.drain()
    assert stand_in.inbox.types("thin").count(CAPABILITY) == 2
    _, headers, body = [one for one in stand_in.inbox.received if CAPABILITY.encode() in one[2]][-1]
    notice = stand_in.client.parse_event_notification(body, headers["stripe-signature"], SECRETS["thin"])
    assert (notice.type, notice.related_object.id) == (CAPABILITY, account.id)
    assert notice.fetch_related_object().id == account.id
    assert notice.fetch_event().data.updated_capability == "stripe_balance.stripe_transfers"
    assert "data" not in json.loads(body)


def test_the_events_of_a_rental(stand_in):
    account = stand_in.account()
    intent = stand_in.taken()
    stand_in.v1.refunds.create({"payment_intent": intent.id, "amount": 500})
    transfer = stand_in.v1.transfers.create(
        {"amount": 500, "currency": "eur", "destination": account.id, "source_transaction": intent.latest_charge}
    )
    stand_in.v1.transfers.reversals.create(transfer.id)
    stand_in.drain()
    assert sorted(stand_in.inbox.types()) == sorted(
        [
            "customer.created",
            "payment_intent.created",
            "payment_method.attached",
            "charge.succeeded",
            "payment_intent.amount_capturable_updated",
            "checkout.session.completed",
            "charge.captured",
            "payment_intent.succeeded",
            "refund.created",
            "charge.refunded",
            "transfer.created",
            "transfer.reversed",
        ]
    )


def test_the_events_of_what_does_not_happen(stand_in):
    declined, cancelled, lapsed = stand_in.session(), stand_in.held(), stand_in.held()
    stand_in.pay(declined, "4000000000000002")
    stand_in.v1.checkout.sessions.expire(declined.id)
    stand_in.v1.payment_intents.cancel(cancelled.id)
    stand_in.control("expire_hold", payment_intent=lapsed.id)
    stand_in.drain()
    types = stand_in.inbox.types()
    assert types.count("payment_intent.canceled") == 3
    for one in ("charge.failed", "payment_intent.payment_failed", "checkout.session.expired", "charge.refunded"):
        assert types.count(one) == 1
    assert types.count("charge.expired") == 1


def test_private_notes_never_travel(stand_in):
    stand_in.taken()
    stand_in.drain()
    for body in stand_in.inbox.bodies():
        assert not [key for key in body["data"]["object"] if key.startswith("_")]
    assert b"4242424242424242" not in b"".join(body for _, _, body in stand_in.inbox.received)


def test_an_event_comes_again_until_it_is_taken(stand_in):
    stand_in.inbox.status = 500
    stand_in.customer()
    wait_until(lambda: len(stand_in.inbox.received) >= 2)
    assert stand_in.ask("deliveries")["deliveries"][0]["last_answer"].startswith("500")
    stand_in.inbox.status = 200
    stand_in.drain()
    bodies = stand_in.inbox.bodies()
    assert {body["id"] for body in bodies} == {bodies[0]["id"]}
    signatures = [headers["stripe-signature"] for _, headers, _ in stand_in.inbox.received]
    assert all(one.startswith("t=") and ",v1=" in one for one in signatures)
    delivery = stand_in.ask("deliveries")["deliveries"][0]
    assert delivery["done"] is True
    assert delivery["attempts"] == len(bodies)


def test_events_are_doubled_by_order(stand_in):
    stand_in.control("webhooks", copies=3)
    stand_in.customer()
    stand_in.drain()
    assert stand_in.inbox.types() == ["customer.created"] * 3


def test_events_are_dropped_by_order_and_can_be_listed_and_resent(stand_in):
    stand_in.control("webhooks", drop=1)
    stand_in.customer()
    stand_in.drain()
    assert stand_in.inbox.types() == []
    missed = stand_in.v1.events.list().data[0]
    stand_in.control("resend", event=missed.id)
    stand_in.drain()
    assert [body["id"] for body in stand_in.inbox.bodies()] == [missed.id]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_events_are_permuted_by_order(stand_in, seed):
    stand_in.control("webhooks", paused=True)
    made = [stand_in.customer().id for _ in range(6)]
    stand_in.control("webhooks", shuffle=seed)
    stand_in.drain()
    came = [body["data"]["object"]["id"] for body in stand_in.inbox.bodies()]
    assert sorted(came) == sorted(made)
    assert came != made


def test_events_are_delayed_by_order(stand_in):
    stand_in.control("webhooks", delay=0.3)
    stand_in.customer()
    assert stand_in.inbox.received == []
    wait_until(lambda: stand_in.inbox.received)


def test_events_say_what_changed_before(stand_in):
    customer = stand_in.customer()
    stand_in.v1.customers.update(customer.id, {"name": "Robert"})
    event = stand_in.v1.events.list({"type": "customer.updated"}).data[0]
    assert event.data.previous_attributes.name == "Bob Renter"
    assert event.data.object.name == "Robert"
