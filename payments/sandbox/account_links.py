"""Account links (v2): a one-time address of the page where an owner tells Stripe who they are."""

from payments.sandbox.engine import Sandbox
from payments.sandbox.errors import Refusal
from payments.sandbox.events import iso
from payments.sandbox.ids import new_id
from payments.sandbox.json_types import JsonObject
from payments.sandbox.routes import Route
from payments.sandbox.wire import Call

LIVES = 5 * 60


def create(sandbox: Sandbox, call: Call) -> JsonObject:
    """An address that works for five minutes and until it is used."""
    account = sandbox.need("v2.core.account", call.params["account"], param="account")
    use_case = call.params["use_case"]
    kind = use_case["type"]
    if kind not in use_case:
        raise Refusal(
            f"use_case.{kind} is required when use_case.type is {kind}.",
            code="parameter_missing",
            param=f"use_case.{kind}",
        )
    if account["closed"]:
        raise Refusal("This account is closed.", code="account_closed", param="account")
    now = sandbox.now()
    link: JsonObject = {
        "id": new_id("link"),
        "object": "v2.core.account_link",
        "account": account["id"],
        "created": iso(now),
        "expires_at": iso(now + LIVES),
        "livemode": False,
        "use_case": use_case,
        "_expires": now + LIVES,
        "_used": False,
    }
    link["url"] = f"{call.base}/onboard/{link['id']}"
    sandbox.store.insert(link)
    return {key: value for key, value in link.items() if key != "id"}


ROUTES = (
    Route(
        "POST",
        "/v2/core/account_links",
        create,
        "v2.core._account_link_create_params.AccountLinkCreateParams",
    ),
)
