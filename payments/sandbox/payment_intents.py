"""PaymentIntents as the API shows them."""

from payments.sandbox import payment_methods
from payments.sandbox.engine import Sandbox
from payments.sandbox.errors import Refusal
from payments.sandbox.json_types import JsonObject
from payments.sandbox.lists import filters, page
from payments.sandbox.metadata import merged
from payments.sandbox.paying import (
    CONFIRMABLE,
    attempt,
    new_intent,
    unexpected_state,
)
from payments.sandbox.paying import (
    cancel as cancel_intent,
)
from payments.sandbox.paying import (
    capture as capture_intent,
)
from payments.sandbox.routes import Route
from payments.sandbox.wire import Call

PLAIN = (
    "allowed_payment_method_types",
    "capture_method",
    "customer",
    "description",
    "receipt_email",
    "setup_future_usage",
    "shipping",
    "statement_descriptor",
    "statement_descriptor_suffix",
    "transfer_group",
)
CONFIRMING = {"error_on_requires_action", "off_session", "payment_method", "return_url", "expand", "mandate_data"}
CREATING = frozenset(
    {*PLAIN, *CONFIRMING, "amount", "automatic_payment_methods", "confirm", "confirmation_method", "currency"}
    | {"metadata"}
)


def create(sandbox: Sandbox, call: Call) -> JsonObject:
    """A new intent, tried at once with `confirm`."""
    params = call.params
    if params.get("customer"):
        sandbox.need("customer", params["customer"], param="customer")
    if params.get("off_session") and not params.get("confirm"):
        raise Refusal(
            "The parameter `off_session` cannot be passed when creating a PaymentIntent unless `confirm` is set to "
            "true.",
            param="off_session",
        )
    if params.get("return_url") and not params.get("confirm"):
        raise Refusal(
            "The parameter `return_url` cannot be passed when creating a PaymentIntent unless `confirm` is set to "
            "true.",
            param="return_url",
        )
    fields = {name: params[name] for name in PLAIN if name in params}
    for name in ("automatic_payment_methods", "confirmation_method"):
        if name in params:
            fields[name] = params[name]
    intent = new_intent(
        sandbox,
        amount=params["amount"],
        currency=params["currency"].lower(),
        metadata=merged({}, params.get("metadata")),
        **fields,
    )
    if params.get("payment_method"):
        intent["payment_method"] = _method(sandbox, intent, params["payment_method"])["id"]
        intent["status"] = "requires_confirmation"
        sandbox.store.save(intent)
    return _confirm(sandbox, intent, call) if params.get("confirm") else intent


def _method(sandbox: Sandbox, intent: JsonObject, id: str) -> JsonObject:
    """The card named, which must be the customer's own when it is anybody's."""
    method = payment_methods.named(sandbox, id)
    owner = method["customer"]
    if owner is not None and owner != intent["customer"]:
        raise Refusal(
            f"The provided PaymentMethod belongs to a Customer. You must also provide the customer {owner}."
            if intent["customer"] is None
            else f"The PaymentMethod {id} does not belong to the Customer you supplied {intent['customer']}. Please "
            "use this PaymentMethod with the Customer that it belongs to instead.",
            param="payment_method",
        )
    return method


def _confirm(sandbox: Sandbox, intent: JsonObject, call: Call) -> JsonObject:
    params = call.params
    # On create the method was looked up already; a ready-made one must not be made twice.
    if params.get("payment_method") and call.path.endswith("/confirm"):
        intent["payment_method"] = _method(sandbox, intent, params["payment_method"])["id"]
    if intent["payment_method"] is None:
        raise unexpected_state(
            intent,
            "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the "
            "PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a "
            "payment method or ConfirmationToken.",
        )
    intent["_return_url"] = params.get("return_url")
    method = sandbox.need("payment_method", intent["payment_method"])
    off_session = params.get("off_session") not in (None, False)
    intent = attempt(sandbox, intent, method, off_session=off_session)
    if intent["status"] == "requires_action" and params.get("error_on_requires_action"):
        raise Refusal(
            "This payment required an authentication action to complete, but `error_on_requires_action` was set.",
            code="authentication_required",
            status=402,
            type="card_error",
        )
    return intent


