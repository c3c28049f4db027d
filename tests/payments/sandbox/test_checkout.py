"""Checkout Sessions and their page."""

import time

import pytest
import stripe

from tests.payments.sandbox.stand_in import request


def test_an_open_session(stand_in):
    session = stand_in.session()
    assert (session.status, session.payment_status, session.amount_total) == ("open", "unpaid", 3150)
    assert session.url == f"{stand_in.base}/pay/{session.id}"
    assert session.payment_intent is None
    assert session.expires_at - session.created == 24 * 3600
    items = stand_in.v1.checkout.sessions.line_items.list(session.id)
    assert [(item.description, item.amount_total) for item in items.data] == [("Gitane hollandais", 3150)]


def test_paying_sets_the_money_aside_and_completes_the_session(stand_in):
    session = stand_in.session()
    status, headers, _ = stand_in.pay(session)
    assert status == 303
    assert headers["location"] == f"http://localhost:8000/fr/bookings/1/?checkout=done&s={session.id}"
    done = stand_in.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent.latest_charge"]})
    assert (done.status, done.payment_status, done.url) == ("complete", "unpaid", None)
    intent = done.payment_intent
    assert (intent.status, intent.amount_capturable, intent.transfer_group) == ("requires_capture", 3150, "booking_1")
    assert intent.metadata.to_dict() == {"booking": "1", "kind": "rental"}
    card = intent.latest_charge.payment_method_details.card
    assert card.capture_before - intent.latest_charge.created == 7 * 86400


def test_automatic_capture_is_paid_at_once(stand_in):
    session = stand_in.session(payment_intent_data={"capture_method": "automatic_async"})
    stand_in.pay(session)
    done = stand_in.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]})
    assert (done.payment_status, done.payment_intent.status) == ("paid", "succeeded")


def test_a_second_press_of_the_button_pays_nothing_more(stand_in):
    session = stand_in.session()
    stand_in.pay(session)
    status, headers, _ = stand_in.pay(session)
    assert (status, "checkout=done" in headers["location"]) == (303, True)
    assert len(stand_in.v1.charges.list().data) == 1


@pytest.mark.parametrize(
    ("number", "decline_code", "sentence"),
    [
        ("4000000000000002", "generic_decline", "Votre carte a été refusée."),
        ("4000000000009995", "insufficient_funds", "Le solde de votre carte ne suffit pas."),
        ("4000000000000341", "generic_decline", "Votre carte a été refusée."),
        ("4000000000000069", "expired_card", "Votre carte a expiré."),
        ("4111111111111111", "test_mode_live_card", "C’est une vraie carte"),
    ],
)
def test_a_declined_card_keeps_the_page_open(stand_in, number, decline_code, sentence):
    session = stand_in.session()
    status, _, text = stand_in.pay(session, number)
    assert status == 402
    assert sentence in text
    assert 'role="alert"' in text
    assert f'value="{number}"' in text
    assert 'value="Bob Renter"' in text
    assert 'value="123"' not in text
    open_still = stand_in.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]})
    assert open_still.status == "open"
    assert open_still.payment_intent.status == "requires_payment_method"
    assert open_still.payment_intent.last_payment_error.decline_code == decline_code
    assert stand_in.pay(session)[0] == 303
    again = stand_in.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]})
    assert again.payment_intent.id == open_still.payment_intent.id
    assert again.payment_intent.status == "requires_capture"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", "4242424242424241"),
        ("number", ""),
        ("number", "abcd"),
        ("expiry", "13 / 30"),
        ("expiry", "01 / 20"),
        ("expiry", "soon"),
        ("cvc", "12"),
        ("name", " "),
    ],
)
def test_a_mistake_is_shown_at_its_field_and_charges_nothing(stand_in, field, value):
    session = stand_in.session()
    status, _, text = stand_in.pay(session, **{"number": "4242424242424242", field: value})
    assert status == 422
    assert f'aria-describedby="{field}-wrong' in text
    assert 'aria-invalid="true"' in text
    assert stand_in.v1.checkout.sessions.retrieve(session.id).payment_intent is None


@pytest.mark.parametrize("expiry", ["12/34", "12 / 34", "12/2034", "1234", "12-34"])
def test_people_write_the_expiry_in_many_ways(stand_in, expiry):
    assert stand_in.pay(stand_in.session(), expiry=expiry)[0] == 303


