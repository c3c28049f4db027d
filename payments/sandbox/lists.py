"""Lists: filters, and pages by the id one has read last."""

from payments.sandbox.engine import Sandbox
from payments.sandbox.errors import Refusal, no_such
from payments.sandbox.json_types import JsonObject
from payments.sandbox.store import Condition, equals
from payments.sandbox.wire import Call

DEFAULT_LIMIT = 10
MAX_LIMIT = 100
BOUNDS = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


def filters(*names: str) -> frozenset[str]:
    """The parameters of a list that filters by these fields: any other filter is refused, not passed over."""
    return frozenset({*names, "created", "ending_before", "expand", "limit", "starting_after"})


def page(
    sandbox: Sandbox,
    call: Call,
    kind: str,
    *,
    fields: tuple[str, ...] = (),
    fixed: JsonObject | None = None,
    more: list[Condition] | None = None,
) -> JsonObject:
    """One page of a v1 list, newest first.

    `fields` are the parameters that filter by equality, `fixed` the filters that come from the path, `more` any other.
    """
    params = call.params
    wanted = {**{name: params[name] for name in fields if params.get(name) is not None}, **(fixed or {})}
    conditions = [equals(name, value) for name, value in wanted.items()] + _created(params.get("created"))
    limit = params.get("limit", DEFAULT_LIMIT)
    if not 1 <= limit <= MAX_LIMIT:
        raise Refusal(
            f"Invalid integer: {limit}. The limit must be between 1 and {MAX_LIMIT}.",
            code="parameter_invalid_integer",
            param="limit",
        )
    for param, sign in (("starting_after", "<"), ("ending_before", ">")):
        if params.get(param) is not None:
            conditions.append((f"seq {sign} ?", _position(sandbox, kind, params[param], param)))
    backwards = params.get("ending_before") is not None
    found = sandbox.store.select(kind, conditions + (more or []), limit=limit + 1, oldest_first=backwards)
    shown = found[:limit]
    return {
        "object": "list",
        "data": shown[::-1] if backwards else shown,
        "has_more": len(found) > limit,
        "url": call.path,
    }


def _position(sandbox: Sandbox, kind: str, id: str, param: str) -> int:
    seq = sandbox.store.seq(kind, id)
    if seq is None:
        raise no_such(kind, id, param=param, status=400)
    return seq


def _created(created: object) -> list[Condition]:
    if created is None:
        return []
    if isinstance(created, dict):
        return [(f"json_extract(body, '$.created') {BOUNDS[name]} ?", value) for name, value in created.items()]
    return [equals("created", created)]
