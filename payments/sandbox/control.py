"""The control API: what a test, or a curious person, may order the stand-in to do. JSON in, JSON out."""

import json
import time
from collections.abc import Callable
from dataclasses import asdict
from urllib.parse import parse_qsl

from payments.sandbox import accounts, disputes, paying, payouts, refunds
from payments.sandbox.courier import Courier, Manner
from payments.sandbox.engine import Sandbox
from payments.sandbox.errors import Refusal
from payments.sandbox.faults import Fault, Faults
from payments.sandbox.json_types import JsonObject
from payments.sandbox.ticking import tick
from payments.sandbox.wire import Answer, Call

Order = Callable[[JsonObject], JsonObject]


class Control:
    """Orders by name: `POST /_control/<name>`; questions: `GET /_control/<name>`."""

    def __init__(self, sandbox: Sandbox, courier: Courier, faults: Faults) -> None:
        self.sandbox = sandbox
        self.courier = courier
        self.faults = faults
        self.orders: dict[tuple[str, str], Order] = {
            ("GET", "calls"): self._calls,
            ("GET", "deliveries"): self._deliveries,
            ("GET", "clock"): self._clock,
            ("POST", "clock"): self._set_clock,
            ("POST", "faults"): self._fault,
            ("POST", "webhooks"): self._webhooks,
            ("POST", "drain"): self._drain,
            ("POST", "resend"): self._resend,
            ("POST", "expire_hold"): self._expire_hold,
            ("POST", "decline_next"): self._decline_next,
            ("POST", "open_dispute"): self._open_dispute,
            ("POST", "close_dispute"): self._close_dispute,
            ("POST", "fail_refund"): self._fail_refund,
            ("POST", "pay_out"): self._pay_out,
            ("POST", "fail_payout"): self._fail_payout,
            ("POST", "onboard"): self._onboard,
            ("POST", "restrict"): self._restrict,
            ("POST", "reset"): self._reset,
        }

    def answer(self, call: Call, query: str, body: bytes) -> Answer:
        """Carry out an order, or say what was wrong with it."""
        order = self.orders.get((call.method, call.path.removeprefix("/_control/")))
        if order is None:
            known = sorted(f"{method} /_control/{name}" for method, name in self.orders)
            return Answer.of_json({"error": "No such order.", "orders": known}, 404)
        # Another site's form cannot send JSON without asking first.
        if call.method == "POST" and body and "application/json" not in call.headers.get("content-type", ""):
            return Answer.of_json({"error": "Orders are application/json."}, 415)
        try:
            params: JsonObject = json.loads(body) if body else dict(parse_qsl(query))
            result = order(params)
        except Refusal as refusal:
            return Answer.of_json({"error": refusal.message, "code": refusal.code}, refusal.status)
        except (KeyError, TypeError, ValueError) as error:
            return Answer.of_json({"error": f"{type(error).__name__}: {error}"}, 400)
        self.sandbox.stir()
        return Answer.of_json(result)

    def _calls(self, params: JsonObject) -> JsonObject:
        """Calls received, oldest first; `path` filters by beginning, `after` by number, `request` by id."""
        rows = self.sandbox.store.rows(
            "SELECT seq, request_id, at, method, path, idempotency_key, params, status, note FROM calls "
            "WHERE seq > ? AND path LIKE ? || '%' AND (? IS NULL OR request_id = ?) ORDER BY seq",
            int(params.get("after", 0)),
            params.get("path", ""),
            params.get("request"),
            params.get("request"),
        )
        names = ("seq", "request_id", "at", "method", "path", "idempotency_key", "params", "status", "note")
        calls = [dict(zip(names, row, strict=True)) for row in rows]
        return {"calls": [{**call, "params": json.loads(str(call["params"]))} for call in calls]}

    def _deliveries(self, params: JsonObject) -> JsonObject:
        """Every event's way to the site."""
        rows = self.sandbox.store.rows(
            "SELECT d.event, d.endpoint, json_extract(o.body, '$.type'), d.attempts, d.done, d.last_answer "
            "FROM deliveries d LEFT JOIN objects o ON o.id = d.event ORDER BY d.seq"
        )
        names = ("event", "endpoint", "type", "attempts", "done", "last_answer")
        found = [dict(zip(names, row, strict=True)) for row in rows]
        return {"deliveries": [{**row, "done": bool(row["done"])} for row in found], **asdict(self.courier.manner)}

    def _clock(self, params: JsonObject) -> JsonObject:
        self.sandbox.look_at_the_clock()
        return {"now": self.sandbox.now(), "offset": self.sandbox.offset}

    def _set_clock(self, params: JsonObject) -> JsonObject:
        """Run `offset` seconds ahead of real time, or move on by `advance` seconds; what is due happens."""
        offset = self.sandbox.offset + float(params["advance"]) if "advance" in params else float(params["offset"])
        self.sandbox.set_offset(offset)
        tick(self.sandbox)
        return self._clock({})

    def _fault(self, params: JsonObject) -> JsonObject:
        """Spoil the next answer(s) of a path."""
        fault = Fault(**params)
        if fault.name not in ("lose_answer", "lose_call", "status", "slow"):
            raise ValueError(f"unknown fault {fault.name}")
        self.faults.add(fault)
        return asdict(fault)

    def _webhooks(self, params: JsonObject) -> JsonObject:
        """Say how events travel from now on; what is not named is back to normal."""
        self.courier.manner = Manner(**params)
        return asdict(self.courier.manner)

    def _drain(self, params: JsonObject) -> JsonObject:
        """Wait until every event is delivered, at most `timeout` seconds."""
        until = time.monotonic() + float(params.get("timeout", 10))
        self.sandbox.store.run("UPDATE deliveries SET next_at = 0 WHERE done = 0")
        self.sandbox.stir()
        with self.sandbox.news:
            while (left := self.courier.undelivered()) and time.monotonic() < until:
                self.sandbox.news.wait(timeout=0.05)
        return {"undelivered": left}

    def _resend(self, params: JsonObject) -> JsonObject:
        """Send an event again, or all of them."""
        rows = self.sandbox.store.run(
            "UPDATE deliveries SET done = 0, next_at = ? WHERE ? IS NULL OR event = ?",
            time.time(),
            params.get("event"),
            params.get("event"),
        )
        return {"resent": rows}

    def _expire_hold(self, params: JsonObject) -> JsonObject:
        """The bank lets go of money set aside: the intent is cancelled as when `capture_before` passes."""
        with self.sandbox.store.transaction():
            intent = self.sandbox.need("payment_intent", params["payment_intent"])
            if intent["status"] != "requires_capture":
                raise Refusal(f"The intent is {intent['status']}, nothing is set aside.")
            return paying.cancel(self.sandbox, intent, "automatic", expired=True)

    def _decline_next(self, params: JsonObject) -> JsonObject:
        """Decline a customer's next attempt with this decline code (authentication_required asks for 3-D Secure)."""
        customer = self.sandbox.need("customer", params["customer"])
        code = params.get("decline_code", "generic_decline")
        self.sandbox.store.set_note(f"decline:{customer['id']}", code)
        return {"customer": customer["id"], "decline_code": code}

    def _open_dispute(self, params: JsonObject) -> JsonObject:
        """The cardholder complains to the bank about a charge or an intent."""
        with self.sandbox.store.transaction():
            id = params.get("charge")
            if id is None:
                id = self.sandbox.need("payment_intent", params["payment_intent"])["latest_charge"]
            return disputes.open_dispute(
                self.sandbox,
                self.sandbox.need("charge", str(id)),
                reason=params.get("reason", "fraudulent"),
                amount=params.get("amount"),
            )

    def _close_dispute(self, params: JsonObject) -> JsonObject:
        """The bank decides: `won` or `lost`."""
        if params["status"] not in ("won", "lost"):
            raise ValueError("status is won or lost")
        with self.sandbox.store.transaction():
            return disputes.decide(self.sandbox, self.sandbox.need("dispute", params["dispute"]), params["status"])

    def _fail_refund(self, params: JsonObject) -> JsonObject:
        """The card's bank sends a refund back."""
        with self.sandbox.store.transaction():
            return refunds.fail(self.sandbox, self.sandbox.need("refund", params["refund"]))

    def _pay_out(self, params: JsonObject) -> JsonObject:
        """Stripe pays an owner's account out to its bank, as it does by itself at night."""
        with self.sandbox.store.transaction():
            account = self.sandbox.need("v2.core.account", params["account"])
            currency = params.get("currency", "eur")
            amount = params.get("amount") or accounts.owned_cents(self.sandbox, account["id"], currency)
            return payouts.new_payout(
                self.sandbox, amount=amount, currency=currency, account=account["id"], automatic=True
            )

    def _fail_payout(self, params: JsonObject) -> JsonObject:
        """The bank sends a payout back."""
        with self.sandbox.store.transaction():
            return payouts.fail(self.sandbox, self.sandbox.need("payout", params["payout"]))

    def _onboard(self, params: JsonObject) -> JsonObject:
        """Finish an account's onboarding without the page."""
        return self._account(params, _done=True, _restricted=False)

    def _restrict(self, params: JsonObject) -> JsonObject:
        """Stripe takes the capability away again."""
        return self._account(params, _restricted=True)

    def _account(self, params: JsonObject, **fields: bool) -> JsonObject:
        with self.sandbox.store.transaction():
            account = self.sandbox.need("v2.core.account", params["account"])
            account.update(fields)
            accounts.announce(self.sandbox, account)
            return account

    def _reset(self, params: JsonObject) -> JsonObject:
        """Forget everything."""
        self.faults.clear()
        self.courier.manner = Manner()
        self.sandbox.reset()
        return {"status": "empty"}
