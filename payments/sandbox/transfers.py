"""Transfers: an owner's share leaves the platform's balance for the owner's account; reversals bring it back."""

from payments.sandbox import balance
from payments.sandbox.accounts import can_receive, owned_cents
from payments.sandbox.engine import Sandbox
from payments.sandbox.errors import Refusal
from payments.sandbox.events import emit
from payments.sandbox.ids import new_id
from payments.sandbox.json_types import JsonObject
from payments.sandbox.lists import filters, page
from payments.sandbox.metadata import merged
from payments.sandbox.routes import Route
from payments.sandbox.wire import Call

KNOWS = frozenset(
    {"amount", "currency", "description", "destination", "expand", "metadata", "source_transaction", "transfer_group"}
)


def create(sandbox: Sandbox, call: Call) -> JsonObject:
    """Send money to an account: from one charge (`source_transaction`), else from what is available."""
    params = call.params
    if "amount" not in params:
        raise Refusal("Missing required param: amount.", code="parameter_missing", param="amount")
    amount, currency = params["amount"], params["currency"].lower()
    if amount < 1:
        raise Refusal(
            "This value must be greater than or equal to 1.", code="parameter_invalid_integer", param="amount"
        )
    account = sandbox.store.get("v2.core.account", params["destination"])
    if account is None:
        raise Refusal(f"No such destination: '{params['destination']}'", code="resource_missing", param="destination")
    if not can_receive(account):
        raise Refusal(
            "Your destination account needs to have at least one of the following capabilities enabled: transfers, "
            "crypto_transfers, legacy_payments",
            code="insufficient_capabilities_for_transfer",
        )
    group = params.get("transfer_group")
    available_on = None
    if params.get("source_transaction"):
        charge = _source(sandbox, params["source_transaction"], amount, currency)
        group = group or charge["transfer_group"]
        available_on = sandbox.need("balance_transaction", charge["balance_transaction"])["available_on"]
    elif balance.sums(sandbox).get(currency, {"available": 0})["available"] < amount:
        raise Refusal(
            "You have insufficient available funds in your Stripe account. Try adding funds directly to your available "
            "balance by creating Charges using the 4000000000000077 test card. See: "
            "https://stripe.com/docs/testing#available-balance",
            code="balance_insufficient",
        )
    return _make(sandbox, params, account["id"], group, max(available_on or 0, sandbox.now()))


def _source(sandbox: Sandbox, id: str, amount: int, currency: str) -> JsonObject:
    """The charge a transfer draws on. Raises Refusal when too little of it is left."""
    charge = sandbox.need("charge", id, param="source_transaction")
    if not charge["captured"]:
        raise Refusal(
            f"The charge {id} is not captured, so it cannot be used as a source_transaction.",
            param="source_transaction",
        )
    if charge["currency"] != currency:
        raise Refusal(
            f"The currency of source_transaction's balance transaction ({charge['currency']}) must be the same as the "
            f"transfer currency ({currency})",
            param="currency",
        )
    sent = sum(
        transfer["amount"] - transfer["amount_reversed"]
        for transfer in sandbox.store.find("transfer", source_transaction=id)
    )
    left = charge["amount_captured"] - charge["amount_refunded"] - sent
    if amount > left:
        raise Refusal(
            f"Transfers using this transaction as a source must not exceed the source amount of "
            f"{charge['amount_captured']} {currency}. There are already existing transfers or refunds using this "
            f"source, and {max(left, 0)} is left.",
            param="amount",
        )
    return charge


def _make(sandbox: Sandbox, params: JsonObject, account: str, group: str | None, available_on: int) -> JsonObject:
    id = new_id("tr")
    movement = balance.book(
        sandbox,
        type="transfer",
        amount=-params["amount"],
        currency=params["currency"].lower(),
        source=id,
        available_on=available_on,
        description=params.get("description"),
    )
    transfer: JsonObject = {
        "id": id,
        "object": "transfer",
        "amount": params["amount"],
        "amount_reversed": 0,
        "balance_transaction": movement["id"],
        "created": sandbox.now(),
        "currency": params["currency"].lower(),
        "description": params.get("description"),
        "destination": account,
        "destination_payment": new_id("py"),
        "livemode": False,
        "metadata": merged({}, params.get("metadata")),
        "reversals": {"object": "list", "data": [], "has_more": False, "url": f"/v1/transfers/{id}/reversals"},
        "reversed": False,
        "source_transaction": params.get("source_transaction"),
        "source_type": "card",
        "transfer_group": group,
    }
    sandbox.store.insert(transfer)
    emit(sandbox, "transfer.created", transfer)
    return transfer


