"""The platform's balance: one row per movement, and sums over them."""

from payments.sandbox.accounts import owned_cents
from payments.sandbox.engine import Sandbox
from payments.sandbox.ids import new_id
from payments.sandbox.json_types import JsonObject
from payments.sandbox.lists import filters, page
from payments.sandbox.routes import Route
from payments.sandbox.wire import Call

FEE_PER_THOUSAND = 15
FEE_FIXED = 25
# Card money becomes available a week after the capture, as at Stripe in France by default.
AVAILABLE_AFTER = 7 * 86400
CATEGORIES = {
    "adjustment": "dispute",
    "charge": "charge",
    "payment_refund": "refund",
    "payout": "payout",
    "payout_failure": "payout_failure",
    "refund": "refund",
    "refund_failure": "refund_failure",
    "transfer": "transfer",
    "transfer_refund": "transfer_reversal",
}


def card_fee(amount: int) -> int:
    """What Stripe keeps of a European card payment: 1.5 % (rounded half up) + 0.25, in cents."""
    return (amount * FEE_PER_THOUSAND + 500) // 1000 + FEE_FIXED


def book(
    sandbox: Sandbox,
    *,
    type: str,
    amount: int,
    currency: str,
    source: str,
    fee: int = 0,
    fee_name: str = "Stripe processing fees",
    available_on: int | None = None,
    description: str | None = None,
    category: str | None = None,
) -> JsonObject:
    """A movement of the platform's balance; `amount` is signed, `fee` is taken from it."""
    now = sandbox.now()
    available = now if available_on is None else available_on
    details = [
        {"amount": fee, "application": None, "currency": currency, "description": fee_name, "type": "stripe_fee"}
    ]
    return sandbox.store.insert(
        {
            "id": new_id("txn"),
            "object": "balance_transaction",
            "amount": amount,
            "available_on": available,
            "balance_type": "payments",
            "created": now,
            "currency": currency,
            "description": description,
            "exchange_rate": None,
            "fee": fee,
            "fee_details": details if fee else [],
            "net": amount - fee,
            "reporting_category": category or CATEGORIES[type],
            "source": source,
            "status": "available" if available <= now else "pending",
            "type": type,
        }
    )


def sums(sandbox: Sandbox) -> dict[str, dict[str, int]]:
    """Per currency: what is available and what is still pending, in cents."""
    rows = sandbox.store.rows(
        "SELECT json_extract(body, '$.currency'), json_extract(body, '$.available_on') <= ?, "
        "sum(json_extract(body, '$.net')) FROM objects WHERE kind = 'balance_transaction' GROUP BY 1, 2",
        sandbox.now(),
    )
    found: dict[str, dict[str, int]] = {}
    for currency, is_available, total in rows:
        sides = found.setdefault(str(currency), {"available": 0, "pending": 0})
        sides["available" if is_available else "pending"] = int(str(total))
    return found or {"eur": {"available": 0, "pending": 0}}


def retrieve(sandbox: Sandbox, call: Call) -> JsonObject:
    """The balance now."""
    account = call.headers.get("stripe-account")
    if account is None:
        found = sums(sandbox)
    else:
        found = {"eur": {"available": owned_cents(sandbox, account, "eur"), "pending": 0}}

    def side(name: str) -> list[JsonObject]:
        return [
            {"amount": sides[name], "currency": currency, "source_types": {"card": sides[name]}}
            for currency, sides in sorted(found.items())
        ]

    return {
        "object": "balance",
        "available": side("available"),
        "livemode": False,
        "pending": side("pending"),
        "refund_and_dispute_prefunding": {"available": [], "pending": []},
    }


def _aged(sandbox: Sandbox, movement: JsonObject) -> JsonObject:
    return {**movement, "status": "available" if movement["available_on"] <= sandbox.now() else "pending"}


def retrieve_movement(sandbox: Sandbox, call: Call) -> JsonObject:
    """One movement."""
    return _aged(sandbox, sandbox.need("balance_transaction", call.ids["id"], noun="balance transaction"))


def index_movements(sandbox: Sandbox, call: Call) -> JsonObject:
    """Movements, newest first; by source, type or currency."""
    found = page(sandbox, call, "balance_transaction", fields=("source", "type", "currency", "payout"))
    found["data"] = [_aged(sandbox, movement) for movement in found["data"]]
    return found


_P = "_balance_transaction_{0}_params.BalanceTransaction{1}Params"
ROUTES = (
    Route("GET", "/v1/balance", retrieve, "_balance_retrieve_params.BalanceRetrieveParams", for_accounts=True),
    Route(
        "GET",
        "/v1/balance_transactions",
        index_movements,
        _P.format("list", "List"),
        filters("currency", "payout", "source", "type"),
    ),
    Route("GET", "/v1/balance_transactions/{id}", retrieve_movement, _P.format("retrieve", "Retrieve")),
)
