"""Payouts: money leaves for a bank account, the platform's own or an owner's (named by the Stripe-Account header)."""

from payments.sandbox import balance
from payments.sandbox.accounts import owned_cents
from payments.sandbox.engine import Sandbox
from payments.sandbox.errors import Refusal
from payments.sandbox.events import emit
from payments.sandbox.ids import new_id
from payments.sandbox.json_types import JsonObject
from payments.sandbox.lists import filters, page
from payments.sandbox.metadata import merged
from payments.sandbox.routes import Route
from payments.sandbox.wire import Call

KNOWS = frozenset({"amount", "currency", "description", "expand", "metadata", "statement_descriptor"})


def new_payout(
    sandbox: Sandbox, *, amount: int, currency: str, account: str | None, automatic: bool, **fields: object
) -> JsonObject:
    """Money on its way to a bank: `account` None is the platform's. Raises balance_insufficient."""
    if amount < 1:
        raise Refusal(
            "This value must be greater than or equal to 1.", code="parameter_invalid_integer", param="amount"
        )
    if account is None:
        there = balance.sums(sandbox).get(currency, {"available": 0})["available"]
    else:
        there = owned_cents(sandbox, account, currency)
    if amount > there:
        raise Refusal("You have insufficient funds in your Stripe account.", code="balance_insufficient")
    payout: JsonObject = {
        "id": new_id("po"),
        "object": "payout",
        "amount": amount,
        "arrival_date": sandbox.now() + 2 * 86400,
        "automatic": automatic,
        "balance_transaction": None,
        "created": sandbox.now(),
        "currency": currency,
        "description": None,
        "destination": new_id("ba"),
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "livemode": False,
        "metadata": {},
        "method": "standard",
        "reconciliation_status": "in_progress" if automatic else "not_applicable",
        "source_type": "card",
        "statement_descriptor": None,
        "status": "pending",
        "type": "bank_account",
        **fields,
        "_account": account,
    }
    if account is None:
        movement = balance.book(sandbox, type="payout", amount=-amount, currency=currency, source=payout["id"])
        payout["balance_transaction"] = movement["id"]
    payout["_due"] = payout["arrival_date"]
    sandbox.store.insert(payout)
    emit(sandbox, "payout.created", payout, account=account)
    return payout


def arrive(sandbox: Sandbox, payout: JsonObject) -> JsonObject:
    """The bank has it."""
    payout.update(status="paid", _due=None)
    emit(sandbox, "payout.paid", sandbox.store.save(payout), account=payout["_account"])
    return payout


def fail(sandbox: Sandbox, payout: JsonObject, code: str = "account_closed") -> JsonObject:
    """The bank sent it back: it is on the balance again."""
    payout.update(status="failed", failure_code=code, failure_message="The bank account has been closed.", _due=None)
    if payout["_account"] is None:
        movement = balance.book(
            sandbox,
            type="payout_failure",
            amount=payout["amount"],
            currency=payout["currency"],
            source=payout["id"],
        )
        payout["failure_balance_transaction"] = movement["id"]
    emit(sandbox, "payout.failed", sandbox.store.save(payout), account=payout["_account"])
    return payout


def create(sandbox: Sandbox, call: Call) -> JsonObject:
    """A payout asked for by hand."""
    params = call.params
    return new_payout(
        sandbox,
        amount=params["amount"],
        currency=params["currency"].lower(),
        account=call.headers.get("stripe-account"),
        automatic=False,
        description=params.get("description"),
        metadata=merged({}, params.get("metadata")),
        statement_descriptor=params.get("statement_descriptor"),
    )


def retrieve(sandbox: Sandbox, call: Call) -> JsonObject:
    """One payout."""
    return sandbox.need("payout", call.ids["id"])


def index(sandbox: Sandbox, call: Call) -> JsonObject:
    """The payouts of the platform or of an account, newest first."""
    more = [("json_extract(body, '$._account') IS ?", call.headers.get("stripe-account"))]
    return page(sandbox, call, "payout", fields=("status",), more=list(more))


_P = "_payout_{0}_params.Payout{1}Params"
ROUTES = (
    Route("POST", "/v1/payouts", create, _P.format("create", "Create"), KNOWS, for_accounts=True),
    Route("GET", "/v1/payouts", index, _P.format("list", "List"), filters("status"), for_accounts=True),
    Route("GET", "/v1/payouts/{id}", retrieve, _P.format("retrieve", "Retrieve"), for_accounts=True),
)
