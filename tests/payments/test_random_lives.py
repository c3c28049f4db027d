"""Random lives of bookings under a bad network: whatever happens, the books agree and nothing is made twice."""

import random

from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from payments.ledger.balances import balance
from payments.models import Refund, Transfer
from tests import database

ENDS = ("leave", "abandon", "pay and abandon", "decline", "withdraw", "ignore", "cancel", "owner cancels", "ride")
FAULTS = ("lose_answer", "lose_call")
PATHS = (
    "/v1/customers",
    "/v1/checkout/sessions",
    "/v1/checkout/sessions/*/expire",
    "/v1/payment_intents/*/capture",
    "/v1/payment_intents/*/cancel",
    "/v1/refunds",
    "/v1/transfers",
)
lives = st.fixed_dictionaries(
    {
        "end": st.sampled_from(ENDS),
        "instant": st.booleans(),
        "onboarded": st.booleans(),
        "faults": st.lists(st.tuples(st.sampled_from(FAULTS), st.sampled_from(PATHS)), max_size=3),
        "seed": st.integers(0, 99),
    }
)


def live(journey, life):
    """One life; a call that fails for the caller is simply made again, as a person would."""
    rng = random.Random(life["seed"])

    def deliver(events):
        sent = [event for event in events for _ in range(rng.choice((0, 1, 1, 2)))]
        return rng.sample(sent, len(sent))

    end = life["end"]
    if life["onboarded"]:
        journey.onboard()
    for name, path in life["faults"]:
        journey.stripe.order("faults", name=name, path=path)
    journey.book(instant=life["instant"])
    if end == "abandon":
        journey.checkout_at_last()
        journey.act("abandon", journey.renter)
    elif end == "leave":
        journey.checkout_at_last()
        journey.until(journey.booking.pay_by)
    else:
        journey.stripe.pay(journey.checkout_at_last())
        if end == "pay and abandon":
            journey.act("abandon", journey.renter)
        else:
            journey.settle(deliver)
            journey.catch_up()
            finish(journey, end)
    journey.settle(deliver)
    for _ in range(3):
        journey.later()
    journey.catch_up()


def finish(journey, end):
    booking = journey.booking
    if booking.state == "requested" and end == "ignore":
        journey.until(booking.answer_by)
    elif booking.state == "requested" and end in ("decline", "withdraw"):
        journey.act(end, journey.owner if end == "decline" else journey.renter)
    else:
        if booking.state == "requested":
            journey.act("accept", journey.owner)
        # As often as the network may fail in one life.
        for _ in range(4):
            journey.later()
        if end == "ride":
            journey.ride()
            journey.complete()
        else:
            journey.act("cancel", journey.renter if end == "cancel" else journey.owner, reason="Changed.")


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    # A life takes a second; a failing one is short enough to read as it is.
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(life=lives)
def test_any_life_ends_with_books_that_agree(journey, life):
    note(str(life))
    database.empty()
    journey.begin_again()
    live(journey, life)
    journey.check_books()
    booking = journey.booking
    paid = balance("held", booking=booking)
    assert paid == 0 or booking.state in ("confirmed", "active", "returned")
    assert balance("refund_payable", booking=booking) == 0
    captured = journey.payment.amount if journey.payment.status == "captured" else 0
    back = sum(Refund.objects.values_list("amount", flat=True))
    sent = sum(Transfer.objects.filter(status="sent").values_list("amount", flat=True))
    assert back + sent <= captured
    stripe = journey.stripe.process.v1
    assert len(stripe.checkout.sessions.list().data) == 1
    assert len(stripe.refunds.list().data) == Refund.objects.count()
    assert len(stripe.transfers.list().data) == Transfer.objects.filter(status="sent").count()
    if not life["onboarded"]:
        assert sent == 0
