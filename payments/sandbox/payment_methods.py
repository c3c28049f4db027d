"""Payment methods: a card that was typed once."""

import hashlib
from datetime import UTC, datetime

from payments.sandbox.cards import TOKENS, check_number, known
from payments.sandbox.engine import Sandbox
from payments.sandbox.errors import Refusal
from payments.sandbox.events import emit
from payments.sandbox.ids import new_id
from payments.sandbox.json_types import JsonObject
from payments.sandbox.lists import filters, page
from payments.sandbox.metadata import merged
from payments.sandbox.routes import Route
from payments.sandbox.wire import Call


def new_card(
    sandbox: Sandbox, *, number: str, month: int, year: int, name: str | None = None, email: str | None = None
) -> JsonObject:
    """A card, not yet anybody's. Raises incorrect_number or an invalid expiry as card errors."""
    check_number(number)
    check_expiry(sandbox, month, year)
    card = known(number)
    return sandbox.store.insert(
        {
            "id": new_id("pm"),
            "object": "payment_method",
            "allow_redisplay": "unspecified",
            "billing_details": {
                "address": dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state")),
                "email": email,
                "name": name,
                "phone": None,
                "tax_id": None,
            },
            "card": {
                "brand": card.brand,
                "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"},
                "country": card.country,
                "display_brand": card.brand,
                "exp_month": month,
                "exp_year": year,
                # The same card has the same fingerprint, whoever types it.
                "fingerprint": hashlib.sha256(number.encode()).hexdigest()[:16],
                "funding": "credit",
                "generated_from": None,
                "last4": number[-4:],
                "networks": {"available": [card.brand], "preferred": None},
                "regulated_status": "unregulated",
                "three_d_secure_usage": {"supported": True},
                "wallet": None,
            },
            "created": sandbox.now(),
            "customer": None,
            "livemode": False,
            "metadata": {},
            "type": "card",
            "_number": number,
            "_set_up": False,
        }
    )


def check_expiry(sandbox: Sandbox, month: int, year: int) -> None:
    """Raise a card error for a month that does not exist or is over."""
    today = datetime.fromtimestamp(sandbox.now(), UTC)
    if not 1 <= month <= 12:
        raise _card_error("Your card's expiration month is invalid.", "invalid_expiry_month", "exp_month")
    if not today.year <= year <= today.year + 50 or (year, month) < (today.year, today.month):
        raise _card_error("Your card's expiration year is invalid.", "invalid_expiry_year", "exp_year")


def _card_error(message: str, code: str, param: str) -> Refusal:
    return Refusal(message, code=code, param=param, status=402, type="card_error")


def named(sandbox: Sandbox, id: str, *, param: str = "payment_method") -> JsonObject:
    """The method a call names: one of ours, or a ready-made `pm_card_...`, of which each use makes a new one."""
    if id in TOKENS:
        return new_card(sandbox, number=TOKENS[id], month=12, year=_later_year(sandbox))
    return sandbox.need("payment_method", id, param=param, noun="PaymentMethod")


def _later_year(sandbox: Sandbox) -> int:
    return datetime.fromtimestamp(sandbox.now(), UTC).year + 3


def of_customer(sandbox: Sandbox, id: str, customer: str) -> JsonObject:
    """A method that must be this customer's."""
    method = sandbox.need("payment_method", id, noun="PaymentMethod")
    if method["customer"] != customer:
        raise Refusal(f"No such PaymentMethod: '{id}'", code="resource_missing", param="payment_method", status=404)
    return method


def save_to(sandbox: Sandbox, method: JsonObject, customer: str, *, set_up: bool = False) -> JsonObject:
    """Attach a card to a customer; `set_up` when it was agreed that it may be charged later, without them."""
    if method["customer"] not in (None, customer):
        raise Refusal(
            "The payment method you provided has already been attached to a customer.",
            code="payment_method_unexpected_state",
        )
    if method["customer"] is None:
        method["customer"] = customer
        emit(sandbox, "payment_method.attached", method)
    method["_set_up"] = method["_set_up"] or set_up
    return sandbox.store.save(method)


def create(sandbox: Sandbox, call: Call) -> JsonObject:
    """A card by its number (or a test token)."""
    if call.params.get("type") != "card":
        raise Refusal("The local Stripe only takes cards.", param="type")
    card = call.params.get("card") or {}
    if "token" in card:
        number = {"tok_visa": "4242424242424242", "tok_chargeDeclined": "4000000000000002"}.get(card["token"])
        if number is None:
            raise Refusal(f"No such token: '{card['token']}'", code="resource_missing", param="card[token]")
        method = new_card(sandbox, number=number, month=12, year=_later_year(sandbox))
    else:
        for name in ("number", "exp_month", "exp_year"):
            if name not in card:
                raise Refusal(f"Missing required param: card[{name}].", code="parameter_missing", param=f"card[{name}]")
        method = new_card(sandbox, number=card["number"], month=card["exp_month"], year=card["exp_year"])
    method["billing_details"].update(call.params.get("billing_details") or {})
    method["metadata"] = merged({}, call.params.get("metadata"))
    return sandbox.store.save(method)


def retrieve(sandbox: Sandbox, call: Call) -> JsonObject:
    """One method."""
    return sandbox.need("payment_method", call.ids["id"], noun="PaymentMethod")


def index(sandbox: Sandbox, call: Call) -> JsonObject:
    """Methods of a customer, newest first."""
    return page(sandbox, call, "payment_method", fields=("customer", "type"))


def attach(sandbox: Sandbox, call: Call) -> JsonObject:
    """Give a card to a customer."""
    customer = call.params.get("customer")
    if customer is None:
        raise Refusal("Missing required param: customer.", code="parameter_missing", param="customer")
    sandbox.need("customer", customer, param="customer")
    return save_to(sandbox, named(sandbox, call.ids["id"]), customer, set_up=True)


def detach(sandbox: Sandbox, call: Call) -> JsonObject:
    """Take a card away from its customer, for good."""
    method = sandbox.need("payment_method", call.ids["id"], noun="PaymentMethod")
    if method["customer"] is None:
        raise Refusal(
            "The payment method you provided is not attached to a customer so detachment is impossible.",
            code="payment_method_unexpected_state",
        )
    before = {"customer": method["customer"]}
    method["customer"] = None
    emit(sandbox, "payment_method.detached", sandbox.store.save(method), before=before)
    return method


_P = "_payment_method_{0}_params.PaymentMethod{1}Params"
ROUTES = (
    Route(
        "POST",
        "/v1/payment_methods",
        create,
        _P.format("create", "Create"),
        frozenset({"billing_details", "card", "expand", "metadata", "type"}),
    ),
    Route("GET", "/v1/payment_methods", index, _P.format("list", "List"), filters("customer", "type")),
    Route("GET", "/v1/payment_methods/{id}", retrieve, _P.format("retrieve", "Retrieve")),
    Route(
        "POST",
        "/v1/payment_methods/{id}/attach",
        attach,
        _P.format("attach", "Attach"),
        frozenset({"customer", "expand"}),
    ),
    Route("POST", "/v1/payment_methods/{id}/detach", detach, _P.format("detach", "Detach")),
)
