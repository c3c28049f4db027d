"""From what is remembered to what is sent: private fields off, asked-for objects put in place of their ids."""

from payments.sandbox.engine import Sandbox
from payments.sandbox.errors import Refusal
from payments.sandbox.json_types import JsonObject

MAX_DEPTH = 4
# Fields that hold the id of another object of ours.
EXPANDABLE = {
    "balance_transaction",
    "charge",
    "customer",
    "destination_payment",
    "latest_charge",
    "payment_intent",
    "payment_method",
    "source",
    "source_transaction",
    "transfer",
    "transfer_reversal",
}
# Lists that are there only when asked for: field -> (kind, the field of the other object that names this one).
LISTS = {
    ("charge", "refunds"): ("refund", "charge"),
    ("checkout.session", "line_items"): ("item", "_session"),
}


def public(obj: JsonObject) -> JsonObject:
    """An object without what only the stand-in knows."""
    return {key: value for key, value in obj.items() if not key.startswith("_")}


def expand(sandbox: Sandbox, obj: JsonObject, paths: list[str]) -> JsonObject:
    """A rendered object with the objects `expand` asks for. Raises Refusal for what cannot be expanded."""
    shown = public(obj)
    for path in paths:
        steps = path.split(".")
        if len(steps) > MAX_DEPTH:
            raise Refusal(
                f"You cannot expand more than {MAX_DEPTH} levels of a property. Property: {path}",
                param="expand",
            )
        _expand(sandbox, shown, steps, path)
    return shown


def _expand(sandbox: Sandbox, shown: JsonObject, steps: list[str], path: str) -> None:
    name, rest = steps[0], steps[1:]
    if shown.get("object") == "list" and name == "data":
        for item in shown["data"]:
            _expand(sandbox, item, rest, path)
        return
    listed = LISTS.get((str(shown.get("object")), name))
    if listed is not None and not isinstance(shown.get(name), dict):
        kind, field = listed
        found = [public(item) for item in sandbox.store.find(kind, **{field: shown["id"]})]
        shown[name] = {"object": "list", "data": found, "has_more": False, "url": f"/v1/{kind}s"}
    elif name not in EXPANDABLE or name not in shown:
        raise Refusal(f"This property cannot be expanded ({path}).", param="expand")
    value = shown[name]
    if isinstance(value, str):
        found_one = sandbox.store.any(value)
        if found_one is not None:
            value = shown[name] = public(found_one)
    if rest and isinstance(value, dict):
        _expand(sandbox, value, rest, path)
