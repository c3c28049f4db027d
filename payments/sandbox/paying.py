"""What a PaymentIntent goes through: attempts, authentication, capture, cancellation."""

from payments.sandbox import charges, disputes, payment_methods
from payments.sandbox.cards import known, message_for
from payments.sandbox.engine import Sandbox
from payments.sandbox.errors import Refusal
from payments.sandbox.events import emit
from payments.sandbox.ids import new_id
from payments.sandbox.json_types import JsonObject
from payments.sandbox.rendering import public

CANCELABLE = ("requires_payment_method", "requires_confirmation", "requires_action", "requires_capture")
LARGEST_AMOUNT = 99_999_999
CONFIRMABLE = ("requires_payment_method", "requires_confirmation", "requires_action")


def new_intent(sandbox: Sandbox, *, amount: int, currency: str, **fields: object) -> JsonObject:
    """An intent with everything Stripe always sends; without a card yet. Raises Refusal for too small or large sums."""
    if amount < 50:
        raise Refusal(
            "Amount must be no less than €0.50 eur" if amount > 0 else "This value must be greater than or equal to 1.",
            code="amount_too_small" if amount > 0 else "parameter_invalid_integer",
            param="amount",
        )
    if amount > LARGEST_AMOUNT:
        raise Refusal("Amount must be no more than €999,999.99", code="amount_too_large", param="amount")
    id = new_id("pi")
    intent: JsonObject = {
        "id": id,
        "object": "payment_intent",
        "allowed_payment_method_types": None,
        "amount": amount,
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": 0,
        "application": None,
        "application_fee_amount": None,
        "automatic_payment_methods": {"allow_redirects": "always", "enabled": True},
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": "automatic_async",
        "client_secret": f"{id}_secret_{new_id('s')[2:]}",
        "confirmation_method": "automatic",
        "created": sandbox.now(),
        "currency": currency,
        "customer": None,
        "customer_account": None,
        "description": None,
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "metadata": {},
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": None,
        "payment_method_options": {"card": {"request_three_d_secure": "automatic"}},
        "payment_method_types": ["card"],
        "processing": None,
        "receipt_email": None,
        "review": None,
        "setup_future_usage": None,
        "shipping": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": None,
        "status": "requires_payment_method",
        "transfer_data": None,
        "transfer_group": None,
        **fields,
    }
    sandbox.store.insert(intent)
    emit(sandbox, "payment_intent.created", intent)
    return intent


def unexpected_state(intent: JsonObject, message: str) -> Refusal:
    """The intent's status does not allow what was asked; the intent is in the answer, as at Stripe."""
    return Refusal(message, code="payment_intent_unexpected_state", extra={"payment_intent": public(intent)})


def attempt(
    sandbox: Sandbox, intent: JsonObject, method: JsonObject, *, off_session: bool = False, authenticated: bool = False
) -> JsonObject:
    """Try to take the money.

    The intent ends as succeeded, requires_capture or requires_action. Raises Refusal (402, kept) when the card is
    declined; the intent then waits for another card.
    """
    card = known(method["_number"])
    intent["payment_method"] = method["id"]
    if _asks_for_proof(card.three_d_secure, method, off_session) and not authenticated:
        if off_session:
            raise _declined(sandbox, intent, method, "authentication_required", "authentication_required", off_session)
        intent.update(status="requires_action", _authenticating=True)
        intent["next_action"] = {
            "type": "redirect_to_url",
            "redirect_to_url": {
                "return_url": intent.get("_return_url"),
                "url": f"{sandbox.store.note('base')}/3ds/{intent['id']}",
            },
        }
        emit(sandbox, "payment_intent.requires_action", sandbox.store.save(intent))
        return intent
    forced = sandbox.store.note(f"decline:{intent['customer']}") if intent["customer"] else None
    if forced is not None:
        sandbox.store.run("DELETE FROM notes WHERE name = ?", f"decline:{intent['customer']}")
    decline = ("card_declined", str(forced)) if forced is not None else card.decline
    if forced == "authentication_required":
        decline = ("authentication_required", "authentication_required")
    if decline is not None:
        raise _declined(sandbox, intent, method, *decline, off_session)
    return _succeeded(sandbox, intent, method, off_session=off_session, authenticated=authenticated)


def _asks_for_proof(rule: str, method: JsonObject, off_session: bool) -> bool:
    if rule == "unless_set_up":
        return not (off_session and method["_set_up"])
    return rule == "always"


def _succeeded(
    sandbox: Sandbox, intent: JsonObject, method: JsonObject, *, off_session: bool, authenticated: bool
) -> JsonObject:
    if intent["customer"] and intent["setup_future_usage"]:
        payment_methods.save_to(sandbox, method, intent["customer"], set_up=True)
    charge = charges.new_charge(sandbox, intent, method, off_session=off_session, authenticated=authenticated)
    intent.update(latest_charge=charge["id"], last_payment_error=None, next_action=None, _authenticating=False)
    if intent["capture_method"] == "manual":
        before = charge["payment_method_details"]["card"]["capture_before"]
        intent.update(status="requires_capture", amount_capturable=intent["amount"], _due=before)
        emit(sandbox, "payment_intent.amount_capturable_updated", sandbox.store.save(intent))
        return intent
    return _take(sandbox, intent, charge, intent["amount"])


