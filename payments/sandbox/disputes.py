"""Disputes: the cardholder asks their bank for the money back."""

from payments.sandbox import balance
from payments.sandbox.engine import Sandbox
from payments.sandbox.errors import Refusal
from payments.sandbox.events import emit
from payments.sandbox.ids import new_id
from payments.sandbox.json_types import JsonObject
from payments.sandbox.lists import filters, page
from payments.sandbox.metadata import merged
from payments.sandbox.routes import Route
from payments.sandbox.wire import Call

FEE = 2000
ANSWER_WITHIN = 7 * 86400
OPEN = ("needs_response", "under_review")


def open_dispute(
    sandbox: Sandbox, charge: JsonObject, *, reason: str = "fraudulent", amount: int | None = None
) -> JsonObject:
    """The bank takes the money back for now. Raises Refusal for a charge without money or one disputed before."""
    if not charge["captured"] or charge["disputed"]:
        raise Refusal("Only a captured charge that was not disputed before can be disputed.")
    now = sandbox.now()
    dispute: JsonObject = {
        "id": new_id("dp"),
        "object": "dispute",
        "amount": amount or charge["amount_captured"],
        "balance_transactions": [],
        "charge": charge["id"],
        "created": now,
        "currency": charge["currency"],
        "enhanced_eligibility_types": [],
        "evidence": {"enhanced_evidence": {}},
        "evidence_details": {
            "due_by": now + ANSWER_WITHIN,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
            "submission_method": "not_submitted",
        },
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "payment_method_details": {
            "card": {
                "brand": charge["payment_method_details"]["card"]["brand"],
                "case_type": "chargeback",
                "network": charge["payment_method_details"]["card"]["network"],
                "network_reason_code": "10.4",
            },
            "type": "card",
        },
        "reason": reason,
        "status": "needs_response",
    }
    sandbox.store.insert(dispute)
    _book(sandbox, dispute, -dispute["amount"], FEE, "chargeback withdrawal", "dispute")
    charge["disputed"] = True
    sandbox.store.save(charge)
    emit(sandbox, "charge.dispute.created", dispute)
    emit(sandbox, "charge.dispute.funds_withdrawn", dispute)
    return dispute


def _book(sandbox: Sandbox, dispute: JsonObject, amount: int, fee: int, about: str, category: str) -> None:
    movement = balance.book(
        sandbox,
        type="adjustment",
        amount=amount,
        currency=dispute["currency"],
        source=dispute["id"],
        fee=fee,
        fee_name="Dispute fee",
        description=f"{about} for {dispute['charge']}",
        category=category,
    )
    dispute["balance_transactions"].append(movement)
    sandbox.store.save(dispute)


def decide(sandbox: Sandbox, dispute: JsonObject, status: str) -> JsonObject:
    """The bank decides: `won` brings the money and the fee back, `lost` does not."""
    if dispute["status"] not in OPEN:
        raise Refusal("This dispute is already closed.", code="dispute_already_closed")
    dispute["status"] = status
    if status == "won":
        _book(sandbox, dispute, dispute["amount"], -FEE, "chargeback reversal", "dispute_reversal")
        emit(sandbox, "charge.dispute.funds_reinstated", dispute)
    emit(sandbox, "charge.dispute.closed", sandbox.store.save(dispute))
    return dispute


def retrieve(sandbox: Sandbox, call: Call) -> JsonObject:
    """One dispute."""
    return sandbox.need("dispute", call.ids["id"])


def index(sandbox: Sandbox, call: Call) -> JsonObject:
    """Disputes, newest first; by charge or intent."""
    return page(sandbox, call, "dispute", fields=("charge", "payment_intent"))


def update(sandbox: Sandbox, call: Call) -> JsonObject:
    """Evidence; with `submit` the bank looks at it. `winning_evidence` and `losing_evidence` decide at once."""
    dispute = sandbox.need("dispute", call.ids["id"])
    if dispute["status"] not in OPEN:
        raise Refusal("This dispute is already closed.", code="dispute_already_closed")
    before: JsonObject = {name: dispute[name] for name in ("evidence", "metadata", "status") if name in call.params}
    dispute["evidence"] = {**dispute["evidence"], **(call.params.get("evidence") or {})}
    dispute["evidence_details"]["has_evidence"] = any(dispute["evidence"].values())
    dispute["metadata"] = merged(dispute["metadata"], call.params.get("metadata"))
    if call.params.get("submit", True) and "evidence" in call.params:
        dispute["status"] = "under_review"
        dispute["evidence_details"]["submission_count"] += 1
        dispute["evidence_details"]["submission_method"] = "manual"
    emit(sandbox, "charge.dispute.updated", sandbox.store.save(dispute), before=before)
    verdict = {"winning_evidence": "won", "losing_evidence": "lost"}.get(
        dispute["evidence"].get("uncategorized_text", "")
    )
    if dispute["status"] == "under_review" and verdict:
        return decide(sandbox, dispute, verdict)
    return dispute


def close(sandbox: Sandbox, call: Call) -> JsonObject:
    """Give in: the dispute is lost."""
    return decide(sandbox, sandbox.need("dispute", call.ids["id"]), "lost")


_P = "_dispute_{0}_params.Dispute{1}Params"
ROUTES = (
    Route("GET", "/v1/disputes", index, _P.format("list", "List"), filters("charge", "payment_intent")),
    Route("GET", "/v1/disputes/{id}", retrieve, _P.format("retrieve", "Retrieve")),
    Route("POST", "/v1/disputes/{id}", update, _P.format("update", "Update")),
    Route("POST", "/v1/disputes/{id}/close", close, _P.format("close", "Close")),
)
