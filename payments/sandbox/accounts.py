"""Connected accounts (v2): an owner who wants to be paid, and whether Stripe lets them."""

from payments.sandbox.engine import Sandbox
from payments.sandbox.errors import Refusal
from payments.sandbox.events import emit_thin, iso
from payments.sandbox.ids import new_id
from payments.sandbox.json_types import JsonObject
from payments.sandbox.metadata import merged
from payments.sandbox.routes import Route
from payments.sandbox.wire import Call

TRANSFERS = "stripe_balance.stripe_transfers"
# What the onboarding page asks; the rest of Stripe's questions would add nothing here.
QUESTIONS = (
    "identity.individual.given_name",
    "identity.individual.surname",
    "identity.individual.date_of_birth.day",
    "identity.individual.address.line1",
    "bank_account",
    "identity.attestations.terms_of_service.account",
)
CAPABILITY_CHANGED = "v2.core.account[configuration.recipient].capability_status_updated"
# Given back only when the call says `include`; null otherwise, as at Stripe.
INCLUDABLE = ("configuration", "defaults", "future_requirements", "identity", "requirements")


def create(sandbox: Sandbox, call: Call) -> JsonObject:
    """A new account; what it may do starts as restricted until onboarding is done."""
    params = call.params
    configuration: JsonObject = {"customer": None, "merchant": None, "recipient": None}
    for name in params.get("configuration") or {}:
        if name != "recipient":
            raise Refusal(f"The local Stripe only does the recipient configuration, not {name}.", param="configuration")
        configuration["recipient"] = {"applied": True, "capabilities": {}}
    identity = params.get("identity") or {}
    if configuration["recipient"] is not None and "country" not in identity:
        raise Refusal(
            "identity.country is required when a recipient configuration is requested.", param="identity.country"
        )
    account: JsonObject = {
        "id": new_id("acct", 16),
        "object": "v2.core.account",
        "applied_configurations": [name for name, value in configuration.items() if value is not None],
        "closed": False,
        "configuration": configuration,
        "contact_email": params.get("contact_email"),
        "contact_phone": params.get("contact_phone"),
        "created": iso(sandbox.now()),
        "dashboard": params.get("dashboard"),
        "defaults": _defaults(params.get("defaults")),
        "display_name": params.get("display_name"),
        "future_requirements": None,
        "identity": {**identity, "country": str(identity.get("country", "")).lower() or None},
        "livemode": False,
        "metadata": merged({}, params.get("metadata")),
        "requirements": None,
        "_done": False,
    }
    _request(account, params)
    sandbox.store.insert(account)
    emit_thin(sandbox, "v2.core.account.created", account)
    if account["configuration"]["recipient"] is not None:
        emit_thin(sandbox, CAPABILITY_CHANGED, account, data={"updated_capability": TRANSFERS})
        emit_thin(sandbox, "v2.core.account[requirements].updated", account)
    return _shown(account, params)


def _defaults(sent: JsonObject | None) -> JsonObject | None:
    """What was sent; Stripe adds that it collects the requirements itself."""
    if not (sent or {}).get("responsibilities"):
        return sent
    return {
        **(sent or {}),
        "responsibilities": {**(sent or {})["responsibilities"], "requirements_collector": "stripe"},
    }


def _request(account: JsonObject, params: JsonObject) -> None:
    """Note which capabilities are asked for, and write what follows from it."""
    asked = ((params.get("configuration") or {}).get("recipient") or {}).get("capabilities") or {}
    for group in asked:
        if group != "stripe_balance":
            raise Refusal(f"The local Stripe only does {TRANSFERS}, not {group}.", param="configuration.recipient")
    transfers = (asked.get("stripe_balance") or {}).get("stripe_transfers")
    if transfers is not None:
        recipient = account["configuration"]["recipient"]
        if transfers["requested"]:
            # Its status follows from what is known about the owner.
            recipient["capabilities"] = {"stripe_balance": {"stripe_transfers": {}}}
        else:
            recipient["capabilities"] = {}
    refresh(account)


def refresh(account: JsonObject) -> bool:
    """Write capability status and open requirements from what is known; whether the capability's status changed."""
    recipient = account["configuration"]["recipient"]
    capability = ((recipient or {}).get("capabilities") or {}).get("stripe_balance", {}).get("stripe_transfers")
    open_questions = [] if account["_done"] else list(QUESTIONS)
    account["requirements"] = {
        "alternatives": [],
        "entries": [_entry(question) for question in open_questions],
        "summary": {"minimum_deadline": {"status": "currently_due", "time": None}} if open_questions else None,
    }
    if capability is None:
        return False
    old = capability.get("status")
    refused = account.get("_restricted")
    if open_questions or refused:
        details = {"code": "requirements_past_due", "resolution": "provide_info"}
        capability.update(status="restricted", status_details=[details])
    else:
        capability.update(status="active", status_details=[])
    return bool(old != capability["status"])


