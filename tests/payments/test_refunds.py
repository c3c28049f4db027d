"""A cancellation: the amounts frozen with it go back to the card and to the owner, and the books show both."""

from datetime import timedelta

from payments.ledger.balances import balance, balances
from payments.models import Refund, StripeCommand, Transfer


def test_cancelling_early_gives_everything_back(journey):
    journey.confirm(policy="flexible")
    journey.act("cancel", journey.renter)
    journey.settle()
    booking, payment = journey.booking, journey.payment
    (call,) = journey.stripe.calls("/v1/refunds")
    transition = booking.transitions.get(action="cancel")
    assert call["params"] == {
        "payment_intent": payment.payment_intent,
        "amount": str(booking.total_amount),
        "metadata": {
            "booking": str(booking.uuid),
            "kind": "refund",
            "ledger_ref": f"refund:{booking.uuid}:{transition.pk}",
        },
    }
    assert call["idempotency_key"] == StripeCommand.objects.get(kind="refund").idempotency_key
    assert Refund.objects.get().status == "succeeded"
    assert {name: cents for name, cents in balances().items() if cents} == {
        "stripe": -payment.stripe_fee,
        "stripe_fees": payment.stripe_fee,
    }
    assert not Transfer.objects.exists()
    journey.check_books()


def test_cancelling_late_gives_back_what_the_policy_says_and_pays_the_owner(journey):
    journey.onboard()
    journey.confirm(policy="flexible")
    journey.until(journey.booking.starts_at - timedelta(hours=5))
    journey.act("cancel", journey.renter)
    journey.settle()
    booking = journey.booking
    frozen = booking.transitions.get(action="cancel").data
    refund, transfer = Refund.objects.get(), Transfer.objects.get()
    assert (refund.amount, transfer.amount) == (frozen["refund_to_renter"], frozen["owner_share"])
    assert (refund.status, transfer.status) == ("succeeded", "sent")
    rental = booking.total_amount - booking.renter_fee
    assert refund.amount == rental // 2
    kept = booking.total_amount - refund.amount - transfer.amount
    sums = balances()
    assert sums["commission"] + sums["service_fee"] + sums["vat"] == kept
    assert balance("held", booking=booking) == balance("refund_payable", booking=booking) == 0
    assert balance("owner_payable", owner=journey.owner) == 0
    journey.check_books()


def test_the_owner_cancelling_gives_everything_back(journey):
    journey.confirm(policy="strict")
    journey.act("cancel", journey.owner, reason="The bike is broken.")
    journey.settle()
    assert Refund.objects.get().amount == journey.booking.total_amount
    journey.check_books()


def test_a_lost_answer_refunds_once(journey):
    journey.confirm()
    journey.stripe.order("faults", name="lose_answer", path="/v1/refunds")
    journey.act("cancel", journey.owner, reason="Broken.")
    journey.run_jobs()
    assert Refund.objects.get().status == "asked"
    assert balance("refund_payable", booking=journey.booking) == journey.booking.total_amount
    journey.later()
    first, second = journey.stripe.calls("/v1/refunds")
    assert first["idempotency_key"] == second["idempotency_key"]
    assert len(journey.stripe.process.v1.refunds.list().data) == 1
    journey.check_books()


def test_after_a_day_the_refund_is_looked_up_before_it_is_made_again(journey):
    journey.confirm()
    journey.stripe.order("faults", name="lose_answer", path="/v1/refunds")
    journey.act("cancel", journey.owner, reason="Broken.")
    journey.run_jobs()
    journey.stripe.travel(timedelta(hours=24))
    journey.later()
    assert len(journey.stripe.calls("/v1/refunds")) == 1
    assert Refund.objects.get().status == "succeeded"
    journey.check_books()


def test_after_a_day_a_refund_never_made_is_made_under_a_new_key(journey):
    journey.confirm()
    journey.stripe.order("faults", name="lose_call", path="/v1/refunds")
    journey.act("cancel", journey.owner, reason="Broken.")
    journey.run_jobs()
    journey.stripe.travel(timedelta(hours=24))
    journey.later()
    first, second = journey.stripe.calls("/v1/refunds")
    assert first["idempotency_key"] != second["idempotency_key"]
    assert Refund.objects.get().status == "succeeded"
    journey.check_books()


def test_a_refund_the_bank_sends_back_is_owed_again(journey):
    journey.confirm()
    journey.act("cancel", journey.owner, reason="Broken.")
    journey.settle()
    refund = Refund.objects.get()
    journey.stripe.order("fail_refund", refund=refund.stripe_id)
    journey.settle()
    refund.refresh_from_db()
    assert refund.status == "failed"
    assert balance("refund_payable", booking=journey.booking) == refund.amount
    journey.check_books()


def test_cancelled_before_the_capture_was_answered_is_captured_and_then_refunded(journey):
    journey.request()
    journey.stripe.order("faults", name="lose_answer", path="/v1/payment_intents/*/capture")
    journey.act("accept", journey.owner)
    journey.run_jobs()
    journey.act("cancel", journey.owner, reason="Broken.")
    journey.run_jobs()
    journey.later()
    assert journey.payment.status == "captured"
    assert Refund.objects.get().amount == journey.booking.total_amount
    journey.check_books()
