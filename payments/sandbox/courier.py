"""Posts events to the site, signed as Stripe signs them, again and again until they are taken."""

import hashlib
import hmac
import json
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from payments.sandbox.engine import Sandbox
from payments.sandbox.events import payload
from payments.sandbox.ticking import tick

PATH = "/api/stripe/webhooks/"
HANDS = 4
# Seconds between two looks at what has become due by itself.
LOOK_EVERY = 0.5


@dataclass(slots=True)
class Manner:
    """How events travel: what a test orders by the control API.

    delay (seconds before each), copies (how often each is sent), shuffle (a seed: what is ready goes in an order drawn
    from it), drop (the next n events never arrive), paused (nothing leaves).
    """

    delay: float = 0
    copies: int = 1
    shuffle: int | None = None
    drop: int = 0
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event on its way to one endpoint."""

    seq: int
    event: str
    endpoint: str
    attempts: int


def signature(secret: str, body: str, at: int) -> str:
    """The Stripe-Signature header of a body. `at` is real Unix time: readers refuse old signatures."""
    mac = hmac.new(secret.encode(), f"{at}.{body}".encode(), hashlib.sha256)
    return f"t={at},v1={mac.hexdigest()}"


def _drawn(seed: int | None, seq: int) -> bytes:
    return hashlib.sha256(f"{seed}:{seq}".encode()).digest()


class Courier:
    """The background thread that delivers, and the clock that makes things due."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.manner = Manner()
        self._stop = False
        self._counting = threading.Lock()
        self._busy: set[int] = set()
        self._hands = ThreadPoolExecutor(HANDS, thread_name_prefix="courier")
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

    def start(self) -> None:
        """Begin to deliver; what was left over from before goes first."""
        self._thread.start()

    def stop(self) -> None:
        """Stop after what is under way."""
        self._stop = True
        self.sandbox.stir()
        self._thread.join(timeout=2)
        self._hands.shutdown(wait=False, cancel_futures=True)

    def undelivered(self) -> int:
        """How many deliveries are still open."""
        return int(str(self.sandbox.store.rows("SELECT count(*) FROM deliveries WHERE done = 0")[0][0]))

    def _run(self) -> None:
        while not self._stop:
            seen = self.sandbox.stirred
            tick(self.sandbox)
            ready = [] if self.manner.paused else self._ready()
            self._busy.update(delivery.seq for delivery in ready)
            for batch in self._batches(ready):
                done: Future[None] = self._hands.submit(self._deliver, batch)
                done.add_done_callback(lambda _: self.sandbox.stir())
            self._wait_for_news(seen)

    def _wait_for_news(self, seen: int) -> None:
        with self.sandbox.news:
            self.sandbox.news.wait_for(lambda: self.sandbox.stirred != seen, timeout=self._rest())

    def _rest(self) -> float:
        """Seconds until the next look: sooner when a delivery is to be tried again. One under way ends with a stir."""
        rows = self.sandbox.store.rows("SELECT min(next_at) FROM deliveries WHERE done = 0")
        if rows[0][0] is None or self.manner.paused or self._busy:
            return LOOK_EVERY
        return min(LOOK_EVERY, max(0.02, float(str(rows[0][0])) + self.manner.delay - time.time()))

    def _ready(self) -> list[Delivery]:
        rows = self.sandbox.store.rows(
            "SELECT seq, event, endpoint, attempts FROM deliveries WHERE done = 0 AND next_at <= ? ORDER BY seq",
            time.time() - self.manner.delay,
        )
        found = [Delivery(int(str(a)), str(b), str(c), int(str(d))) for a, b, c, d in rows]
        return [delivery for delivery in found if delivery.seq not in self._busy]

    def _batches(self, ready: list[Delivery]) -> list[list[Delivery]]:
        """What each hand takes: one event, in no promised order; or, shuffled, all of them one after the other."""
        if self.manner.shuffle is None:
            return [[delivery] for delivery in ready]
        # The same seed gives the same order for the same events.
        return [sorted(ready, key=lambda delivery: _drawn(self.manner.shuffle, delivery.seq))] if ready else []

    def _deliver(self, batch: list[Delivery]) -> None:
        for delivery in batch:
            try:
                self._deliver_one(delivery)
            finally:
                self._busy.discard(delivery.seq)

    def _deliver_one(self, delivery: Delivery) -> None:
        if self._is_to_be_dropped():
            self._note(delivery, done=True, answer="dropped by order")
            return
        answers = [self._post(delivery) for _ in range(max(1, self.manner.copies))]
        self._note(delivery, done=answers[-1].startswith("2"), answer=answers[-1])

    def _is_to_be_dropped(self) -> bool:
        with self._counting:
            if self.manner.drop < 1:
                return False
            self.manner.drop -= 1
            return True

    def _note(self, delivery: Delivery, *, done: bool, answer: str) -> None:
        waits = self.sandbox.config.retry_after
        wait = waits[min(delivery.attempts, len(waits) - 1)]
        self.sandbox.store.run(
            "UPDATE deliveries SET attempts = attempts + 1, done = ?, last_answer = ?, next_at = ? WHERE seq = ?",
            int(done),
            answer,
            time.time() + wait,
            delivery.seq,
        )

    def _post(self, delivery: Delivery) -> str:
        """Post once; the status, or what went wrong."""
        event = self.sandbox.store.any(delivery.event)
        if event is None or self.sandbox.config.webhooks is None:
            return "204 nobody to tell"
        body = json.dumps(payload(event), indent=2)
        site = urlsplit(self.sandbox.config.webhooks)
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Stripe-Signature": signature(self.sandbox.config.secrets[delivery.endpoint], body, int(time.time())),
            "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        }
        # No proxy has a say: the site is on this machine.
        kind = HTTPSConnection if site.scheme == "https" else HTTPConnection
        link = kind(site.netloc, timeout=self.sandbox.config.webhook_timeout)
        try:
            link.request("POST", f"{site.path.rstrip('/')}{PATH}{delivery.endpoint}", body.encode(), headers)
            answer = link.getresponse()
            answer.read()
        except (HTTPException, OSError) as error:
            return f"unreachable: {error!r}"
        finally:
            link.close()
        return f"{answer.status} {answer.reason}"
