"""A stand-in process, the site that gets its webhooks, and the few things a person does at its pages."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import stripe

ROOT = Path(__file__).parents[3]
SECRETS = {"platform": "whsec_local_platform", "connect": "whsec_local_connect", "thin": "whsec_local_thin"}
GOOD = "4242424242424242"


class Inbox:
    """The site: keeps every webhook as (endpoint, headers, body); answers `status`."""

    def __init__(self) -> None:
        self.received = []
        self.status = 200
        inbox = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                endpoint = self.path.removeprefix("/api/stripe/webhooks/")
                inbox.received.append((endpoint, {k.lower(): v for k, v in self.headers.items()}, body))
                self.send_response(inbox.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def types(self, endpoint="platform"):
        """The types of the events that came, in order of arrival."""
        return [json.loads(body)["type"] for to, _, body in self.received if to == endpoint]

    def bodies(self, endpoint="platform"):
        return [json.loads(body) for to, _, body in self.received if to == endpoint]


def start(state: Path, webhooks: str | None = None):
    """A process of its own, and its address."""
    command = [sys.executable, "-m", "payments.sandbox", "--port", "0", "--state", str(state)]
    command += ["--webhooks", webhooks] if webhooks else []
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    return process, process.stdout.readline().strip()


@contextmanager
def running(state: Path, webhooks: str | None = None) -> Iterator[str]:
    """The address of a process that ends with the block."""
    process, address = start(state, webhooks)
    try:
        yield address
    finally:
        process.terminate()
        process.wait(timeout=5)
        process.stdout.close()


def request(base, method, path, body=None, headers=None):
    """(status, headers, text) of one HTTP request, redirects not followed."""
    link = HTTPConnection(urlsplit(base).netloc, timeout=10)
    try:
        link.request(method, path, body, headers or {})
        answer = link.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read().decode()
    finally:
        link.close()


class StandIn:
    """What the tests talk to: the real library as `client`, orders by `control`, pages by `fill_in`."""

    def __init__(self, base: str, inbox: Inbox) -> None:
        self.base = base
        self.inbox = inbox
        http = stripe.RequestsClient(timeout=10, proxy={"http": "", "https": ""})
        self.client = stripe.StripeClient(
            "sk_test_local", base_addresses={"api": base}, max_network_retries=0, http_client=http
        )
        self.v1 = self.client.v1
        self.v2 = self.client.v2

    def control(self, order, /, **params):
        headers = {"Content-Type": "application/json"}
        status, _, text = request(self.base, "POST", f"/_control/{order}", json.dumps(params), headers)
        assert status == 200, text
        return json.loads(text)

    def ask(self, question, **params):
        status, _, text = request(self.base, "GET", f"/_control/{question}?{urlencode(params)}")
        assert status == 200, text
        return json.loads(text)

    def drain(self):
        assert self.control("drain", timeout=5) == {"undelivered": 0}

    def get(self, url, **headers):
        return request(self.base, "GET", urlsplit(url)._replace(scheme="", netloc="").geturl(), headers=headers)

    def fill_in(self, url, **fields):
        """Send a page's form."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Language": "fr"}
        return request(self.base, "POST", urlsplit(url).path, urlencode(fields), headers)

    def customer(self, **fields):
        return self.v1.customers.create({"email": "bob@example.org", "name": "Bob Renter", **fields})

    def session(self, **changed):
        """A payment page of 31.50 for Bob, as the project opens them."""
        customer = changed.pop("customer", None) or self.customer().id
        intent = {
            "transfer_group": "booking_1",
            "metadata": {"booking": "1", "kind": "rental"},
            "setup_future_usage": "off_session",
            "capture_method": "manual",
            **changed.pop("payment_intent_data", {}),
        }
        product = {"name": "Gitane hollandais", "description": "4 juil. 10:00"}
        price = {"currency": "eur", "unit_amount": 3150, "product_data": product}
        return self.v1.checkout.sessions.create(
            {
                "mode": "payment",
                "customer": customer,
                "client_reference_id": "1",
                "line_items": [{"quantity": 1, "price_data": price}],
                "payment_intent_data": intent,
                "success_url": "http://localhost:8000/fr/bookings/1/?checkout=done&s={CHECKOUT_SESSION_ID}",
                "cancel_url": "http://localhost:8000/fr/bookings/1/?checkout=cancelled",
                "locale": "fr",
                **changed,
            }
        )

    def pay(self, session, number=GOOD, **changed):
        """Type a card on the payment page and send it."""
        card = {"number": number, "expiry": "12 / 34", "cvc": "123", "name": "Bob Renter", **changed}
        return self.fill_in(f"{self.base}/pay/{session.id}", **card)

    def held(self, **changed):
        """An intent of 31.50 with the money set aside at the page."""
        session = self.session(**changed)
        assert self.pay(session)[0] == 303
        return self.v1.payment_intents.retrieve(self.v1.checkout.sessions.retrieve(session.id).payment_intent)

    def taken(self, amount=3150, **changed):
        """An intent of 31.50 of which `amount` cents were captured."""
        return self.v1.payment_intents.capture(self.held(**changed).id, {"amount_to_capture": amount})

    def account(self, *, onboarded=True):
        """Alice's account."""
        capability = {"stripe_balance": {"stripe_transfers": {"requested": True}}}
        account = self.v2.core.accounts.create(
            {
                "dashboard": "express",
                "contact_email": "alice@example.org",
                "display_name": "Alice Owner",
                "identity": {"country": "fr", "entity_type": "individual"},
                "configuration": {"recipient": {"capabilities": capability}},
                "defaults": {"responsibilities": {"fees_collector": "application", "losses_collector": "application"}},
                "metadata": {"person": "1"},
                "include": ["configuration.recipient", "requirements"],
            }
        )
        if onboarded:
            self.control("onboard", account=account.id)
        return account

    def link(self, account, kind="account_onboarding"):
        urls = {"refresh_url": "http://localhost:8000/refresh", "return_url": "http://localhost:8000/return"}
        return self.v2.core.account_links.create({"account": account, "use_case": {"type": kind, kind: urls}})


def wait_until(condition, seconds=5):
    """Poll a condition another process or thread brings about."""
    until = time.monotonic() + seconds
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < until, "it never came true"
        pause.wait(0.02)
