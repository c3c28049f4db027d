"""What happens by itself when its moment comes."""

from payments.sandbox import paying, payouts, refunds, sessions
from payments.sandbox.engine import Sandbox
from payments.sandbox.json_types import JsonObject


def tick(sandbox: Sandbox) -> None:
    """Let everything happen that is due: pages expire, money set aside goes back, refunds are settled."""
    sandbox.look_at_the_clock()
    with sandbox.store.transaction():
        for obj in sandbox.store.due(sandbox.now()):
            sandbox.cause = {"id": None, "idempotency_key": None}
            _happen(sandbox, obj)


def _happen(sandbox: Sandbox, obj: JsonObject) -> None:
    if obj["object"] == "checkout.session":
        sessions.end(sandbox, obj)
    elif obj["object"] == "payment_intent":
        paying.cancel(sandbox, obj, "automatic", expired=True)
    elif obj["object"] == "payout":
        payouts.arrive(sandbox, obj)
    else:
        refunds.settle(sandbox, obj)
