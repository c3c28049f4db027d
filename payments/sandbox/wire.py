"""A call as it arrives and an answer as it leaves."""

import json
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qsl

from payments.sandbox.errors import Refusal
from payments.sandbox.json_types import JsonObject


@dataclass(slots=True)
class Call:
    """One HTTP request.

    `sent` is query and body together, nested, as they came; `params` the same once checked and typed; `ids` are the
    parts of the path a route names; `base` is the address this process was called by ("http://127.0.0.1:12111").
    """

    method: str
    path: str
    headers: dict[str, str]
    sent: JsonObject
    base: str
    request_id: str
    params: JsonObject = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def idempotency_key(self) -> str | None:
        """The key the caller chose for this piece of work."""
        return self.headers.get("idempotency-key")

    @property
    def is_v2(self) -> bool:
        """JSON bodies and thin events instead of forms and snapshots."""
        return self.path.startswith("/v2/")


@dataclass(slots=True)
class Answer:
    """One HTTP answer; `drop` closes the connection instead of sending it."""

    status: int = HTTPStatus.OK
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    drop: bool = False

    @classmethod
    def of_json(cls, body: object, status: int = HTTPStatus.OK) -> "Answer":
        """An answer with a JSON body."""
        return cls(int(status), json.dumps(body, indent=2).encode(), {"Content-Type": "application/json"})


def nest(pairs: list[tuple[str, str]]) -> JsonObject:
    """`[("a[b][0]", "1")]` becomes `{"a": {"b": {"0": "1"}}}`: what is a list is known only by the type asked for."""
    root: JsonObject = {}
    for name, value in pairs:
        head, _, rest = name.partition("[")
        keys = [head, *rest[:-1].split("][")] if rest.endswith("]") else [name]
        spot = root
        for key in keys[:-1]:
            inner = spot.setdefault(key or str(len(spot)), {})
            if not isinstance(inner, dict):
                raise Refusal("Invalid hash", code="parameter_invalid", param=name, began=False)
            spot = inner
        spot[keys[-1] or str(len(spot))] = value
    return root


def read_params(content_type: str, query: str, body: bytes, *, is_v2: bool) -> JsonObject:
    """The parameters of a call: form-encoded for v1, JSON for v2. Raises Refusal for a malformed body."""
    params = nest(parse_qsl(query, keep_blank_values=True))
    if not body:
        return params
    kind = content_type.partition(";")[0].strip().lower()
    if is_v2:
        if kind != "application/json":
            raise Refusal(f"Invalid content type: {kind or 'none'}. v2 takes application/json.", began=False)
        try:
            sent = json.loads(body)
        except ValueError:
            raise Refusal("The request body is not valid JSON.", code="invalid_json", began=False) from None
        if not isinstance(sent, dict):
            raise Refusal("The request body must be a JSON object.", code="invalid_json", began=False)
        return {**params, **sent}
    if kind != "application/x-www-form-urlencoded":
        raise Refusal(
            f"Invalid request (check that your POST content type is application/x-www-form-urlencoded, not {kind}).",
            began=False,
        )
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise Refusal("Invalid request: the body is not UTF-8.", began=False) from None
    return {**params, **nest(parse_qsl(text, keep_blank_values=True))}