def retrieve(sandbox: Sandbox, call: Call) -> JsonObject:
    """One transfer."""
    return sandbox.need("transfer", call.ids["id"])


def index(sandbox: Sandbox, call: Call) -> JsonObject:
    """Transfers, newest first; by group or account."""
    return page(sandbox, call, "transfer", fields=("destination", "transfer_group"))


def update(sandbox: Sandbox, call: Call) -> JsonObject:
    """New description or metadata."""
    transfer = sandbox.need("transfer", call.ids["id"])
    before: JsonObject = {name: transfer[name] for name in ("description", "metadata") if name in call.params}
    if "description" in call.params:
        transfer["description"] = call.params["description"]
    transfer["metadata"] = merged(transfer["metadata"], call.params.get("metadata"))
    emit(sandbox, "transfer.updated", sandbox.store.save(transfer), before=before)
    return transfer


def reverse(sandbox: Sandbox, call: Call) -> JsonObject:
    """Bring back all or `amount` cents of a transfer; never more than the account still has."""
    transfer = sandbox.need("transfer", call.ids["id"])
    left = transfer["amount"] - transfer["amount_reversed"]
    amount = call.params.get("amount", left)
    if left == 0:
        raise Refusal(f"Transfer {transfer['id']} has already been fully reversed.", code="transfer_already_reversed")
    if not 1 <= amount <= left:
        raise Refusal(
            f"Transfer reversal amount ({amount}) is greater than unreversed amount on transfer ({left})",
            param="amount",
        )
    if amount > owned_cents(sandbox, transfer["destination"], transfer["currency"]):
        raise Refusal(
            "Insufficient funds in the connected account to reverse this transfer.", code="balance_insufficient"
        )
    movement = balance.book(
        sandbox, type="transfer_refund", amount=amount, currency=transfer["currency"], source=transfer["id"]
    )
    reversal: JsonObject = {
        "id": new_id("trr"),
        "object": "transfer_reversal",
        "amount": amount,
        "balance_transaction": movement["id"],
        "created": sandbox.now(),
        "currency": transfer["currency"],
        "destination_payment_refund": new_id("pyr"),
        "metadata": merged({}, call.params.get("metadata")),
        "source_refund": None,
        "transfer": transfer["id"],
    }
    sandbox.store.insert(reversal)
    transfer["amount_reversed"] += amount
    transfer["reversed"] = transfer["amount_reversed"] == transfer["amount"]
    transfer["reversals"]["data"].insert(0, reversal)
    emit(sandbox, "transfer.reversed", sandbox.store.save(transfer))
    return reversal


def index_reversals(sandbox: Sandbox, call: Call) -> JsonObject:
    """The reversals of a transfer."""
    sandbox.need("transfer", call.ids["id"])
    return page(sandbox, call, "transfer_reversal", fixed={"transfer": call.ids["id"]})


def retrieve_reversal(sandbox: Sandbox, call: Call) -> JsonObject:
    """One reversal."""
    return sandbox.need("transfer_reversal", call.ids["reversal"])


_P = "_transfer_{0}_params.Transfer{1}Params"
_REVERSALS = "/v1/transfers/{id}/reversals"
ROUTES = (
    Route("POST", "/v1/transfers", create, _P.format("create", "Create"), KNOWS),
    Route("GET", "/v1/transfers", index, _P.format("list", "List"), filters("destination", "transfer_group")),
    Route("GET", "/v1/transfers/{id}", retrieve, _P.format("retrieve", "Retrieve")),
    Route("POST", "/v1/transfers/{id}", update, _P.format("update", "Update")),
    Route(
        "POST",
        _REVERSALS,
        reverse,
        _P.format("reversal_create", "ReversalCreate"),
        frozenset({"amount", "expand", "metadata"}),
    ),
    Route("GET", _REVERSALS, index_reversals, _P.format("reversal_list", "ReversalList")),
    Route("GET", f"{_REVERSALS}/{{reversal}}", retrieve_reversal, _P.format("reversal_retrieve", "ReversalRetrieve")),
)
