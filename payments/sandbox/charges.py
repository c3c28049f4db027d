"""Charges: the attempt to take money from a card, made by a PaymentIntent."""

from payments.sandbox import balance
from payments.sandbox.cards import known
from payments.sandbox.engine import Sandbox
from payments.sandbox.events import emit
from payments.sandbox.ids import new_id
from payments.sandbox.json_types import JsonObject
from payments.sandbox.lists import filters, page
from payments.sandbox.metadata import merged
from payments.sandbox.routes import Route
from payments.sandbox.wire import Call

# How long a bank keeps money set aside: a payment made in person at the page, and one made without the customer.
HOLD_ON_SESSION = 7 * 86400
HOLD_OFF_SESSION = 4 * 86400 + 18 * 3600


def new_charge(
    sandbox: Sandbox,
    intent: JsonObject,
    method: JsonObject,
    *,
    off_session: bool,
    authenticated: bool,
    failure: tuple[str, str, str] | None = None,
) -> JsonObject:
    """A charge for the whole amount of an intent; `failure` is (code, decline code, message) of a refused one."""
    now = sandbox.now()
    is_manual = intent["capture_method"] == "manual"
    card = {
        **{
            name: method["card"][name]
            for name in ("brand", "country", "exp_month", "exp_year", "fingerprint", "funding", "last4", "wallet")
        },
        "amount_authorized": None if failure else intent["amount"],
        "authorization_code": None if failure else new_id("a", 6)[2:].upper(),
        "checks": method["card"]["checks"],
        "extended_authorization": {"status": "disabled"},
        "incremental_authorization": {"status": "unavailable"},
        "installments": None,
        "mandate": None,
        "multicapture": {"status": "unavailable"},
        "network": method["card"]["brand"],
        "network_token": {"used": False},
        "network_transaction_id": new_id("n", 15)[2:],
        "overcapture": {"maximum_amount_capturable": intent["amount"], "status": "unavailable"},
        "regulated_status": "unregulated",
        "three_d_secure": {"result": "authenticated", "version": "2.2.0"} if authenticated else None,
    }
    if is_manual and failure is None:
        card["capture_before"] = now + (HOLD_OFF_SESSION if off_session else HOLD_ON_SESSION)
    charge: JsonObject = {
        "id": new_id("ch"),
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": 0,
        "amount_refunded": 0,
        "application": None,
        "application_fee": None,
        "application_fee_amount": None,
        "balance_transaction": None,
        "billing_details": method["billing_details"],
        "calculated_statement_descriptor": "BIKEENS",
        "captured": False,
        "created": now,
        "currency": intent["currency"],
        "customer": intent["customer"],
        "description": intent["description"],
        "disputed": False,
        "failure_balance_transaction": None,
        "failure_code": failure[0] if failure else None,
        "failure_message": failure[2] if failure else None,
        "fraud_details": {},
        "livemode": False,
        "metadata": intent["metadata"],
        "on_behalf_of": None,
        "outcome": _outcome(failure),
        "paid": failure is None,
        "payment_intent": intent["id"],
        "payment_method": method["id"],
        "payment_method_details": {"card": card, "type": "card"},
        "receipt_email": intent["receipt_email"],
        "receipt_number": None,
        "receipt_url": None,
        "refunded": False,
        "review": None,
        "shipping": intent["shipping"],
        "source_transfer": None,
        "statement_descriptor": intent["statement_descriptor"],
        "statement_descriptor_suffix": intent["statement_descriptor_suffix"],
        "status": "failed" if failure else "succeeded",
        "transfer_data": None,
        "transfer_group": intent["transfer_group"],
        "_number": method["_number"],
    }
    sandbox.store.insert(charge)
    emit(sandbox, "charge.failed" if failure else "charge.succeeded", charge)
    return charge


def _outcome(failure: tuple[str, str, str] | None) -> JsonObject:
    return {
        "advice_code": "try_again_later" if failure else None,
        "network_advice_code": None,
        "network_decline_code": "01" if failure else None,
        "network_status": "declined_by_network" if failure else "approved_by_network",
        "reason": failure[1] if failure else None,
        "risk_level": "normal",
        "risk_score": 12,
        "seller_message": (
            "The bank did not return any further details with this decline." if failure else "Payment complete."
        ),
        "type": "issuer_declined" if failure else "authorized",
    }


def capture(sandbox: Sandbox, charge: JsonObject, amount: int) -> JsonObject:
    """Take `amount` cents of what was set aside; the rest is let go."""
    card = known(charge["_number"])
    now = sandbox.now()
    movement = balance.book(
        sandbox,
        type="charge",
        amount=amount,
        currency=charge["currency"],
        source=charge["id"],
        fee=balance.card_fee(amount),
        available_on=now if card.available_at_once else now + balance.AVAILABLE_AFTER,
        description=charge["description"],
    )
    charge.update(amount_captured=amount, captured=True, balance_transaction=movement["id"])
    charge["payment_method_details"]["card"].pop("capture_before", None)
    sandbox.store.save(charge)
    return charge


def let_go(sandbox: Sandbox, charge: JsonObject, *, expired: bool) -> None:
    """Give back what was set aside and never taken."""
    charge.update(amount_refunded=charge["amount"], refunded=True)
    sandbox.store.save(charge)
    emit(sandbox, "charge.expired" if expired else "charge.refunded", charge)


def retrieve(sandbox: Sandbox, call: Call) -> JsonObject:
    """One charge."""
    return sandbox.need("charge", call.ids["id"])


def index(sandbox: Sandbox, call: Call) -> JsonObject:
    """Charges, newest first; by customer, intent or transfer group."""
    return page(sandbox, call, "charge", fields=("customer", "payment_intent", "transfer_group"))


def update(sandbox: Sandbox, call: Call) -> JsonObject:
    """New description or metadata."""
    charge = sandbox.need("charge", call.ids["id"])
    before: JsonObject = {name: charge[name] for name in ("description", "metadata") if name in call.params}
    if "description" in call.params:
        charge["description"] = call.params["description"]
    charge["metadata"] = merged(charge["metadata"], call.params.get("metadata"))
    emit(sandbox, "charge.updated", sandbox.store.save(charge), before=before)
    return charge


_P = "_charge_{0}_params.Charge{1}Params"
ROUTES = (
    Route(
        "GET", "/v1/charges", index, _P.format("list", "List"), filters("customer", "payment_intent", "transfer_group")
    ),
    Route("GET", "/v1/charges/{id}", retrieve, _P.format("retrieve", "Retrieve")),
    Route(
        "POST",
        "/v1/charges/{id}",
        update,
        _P.format("update", "Update"),
        frozenset({"description", "expand", "metadata"}),
    ),
)
