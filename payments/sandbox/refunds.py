"""Refunds: money back to the card it came from."""

from payments.sandbox import balance
from payments.sandbox.cards import known
from payments.sandbox.engine import Sandbox
from payments.sandbox.errors import Refusal
from payments.sandbox.events import emit
from payments.sandbox.ids import new_id
from payments.sandbox.json_types import JsonObject
from payments.sandbox.lists import filters, page
from payments.sandbox.metadata import merged
from payments.sandbox.routes import Route
from payments.sandbox.wire import Call

KNOWS = frozenset({"amount", "charge", "expand", "metadata", "payment_intent", "reason"})


def create(sandbox: Sandbox, call: Call) -> JsonObject:
    """Give back all that is left of a charge, or `amount` cents of it."""
    params = call.params
    charge = _charge(sandbox, params)
    left = charge["amount_captured"] - charge["amount_refunded"]
    amount = params.get("amount", left)
    if charge["disputed"]:
        raise Refusal(f"Charge {charge['id']} has been charged back; cannot issue a refund.", code="charge_disputed")
    if left == 0:
        raise Refusal(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    if amount < 1:
        raise Refusal(
            "This value must be greater than or equal to 1.", code="parameter_invalid_integer", param="amount"
        )
    if amount > left:
        raise Refusal(
            f"Refund amount ({_euros(amount)}) is greater than unrefunded amount on charge ({_euros(left)})",
            param="amount",
        )
    behaviour = known(charge["_number"]).refund
    refund: JsonObject = {
        "id": new_id("re"),
        "object": "refund",
        "amount": amount,
        "balance_transaction": None,
        "customer": charge["customer"],
        "charge": charge["id"],
        "created": sandbox.now(),
        "currency": charge["currency"],
        "destination_details": {"card": {"reference_status": "pending", "type": "refund"}, "type": "card"},
        "metadata": merged({}, params.get("metadata")),
        "payment_intent": charge["payment_intent"],
        "payment_method": charge["payment_method"],
        "reason": params.get("reason"),
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "pending" if behaviour == "pending" else "succeeded",
        "transfer_reversal": None,
    }
    movement = balance.book(sandbox, type="refund", amount=-amount, currency=charge["currency"], source=refund["id"])
    refund["balance_transaction"] = movement["id"]
    if behaviour:
        # What the bank says later comes with the stand-in's next tick.
        refund["_due"] = sandbox.now() + 1
    sandbox.store.insert(refund)
    before = {"amount_refunded": charge["amount_refunded"], "refunded": charge["refunded"]}
    _move(sandbox, charge, amount)
    emit(sandbox, "refund.created", refund)
    emit(sandbox, "charge.refunded", charge, before=before)
    return refund


def _charge(sandbox: Sandbox, params: JsonObject) -> JsonObject:
    if params.get("payment_intent"):
        intent = sandbox.need("payment_intent", params["payment_intent"], param="payment_intent")
        if intent["status"] != "succeeded":
            raise Refusal(
                f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund.",
                code="charge_not_refundable" if intent["latest_charge"] else None,
                param="payment_intent",
            )
        return sandbox.need("charge", intent["latest_charge"])
    if not params.get("charge"):
        raise Refusal(
            "One of the following params should be provided for this request: payment_intent or charge.",
            code="parameter_missing",
            param="payment_intent",
        )
    charge = sandbox.need("charge", params["charge"], param="charge")
    if not charge["captured"]:
        raise Refusal(f"Charge {charge['id']} is not captured: cancel its PaymentIntent instead.", param="charge")
    return charge


def _euros(amount: int) -> str:
    return f"€{amount // 100}.{amount % 100:02}"


def _move(sandbox: Sandbox, charge: JsonObject, amount: int) -> None:
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] >= charge["amount_captured"]
    sandbox.store.save(charge)


def settle(sandbox: Sandbox, refund: JsonObject) -> None:
    """What the bank said in the end about a refund that was not plain: arrived, or failed and the money is back."""
    charge = sandbox.need("charge", refund["charge"])
    if known(charge["_number"]).refund == "fails":
        fail(sandbox, refund)
        return
    refund.update(status="succeeded", _due=None)
    emit(sandbox, "refund.updated", sandbox.store.save(refund), before={"status": "pending"})


def fail(sandbox: Sandbox, refund: JsonObject) -> JsonObject:
    """The card's bank sent the money back: it is the platform's again. Raises Refusal when it had failed before."""
    if refund["status"] not in ("succeeded", "pending"):
        raise Refusal(f"Refund {refund['id']} is {refund['status']}.")
    movement = balance.book(
        sandbox,
        type="refund_failure",
        amount=refund["amount"],
        currency=refund["currency"],
        source=refund["id"],
    )
    refund.update(
        status="failed",
        failure_reason="lost_or_stolen_card",
        failure_balance_transaction=movement["id"],
        _due=None,
    )
    _move(sandbox, sandbox.need("charge", refund["charge"]), -refund["amount"])
    emit(sandbox, "refund.failed", sandbox.store.save(refund))
    return refund


def retrieve(sandbox: Sandbox, call: Call) -> JsonObject:
    """One refund."""
    return sandbox.need("refund", call.ids["id"])


def index(sandbox: Sandbox, call: Call) -> JsonObject:
    """Refunds, newest first; by charge or intent."""
    return page(sandbox, call, "refund", fields=("charge", "payment_intent"))


def update(sandbox: Sandbox, call: Call) -> JsonObject:
    """New metadata."""
    refund = sandbox.need("refund", call.ids["id"])
    before = {"metadata": refund["metadata"]}
    refund["metadata"] = merged(refund["metadata"], call.params.get("metadata"))
    emit(sandbox, "refund.updated", sandbox.store.save(refund), before=before)
    return refund


_P = "_refund_{0}_params.Refund{1}Params"
ROUTES = (
    Route("POST", "/v1/refunds", create, _P.format("create", "Create"), KNOWS),
    Route("GET", "/v1/refunds", index, _P.format("list", "List"), filters("charge", "payment_intent")),
    Route("GET", "/v1/refunds/{id}", retrieve, _P.format("retrieve", "Retrieve")),
    Route("POST", "/v1/refunds/{id}", update, _P.format("update", "Update")),
)
