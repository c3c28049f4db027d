"""Taking the money: when the owner accepts, or at once for an instant booking."""

from payments.ledger.balances import balance, balances
from payments.ledger.models import Posting
from payments.models import StripeCommand


def captures(journey):
    return [call for call in journey.stripe.calls("/v1/payment_intents") if call["path"].endswith("/capture")]


def test_accepting_takes_the_money_and_holds_it(journey):
    journey.request()
    assert captures(journey) == []
    assert Posting.objects.count() == 0
    journey.act("accept", journey.owner)
    journey.settle()
    booking, payment = journey.booking, journey.payment
    (call,) = captures(journey)
    assert call["path"] == f"/v1/payment_intents/{payment.payment_intent}/capture"
    assert call["params"] == {
        "amount_to_capture": str(booking.total_amount),
        "metadata": {"ledger_ref": f"captured:{booking.uuid}"},
        "expand": {"0": "latest_charge.balance_transaction"},
    }
    assert call["idempotency_key"] == StripeCommand.objects.get(kind="capture").idempotency_key
    assert payment.status == "captured"
    assert booking.captured_at == payment.captured_at
    assert balances() == {
        "held": booking.total_amount,
        "stripe": booking.total_amount - payment.stripe_fee,
        "stripe_fees": payment.stripe_fee,
    }
    assert balance("held", booking=booking) == booking.total_amount
    journey.check_books()


def test_an_instant_booking_is_captured_without_an_answer(journey):
    journey.request(instant=True)
    assert journey.booking.state == "confirmed"
    assert journey.payment.status == "captured"
    assert len(captures(journey)) == 1
    journey.check_books()


def test_a_lost_answer_takes_the_money_once(journey):
    journey.request()
    journey.stripe.order("faults", name="lose_answer", path="/v1/payment_intents/*/capture")
    journey.act("accept", journey.owner)
    journey.run_jobs()
    assert journey.payment.status == "authorised"
    assert StripeCommand.objects.get(kind="capture").status == "pending"
    journey.later()
    first, second = captures(journey)
    assert first["idempotency_key"] == second["idempotency_key"]
    assert journey.payment.status == "captured"
    journey.check_books()


def test_a_busy_stripe_is_asked_again_with_the_same_key(journey):
    journey.request()
    for status in (409, 429, 500):
        journey.stripe.order("faults", name="status", path="/v1/payment_intents/*/capture", status=status)
    journey.act("accept", journey.owner)
    journey.run_jobs()
    for _ in range(3):
        journey.later()
    assert journey.payment.status == "captured"
    keys = {call["idempotency_key"] for call in captures(journey)}
    assert len(keys) == 1
    journey.check_books()


def test_when_the_bank_has_let_go_the_booking_is_cancelled(journey):
    journey.request()
    journey.stripe.order("expire_hold", payment_intent=journey.payment.payment_intent)
    journey.act("accept", journey.owner)
    journey.settle()
    assert journey.booking.state == "cancelled"
    assert journey.payment.status == "void"
    assert journey.booking.transitions.filter(action="capture_failed").exists()
    assert Posting.objects.count() == 0
    journey.check_books()
