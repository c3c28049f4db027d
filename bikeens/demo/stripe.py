"""The local Stripe, running while the demo's bookings are made, and what a renter does on its payment page."""

import contextlib
import http.client
import http.server
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.management.base import CommandError

CARD = {"number": "4242 4242 4242 4242", "expiry": "12 / 34", "cvc": "123"}
PATIENCE_S = 20


class _Nobody(http.server.BaseHTTPRequestHandler):
    """Takes every event and does nothing: the demo reads what it needs itself, and stores the events at the end."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        return


@contextlib.contextmanager
def running() -> Iterator[None]:
    """The stand-in at the address of the settings, with the state that the site will find later."""
    inbox = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Nobody)
    threading.Thread(target=inbox.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{inbox.server_port}"
    process = subprocess.Popen(
        [sys.executable, "manage.py", "sandbox", "--webhooks", address],
        cwd=settings.BASE_DIR,
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait(process)
        yield
        order("drain", timeout=10)
    finally:
        process.terminate()
        process.wait(PATIENCE_S)
        inbox.shutdown()
        inbox.server_close()


def pay(page: str, name: str) -> None:
    """Type the good test card on a payment page and press the button. Raises CommandError when it is refused."""
    status = _post(urlsplit(page).path, urlencode(CARD | {"name": name}), "application/x-www-form-urlencoded")
    if status != http.HTTPStatus.SEE_OTHER:
        raise CommandError(f"The payment page answered {status}.")


def order(name: str, **parameters: object) -> None:
    """An order to the stand-in's control API."""
    status = _post(f"/_control/{name}", json.dumps(parameters), "application/json")
    if status != http.HTTPStatus.OK:
        raise CommandError(f"The local Stripe answered {status} to {name}.")


def _post(path: str, body: str, content_type: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", settings.SANDBOX_PORT, timeout=PATIENCE_S)
    try:
        connection.request("POST", path, body, {"Content-Type": content_type})
        return connection.getresponse().status
    finally:
        connection.close()


def _wait(process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", settings.SANDBOX_PORT), timeout=1):
            return
        time.sleep(0.05)
    raise CommandError("The local Stripe did not start; is its port taken?")
