"""The customer's bank asks who is paying."""

import pytest
import stripe

ALWAYS = "4000002760003184"
UNLESS_SET_UP = "4000002500003155"


def intent_of(stand_in, session):
    return stand_in.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]}).payment_intent


@pytest.mark.parametrize("number", [ALWAYS, UNLESS_SET_UP])
def test_confirming_at_the_bank_completes_the_session(stand_in, number):
    session = stand_in.session()
    status, headers, _ = stand_in.pay(session, number)
    intent = intent_of(stand_in, session)
    assert (status, headers["location"]) == (303, f"/3ds/{intent.id}")
    assert intent.status == "requires_action"
    assert intent.next_action.redirect_to_url.url == f"{stand_in.base}/3ds/{intent.id}"
    _, _, page = stand_in.get(intent.next_action.redirect_to_url.url)
    assert "31,50" in page
    assert "Votre banque vous demande confirmation" in page
    status, headers, _ = stand_in.fill_in(intent.next_action.redirect_to_url.url, answer="yes")
    assert (status, "checkout=done" in headers["location"]) == (303, True)
    assert intent_of(stand_in, session).status == "requires_capture"
    assert stand_in.v1.checkout.sessions.retrieve(session.id).status == "complete"


def test_refusing_at_the_bank_leads_back_to_the_page(stand_in):
    session = stand_in.session()
    _, headers, _ = stand_in.pay(session, ALWAYS)
    status, headers, _ = stand_in.fill_in(headers["location"], answer="no")
    assert (status, headers["location"]) == (303, f"/pay/{session.id}")
    _, _, page = stand_in.get(f"{stand_in.base}/pay/{session.id}")
    assert "Votre banque n’a pas confirmé que c’était vous." in page
    intent = intent_of(stand_in, session)
    assert intent.status == "requires_payment_method"
    assert intent.last_payment_error.code == "payment_intent_authentication_failure"
    assert stand_in.pay(session)[0] == 303


def test_the_bank_asks_once(stand_in):
    session = stand_in.session()
    _, headers, _ = stand_in.pay(session, ALWAYS)
    stand_in.fill_in(headers["location"], answer="yes")
    stand_in.fill_in(headers["location"], answer="no")
    assert intent_of(stand_in, session).status == "requires_capture"
    assert len(stand_in.v1.charges.list().data) == 1


def test_a_page_that_expires_meanwhile_takes_nothing(stand_in):
    session = stand_in.session()
    _, headers, _ = stand_in.pay(session, ALWAYS)
    stand_in.v1.checkout.sessions.expire(session.id)
    stand_in.fill_in(headers["location"], answer="yes")
    assert intent_of(stand_in, session).status == "canceled"
    assert stand_in.v1.charges.list().data == []


def off_session(stand_in, customer, method, **more):
    return stand_in.v1.payment_intents.create(
        {
            "amount": 20000,
            "currency": "eur",
            "customer": customer,
            "payment_method": method,
            "capture_method": "manual",
            "off_session": True,
            "confirm": True,
            **more,
        }
    )


def saved_card(stand_in, number):
    session = stand_in.session()
    _, headers, _ = stand_in.pay(session, number)
    if headers["location"].startswith("/3ds/"):
        stand_in.fill_in(headers["location"], answer="yes")
    intent = intent_of(stand_in, session)
    return intent.customer, intent.payment_method


def test_a_card_set_up_once_pays_later_without_its_holder(stand_in):
    customer, method = saved_card(stand_in, UNLESS_SET_UP)
    intent = off_session(stand_in, customer, method, expand=["latest_charge"])
    assert intent.status == "requires_capture"
    card = intent.latest_charge.payment_method_details.card
    assert card.capture_before - intent.created == 4 * 86400 + 18 * 3600


def test_a_card_that_always_asks_cannot_pay_without_its_holder(stand_in):
    customer, method = saved_card(stand_in, ALWAYS)
    with pytest.raises(stripe.CardError) as caught:
        off_session(stand_in, customer, method)
    error = caught.value
    assert (error.http_status, error.code) == (402, "authentication_required")
    assert error.error.decline_code == "authentication_required"
    assert error.error.payment_intent.status == "requires_payment_method"
    assert error.error.payment_method.id == method


def test_on_session_an_intent_is_confirmed_at_the_bank_and_comes_back(stand_in):
    intent = stand_in.v1.payment_intents.create(
        {
            "amount": 500,
            "currency": "eur",
            "payment_method": "pm_card_authenticationRequired",
            "confirm": True,
            "return_url": "http://localhost:8000/back?x=1",
        }
    )
    assert intent.status == "requires_action"
    _, headers, _ = stand_in.fill_in(intent.next_action.redirect_to_url.url, answer="yes")
    assert headers["location"].startswith(f"http://localhost:8000/back?x=1&payment_intent={intent.id}&")
    assert headers["location"].endswith("redirect_status=succeeded")
    assert stand_in.v1.payment_intents.retrieve(intent.id).status == "succeeded"
