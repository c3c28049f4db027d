"""One call in, one answer out: authentication, parameters, idempotency, and the function that does the work."""

import hashlib
import json
import re
import threading
import time
import traceback
from http import HTTPStatus

from payments.sandbox import (
    account_links,
    accounts,
    balance,
    charges,
    customers,
    disputes,
    events,
    payment_intents,
    payment_methods,
    payouts,
    refunds,
    sessions,
    transfers,
)
from payments.sandbox.engine import Sandbox
from payments.sandbox.errors import Refusal, not_here
from payments.sandbox.faults import Faults
from payments.sandbox.json_types import JsonObject
from payments.sandbox.parameters import check
from payments.sandbox.rendering import expand
from payments.sandbox.routes import Route
from payments.sandbox.ticking import tick
from payments.sandbox.version import API_VERSION
from payments.sandbox.wire import Answer, Call

ROUTES: tuple[Route, ...] = (
    *customers.ROUTES,
    *payment_methods.ROUTES,
    *sessions.ROUTES,
    *payment_intents.ROUTES,
    *charges.ROUTES,
    *refunds.ROUTES,
    *transfers.ROUTES,
    *disputes.ROUTES,
    *payouts.ROUTES,
    *balance.ROUTES,
    *events.ROUTES,
    *accounts.ROUTES,
    *account_links.ROUTES,
)
# Stripe forgets idempotency keys after a day.
KEYS_LIVE = 24 * 3600


