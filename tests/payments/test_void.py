"""Letting go: nothing was taken, so nothing is refunded. Both ways a race between paying and ending can go."""

import pytest

from payments.ledger.models import Posting
from payments.models import Effect


def ended(journey):
    return [
        call["path"].rsplit("/", 1)[1]
        for call in journey.stripe.calls()
        if call["path"].endswith(("/cancel", "/expire"))
    ]


def intent(journey):
    return journey.stripe.process.v1.payment_intents.retrieve(journey.payment.payment_intent)


def check_nothing_taken(journey):
    assert journey.payment.status == "void"
    assert Posting.objects.count() == 0
    assert not Effect.objects.filter(done_at=None).exists()
    assert journey.stripe.calls("/v1/refunds") == []
    journey.check_books()


@pytest.mark.parametrize(
    ("action", "by_owner", "state"), [("decline", True, "declined"), ("withdraw", False, "cancelled")]
)
def test_a_request_that_ends_lets_go_of_the_money(journey, action, by_owner, state):
    journey.request()
    journey.act(action, journey.owner if by_owner else journey.renter)
    journey.settle()
    assert journey.booking.state == state
    assert ended(journey) == ["cancel"]
    assert intent(journey).status == "canceled"
    check_nothing_taken(journey)


def test_a_request_nobody_answers_lets_go_of_the_money(journey):
    journey.request()
    journey.until(journey.booking.answer_by)
    assert journey.booking.state == "expired"
    assert ended(journey) == ["cancel"]
    check_nothing_taken(journey)


def test_letting_go_is_tried_again_when_stripe_refused_it_while_the_money_is_still_set_aside(journey):
    journey.request()
    journey.stripe.order("faults", name="status", status=400, path="/v1/payment_intents/*/cancel")
    journey.act("decline", journey.owner)
    journey.settle()
    assert intent(journey).status == "requires_capture"
    journey.later()
    assert intent(journey).status == "canceled"
    assert ended(journey) == ["cancel", "cancel"]
    check_nothing_taken(journey)


def test_a_booking_given_up_before_paying_closes_its_page(journey):
    journey.book()
    url = journey.checkout()
    journey.act("abandon", journey.renter)
    journey.settle()
    assert ended(journey) == ["expire"]
    assert journey.stripe.pay(url)[0] == 410
    check_nothing_taken(journey)


def test_without_a_page_there_is_nothing_to_close(journey):
    journey.book()
    journey.act("abandon", journey.renter)
    journey.settle()
    assert journey.stripe.calls() == []
    assert Effect.objects.get().done_at is not None


def test_a_page_whose_answer_was_lost_is_closed_too(journey):
    journey.book()
    journey.stripe.order("faults", name="lose_answer", path="/v1/checkout/sessions")
    journey.api(journey.renter).post(f"/api/bookings/{journey.booking_uuid}/checkout", {})
    journey.act("abandon", journey.renter)
    journey.settle()
    assert ended(journey) == ["expire"]
    (session,) = journey.stripe.process.v1.checkout.sessions.list().data
    assert session.status == "expired"
    check_nothing_taken(journey)


def test_paid_while_giving_up_lets_go_of_the_money(journey):
    journey.book()
    journey.pay()
    journey.act("abandon", journey.renter)
    journey.settle()
    assert journey.booking.state == "cancelled"
    assert ended(journey) == ["cancel"]
    check_nothing_taken(journey)


def test_paid_just_before_the_lapse_still_counts_while_the_dates_are_free(journey):
    journey.book()
    journey.pay()
    journey.lapse_without_events()
    assert journey.booking.state == "expired"
    journey.settle()
    assert journey.booking.state == "requested"
    assert journey.payment.status == "authorised"
    assert ended(journey) == []
    journey.act("accept", journey.owner)
    journey.settle()
    assert journey.payment.status == "captured"
    journey.check_books()


def test_paid_too_late_for_dates_that_somebody_else_has_is_let_go(journey):
    journey.book()
    journey.pay()
    journey.lapse_without_events()
    journey.block_the_dates()
    journey.settle()
    assert journey.booking.state == "expired"
    assert ended(journey) == ["cancel"]
    check_nothing_taken(journey)
