"""The process: a threaded HTTP server on this machine only."""

import re
import signal
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from urllib.parse import urlsplit

from payments.sandbox.app import Api
from payments.sandbox.config import Config
from payments.sandbox.control import Control
from payments.sandbox.courier import Courier
from payments.sandbox.engine import Sandbox
from payments.sandbox.errors import Refusal
from payments.sandbox.faults import Faults
from payments.sandbox.ids import new_id
from payments.sandbox.pages import Pages
from payments.sandbox.wire import Answer, Call, read_params

HOST = "127.0.0.1"
MAX_BODY = 1_000_000
LOCAL_NAMES = ("127.0.0.1", "localhost")


class CannotListen(Exception):
    """The port is taken or forbidden."""


class StandIn:
    """Everything of one process: state, API, pages, control, courier."""

    def __init__(self, config: Config) -> None:
        self.sandbox = Sandbox(config)
        self.faults = Faults()
        self.courier = Courier(self.sandbox)
        self.api = Api(self.sandbox, self.faults)
        self.pages = Pages(self.sandbox)
        self.control = Control(self.sandbox, self.courier, self.faults)

    def answer(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Answer:
        """Answer one HTTP request."""
        parts = urlsplit(target)
        host = headers.get("host", "")
        if host.rpartition(":")[0] not in LOCAL_NAMES and host not in LOCAL_NAMES:
            # A page on another site could otherwise reach in through a name that resolves to this machine.
            return Answer.of_json({"error": {"message": "Only for this machine."}}, 421)
        call = Call(
            method=method,
            path=parts.path,
            headers=headers,
            sent={},
            base=f"http://{host}",
            request_id=new_id("req", 14),
        )
        if parts.path == "/healthz":
            return Answer.of_json({"status": "ok"})
        if parts.path.startswith("/_control/"):
            if headers.get("origin", f"http://{host}") != f"http://{host}":
                # An order without a body needs no leave from the browser, so another site's page could give it.
                return Answer.of_json({"error": "Orders come from this machine's own pages."}, 403)
            return self.control.answer(call, parts.query, body)
        if not parts.path.startswith(("/v1/", "/v2/")):
            return self.pages.answer(call, parts.query, body)
        try:
            call.sent = read_params(headers.get("content-type", ""), parts.query, body, is_v2=call.is_v2)
        except Refusal as refusal:
            return Answer.of_json(refusal.body(call.request_id), refusal.status)
        return self.api.answer(call)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, stand_in: StandIn) -> None:
        self.stand_in = stand_in
        super().__init__((HOST, port), _Handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # One write per answer: header and body in two would wait for each other on a kept connection.
    wbufsize = -1
    disable_nagle_algorithm = True
    timeout = 60
    server: _Server

    def _answer(self) -> None:
        said = self.headers.get("Content-Length") or "0"
        if not re.fullmatch(r"[0-9]{1,10}", said) or "Transfer-Encoding" in self.headers or int(said) > MAX_BODY:
            # What follows cannot be told from the next request.
            self.close_connection = True
            self.send_error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE if said.isdigit() else HTTPStatus.BAD_REQUEST)
            return
        length = int(said)
        body = self.rfile.read(length)
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = self.server.stand_in.answer(self.command, self.path, headers, body)
        if answer.drop:
            self.close_connection = True
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    do_GET = do_POST = do_DELETE = do_HEAD = do_PUT = do_PATCH = _answer

    def log_message(self, format: str, *args: object) -> None:
        """Silence: `/_control/calls` lists what was asked."""


def _warm_up() -> None:
    """Load the library's parameter classes (half a second) after the door is open, not before."""
    import_module("stripe.params.checkout._session_create_params")


def serve(config: Config, say: Callable[[str], None]) -> None:
    """Run until SIGTERM or Ctrl-C; `say` gets the address once the door is open. Raises CannotListen."""
    stand_in = StandIn(config)
    try:
        server = _Server(config.port, stand_in)
    except OSError as error:
        raise CannotListen(f"The local Stripe cannot listen on {HOST}:{config.port}: {error.strerror}.") from error
    stand_in.courier.start()

    def leave(*_: object) -> None:
        # shutdown() waits for the loop it is called from: hence another thread.
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    say(f"http://{HOST}:{server.server_port}")
    threading.Thread(target=_warm_up, daemon=True).start()
    try:
        server.serve_forever(poll_interval=0.1)
    finally:
        stand_in.courier.stop()
        server.server_close()
        stand_in.sandbox.store.close()