def test_what_is_typed_is_never_taken_for_markup(stand_in):
    _, _, text = stand_in.pay(stand_in.session(), name='"><script>alert(1)</script>', number="1")
    assert "<script>alert" not in text


@pytest.mark.parametrize(
    ("locale", "accept", "language"),
    [("fr", "en", "fr"), ("en", "fr", "en"), ("auto", "fr-FR,fr;q=0.9", "fr"), ("auto", "de", "en")],
)
def test_the_page_speaks_the_sessions_language(stand_in, locale, accept, language):
    session = stand_in.session(locale=locale)
    status, headers, text = stand_in.get(session.url, **{"Accept-Language": accept})
    assert status == 200
    assert f'<html lang="{language}">' in text
    assert {"fr": "31,50\u00a0€", "en": "€31.50"}[language] in text
    assert "http://localhost:8000/fr/bookings/1/?checkout=cancelled" in text
    assert "default-src 'none'" in headers["content-security-policy"]


def test_without_a_known_address_the_page_asks_for_one(stand_in):
    customer = stand_in.v1.customers.create({"name": "Bob"})
    session = stand_in.session(customer=customer.id)
    assert stand_in.pay(session)[0] == 422
    assert stand_in.pay(session, email="bob@example.org")[0] == 303
    assert stand_in.v1.checkout.sessions.retrieve(session.id).customer_details.email == "bob@example.org"


def test_an_expired_page_takes_no_payment(stand_in):
    session = stand_in.session(expires_at=int(time.time()) + 1800)
    stand_in.control("clock", advance=1801)
    status, _, text = stand_in.pay(session)
    assert status == 410
    assert "Le temps pour payer est passé" in text
    gone = stand_in.v1.checkout.sessions.retrieve(session.id)
    assert (gone.status, gone.url, gone.payment_intent) == ("expired", None, None)


def test_expire_closes_the_page_and_gives_up_the_attempt(stand_in):
    session = stand_in.session()
    stand_in.pay(session, "4000000000000002")
    closed = stand_in.v1.checkout.sessions.expire(session.id, {"expand": ["payment_intent"]})
    assert (closed.status, closed.payment_intent.status) == ("expired", "canceled")
    assert stand_in.pay(session)[0] == 410


@pytest.mark.parametrize("first", ["pay", "expire"])
def test_only_an_open_session_can_be_expired(stand_in, first):
    session = stand_in.session()
    if first == "pay":
        stand_in.pay(session)
    else:
        stand_in.v1.checkout.sessions.expire(session.id)
    with pytest.raises(stripe.InvalidRequestError) as caught:
        stand_in.v1.checkout.sessions.expire(session.id)
    assert caught.value.http_status == 400
    assert "status" in caught.value.user_message
    expected = {"pay": "complete", "expire": "expired"}[first]
    assert stand_in.v1.checkout.sessions.retrieve(session.id).status == expected


@pytest.mark.parametrize("seconds", [60, 25 * 3600])
def test_a_page_lives_half_an_hour_to_a_day(stand_in, seconds):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        stand_in.session(expires_at=int(time.time()) + seconds)
    assert caught.value.param == "expires_at"


@pytest.mark.parametrize("missing", ["mode", "line_items", "success_url"])
def test_what_a_page_needs(stand_in, missing):
    params = {
        "mode": "payment",
        "success_url": "http://localhost:8000/",
        "line_items": [{"price_data": {"currency": "eur", "unit_amount": 500, "product_data": {"name": "x"}}}],
    }
    del params[missing]
    with pytest.raises(stripe.InvalidRequestError) as caught:
        stand_in.v1.checkout.sessions.create(params)
    assert (caught.value.code, caught.value.param) == ("parameter_missing", missing)


def test_sessions_are_found_by_customer_and_status(stand_in):
    session = stand_in.session()
    stand_in.session()
    found = stand_in.v1.checkout.sessions.list({"customer": session.customer, "status": "open"})
    assert [one.id for one in found.data] == [session.id]
    assert found.data[0].client_reference_id == "1"


def test_an_unknown_page_is_404(stand_in):
    assert request(stand_in.base, "GET", "/pay/cs_none")[0] == 404
    assert request(stand_in.base, "GET", "/elsewhere")[0] == 404
