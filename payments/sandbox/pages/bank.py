"""The page of the customer's bank: 3-D Secure."""

from html import escape
from urllib.parse import urlencode

from payments.sandbox import paying, sessions
from payments.sandbox.engine import Sandbox
from payments.sandbox.errors import Refusal
from payments.sandbox.json_types import JsonObject
from payments.sandbox.pages.html import page, redirect
from payments.sandbox.pages.pay import missing, success_url
from payments.sandbox.pages.texts import LANGUAGES, language_of, money
from payments.sandbox.wire import Answer, Call


def answer(sandbox: Sandbox, call: Call, id: str, form: dict[str, str] | None) -> Answer:
    """The bank's question (`form` is None) or what follows from the answer to it."""
    intent = sandbox.store.get("payment_intent", id)
    accepted = call.headers.get("accept-language", "")
    if intent is None:
        return missing(language_of(None, accepted))
    found = sandbox.store.find("checkout.session", payment_intent=id)
    session = found[0] if found else None
    language = language_of(session["locale"] if session else None, accepted)
    if not intent.get("_authenticating"):
        return redirect(_onward(intent, session)) if _onward(intent, session) else missing(language)
    if form is None:
        return _ask(sandbox, intent, language)
    try:
        intent = paying.finish_authentication(sandbox, intent, passed=form.get("answer") == "yes")
        if session is not None:
            sessions.complete(sandbox, session, intent)
    except Refusal:
        if session is not None:
            session["_returned"] = True
            sandbox.store.save(session)
    return redirect(_onward(sandbox.need("payment_intent", id), session))


def _ask(sandbox: Sandbox, intent: JsonObject, language: str) -> Answer:
    texts = LANGUAGES[language]
    method = sandbox.need("payment_method", intent["payment_method"])
    amount = money(intent["amount"], intent["currency"], language)
    lead = texts["bank_lead"].format(amount=amount, last4=method["card"]["last4"])
    inside = (
        f'<p class="note">{escape(texts["bank_label"])}</p><h1>{escape(texts["bank_title"])}</h1>'
        f'<p class="lead">{escape(lead)}</p>'
        f'<form method="post" action="/3ds/{intent["id"]}">'
        f'<button class="go" name="answer" value="yes">{escape(texts["bank_yes"])}</button>'
        f'<button class="other" name="answer" value="no">{escape(texts["bank_no"])}</button></form>'
    )
    return page(language, texts["bank_title"], inside)


def _onward(intent: JsonObject, session: JsonObject | None) -> str:
    """Where the browser goes next: Checkout's success page or form, or the intent's return address."""
    if session is not None:
        return success_url(session) if session["status"] == "complete" else f"/pay/{session['id']}"
    url = intent.get("_return_url")
    if not url:
        return ""
    passed = intent["status"] in ("succeeded", "requires_capture")
    query = urlencode(
        {
            "payment_intent": intent["id"],
            "payment_intent_client_secret": intent["client_secret"],
            "redirect_status": "succeeded" if passed else "failed",
        }
    )
    return f"{url}{'&' if '?' in url else '?'}{query}"
