"""PaymentIntents: set aside, taken, let go."""

import pytest
import stripe


def refused(call):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        call()
    return caught.value


def test_capture_takes_all(stand_in):
    intent = stand_in.held()
    taken = stand_in.v1.payment_intents.capture(intent.id, {"expand": ["latest_charge.balance_transaction"]})
    assert (taken.status, taken.amount_received, taken.amount_capturable) == ("succeeded", 3150, 0)
    charge = taken.latest_charge
    assert (charge.captured, charge.amount_captured, charge.paid) == (True, 3150, True)
    assert charge.payment_method_details.card.to_dict().get("capture_before") is None
    movement = charge.balance_transaction
    # 1.5 % of 31.50 is 47.25 cents, plus 25.
    assert (movement.amount, movement.fee, movement.net) == (3150, 72, 3078)
    assert [(fee.type, fee.amount) for fee in movement.fee_details] == [("stripe_fee", 72)]


def test_capture_takes_a_part_once(stand_in):
    intent = stand_in.held()
    taken = stand_in.v1.payment_intents.capture(intent.id, {"amount_to_capture": 1000, "metadata": {"x": "1"}})
    assert (taken.status, taken.amount, taken.amount_received) == ("succeeded", 3150, 1000)
    assert taken.metadata.to_dict() == {"booking": "1", "kind": "rental", "x": "1"}
    error = refused(lambda: stand_in.v1.payment_intents.capture(intent.id, {"amount_to_capture": 500}))
    assert error.code == "payment_intent_unexpected_state"
    assert error.error.payment_intent.id == intent.id
    assert stand_in.v1.balance.retrieve().pending[0].amount == 1000 - 15 - 25


@pytest.mark.parametrize(("amount", "code"), [(3151, "amount_too_large"), (0, "parameter_invalid_integer")])
def test_capture_takes_no_more_than_is_there(stand_in, amount, code):
    intent = stand_in.held()
    error = refused(lambda: stand_in.v1.payment_intents.capture(intent.id, {"amount_to_capture": amount}))
    assert (error.code, error.param) == (code, "amount_to_capture")
    assert stand_in.v1.payment_intents.retrieve(intent.id).status == "requires_capture"
    assert stand_in.v1.balance_transactions.list().data == []


def test_capture_needs_money_set_aside(stand_in):
    intent = stand_in.v1.payment_intents.create({"amount": 500, "currency": "eur"})
    assert refused(lambda: stand_in.v1.payment_intents.capture(intent.id)).code == "payment_intent_unexpected_state"


def test_cancel_lets_go(stand_in):
    intent = stand_in.held()
    gone = stand_in.v1.payment_intents.cancel(
        intent.id, {"cancellation_reason": "requested_by_customer", "expand": ["latest_charge"]}
    )
    assert (gone.status, gone.cancellation_reason, gone.amount_capturable) == ("canceled", "requested_by_customer", 0)
    assert (gone.latest_charge.captured, gone.latest_charge.refunded) == (False, True)
    assert stand_in.v1.balance_transactions.list().data == []
    for again in (stand_in.v1.payment_intents.cancel, stand_in.v1.payment_intents.capture):
        assert refused(lambda call=again: call(intent.id)).code == "payment_intent_unexpected_state"


def test_what_is_taken_cannot_be_cancelled(stand_in):
    intent = stand_in.taken()
    error = refused(lambda: stand_in.v1.payment_intents.cancel(intent.id))
    assert error.code == "payment_intent_unexpected_state"
    assert stand_in.v1.payment_intents.retrieve(intent.id).status == "succeeded"


def test_checkouts_intent_is_cancelled_by_expiring_its_page(stand_in):
    session = stand_in.session()
    stand_in.pay(session, "4000000000000002")
    intent = stand_in.v1.checkout.sessions.retrieve(session.id).payment_intent
    assert session.id in refused(lambda: stand_in.v1.payment_intents.cancel(intent)).user_message


def test_a_hold_that_nobody_takes_goes_back(stand_in):
    intent = stand_in.held()
    stand_in.control("clock", advance=7 * 86400 + 60)
    gone = stand_in.v1.payment_intents.retrieve(intent.id)
    assert (gone.status, gone.cancellation_reason) == ("canceled", "automatic")
    assert refused(lambda: stand_in.v1.payment_intents.capture(intent.id)).code == "payment_intent_unexpected_state"


def test_an_hour_before_its_end_a_hold_can_still_be_taken(stand_in):
    intent = stand_in.held()
    stand_in.control("clock", advance=7 * 86400 - 3600)
    assert stand_in.v1.payment_intents.capture(intent.id).status == "succeeded"


