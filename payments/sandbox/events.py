"""Events: what happened, kept for reading again and posted to the site's webhook endpoints."""

import json
import time
from datetime import UTC, datetime

from payments.sandbox.engine import Sandbox
from payments.sandbox.ids import new_id
from payments.sandbox.json_types import JsonObject
from payments.sandbox.lists import filters, page
from payments.sandbox.rendering import public
from payments.sandbox.routes import Route
from payments.sandbox.store import Condition
from payments.sandbox.version import API_VERSION
from payments.sandbox.wire import Call


def iso(seconds: int) -> str:
    """An instant as v2 writes it."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def emit(
    sandbox: Sandbox,
    type: str,
    obj: JsonObject,
    *,
    before: JsonObject | None = None,
    account: str | None = None,
) -> None:
    """Say that something happened to a v1 object: a snapshot event, to the platform or (with `account`) to connect.

    `before` holds the former values of the fields an update changed.
    """
    data: JsonObject = {"object": public(obj)}
    if before is not None:
        data["previous_attributes"] = before
    event: JsonObject = {
        "id": new_id("evt"),
        "object": "event",
        "api_version": API_VERSION,
        "created": sandbox.now(),
        "data": data,
        "livemode": False,
        "pending_webhooks": 1 if sandbox.config.webhooks else 0,
        "request": dict(sandbox.cause),
        "type": type,
    }
    if account is not None:
        event["account"] = account
    sandbox.store.insert(event)
    _post(sandbox, event["id"], "connect" if account else "platform")


def emit_thin(
    sandbox: Sandbox,
    type: str,
    related: JsonObject,
    *,
    data: JsonObject | None = None,
    url: str | None = None,
) -> None:
    """Say that something happened to a v2 object: a thin event, which names the object and is re-read by its reader."""
    event: JsonObject = {
        "id": new_id("evt_test_65"),
        "object": "v2.core.event",
        "context": None,
        "created": iso(sandbox.now()),
        "livemode": False,
        "reason": None,
        "related_object": {
            "id": related["id"],
            "type": related["object"],
            "url": url or f"/v2/core/accounts/{related['id']}",
        },
        "type": type,
        "data": data or {},
    }
    if sandbox.cause["id"] is not None:
        request = {"id": sandbox.cause["id"], "idempotency_key": sandbox.cause["idempotency_key"] or ""}
        event["reason"] = {"type": "request", "request": request}
    sandbox.store.insert(event)
    _post(sandbox, event["id"], "thin")


def _post(sandbox: Sandbox, event: str, endpoint: str) -> None:
    sandbox.store.run(
        "INSERT INTO deliveries (event, endpoint, next_at) VALUES (?, ?, ?)", event, endpoint, time.time()
    )


def payload(event: JsonObject) -> JsonObject:
    """What is posted for an event: a snapshot as it is, a thin event without its data."""
    return {key: value for key, value in event.items() if event["object"] == "event" or key != "data"}


def retrieve(sandbox: Sandbox, call: Call) -> JsonObject:
    """One snapshot event."""
    return sandbox.need("event", call.ids["id"])


def index(sandbox: Sandbox, call: Call) -> JsonObject:
    """Snapshot events, newest first; by type (`charge.*` is a group), types or time."""
    more: list[Condition] = []
    if call.params.get("type"):
        more.append(("json_extract(body, '$.type') GLOB ?", call.params["type"]))
    if call.params.get("types"):
        more.append(
            ("json_extract(body, '$.type') IN (SELECT value FROM json_each(?))", json.dumps(call.params["types"]))
        )
    return page(sandbox, call, "event", more=more)


def retrieve_thin(sandbox: Sandbox, call: Call) -> JsonObject:
    """One thin event with its data."""
    return sandbox.need("v2.core.event", call.ids["id"], noun="event")


def index_thin(sandbox: Sandbox, call: Call) -> JsonObject:
    """Thin events, newest first; by object, types or time."""
    found = sandbox.store.find("v2.core.event")
    object_id = call.params.get("object_id")
    types = call.params.get("types")
    created = call.params.get("created") or {}
    chosen = [
        event
        for event in found
        if (not object_id or event["related_object"]["id"] == object_id)
        and (not types or event["type"] in types)
        and (not created.get("gte") or event["created"] >= created["gte"])
        and (not created.get("gt") or event["created"] > created["gt"])
        and (not created.get("lte") or event["created"] <= created["lte"])
        and (not created.get("lt") or event["created"] < created["lt"])
    ]
    limit = call.params.get("limit") or 20
    start = int(call.params.get("page") or 0)
    more = len(chosen) > start + limit
    return {
        "data": chosen[start : start + limit],
        "next_page_url": f"/v2/core/events?page={start + limit}&limit={limit}" if more else None,
        "previous_page_url": None,
    }


ROUTES = (
    Route("GET", "/v1/events", index, "_event_list_params.EventListParams", filters("type", "types")),
    Route("GET", "/v1/events/{id}", retrieve, "_event_retrieve_params.EventRetrieveParams"),
    Route("GET", "/v2/core/events", index_thin, "v2.core._event_list_params.EventListParams"),
    Route("GET", "/v2/core/events/{id}", retrieve_thin, "v2.core._event_retrieve_params.EventRetrieveParams"),
)