def confirm(sandbox: Sandbox, call: Call) -> JsonObject:
    """Try an intent, with the card it has or another."""
    intent = sandbox.need("payment_intent", call.ids["id"])
    if intent["status"] not in CONFIRMABLE:
        raise unexpected_state(
            intent,
            f"You cannot confirm this PaymentIntent because it has already {intent['status']} after being previously "
            "confirmed."
            if intent["status"] == "succeeded"
            else f"This PaymentIntent's confirm could not be done because it has a status of {intent['status']}.",
        )
    for name in ("receipt_email", "setup_future_usage", "shipping", "capture_method"):
        if name in call.params:
            intent[name] = call.params[name] or None
    return _confirm(sandbox, intent, call)


def retrieve(sandbox: Sandbox, call: Call) -> JsonObject:
    """One intent."""
    return sandbox.need("payment_intent", call.ids["id"])


def index(sandbox: Sandbox, call: Call) -> JsonObject:
    """Intents, newest first; by customer or time."""
    return page(sandbox, call, "payment_intent", fields=("customer",))


def update(sandbox: Sandbox, call: Call) -> JsonObject:
    """New values while nothing is taken; metadata and description at any time."""
    intent = sandbox.need("payment_intent", call.ids["id"])
    params = call.params
    free = {"metadata", "description", "receipt_email", "shipping", "statement_descriptor_suffix", "expand"}
    if intent["status"] not in CONFIRMABLE and (late := sorted(set(params) - free)):
        raise unexpected_state(
            intent,
            f"This PaymentIntent's {late[0]} could not be updated because it has a status of {intent['status']}.",
        )
    if params.get("customer"):
        sandbox.need("customer", params["customer"], param="customer")
    for name in (*PLAIN, "amount", "currency"):
        if name in params:
            intent[name] = params[name] if params[name] != "" else None
    if params.get("payment_method"):
        intent["payment_method"] = _method(sandbox, intent, params["payment_method"])["id"]
        intent["status"] = "requires_confirmation"
    intent["metadata"] = merged(intent["metadata"], params.get("metadata"))
    return sandbox.store.save(intent)


def capture(sandbox: Sandbox, call: Call) -> JsonObject:
    """Take what was set aside."""
    intent = sandbox.need("payment_intent", call.ids["id"])
    if call.params.get("final_capture") is False:
        raise Refusal("This PaymentIntent is not eligible for multicapture.", param="final_capture")
    intent["metadata"] = merged(intent["metadata"], call.params.get("metadata"))
    return capture_intent(sandbox, intent, call.params.get("amount_to_capture"))


def cancel(sandbox: Sandbox, call: Call) -> JsonObject:
    """Give up an intent."""
    intent = sandbox.need("payment_intent", call.ids["id"])
    open_sessions = sandbox.store.find("checkout.session", payment_intent=intent["id"], status="open")
    if open_sessions:
        raise Refusal(
            "You cannot cancel this PaymentIntent because it was created by Checkout. Expire the Checkout Session "
            f"{open_sessions[0]['id']} instead."
        )
    return cancel_intent(sandbox, intent, call.params.get("cancellation_reason"))


_P = "_payment_intent_{0}_params.PaymentIntent{1}Params"
_ONE = "/v1/payment_intents/{id}"
ROUTES = (
    Route("POST", "/v1/payment_intents", create, _P.format("create", "Create"), CREATING),
    Route("GET", "/v1/payment_intents", index, _P.format("list", "List"), filters("customer")),
    Route("GET", _ONE, retrieve, _P.format("retrieve", "Retrieve")),
    Route(
        "POST",
        _ONE,
        update,
        _P.format("update", "Update"),
        frozenset({*PLAIN, "amount", "currency", "expand", "metadata", "payment_method"}),
    ),
    Route(
        "POST",
        f"{_ONE}/confirm",
        confirm,
        _P.format("confirm", "Confirm"),
        frozenset({*CONFIRMING, "receipt_email", "setup_future_usage", "shipping", "capture_method"}),
    ),
    Route(
        "POST",
        f"{_ONE}/capture",
        capture,
        _P.format("capture", "Capture"),
        frozenset({"amount_to_capture", "expand", "final_capture", "metadata"}),
    ),
    Route("POST", f"{_ONE}/cancel", cancel, _P.format("cancel", "Cancel")),
)