def test_a_saved_card_pays_a_deposit_without_its_holder(stand_in):
    first = stand_in.held()
    deposit = stand_in.v1.payment_intents.create(
        {
            "amount": 20000,
            "currency": "eur",
            "customer": first.customer,
            "payment_method": first.payment_method,
            "capture_method": "manual",
            "off_session": True,
            "confirm": True,
            "transfer_group": "booking_1",
            "metadata": {"kind": "deposit"},
        }
    )
    assert (deposit.status, deposit.amount_capturable) == ("requires_capture", 20000)
    found = stand_in.v1.payment_intents.list({"customer": first.customer})
    assert [one.metadata["kind"] for one in found.data] == ["deposit", "rental"]


def test_the_next_attempt_can_be_declined_by_order(stand_in):
    first = stand_in.held()
    stand_in.control("decline_next", customer=first.customer, decline_code="insufficient_funds")
    params = {
        "amount": 500,
        "currency": "eur",
        "customer": first.customer,
        "payment_method": first.payment_method,
        "off_session": True,
        "confirm": True,
    }
    with pytest.raises(stripe.CardError) as caught:
        stand_in.v1.payment_intents.create(params)
    assert caught.value.code == "card_declined"
    assert caught.value.error.decline_code == "insufficient_funds"
    assert stand_in.v1.payment_intents.create(params).status == "succeeded"


def test_a_declined_attempt_says_why_and_waits_for_another_card(stand_in):
    with pytest.raises(stripe.CardError) as caught:
        stand_in.v1.payment_intents.create(
            {
                "amount": 500,
                "currency": "eur",
                "payment_method": "pm_card_visa_chargeDeclinedInsufficientFunds",
                "confirm": True,
            }
        )
    error = caught.value
    assert (error.http_status, error.code) == (402, "card_declined")
    assert (error.error.type, error.error.decline_code) == ("card_error", "insufficient_funds")
    assert error.user_message == "Your card has insufficient funds."
    intent = error.error.payment_intent
    assert stand_in.v1.charges.retrieve(error.error.charge).status == "failed"
    again = stand_in.v1.payment_intents.confirm(intent.id, {"payment_method": "pm_card_visa"})
    assert again.status == "succeeded"


def test_confirm_needs_a_card_and_an_open_intent(stand_in):
    intent = stand_in.v1.payment_intents.create({"amount": 500, "currency": "eur"})
    assert refused(lambda: stand_in.v1.payment_intents.confirm(intent.id)).code == "payment_intent_unexpected_state"
    stand_in.v1.payment_intents.confirm(intent.id, {"payment_method": "pm_card_visa"})
    assert refused(lambda: stand_in.v1.payment_intents.confirm(intent.id)).code == "payment_intent_unexpected_state"


def test_off_session_needs_confirm(stand_in):
    error = refused(lambda: stand_in.v1.payment_intents.create({"amount": 500, "currency": "eur", "off_session": True}))
    assert error.param == "off_session"


def test_metadata_changes_at_any_time_amounts_do_not(stand_in):
    intent = stand_in.taken()
    changed = stand_in.v1.payment_intents.update(intent.id, {"metadata": {"kind": "", "note": "x"}})
    assert changed.metadata.to_dict() == {"booking": "1", "note": "x"}
    error = refused(lambda: stand_in.v1.payment_intents.update(intent.id, {"amount": 9999}))
    assert error.code == "payment_intent_unexpected_state"


def test_what_cannot_be_expanded_is_refused(stand_in):
    intent = stand_in.held()
    error = refused(lambda: stand_in.v1.payment_intents.retrieve(intent.id, {"expand": ["amount"]}))
    assert error.user_message == "This property cannot be expanded (amount)."


def test_expansion_reaches_into_lists(stand_in):
    stand_in.taken()
    found = stand_in.v1.payment_intents.list({"expand": ["data.latest_charge.balance_transaction", "data.customer"]})
    assert found.data[0].latest_charge.balance_transaction.fee == 72
    assert found.data[0].customer.email == "bob@example.org"


def test_time_filters(stand_in):
    first = stand_in.v1.payment_intents.create({"amount": 500, "currency": "eur"})
    stand_in.control("clock", advance=1000)
    second = stand_in.v1.payment_intents.create({"amount": 500, "currency": "eur"})
    listed = stand_in.v1.payment_intents.list
    assert [one.id for one in listed({"created": {"gte": first.created + 500}}).data] == [second.id]
    assert [one.id for one in listed({"created": {"lt": second.created}}).data] == [first.id]
    assert [one.id for one in listed({"created": first.created}).data] == [first.id]
