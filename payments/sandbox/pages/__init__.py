"""The pages a person sees: paying, the bank's confirmation, and an owner's onboarding."""

from pathlib import Path
from urllib.parse import parse_qsl

from payments.sandbox.engine import Sandbox
from payments.sandbox.pages import bank, onboard, pay
from payments.sandbox.pages.html import redirect
from payments.sandbox.ticking import tick
from payments.sandbox.wire import Answer, Call

HERE = Path(__file__).parent
FILES = {
    "style.css": "text/css",
    "card.js": "text/javascript",
    "bike.svg": "image/svg+xml",
    "scene.svg": "image/svg+xml",
}
ROOMS = {"pay": pay.answer, "3ds": bank.answer, "onboard": onboard.answer}


class Pages:
    """Finds the page for an address."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    def answer(self, call: Call, query: str, body: bytes) -> Answer:
        """A page, a file of the pages, or a way on."""
        _, _, rest = call.path.partition("/")
        room, _, id = rest.partition("/")
        if room == "_pages" and id in FILES:
            headers = {"Content-Type": f"{FILES[id]}; charset=utf-8", "Cache-Control": "no-cache"}
            return Answer(body=(HERE / id).read_bytes(), headers=headers)
        if room not in ROOMS or call.method not in ("GET", "HEAD", "POST"):
            if call.path == "/":
                return redirect("/healthz")
            return pay.missing("en")
        form = dict(parse_qsl(body.decode(errors="replace"))) if call.method == "POST" else None
        tick(self.sandbox)
        with self.sandbox.store.transaction():
            self.sandbox.cause = {"id": None, "idempotency_key": None}
            self.sandbox.store.set_note("base", call.base)
            answer = ROOMS[room](self.sandbox, call, id, form)
        self.sandbox.stir()
        return answer
