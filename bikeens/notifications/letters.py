"""A notice in words: its sentence for the app, its letter by e-mail, in the reader's language."""

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from babel.dates import format_date, format_time
from babel.numbers import format_currency
from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bikeens.core.letters import Item, Letter, page_address
from bikeens.notifications.kinds import FACT_LABELS, KINDS
from bikeens.notifications.models import Notice

WALL_CLOCK = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")


def sentence_of(notice: Notice) -> str:
    """What the notice says, in the active language."""
    return str(KINDS[notice.kind].sentence).format_map(written_facts(notice.facts))


def letter_of(notice: Notice) -> EmailMultiAlternatives:
    """The notice's e-mail in its reader's language, with an id of its own so that a double would be seen as one."""
    kind = KINDS[notice.kind]
    with translation.override(notice.person.language):
        facts = written_facts(notice.facts)
        cards = notice.facts.get("cards", [])
        # Cards say it all themselves.
        labels = {} if cards else FACT_LABELS
        stop = page_address(notice.facts["stop"]) if notice.facts.get("stop") else ""
        headers = {"Message-ID": f"<{notice.uuid}@notices.bikeens>"}
        if stop:
            headers["List-Unsubscribe"] = f"<{stop}>"
        return Letter(
            subject=str(kind.subject).format_map(facts),
            lead=str(kind.sentence).format_map(facts),
            facts=[(str(label), facts[name]) for name, label in labels.items() if facts.get(name)],
            items=[_item(card) for card in cards],
            code=facts.get("code", ""),
            button=str(kind.button),
            path=notice.path,
            reason=str(kind.reason)
            or _("You get this e-mail because it is about your own bookings, bikes or payments on Bikeens."),
            stop=stop,
        ).message_to(notice.person.email, headers=headers)


def written_facts(facts: Mapping[str, object]) -> dict[str, str]:
    """Facts as people write them in the active language: wall clocks and money written out, the rest as it is."""
    return {name: _written(value) for name, value in facts.items() if value is not None}


def _item(card: Mapping[str, object]) -> Item:
    written = written_facts(card)
    price = _("{price} {per}").format(price=written["price"], per=written["per"])
    return Item(written["title"], written["line"], price, page_address(written["path"]))


def _written(value: object) -> str:
    language = get_language() or "en"
    if isinstance(value, Mapping) and set(value) == {"amount", "currency"}:
        text: str = format_currency(
            Decimal(int(value["amount"])).scaleb(-2), str(value["currency"]), locale=_locale(language)
        )
        return text
    if isinstance(value, str) and WALL_CLOCK.fullmatch(value):
        return wall_clock(datetime.fromisoformat(value), language)
    return str(value)


def wall_clock(moment: datetime, language: str) -> str:
    """ "Saturday 4 July, 10:00", "samedi 4 juillet à 10:00": as on the listing's wall; the year is near enough."""
    locale = _locale(language)
    day = format_date(moment, "EEEE d MMMM", locale=locale)
    return _("{day}, {time}").format(day=day, time=format_time(moment, "HH:mm", locale=locale))


def _locale(language: str) -> str:
    """English as written in Europe: the day before the month, the hours to 24."""
    return "en_GB" if language == "en" else language
