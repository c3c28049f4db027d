"""The payment page: one per booking, opened by its renter, closed when the hold ends."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from payments.models import Customer, Payment, StripeCommand
from tests.factories import people
from tests.factories.money import DECLINED, THREE_D_SECURE

SESSIONS = "/v1/checkout/sessions"


def ask(journey, person, **body):
    return journey.api(person).post(f"/api/bookings/{journey.booking_uuid}/checkout", body)


@pytest.mark.parametrize(("who", "status"), [(people.alice, 404), (people.carol, 404), (lambda: None, 401)])
def test_only_the_renter_opens_it(journey, who, status):
    journey.book()
    assert ask(journey, who()).status_code == status
    assert Payment.objects.count() == 0
    assert journey.stripe.calls() == []


def test_what_is_asked_of_stripe(journey, settings):
    booked = journey.book(title="Gitane")
    url = journey.checkout()
    booking = journey.booking
    customer, session = journey.stripe.calls()
    assert (customer["path"], session["path"]) == ("/v1/customers", SESSIONS)
    assert customer["params"] == {
        "email": "bob@example.com",
        "name": "Bob",
        "preferred_locales": {"0": "en"},
        "metadata": {"person": str(journey.renter.uuid)},
    }
    page = f"{settings.PUBLIC_URL}/en/bookings/{booking.uuid}/"
    metadata = {"booking": str(booking.uuid), "kind": "rental", "ledger_ref": f"captured:{booking.uuid}"}
    sent = dict(session["params"])
    line = sent.pop("line_items")["0"]
    assert int(line["price_data"]["unit_amount"]) == booking.total_amount == booked["quote"]["total"]["amount"]
    assert (line["quantity"], line["price_data"]["currency"]) == ("1", "eur")
    assert line["price_data"]["product_data"]["name"] == "Gitane"
    assert abs(int(sent.pop("expires_at")) - booking.pay_by.timestamp()) < 20
    assert sent == {
        "mode": "payment",
        "customer": Customer.objects.get(person=journey.renter).stripe_id,
        "client_reference_id": str(booking.uuid),
        "payment_intent_data": {
            "capture_method": "manual",
            "setup_future_usage": "off_session",
            "transfer_group": f"booking_{booking.uuid}",
            "metadata": metadata,
        },
        "metadata": metadata,
        "success_url": f"{page}?checkout=done",
        "cancel_url": f"{page}?checkout=cancelled",
        "locale": "en",
    }
    command = StripeCommand.objects.get(kind="checkout")
    assert session["idempotency_key"] == command.idempotency_key
    assert (command.status, command.transition.action) == ("done", "hold")
    assert url == f"{journey.stripe.base}/pay/{journey.payment.checkout_session}"


def test_asking_again_gives_the_same_page(journey):
    journey.book()
    assert journey.checkout() == journey.checkout()
    assert len(journey.stripe.calls(SESSIONS)) == 1


def test_two_clicks_at_once_make_one_customer_and_one_page(journey):
    journey.book()
    for path in ("/v1/customers", SESSIONS):
        journey.stripe.order("faults", name="slow", path=path, seconds=0.3)

    def click(_):
        try:
            return ask(journey, journey.renter)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=4) as threads:
        answers = list(threads.map(click, range(4)))
    assert [answer.status_code for answer in answers] == [200] * 4
    assert len({answer.json()["url"] for answer in answers}) == 1
    assert [call["path"] for call in journey.stripe.calls()] == ["/v1/customers", SESSIONS]


def test_a_lost_answer_makes_one_page(journey):
    journey.book()
    journey.stripe.order("faults", name="lose_answer", path=SESSIONS)
    refused = ask(journey, journey.renter)
    assert (refused.status_code, refused.json()["code"]) == (503, "payments_unreachable")
    url = journey.checkout()
    first, second = journey.stripe.calls(SESSIONS)
    assert first["idempotency_key"] == second["idempotency_key"]
    assert [one.url for one in journey.stripe.process.v1.checkout.sessions.list().data] == [url]


def test_a_page_asked_for_too_late_for_its_first_times_is_asked_for_anew(journey):
    journey.book()
    journey.stripe.order("faults", name="lose_call", path=SESSIONS)
    assert ask(journey, journey.renter).status_code == 503
    journey.stripe.travel(timedelta(minutes=20))
    journey.checkout()
    first, second, third = journey.stripe.calls(SESSIONS)
    assert first["idempotency_key"] == second["idempotency_key"] != third["idempotency_key"]
    assert int(third["params"]["expires_at"]) > int(second["params"]["expires_at"])


def test_no_page_is_asked_for_anew_once_the_hold_has_lapsed_meanwhile(journey):
    journey.book()
    journey.stripe.order("faults", name="lose_call", path=SESSIONS)
    assert ask(journey, journey.renter).status_code == 503
    journey.stripe.travel(timedelta(minutes=20))
    journey.stripe.order("faults", name="slow", path=SESSIONS, seconds=2)

    def click(_number: int) -> tuple[int, str]:
        answer = ask(journey, journey.renter)
        connections.close_all()
        return answer.status_code, answer.json().get("code", "")

    with ThreadPoolExecutor(max_workers=1) as threads:
        clicked = threads.submit(click, 0)
        while not StripeCommand.objects.filter(kind="checkout", status="running").exists():
            pass
        journey.lapse_without_events()
        assert journey.booking.state == "expired"
        assert clicked.result() == (409, "not_payable")
    assert journey.stripe.process.v1.checkout.sessions.list().data == []
    journey.settle()
    assert journey.payment.status == "void"


def test_the_browsers_return_confirms_nothing_but_the_event_does(journey):
    journey.book()
    journey.pay()
    assert journey.booking.state == "pending_payment"
    assert journey.payment.status == "open"
    journey.settle()
    assert journey.booking.state == "requested"
    payment = journey.payment
    assert payment.status == "authorised"
    assert payment.capture_before - payment.authorised_at > timedelta(days=6)


def test_coming_back_may_ask_stripe_without_waiting_for_the_event(journey):
    journey.book()
    journey.pay()
    path = f"/api/bookings/{journey.booking_uuid}/checkout/refresh"
    assert journey.api(journey.owner).post(path).status_code == 404
    assert journey.api(None).post(path).status_code == 401
    answer = journey.api(journey.renter).post(path)
    assert (answer.status_code, answer.json()) == (200, {"status": "authorised"})
    assert journey.booking.state == "requested"
    journey.settle()
    assert journey.booking.state == "requested"


def test_a_paid_page_is_not_opened_again(journey):
    journey.book()
    journey.pay()
    answer = ask(journey, journey.renter)
    assert (answer.status_code, answer.json()["code"]) == (409, "already_paid")
    assert journey.booking.state == "requested"
    again = ask(journey, journey.renter)
    assert (again.status_code, again.json()["code"]) == (409, "not_payable")


def test_a_declined_card_changes_nothing_and_another_one_pays(journey):
    journey.book()
    url = journey.checkout()
    assert journey.stripe.pay(url, DECLINED)[0] == 402
    journey.settle()
    assert (journey.booking.state, journey.payment.status) == ("pending_payment", "open")
    assert journey.stripe.pay(url)[0] == 303
    journey.settle()
    assert (journey.booking.state, journey.payment.status) == ("requested", "authorised")


def test_three_d_secure_pays_only_after_the_bank_has_asked(journey):
    journey.book()
    status, headers, _ = journey.stripe.pay(journey.checkout(), THREE_D_SECURE)
    assert status == 303
    journey.settle()
    assert journey.booking.state == "pending_payment"
    journey.stripe.process.fill_in(headers["location"], answer="yes")
    journey.settle()
    assert journey.booking.state == "requested"


def test_after_the_hold_has_lapsed_there_is_no_page(journey):
    journey.book()
    journey.until(journey.booking.pay_by)
    answer = ask(journey, journey.renter)
    assert (answer.status_code, answer.json()["code"]) == (409, "not_payable")
    assert Payment.objects.count() == 0
