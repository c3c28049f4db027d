"""The payment page of a Checkout Session."""

import re
from datetime import UTC, datetime, timedelta
from html import escape
from http import HTTPStatus

from payments.sandbox import sessions
from payments.sandbox.cards import passes_luhn
from payments.sandbox.engine import Sandbox
from payments.sandbox.errors import Refusal
from payments.sandbox.json_types import JsonObject
from payments.sandbox.pages.html import SCENE, alert, field, page, redirect
from payments.sandbox.pages.texts import LANGUAGES, decline_text, language_of, money
from payments.sandbox.wire import Answer, Call

SHOWN_CARDS = (
    ("4242424242424242", "card_ok"),
    ("4000000000000002", "card_declined"),
    ("4000000000009995", "card_funds"),
    ("4000002760003184", "card_3ds"),
    ("4000000000000259", "card_dispute"),
)


def answer(sandbox: Sandbox, call: Call, id: str, form: dict[str, str] | None) -> Answer:
    """The page (`form` is None) or what follows from sending it."""
    session = sandbox.store.get("checkout.session", id)
    accepted = call.headers.get("accept-language", "")
    if session is None:
        return missing(language_of(None, accepted))
    language = language_of(session["locale"], accepted)
    if session["status"] == "complete":
        return redirect(success_url(session))
    if session["status"] != "open":
        return _gone(language, session)
    if form is None:
        return _show(
            sandbox, session, language, dict(session.get("_typed") or {}), failure=_last_error(sandbox, session)
        )
    return _pay(sandbox, session, language, form)


def success_url(session: JsonObject) -> str:
    """Where the browser goes after paying."""
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])


def missing(language: str) -> Answer:
    """An address that leads nowhere."""
    texts = LANGUAGES[language]
    inside = f"{SCENE}<h1>{escape(texts['missing_title'])}</h1><p>{escape(texts['missing'])}</p>"
    return page(language, texts["missing_title"], inside, status=HTTPStatus.NOT_FOUND)


def _gone(language: str, session: JsonObject) -> Answer:
    texts = LANGUAGES[language]
    inside = f"{SCENE}<h1>{escape(texts['gone_title'])}</h1><p class='lead'>{escape(texts['gone_expired'])}</p>"
    if session["cancel_url"]:
        inside += f'<a class="go" href="{escape(session["cancel_url"])}">{escape(texts["back"])}</a>'
    return page(language, texts["gone_title"], inside, status=HTTPStatus.GONE)


def _last_error(sandbox: Sandbox, session: JsonObject) -> JsonObject | None:
    """Why the bank's own page sent the customer back here, if it did."""
    if session["payment_intent"] is None or not session.get("_returned"):
        return None
    error: JsonObject | None = sandbox.need("payment_intent", session["payment_intent"])["last_payment_error"]
    return error


def _pay(sandbox: Sandbox, session: JsonObject, language: str, form: dict[str, str]) -> Answer:
    wrong = _mistakes(sandbox, session, form)
    if wrong:
        return _show(sandbox, session, language, form, wrong=wrong)
    month, year = _expiry(form["expiry"])
    card = {
        "number": re.sub(r"\D", "", form["number"]),
        "month": month,
        "year": year,
        "name": form["name"].strip(),
        "email": form.get("email", "").strip() or session["customer_email"],
    }
    try:
        intent = sessions.pay(sandbox, session, card)
    except Refusal as refusal:
        if refusal.type != "card_error":
            raise
        error = {"code": refusal.code, **refusal.extra}
        return _show(sandbox, session, language, form, failure=error)
    if intent["status"] == "requires_action":
        return redirect(f"/3ds/{intent['id']}")
    return redirect(success_url(session))


def _mistakes(sandbox: Sandbox, session: JsonObject, form: dict[str, str]) -> dict[str, str]:
    """Field -> key of the sentence that says what is wrong with it, in the order of the page."""
    wrong: dict[str, str] = {}
    if _asks_email(session) and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", form.get("email", "").strip()):
        wrong["email"] = "bad_email"
    if not passes_luhn(re.sub(r"[\s-]", "", form.get("number", ""))):
        wrong["number"] = "bad_number"
    month, year = _expiry(form.get("expiry", ""))
    today = datetime.fromtimestamp(sandbox.now(), UTC)
    if not 1 <= month <= 12 or year > today.year + 50:
        wrong["expiry"] = "bad_expiry"
    elif (year, month) < (today.year, today.month):
        wrong["expiry"] = "past_expiry"
    if not re.fullmatch(r"\d{3,4}", form.get("cvc", "").strip()):
        wrong["cvc"] = "bad_cvc"
    if not form.get("name", "").strip():
        wrong["name"] = "bad_name"
    return wrong


def _expiry(text: str) -> tuple[int, int]:
    """(month, year) of `09 / 29`, `9/2029` or `0929`; (0, 0) for anything else."""
    found = re.fullmatch(r"\s*(\d{1,2})\s*[/.\-\s]\s*(?:20)?(\d{2})\s*", text) or re.fullmatch(
        r"\s*(\d{2})(\d{2})\s*", text
    )
    return (int(found[1]), 2000 + int(found[2])) if found else (0, 0)


