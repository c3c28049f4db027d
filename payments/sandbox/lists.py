"""Lists: filters, and pages by the id one has read last."""

from collections.abc import Callable

from payments.sandbox.engine import Sandbox
from payments.sandbox.errors import Refusal, no_such
from payments.sandbox.json_types import JsonObject
from payments.sandbox.wire import Call

DEFAULT_LIMIT = 10
MAX_LIMIT = 100


def page(
    sandbox: Sandbox,
    call: Call,
    kind: str,
    *,
    fields: tuple[str, ...] = (),
    fixed: JsonObject | None = None,
    keep: Callable[[JsonObject], bool] | None = None,
) -> JsonObject:
    """One page of a v1 list, newest first.

    `fields` are the parameters that filter by equality, `fixed` filters that come from the path, `keep` any other.
    """
    where = {name: call.params[name] for name in fields if call.params.get(name) is not None}
    found = sandbox.store.find(kind, **where, **(fixed or {}))
    created = call.params.get("created")
    found = [obj for obj in found if _in_time(obj, created) and (keep is None or keep(obj))]
    limit = call.params.get("limit", DEFAULT_LIMIT)
    if not 1 <= limit <= MAX_LIMIT:
        raise Refusal(
            f"Invalid integer: {limit}. The limit must be between 1 and {MAX_LIMIT}.",
            code="parameter_invalid_integer",
            param="limit",
        )
    ids = [obj["id"] for obj in found]
    before, after = call.params.get("ending_before"), call.params.get("starting_after")
    if after is not None:
        found = found[_position(ids, after, kind, "starting_after") + 1 :]
    if before is not None:
        found = found[: _position(ids, before, kind, "ending_before")][-limit:]
    return {"object": "list", "data": found[:limit], "has_more": len(found) > limit, "url": call.path}


def _position(ids: list[str], id: str, kind: str, param: str) -> int:
    if id not in ids:
        raise no_such(kind, id, param=param, status=400)
    return ids.index(id)


def _in_time(obj: JsonObject, created: object) -> bool:
    if created is None:
        return True
    if isinstance(created, int):
        return bool(obj["created"] == created)
    if not isinstance(created, dict):
        return False
    at: int = obj["created"]
    lowest = max(created.get("gte", 0), created.get("gt", -1) + 1)
    highest = min(created.get("lte", at), created.get("lt", at + 1) - 1)
    return bool(lowest <= at <= highest)
