"""Keys, versions, parameters and errors, as the real library sends and reads them."""

import json

import pytest
import stripe

from tests.payments.sandbox.stand_in import request

VERSION = {"Stripe-Version": stripe.api_version}
KEY = {"Authorization": "Bearer sk_test_local", **VERSION}
FORM = {**KEY, "Content-Type": "application/x-www-form-urlencoded"}


def refused(call):
    with pytest.raises(stripe.StripeError) as caught:
        call()
    return caught.value


def test_an_unknown_parameter_is_refused_by_name(stand_in):
    error = refused(lambda: stand_in.v1.customers.create({"email": "bob@example.org", "colour": "red"}))
    assert isinstance(error, stripe.InvalidRequestError)
    assert (error.http_status, error.code, error.param) == (400, "parameter_unknown", "colour")
    assert error.user_message == "Received unknown parameter: colour"
    assert error.error.type == "invalid_request_error"
    assert stand_in.v1.customers.list().data == []


def test_an_unknown_nested_parameter_is_named_in_brackets(stand_in):
    error = refused(lambda: stand_in.session(payment_intent_data={"application": "x"}))
    assert (error.code, error.param) == ("parameter_unknown", "payment_intent_data[application]")


def test_what_the_pinned_version_dropped_is_unknown(stand_in):
    error = refused(lambda: stand_in.session(payment_method_types=["card"]))
    assert (error.code, error.param) == ("parameter_unknown", "payment_method_types")


def test_a_missing_parameter_is_named(stand_in):
    error = refused(lambda: stand_in.v1.payment_intents.create({"currency": "eur"}))
    assert (error.http_status, error.code, error.param) == (400, "parameter_missing", "amount")
    assert error.user_message == "Missing required param: amount."


def test_a_missing_nested_parameter_is_named_in_brackets(stand_in):
    error = refused(lambda: stand_in.session(line_items=[{"price_data": {"unit_amount": 5}}]))
    assert (error.code, error.param) == ("parameter_missing", "line_items[0][price_data][currency]")


@pytest.mark.parametrize(
    ("params", "code", "param"),
    [
        ({"amount": "ten", "currency": "eur"}, "parameter_invalid_integer", "amount"),
        ({"amount": 1.5, "currency": "eur"}, "parameter_invalid_integer", "amount"),
        ({"amount": 500, "currency": "eur", "confirm": "maybe"}, None, "confirm"),
        ({"amount": 500, "currency": "eur", "capture_method": "later"}, None, "capture_method"),
        ({"amount": 500, "currency": ""}, "parameter_invalid_empty", "currency"),
        ({"amount": 500, "currency": "eur", "metadata": "x"}, None, "metadata"),
        ({"amount": 500, "currency": "eur", "customer": {"id": "x"}}, None, "customer"),
        ({"amount": 10, "currency": "eur"}, "amount_too_small", "amount"),
        ({"amount": 10**8, "currency": "eur"}, "amount_too_large", "amount"),
        ({"amount": 10**20, "currency": "eur"}, "parameter_invalid_integer", "amount"),
    ],
)
def test_a_wrong_type_is_refused(stand_in, params, code, param):
    error = refused(lambda: stand_in.v1.payment_intents.create(params))
    assert (error.http_status, error.code, error.param) == (400, code, param)
    assert stand_in.v1.payment_intents.list().data == []


def test_a_v2_body_is_checked_too(stand_in):
    error = refused(lambda: stand_in.v2.core.accounts.create({"country": "fr"}))
    assert (error.http_status, error.code, error.param) == (400, "parameter_unknown", "country")
    error = refused(lambda: stand_in.v2.core.account_links.create({"account": "acct_1"}))
    assert (error.code, error.param) == ("parameter_missing", "use_case")
    error = refused(lambda: stand_in.v2.core.accounts.create({"metadata": {"a": 1}}))
    assert error.param == "metadata.a"


def test_what_stripe_knows_and_the_stand_in_does_not_is_refused_aloud(stand_in):
    error = refused(lambda: stand_in.session(automatic_tax={"enabled": True}))
    assert (error.http_status, error.code, error.param) == (400, "not_in_local_stripe", "automatic_tax")


def test_a_filter_the_stand_in_does_not_have_is_refused_not_passed_over(stand_in):
    error = refused(lambda: stand_in.v1.checkout.sessions.list({"subscription": "sub_1"}))
    assert (error.code, error.param) == ("not_in_local_stripe", "subscription")


def test_too_long_metadata_is_refused(stand_in):
    error = refused(lambda: stand_in.customer(metadata={"k" * 41: "v"}))
    assert error.param == f"metadata[{'k' * 41}]"
    error = refused(lambda: stand_in.customer(metadata={"k": "v" * 501}))
    assert error.param == "metadata[k]"


