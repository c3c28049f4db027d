"""Events doubled, permuted or lost: the same end every time."""

import random

import pytest

from payments.ledger.balances import balances
from payments.ledger.models import Posting
from payments.models import StripeCommand, WebhookEvent
from payments.sweeps import fetch_missed_events, sweep_objects


def doubled(events):
    return [*events, *events]


def permuted(seed):
    def deliver(events):
        return random.Random(seed).sample(events, len(events))

    return deliver


def end_of(journey):
    refs = sorted(ref.split(":")[0] for ref in Posting.objects.values_list("ref", flat=True))
    return journey.booking.state, journey.payment.status, refs, balances()


def live(journey, deliver):
    journey.onboard()
    journey.book()
    journey.pay()
    journey.settle(deliver)
    journey.act("accept", journey.owner)
    journey.settle(deliver)
    journey.ride()
    journey.complete()
    journey.settle(deliver)


@pytest.mark.parametrize("deliver", [doubled, permuted(1), permuted(2)], ids=["doubled", "permuted", "permuted again"])
def test_a_life_ends_the_same(journey, deliver):
    live(journey, deliver)
    booking, payment = journey.booking, journey.payment
    state, status, refs, sums = end_of(journey)
    assert (state, status, refs) == ("completed", "captured", ["captured", "split", "stripe_fee", "transfer"])
    assert sums["stripe"] == booking.total_amount - payment.stripe_fee - booking.owner_net
    assert set(StripeCommand.objects.values_list("status", flat=True)) == {"done"}
    assert not WebhookEvent.objects.filter(processed_at=None).exists()
    journey.check_books()


def test_every_event_once_more_after_the_end_changes_nothing(journey):
    live(journey, list)
    before, calls = end_of(journey), len(journey.stripe.calls("/"))
    WebhookEvent.objects.all().delete()
    journey.stripe.order("resend")
    journey.settle(permuted(3))
    assert end_of(journey) == before
    assert len(journey.stripe.calls("/")) == calls


def test_events_that_never_come_are_read_by_the_hourly_sweep(journey):
    journey.book()
    journey.pay()
    journey.settle(lambda events: [])
    assert journey.booking.state == "pending_payment"
    assert sweep_objects() == []
    assert journey.booking.state == "requested"
    kept = set(WebhookEvent.objects.values_list("type", flat=True))
    assert kept == {"checkout.session.completed", "payment_intent.amount_capturable_updated"}
    assert fetch_missed_events(0) == 0


def test_a_stripe_that_is_away_does_not_stop_the_hourly_sweep(journey):
    journey.book()
    journey.pay()
    journey.stripe.order("faults", name="status", method="GET", path="/v1/*", status=500, times=2)
    problems = sweep_objects()
    assert len(problems) == 2
    assert sweep_objects() == []
    assert journey.booking.state == "requested"
