"""The onboarding page behind an account link: who the owner is and where to pay."""

import json
import re
from datetime import UTC, date, datetime
from html import escape
from http import HTTPStatus

from payments.sandbox import accounts
from payments.sandbox.engine import Sandbox
from payments.sandbox.events import emit_thin
from payments.sandbox.json_types import JsonObject
from payments.sandbox.pages.html import SCENE, alert, field, page, redirect
from payments.sandbox.pages.pay import missing
from payments.sandbox.pages.texts import LANGUAGES, language_of
from payments.sandbox.wire import Answer, Call

FIELDS = ("given_name", "surname", "born", "address", "postal_code", "city", "iban", "terms")
EXAMPLE = {
    "given_name": "Camille",
    "surname": "Martin",
    "born": "1988-05-14",
    "address": "14 quai Victor-Hugo",
    "postal_code": "11100",
    "city": "Narbonne",
    "iban": "FR76 3000 6000 0112 3456 7890 189",
    "terms": "yes",
}
ADULT = 18


def answer(sandbox: Sandbox, call: Call, id: str, form: dict[str, str] | None) -> Answer:
    """The page (`form` is None) or what follows from sending it."""
    link = sandbox.store.get("v2.core.account_link", id)
    accepted = call.headers.get("accept-language", "")
    if link is None:
        return missing(language_of(None, accepted))
    account = sandbox.need("v2.core.account", link["account"])
    locales = (account["defaults"] or {}).get("locales") or [None]
    language = language_of(locales[0], accepted)
    urls = link["use_case"][link["use_case"]["type"]]
    if link["_used"] or link["_expires"] < sandbox.now():
        return _worn_out(language, urls["refresh_url"])
    if form is None:
        return _show(link, language, _known(account), {})
    wrong = _mistakes(sandbox, form)
    if wrong:
        return _show(link, language, form, wrong)
    link["_used"] = True
    sandbox.store.save(link)
    _take_in(sandbox, account, form)
    emit_thin(sandbox, "v2.core.account_link.returned", account)
    return redirect(urls.get("return_url") or urls["refresh_url"])


def _known(account: JsonObject) -> dict[str, str]:
    """What the site has told already."""
    person = (account["identity"] or {}).get("individual") or {}
    names = {name: str(person.get(name) or "") for name in ("given_name", "surname")}
    if not any(names.values()) and account["display_name"]:
        first, _, last = account["display_name"].partition(" ")
        names = {"given_name": first, "surname": last}
    return names


def _mistakes(sandbox: Sandbox, form: dict[str, str]) -> dict[str, str]:
    """Field -> key of the sentence that says what is wrong with it, in the order of the page."""
    wrong = {name: f"need_{name}" for name in ("given_name", "surname") if not form.get(name, "").strip()}
    try:
        born = date.fromisoformat(form.get("born", ""))
    except ValueError:
        wrong["born"] = "need_born"
    else:
        today = datetime.fromtimestamp(sandbox.now(), UTC).date()
        if (today.year - born.year) - ((today.month, today.day) < (born.month, born.day)) < ADULT:
            wrong["born"] = "too_young"
    for name in ("address", "postal_code", "city"):
        if not form.get(name, "").strip():
            wrong[name] = f"need_{name}"
    if not iban_is_right(form.get("iban", "")):
        wrong["iban"] = "bad_iban"
    if form.get("terms") != "yes":
        wrong["terms"] = "need_terms"
    return wrong


def iban_is_right(text: str) -> bool:
    """ISO 13616: the check digits fit."""
    iban = re.sub(r"\s", "", text).upper()
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", iban):
        return False
    return int("".join(str(int(char, 36)) for char in iban[4:] + iban[:4])) % 97 == 1


def _take_in(sandbox: Sandbox, account: JsonObject, form: dict[str, str]) -> None:
    born = date.fromisoformat(form["born"])
    account["identity"] = {
        **(account["identity"] or {}),
        "entity_type": "individual",
        "individual": {
            "given_name": form["given_name"].strip(),
            "surname": form["surname"].strip(),
            "date_of_birth": {"day": born.day, "month": born.month, "year": born.year},
            "address": {
                "line1": form["address"].strip(),
                "postal_code": form["postal_code"].strip(),
                "city": form["city"].strip(),
                "country": (account["identity"] or {}).get("country"),
            },
        },
    }
    account["_done"] = True
    account["_bank_last4"] = re.sub(r"\s", "", form["iban"])[-4:]
    emit_thin(sandbox, "v2.core.account[identity].updated", account)
    accounts.announce(sandbox, account)


def _worn_out(language: str, refresh_url: str) -> Answer:
    texts = LANGUAGES[language]
    inside = (
        f"{SCENE}<h1>{escape(texts['link_title'])}</h1><p class='lead'>{escape(texts['link_gone'])}</p>"
        f'<a class="go" href="{escape(refresh_url)}">{escape(texts["link_again"])}</a>'
    )
    return page(language, texts["link_title"], inside, status=HTTPStatus.GONE)


def _show(link: JsonObject, language: str, values: dict[str, str], wrong: dict[str, str]) -> Answer:
    texts = LANGUAGES[language]
    urls = link["use_case"][link["use_case"]["type"]]

    def one(name: str, autocomplete: str, type: str = "text") -> str:
        return field(texts, name, values, wrong, type=type, required="", autocomplete=autocomplete)

    checked = " checked" if values.get("terms") == "yes" else ""
    described = ' aria-describedby="terms-wrong" aria-invalid="true"' if "terms" in wrong else ""
    complaint = f'<span class="wrong" id="terms-wrong">{escape(texts["need_terms"])}</span>' if described else ""
    inputs = (
        f'<div class="pair">{one("given_name", "given-name")}'
        f"{one('surname', autocomplete='family-name')}</div>"
        + one("born", "bday", "date")
        + field(texts, "address", values, wrong, hint=texts["address_hint"], autocomplete="address-line1", required="")
        + f'<div class="pair narrow">{one("postal_code", "postal-code")}'
        f"{one('city', autocomplete='address-level2')}</div>"
        + field(texts, "iban", values, wrong, hint=texts["iban_hint"], autocomplete="off", required="")
        + f'<label class="tick"><input type="checkbox" id="terms" name="terms" value="yes"{checked}{described} '
        f"required><span>{escape(texts['terms'])}{complaint}</span></label>"
    )
    trouble = alert(texts["check"], texts["check_more"], focus=False) if wrong else ""
    inside = (
        f"<h1>{escape(texts['onboard_title'])}</h1><p class='lead'>{escape(texts['onboard_lead'])}</p>{trouble}"
        f'<button type="button" class="fill" hidden data-fill="{escape(json.dumps(EXAMPLE))}">'
        f"{escape(texts['fill_in'])}</button>"
        f'<form method="post" action="/onboard/{link["id"]}" novalidate><div class="panel">{inputs}</div>'
        f'<button class="go">{escape(texts["continue"])}</button></form>'
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return page(language, texts["onboard_title"], inside, back=urls["refresh_url"], status=status)
