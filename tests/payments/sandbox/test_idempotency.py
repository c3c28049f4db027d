"""One key, one piece of work. Source: https://docs.stripe.com/api/idempotent_requests"""

from concurrent.futures import ThreadPoolExecutor

import pytest
import stripe

KEY = {"idempotency_key": "key-1"}


def test_the_same_key_and_parameters_get_the_same_answer(stand_in):
    first = stand_in.v1.customers.create({"email": "bob@example.org"}, KEY)
    again = stand_in.v1.customers.create({"email": "bob@example.org"}, KEY)
    assert again.id == first.id
    assert "idempotent-replayed" not in {name.lower() for name in first.last_response.headers}
    assert again.last_response.headers["Idempotent-Replayed"] == "true"
    assert again.last_response.headers["Original-Request"] == first.last_response.request_id
    assert len(stand_in.v1.customers.list().data) == 1


def test_the_same_key_with_other_parameters_is_an_idempotency_error(stand_in):
    stand_in.v1.customers.create({"email": "bob@example.org"}, KEY)
    with pytest.raises(stripe.IdempotencyError) as caught:
        stand_in.v1.customers.create({"email": "carol@example.org"}, KEY)
    assert caught.value.http_status == 400
    assert caught.value.error.type == "idempotency_error"
    assert len(stand_in.v1.customers.list().data) == 1


def test_the_same_key_on_another_path_is_an_idempotency_error(stand_in):
    intent = stand_in.held()
    stand_in.v1.payment_intents.capture(intent.id, None, KEY)
    with pytest.raises(stripe.IdempotencyError):
        stand_in.v1.payment_intents.cancel(intent.id, None, KEY)


def test_the_same_key_at_the_same_time_is_a_conflict(stand_in):
    stand_in.control("faults", name="slow", path="/v1/customers", seconds=0.4)

    def create(_) -> tuple[int, str | None]:
        try:
            stand_in.v1.customers.create({"email": "bob@example.org"}, KEY)
        except stripe.StripeError as error:
            return error.http_status, error.error.code
        return 200, None

    with ThreadPoolExecutor(2) as both:
        outcomes = sorted(both.map(create, range(2)))
    assert outcomes == [(200, None), (409, "idempotency_key_in_use")]
    assert len(stand_in.v1.customers.list().data) == 1


def test_a_declined_card_is_remembered(stand_in):
    params = {"amount": 500, "currency": "eur", "payment_method": "pm_card_chargeDeclined", "confirm": True}
    with pytest.raises(stripe.CardError) as first:
        stand_in.v1.payment_intents.create(params, KEY)
    with pytest.raises(stripe.CardError) as again:
        stand_in.v1.payment_intents.create(params, KEY)
    assert again.value.headers["Idempotent-Replayed"] == "true"
    assert again.value.error.payment_intent.id == first.value.error.payment_intent.id
    assert len(stand_in.v1.payment_intents.list().data) == 1


def test_refused_parameters_leave_the_key_free(stand_in):
    with pytest.raises(stripe.InvalidRequestError):
        stand_in.v1.customers.create({"colour": "red"}, KEY)
    assert stand_in.v1.customers.create({"email": "bob@example.org"}, KEY).email == "bob@example.org"


def test_a_key_is_forgotten_after_a_day(stand_in):
    first = stand_in.v1.customers.create({"email": "bob@example.org"}, KEY)
    stand_in.control("clock", advance=24 * 3600 + 1)
    assert stand_in.v1.customers.create({"email": "bob@example.org"}, KEY).id != first.id


def test_a_lost_answer_and_a_retry_make_one_object(stand_in):
    stand_in.control("faults", name="lose_answer", path="/v1/customers")
    with pytest.raises(stripe.APIConnectionError):
        stand_in.v1.customers.create({"email": "bob@example.org"}, KEY)
    again = stand_in.v1.customers.create({"email": "bob@example.org"}, KEY)
    assert [customer.id for customer in stand_in.v1.customers.list().data] == [again.id]


def test_v2_honours_keys_too(stand_in):
    first = stand_in.v2.core.accounts.create({"display_name": "Alice"}, KEY)
    again = stand_in.v2.core.accounts.create({"display_name": "Alice"}, KEY)
    assert again.id == first.id
    with pytest.raises(stripe.IdempotencyError):
        stand_in.v2.core.accounts.create({"display_name": "Carol"}, KEY)
    assert len(stand_in.v2.core.accounts.list().data) == 1