class Api:
    """Stripe's API over one sandbox."""

    def __init__(self, sandbox: Sandbox, faults: Faults) -> None:
        self.sandbox = sandbox
        self.faults = faults
        self._running: set[str] = set()
        self._lock = threading.Lock()

    def answer(self, call: Call) -> Answer:
        """Answer a call, noting it; a fault ordered by the control API may spoil the answer."""
        fault = self.faults.take(call.method, call.path)
        if fault is not None and fault.before:
            self._note(call, None, f"spoilt before any work: {fault.name}")
            return fault.spoil(None)
        try:
            answer = self._keyed(call, fault.seconds if fault else 0)
        except Exception:
            # A fault of the stand-in's own: seen by the caller as Stripe's 500, and in full on the console.
            traceback.print_exc()
            message = "The local Stripe has a fault of its own: its console says which."
            answer = self._refused(call, Refusal(message, type="api_error", status=HTTPStatus.INTERNAL_SERVER_ERROR))
        self._note(call, answer.status, f"answer spoilt: {fault.name}" if fault else None)
        self.sandbox.stir()
        return answer if fault is None else fault.spoil(answer)

    def _note(self, call: Call, status: int | None, note: str | None) -> None:
        self.sandbox.store.run(
            "INSERT INTO calls (request_id, at, method, path, idempotency_key, params, status, note) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            call.request_id,
            time.time(),
            call.method,
            call.path,
            call.idempotency_key,
            json.dumps(call.sent),
            status,
            note,
        )

    def _keyed(self, call: Call, slowly: float) -> Answer:
        """Idempotency: the same key and parameters get the first answer again. `slowly`: seconds the work takes."""
        key = call.idempotency_key if call.method == "POST" else None
        if key is None:
            time.sleep(slowly)
            return self._attempt(call, None)
        if not 0 < len(key) <= 255:
            return self._refused(
                call, Refusal("Idempotency keys can be at most 255 characters long.", type="idempotency_error")
            )
        with self._lock:
            if key in self._running:
                return self._refused(
                    call,
                    Refusal(
                        "There is currently another in-progress request using this Idempotent Key (that probably means "
                        "you submitted twice, and the other request is still going through): "
                        f"{key}. Please try again later.",
                        code="idempotency_key_in_use",
                        status=HTTPStatus.CONFLICT,
                        type="idempotency_error",
                    ),
                )
            self._running.add(key)
        try:
            time.sleep(slowly)
            return self._attempt(call, key)
        finally:
            with self._lock:
                self._running.discard(key)

    def _attempt(self, call: Call, key: str | None) -> Answer:
        try:
            self._authenticate(call)
            if key is not None and (seen := self._seen(call, key)) is not None:
                return seen
            route = self._route(call)
            call.params = self._checked(call, route)
            tick(self.sandbox)
            with self.sandbox.store.transaction():
                self.sandbox.cause = {"id": call.request_id, "idempotency_key": key}
                self.sandbox.store.set_note("base", call.base)
                answer = self._work(call, route)
                if key is not None:
                    self._remember(call, key, answer)
                return answer
        except Refusal as refusal:
            answer = self._refused(call, refusal)
            if key is not None and refusal.began and not call.is_v2:
                with self.sandbox.store.transaction():
                    self._remember(call, key, answer)
            return answer

    def _work(self, call: Call, route: Route) -> Answer:
        try:
            result = route.handler(self.sandbox, call)
        except Refusal as refusal:
            if not refusal.keep:
                raise
            return self._refused(call, refusal)
        paths = call.params.get("expand") or []
        return self._headed(call, Answer.of_json(expand(self.sandbox, _public_list(result), paths)))

    def _authenticate(self, call: Call) -> None:
        scheme, _, token = call.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Refusal(
                "You did not provide an API key. You need to provide your API key in the Authorization header, using "
                "Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
                status=HTTPStatus.UNAUTHORIZED,
                began=False,
            )
        if not re.match(r"(sk|rk)_test_", token):
            shown = f"{token[:8]}{'*' * 8}{token[-4:]}"
            raise Refusal(f"Invalid API Key provided: {shown}", status=HTTPStatus.UNAUTHORIZED, began=False)
        version = call.headers.get("stripe-version")
        if version != API_VERSION:
            raise Refusal(
                f"Invalid Stripe API version: {version}. The local Stripe speaks {API_VERSION}, which the installed "
                "stripe library sends in the Stripe-Version header.",
                began=False,
            )

    def _route(self, call: Call) -> Route:
        for route in ROUTES:
            if route.method == call.method and (match := route.pattern.match(call.path)):
                call.ids = match.groupdict()
                return route
        raise Refusal(
            f"Unrecognized request URL ({call.method}: {call.path}). If you are trying to list objects, remove the "
            "trailing slash. If you are trying to retrieve an object, make sure you passed a valid (non-empty) "
            "identifier in your code. The local Stripe knows only what docs/local-stripe.md lists.",
            status=HTTPStatus.NOT_FOUND,
            began=False,
        )

    def _checked(self, call: Call, route: Route) -> JsonObject:
        """The parameters, typed. Raises Refusal for what Stripe does not know, and for what the stand-in does not."""
        account = call.headers.get("stripe-account") or call.headers.get("stripe-context")
        if account is not None and not route.for_accounts:
            raise not_here(f"{call.method} {route.path} on behalf of a connected account")
        if account is not None:
            self.sandbox.need("v2.core.account", account, noun="account")
        params = dict(call.sent)
        cursor = params.pop("page", None) if call.is_v2 and call.method == "GET" else None
        checked = check(params, route.shape, form=not call.is_v2 or call.method == "GET")
        for name in checked:
            if route.knows is not None and name not in route.knows:
                raise not_here(f"the parameter {name} of {call.method} {route.path}", name)
        return checked if cursor is None else {**checked, "page": cursor}

    def _seen(self, call: Call, key: str) -> Answer | None:
        """The answer this key got before, if any. Raises idempotency_error when it was for something else."""
        store = self.sandbox.store
        store.run("DELETE FROM answers WHERE created < ?", self.sandbox.now() - KEYS_LIVE)
        rows = store.rows("SELECT fingerprint, status, body, request_id FROM answers WHERE key = ?", key)
        if not rows:
            return None
        fingerprint, status, body, request_id = rows[0]
        if fingerprint != _fingerprint(call):
            raise Refusal(
                "Keys for idempotent requests can only be used with the same parameters they were first used with. Try "
                f"using a key other than '{key}' if you meant to execute a different request.",
                type="idempotency_error",
                began=False,
            )
        answer = Answer(int(str(status)), str(body).encode(), {"Content-Type": "application/json"})
        answer.headers["Idempotent-Replayed"] = "true"
        answer.headers["Original-Request"] = str(request_id)
        return self._headed(call, answer)

    def _remember(self, call: Call, key: str, answer: Answer) -> None:
        self.sandbox.store.run(
            "INSERT OR REPLACE INTO answers (key, fingerprint, created, status, body, request_id) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            key,
            _fingerprint(call),
            self.sandbox.now(),
            answer.status,
            answer.body.decode(),
            call.request_id,
        )

    def _refused(self, call: Call, refusal: Refusal) -> Answer:
        return self._headed(call, Answer.of_json(refusal.body(call.request_id), refusal.status))

    def _headed(self, call: Call, answer: Answer) -> Answer:
        answer.headers["Request-Id"] = call.request_id
        answer.headers["Stripe-Version"] = API_VERSION
        if call.idempotency_key is not None and call.method == "POST":
            answer.headers["Idempotency-Key"] = call.idempotency_key
        return answer


def _public_list(result: JsonObject) -> JsonObject:
    """Private fields off the members of a list."""
    if isinstance(result.get("data"), list):
        members = [{k: v for k, v in item.items() if not k.startswith("_")} for item in result["data"]]
        return {**result, "data": members}
    return result


def _fingerprint(call: Call) -> str:
    """Two calls with the same fingerprint ask for the same thing."""
    asked = json.dumps([call.method, call.path, call.sent], sort_keys=True)
    return hashlib.sha256(asked.encode()).hexdigest()