def _asks_email(session: JsonObject) -> bool:
    known = (session["customer_details"] or {}).get("email") or session["customer_email"]
    return not known


def _show(
    sandbox: Sandbox,
    session: JsonObject,
    language: str,
    values: dict[str, str],
    *,
    wrong: dict[str, str] | None = None,
    failure: JsonObject | None = None,
) -> Answer:
    texts = LANGUAGES[language]
    wrong = wrong or {}
    # The code is never shown again: whoever typed it has the card in hand.
    values = {name: str(value or "") for name, value in values.items() if name != "cvc"}
    amount = money(session["amount_total"], session["currency"], language)
    parts = [f"<h1>{escape(texts['pay_title'].format(amount=amount))}</h1>", _lines(sandbox, session, language)]
    if failure is not None:
        parts.append(alert(texts["problem"], decline_text(texts, failure), focus=True))
    elif wrong:
        parts.append(alert(texts["check"], texts["check_more"], focus=False))
    parts.append(_form(session, language, values, wrong, amount))
    parts.append(_test_cards(sandbox, language))
    status = HTTPStatus.PAYMENT_REQUIRED if failure is not None and values else HTTPStatus.OK
    if wrong:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    title = texts["pay_title"].format(amount=amount)
    if failure is not None or wrong:
        title = f"{texts['problem' if failure is not None else 'check']} · {title}"
    return page(language, title, "\n".join(parts), back=session["cancel_url"], status=status)


def _lines(sandbox: Sandbox, session: JsonObject, language: str) -> str:
    texts = LANGUAGES[language]
    items = list(reversed(sandbox.store.find("item", _session=session["id"])))
    rows = []
    for item in items:
        small = f"<small>{escape(item['_about'])}</small>" if item["_about"] else ""
        if item["quantity"] > 1:
            small += f"<small>{escape(texts['quantity'].format(quantity=item['quantity']))}</small>"
        sum_ = money(item["amount_total"], item["currency"], language)
        rows.append(f"<li><span>{escape(item['description'])}{small}</span><b>{escape(sum_)}</b></li>")
    if len(items) > 1:
        total = money(session["amount_total"], session["currency"], language)
        rows.append(f'<li class="total"><span>{escape(texts["total"])}</span><b>{escape(total)}</b></li>')
    return f'<ul class="lines">{"".join(rows)}</ul>'


def _form(session: JsonObject, language: str, values: dict[str, str], wrong: dict[str, str], amount: str) -> str:
    texts = LANGUAGES[language]
    inputs = ""
    if _asks_email(session):
        inputs += field(texts, "email", values, wrong, type="email", autocomplete="email", required="")
    inputs += field(
        texts,
        "number",
        values,
        wrong,
        inputmode="numeric",
        autocomplete="cc-number",
        maxlength="23",
        required="",
        placeholder="1234 1234 1234 1234",
    )
    inputs += '<div class="pair">'
    inputs += field(
        texts,
        "expiry",
        values,
        wrong,
        inputmode="numeric",
        autocomplete="cc-exp",
        maxlength="9",
        required="",
        hint=texts["expiry_hint"],
    )
    inputs += field(
        texts,
        "cvc",
        values,
        wrong,
        inputmode="numeric",
        autocomplete="cc-csc",
        maxlength="4",
        required="",
        hint=texts["cvc_hint"],
    )
    inputs += "</div>" + field(texts, "name", values, wrong, autocomplete="cc-name", required="")
    notes = ""
    custom = (session["custom_text"].get("submit") or {}).get("message")
    if custom:
        notes += f'<p class="note">{escape(custom)}</p>'
    elif session["_intent"].get("capture_method") == "manual":
        notes += f'<p class="note">{escape(texts["hold"])}</p>'
    if session["_intent"].get("setup_future_usage"):
        notes += f'<p class="note">{escape(texts["saved"])}</p>'
    # `novalidate`: the page itself says what is wrong, in its own language and beside the field.
    return (
        f'<form method="post" action="/pay/{session["id"]}" novalidate autocomplete="on">'
        f'<div class="panel"><h2>{escape(texts["card"])}</h2>{inputs}</div>'
        f'<button class="go">{escape(texts["pay"].format(amount=amount))}</button>{notes}</form>'
    )


def _test_cards(sandbox: Sandbox, language: str) -> str:
    texts = LANGUAGES[language]
    later = datetime.fromtimestamp(sandbox.now(), UTC) + timedelta(days=3 * 365)
    rows = ""
    for number, what in SHOWN_CARDS:
        grouped = " ".join(number[at : at + 4] for at in range(0, 16, 4))
        rows += (
            f"<li><div><code>{grouped}</code><br><span>{escape(texts[what])}</span></div>"
            f'<button type="button" hidden data-card="{number}" data-expiry="{later:%m / %y}" '
            f'aria-label="{escape(texts["fill"])} {grouped}, {escape(texts[what])}">'
            f"{escape(texts['fill'])}</button></li>"
        )
    return (
        f'<details><summary>{escape(texts["cards"])}</summary><p class="note">{escape(texts["cards_hint"])}</p>'
        f'<ul class="cards">{rows}</ul></details>'
    )