def _take(sandbox: Sandbox, intent: JsonObject, charge: JsonObject, amount: int) -> JsonObject:
    charge = charges.capture(sandbox, charge, amount)
    if intent["capture_method"] == "manual":
        emit(sandbox, "charge.captured", charge)
    intent.update(status="succeeded", amount_received=amount, amount_capturable=0, _due=None)
    emit(sandbox, "payment_intent.succeeded", sandbox.store.save(intent))
    for session in sandbox.store.find("checkout.session", payment_intent=intent["id"]):
        session["payment_status"] = "paid"
        sandbox.store.save(session)
    reason = known(charge["_number"]).dispute
    if reason:
        disputes.open_dispute(sandbox, charge, reason=reason)
    return intent


def _declined(
    sandbox: Sandbox, intent: JsonObject, method: JsonObject, code: str, decline_code: str, off_session: bool
) -> Refusal:
    """Note the failure on the intent and hand back the refusal to raise."""
    message = message_for(code, decline_code)
    charge = charges.new_charge(
        sandbox, intent, method, off_session=off_session, authenticated=False, failure=(code, decline_code, message)
    )
    return failed(sandbox, intent, method, code, decline_code, message, charge=charge["id"])


def failed(
    sandbox: Sandbox,
    intent: JsonObject,
    method: JsonObject,
    code: str,
    decline_code: str | None,
    message: str,
    *,
    charge: str | None = None,
) -> Refusal:
    """The intent goes back to waiting for a card; hands back the refusal to raise."""
    error: JsonObject = {"code": code, "message": message, "type": "card_error"}
    if decline_code is not None:
        error["decline_code"] = decline_code
    if charge is not None:
        error["charge"] = charge
        intent["latest_charge"] = charge
    error["payment_method"] = public(method)
    intent.update(status="requires_payment_method", last_payment_error=error, payment_method=None)
    intent.update(next_action=None, _authenticating=False)
    emit(sandbox, "payment_intent.payment_failed", sandbox.store.save(intent))
    extra = {**{key: error[key] for key in error if key not in ("code", "message", "type")}}
    extra["payment_intent"] = public(intent)
    return Refusal(message, code=code, status=402, type="card_error", extra=extra, keep=True)


def capture(sandbox: Sandbox, intent: JsonObject, amount: int | None) -> JsonObject:
    """Take what was set aside, or `amount` cents of it. Raises Refusal in any other status or above what is there."""
    if intent["status"] != "requires_capture":
        raise unexpected_state(
            intent,
            f"This PaymentIntent could not be captured because it has a status of {intent['status']}. Only a "
            "PaymentIntent with one of the following statuses may be captured: requires_capture.",
        )
    amount = intent["amount_capturable"] if amount is None else amount
    if amount > intent["amount_capturable"]:
        raise Refusal(
            f"The remaining amount on this PaymentIntent is {intent['amount_capturable']}, which is less than the "
            f"requested capture amount of {amount}.",
            code="amount_too_large",
            param="amount_to_capture",
        )
    if amount < 1:
        raise Refusal("Invalid positive integer", code="parameter_invalid_integer", param="amount_to_capture")
    return _take(sandbox, intent, sandbox.need("charge", intent["latest_charge"]), amount)


def cancel(sandbox: Sandbox, intent: JsonObject, reason: str | None, *, expired: bool = False) -> JsonObject:
    """Give up an intent; what was set aside goes back to the card. Raises Refusal once it succeeded or was canceled."""
    if intent["status"] not in CANCELABLE:
        raise unexpected_state(
            intent,
            f"You cannot cancel this PaymentIntent because it has a status of {intent['status']}. Only a PaymentIntent "
            f"with one of the following statuses may be canceled: {', '.join(CANCELABLE)}.",
        )
    if intent["status"] == "requires_capture":
        charges.let_go(sandbox, sandbox.need("charge", intent["latest_charge"]), expired=expired)
    intent.update(status="canceled", canceled_at=sandbox.now(), cancellation_reason=reason, amount_capturable=0)
    intent.update(next_action=None, _due=None, _authenticating=False)
    emit(sandbox, "payment_intent.canceled", sandbox.store.save(intent))
    return intent


def finish_authentication(sandbox: Sandbox, intent: JsonObject, *, passed: bool) -> JsonObject:
    """The customer came back from their bank. Raises Refusal (402, kept) when they did not prove who they are."""
    if not intent.get("_authenticating"):
        raise unexpected_state(intent, "This PaymentIntent is not waiting for authentication.")
    method = sandbox.need("payment_method", intent["payment_method"])
    if passed:
        return attempt(sandbox, intent, method, authenticated=True)
    code = "payment_intent_authentication_failure"
    raise failed(sandbox, intent, method, code, None, message_for(code, code))
