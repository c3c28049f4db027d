"""Stripe's events at the door: verified, kept once, answered at once."""

import hashlib
import hmac
import json
import time
from datetime import timedelta

import pytest
from rest_framework.test import APIClient

from payments.models import StripeAccount, WebhookEvent
from tests.factories.money import post_event

SECRETS = {"platform": "whsec_local_platform", "connect": "whsec_local_connect", "thin": "whsec_local_thin"}


def event(**changed):
    return {
        "id": "evt_1",
        "object": "event",
        "type": "customer.created",
        "livemode": False,
        "created": int(time.time()),
        "data": {"object": {"id": "cus_1", "object": "customer"}},
        **changed,
    }


def post(source, body, signature):
    headers = {} if signature is None else {"HTTP_STRIPE_SIGNATURE": signature}
    return APIClient().generic(
        "POST", f"/api/stripe/webhooks/{source}", body, content_type="application/json", **headers
    )


def sign(body, secret, at=None):
    at = int(at or time.time())
    mac = hmac.new(secret.encode(), f"{at}.{body}".encode(), hashlib.sha256)
    return f"t={at},v1={mac.hexdigest()}"


@pytest.mark.parametrize("source", ["platform", "connect"])
def test_a_signed_event_is_kept_and_answered(commits, run_jobs, source):
    body = json.dumps(event())
    assert post(source, body, sign(body, SECRETS[source])).status_code == 200
    kept = WebhookEvent.objects.get()
    assert (kept.event_id, kept.source, kept.type) == ("evt_1", source, "customer.created")
    assert kept.payload == json.loads(body)
    run_jobs()
    kept.refresh_from_db()
    assert kept.processed_at is not None
    assert kept.error == ""


@pytest.mark.parametrize(
    "forge",
    [
        lambda body: None,
        lambda body: "",
        lambda body: "t=1,v1=00",
        lambda body: sign(body, "whsec_guessed"),
        lambda body: sign(body, SECRETS["connect"]),
        lambda body: sign(body + " ", SECRETS["platform"]),
        lambda body: sign(body, SECRETS["platform"], at=time.time() - 600),
    ],
    ids=["none", "empty", "nonsense", "other secret", "other source", "other body", "old"],
)
def test_a_forged_signature_is_refused_and_nothing_is_kept(db, forge):
    body = json.dumps(event())
    answer = post("platform", body, forge(body))
    assert (answer.status_code, answer.json()["code"]) == (400, "webhook_signature_invalid")
    assert answer["Content-Type"] == "application/problem+json"
    assert WebhookEvent.objects.count() == 0


@pytest.mark.parametrize("body", ["", "[]", "null", "{", '{"object": "event"}'])
@pytest.mark.parametrize("source", ["platform", "thin"])
def test_a_signed_body_that_is_no_event_is_refused(db, source, body):
    answer = post(source, body, sign(body, SECRETS[source]))
    assert (answer.status_code, answer.json()["code"]) == (400, "webhook_signature_invalid")
    assert WebhookEvent.objects.count() == 0


def test_live_money_is_refused_by_a_test_key(db):
    body = json.dumps(event(livemode=True))
    answer = post("platform", body, sign(body, SECRETS["platform"]))
    assert (answer.status_code, answer.json()["code"]) == (400, "webhook_livemode_wrong")
    assert WebhookEvent.objects.count() == 0


def test_an_unknown_source_is_404(db):
    body = json.dumps(event())
    assert post("elsewhere", body, sign(body, SECRETS["platform"])).status_code == 404


def test_a_replay_is_answered_and_has_no_second_effect(journey):
    journey.onboard()
    journey.stripe.order("resend")
    again = journey.stripe.events()
    kept = list(WebhookEvent.objects.order_by("pk").values_list("event_id", "processed_at"))
    assert {post_event(one) for one in again} == {200}
    journey.run_jobs()
    assert list(WebhookEvent.objects.order_by("pk").values_list("event_id", "processed_at")) == kept


def test_an_unknown_object_is_asked_for_again_later(journey):
    journey.onboard()
    account = StripeAccount.objects.get(owner=journey.owner)
    account.delete()
    journey.stripe.order("restrict", account=account.stripe_id)
    for one in journey.stripe.events():
        assert post_event(one) == 200
    journey.run_jobs()
    waiting = WebhookEvent.objects.filter(processed_at=None)
    assert set(waiting.values_list("error", flat=True)) == {"unknown object"}
    account.status = "active"
    account.save(force_insert=True)
    journey.stripe.travel(timedelta(minutes=1))
    journey.sweep()
    journey.run_jobs()
    assert not waiting.exists()
    account.refresh_from_db()
    assert account.status == "restricted"