def _entry(question: str) -> JsonObject:
    return {
        "awaiting_action_from": "user",
        "description": question,
        "errors": [],
        "impact": {
            "restricts_capabilities": [
                {
                    "capability": TRANSFERS,
                    "configuration": "recipient",
                    "deadline": {"status": "currently_due"},
                }
            ],
        },
        "minimum_deadline": {"status": "currently_due"},
        "reference": None,
        "requested_reasons": [{"code": "routine_onboarding"}],
    }


def announce(sandbox: Sandbox, account: JsonObject) -> None:
    """Write down a changed account and say so when what it may do has changed."""
    changed = refresh(account)
    sandbox.store.save(account)
    emit_thin(sandbox, "v2.core.account[requirements].updated", account)
    if changed:
        emit_thin(sandbox, CAPABILITY_CHANGED, account, data={"updated_capability": TRANSFERS})


def can_receive(account: JsonObject) -> bool:
    """Whether transfers to this account are allowed."""
    recipient = account["configuration"]["recipient"] or {}
    capability = (recipient.get("capabilities") or {}).get("stripe_balance", {}).get("stripe_transfers", {})
    return not account["closed"] and capability.get("status") == "active"


def owned_cents(sandbox: Sandbox, id: str, currency: str) -> int:
    """What an account has: all it received, minus what was reversed and what was paid out to its bank."""
    received: int = sum(
        transfer["amount"] - transfer["amount_reversed"]
        for transfer in sandbox.store.find("transfer", destination=id, currency=currency)
    )
    paid_out: int = sum(
        payout["amount"]
        for payout in sandbox.store.find("payout", _account=id, currency=currency)
        if payout["status"] != "failed"
    )
    return received - paid_out


def _shown(account: JsonObject, params: JsonObject) -> JsonObject:
    """The account with only the parts `include` names."""
    include = params.get("include") or []
    shown = dict(account)
    for name in INCLUDABLE:
        if name == "configuration":
            wanted = {item.partition(".")[2] for item in include if item.startswith("configuration.")}
            shown[name] = (
                {part: value if part in wanted else None for part, value in account[name].items()} if wanted else None
            )
        elif name not in include:
            shown[name] = None
    return shown


def retrieve(sandbox: Sandbox, call: Call) -> JsonObject:
    """One account."""
    return _shown(_named(sandbox, call.ids["id"]), call.params)


def _named(sandbox: Sandbox, id: str) -> JsonObject:
    return sandbox.need("v2.core.account", id, noun="v2.core.account")


def update(sandbox: Sandbox, call: Call) -> JsonObject:
    """New values for what is given."""
    account = _named(sandbox, call.ids["id"])
    params = call.params
    if account["closed"]:
        raise Refusal("This account is closed.", code="account_closed")
    for name in ("contact_email", "contact_phone", "dashboard", "display_name"):
        if name in params:
            account[name] = params[name]
    for name in ("identity", "defaults"):
        if params.get(name):
            account[name] = {**(account[name] or {}), **params[name]}
    account["metadata"] = merged(account["metadata"], params.get("metadata"))
    if (params.get("configuration") or {}).get("recipient") is not None:
        if account["configuration"]["recipient"] is None:
            account["configuration"]["recipient"] = {"applied": True, "capabilities": {}}
            account["applied_configurations"].append("recipient")
        _request(account, params)
    sandbox.store.save(account)
    emit_thin(sandbox, "v2.core.account.updated", account)
    return _shown(account, params)


def close(sandbox: Sandbox, call: Call) -> JsonObject:
    """No more transfers, for good."""
    account = _named(sandbox, call.ids["id"])
    account["closed"] = True
    account["applied_configurations"] = []
    emit_thin(sandbox, "v2.core.account.closed", sandbox.store.save(account))
    return _shown(account, call.params)


def index(sandbox: Sandbox, call: Call) -> JsonObject:
    """Accounts, newest first."""
    limit = call.params.get("limit", 20)
    found = sandbox.store.find("v2.core.account")
    closed = call.params.get("closed", False)
    chosen = [_shown(account, {}) for account in found if account["closed"] == closed]
    return {"data": chosen[:limit], "next_page_url": None, "previous_page_url": None}


_P = "v2.core._account_{0}_params.Account{1}Params"
_KNOWS = frozenset(
    {"configuration", "contact_email", "contact_phone", "dashboard", "defaults", "display_name", "identity", "include"}
    | {"metadata"}
)
ROUTES = (
    Route("POST", "/v2/core/accounts", create, _P.format("create", "Create"), _KNOWS),
    Route("GET", "/v2/core/accounts", index, _P.format("list", "List")),
    Route("GET", "/v2/core/accounts/{id}", retrieve, _P.format("retrieve", "Retrieve")),
    Route("POST", "/v2/core/accounts/{id}", update, _P.format("update", "Update"), _KNOWS),
    Route("POST", "/v2/core/accounts/{id}/close", close, _P.format("close", "Close")),
)