def test_an_unknown_object_is_404_in_the_path_and_400_in_a_parameter(stand_in):
    error = refused(lambda: stand_in.v1.payment_intents.retrieve("pi_none"))
    assert (error.http_status, error.code) == (404, "resource_missing")
    error = refused(lambda: stand_in.v1.refunds.create({"payment_intent": "pi_none"}))
    assert (error.http_status, error.code, error.param) == (400, "resource_missing", "payment_intent")


def test_every_answer_names_its_request(stand_in):
    assert stand_in.customer().last_response.request_id.startswith("req_")
    assert refused(lambda: stand_in.v1.customers.retrieve("cus_none")).request_id.startswith("req_")


@pytest.mark.parametrize("authorization", [None, "Basic abc", "Bearer pk_test_x", "Bearer sk_live_x"])
def test_without_a_test_key_nothing_is_answered(stand_in, authorization):
    headers = {**VERSION, **({"Authorization": authorization} if authorization else {})}
    status, _, text = request(stand_in.base, "GET", "/v1/balance", headers=headers)
    assert (status, json.loads(text)["error"]["type"]) == (401, "invalid_request_error")


@pytest.mark.parametrize("version", [{}, {"Stripe-Version": "2020-08-27"}])
def test_the_version_must_be_the_pinned_one(stand_in, version):
    headers = {"Authorization": "Bearer sk_test_local", **version}
    status, _, text = request(stand_in.base, "GET", "/v1/balance", headers=headers)
    assert status == 400
    assert "Stripe API version" in json.loads(text)["error"]["message"]


@pytest.mark.parametrize(
    ("path", "kind", "body"),
    [
        ("/v1/customers", "application/json", '{"email": "x"}'),
        ("/v1/customers", "application/x-www-form-urlencoded", "email=\xff"),
        ("/v1/customers", "application/x-www-form-urlencoded", "email[=x"),
        ("/v1/customers", "application/x-www-form-urlencoded", "a=1&a[b]=2"),
        ("/v2/core/accounts", "application/json", "{"),
        ("/v2/core/accounts", "application/json", "[]"),
        ("/v2/core/accounts", "application/x-www-form-urlencoded", "a=1"),
    ],
)
def test_a_malformed_body_is_refused(stand_in, path, kind, body):
    headers = {**KEY, "Content-Type": kind}
    status, _, text = request(stand_in.base, "POST", path, body.encode("latin-1"), headers)
    assert (status, json.loads(text)["error"]["type"]) == (400, "invalid_request_error")


@pytest.mark.parametrize(
    ("header", "status"),
    [({"Content-Length": "2000000"}, 413), ({"Content-Length": "x"}, 400), ({"Transfer-Encoding": "chunked"}, 413)],
)
def test_a_body_of_no_or_too_great_length_is_refused(stand_in, header, status):
    assert request(stand_in.base, "POST", "/v1/customers", headers={**FORM, **header})[0] == status


def test_curl_style_brackets_are_understood(stand_in):
    body = "email=bob%40example.org&metadata[a]=1&preferred_locales[]=fr&preferred_locales[]=en"
    status, _, text = request(stand_in.base, "POST", "/v1/customers", body, FORM)
    assert status == 200
    assert json.loads(text)["preferred_locales"] == ["fr", "en"]
    assert json.loads(text)["metadata"] == {"a": "1"}


def test_an_unknown_path_is_404(stand_in):
    status, _, text = request(stand_in.base, "GET", "/v1/subscriptions", headers=KEY)
    assert status == 404
    assert "Unrecognized request URL" in json.loads(text)["error"]["message"]


def test_another_host_name_is_turned_away(stand_in):
    """A page elsewhere could reach in through a name that resolves to this machine."""
    status, _, _ = request(stand_in.base, "GET", "/v1/balance", headers={**KEY, "Host": "evil.example:80"})
    assert status == 421


def test_another_sites_page_gives_no_orders(stand_in):
    """A browser sends a POST without a body anywhere; only its Origin tells where it comes from."""
    stand_in.v1.customers.create({"email": "bob@example.org"})
    foreign = {"Origin": "https://evil.example"}
    assert request(stand_in.base, "POST", "/_control/reset", headers=foreign)[0] == 403
    assert len(stand_in.v1.customers.list().data) == 1
    own = {"Origin": stand_in.base}
    assert request(stand_in.base, "POST", "/_control/reset", headers=own)[0] == 200


def test_a_call_for_a_connected_account_is_never_done_for_the_platform(stand_in):
    account = stand_in.account()
    error = refused(lambda: stand_in.v1.customers.create({"email": "x@example.org"}, {"stripe_account": account.id}))
    assert error.code == "not_in_local_stripe"
    assert stand_in.v1.customers.list().data == []


def test_healthz_answers(stand_in):
    assert request(stand_in.base, "GET", "/healthz")[0] == 200
