"""E-mails: one plain letter, as text and as HTML, for everything Bikeens writes to people."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import get_language

# At most one of these on a line of the subject: headers are one line, and a name must not add another.
_BLANK = re.compile(r"\s+")
SUBJECT_LENGTH = 150


@dataclass(frozen=True, slots=True)
class Item:
    """One of several things that a letter shows, `link` the absolute address of its page."""

    title: str
    line: str
    price: str
    link: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What one e-mail says, in the language active when it is written; all texts plain, none of it HTML.

    `facts` are (label, value) lines; `code` is shown large; `path` is a page's path without its language;
    `stop` the absolute address of the page that ends such letters.
    """

    subject: str
    lead: str
    facts: Sequence[tuple[str, str]] = ()
    items: Sequence[Item] = ()
    code: str = ""
    note: str = ""
    button: str = ""
    path: str = ""
    reason: str = ""
    stop: str = ""

    def message_to(self, address: str, headers: Mapping[str, str] | None = None) -> EmailMultiAlternatives:
        """The e-mail, ready to send."""
        subject = one_line(self.subject)
        context = {
            "letter": self,
            "subject": subject,
            "link": page_address(self.path) if self.button else "",
            "home": page_address("/"),
            "language": get_language(),
        }
        message = EmailMultiAlternatives(
            subject=subject,
            body=render_to_string("core/letter.txt", context).strip() + "\n",
            to=[address],
            headers=dict(headers or {}),
        )
        message.attach_alternative(render_to_string("core/letter.html", context), "text/html")
        return message


def one_line(text: str) -> str:
    """Text that may stand in a header: one line, no control characters, of bounded length."""
    visible = "".join(c if unicodedata.category(c)[0] != "C" or c.isspace() else "" for c in text)
    line = _BLANK.sub(lambda gap: gap.group() if gap.group() in ("\u00a0", "\u202f") else " ", visible).strip()
    return line if len(line) <= SUBJECT_LENGTH else line[: SUBJECT_LENGTH - 1] + "…"


def page_address(path: str) -> str:
    """The absolute address of a page in the active language. Raises ValueError for what is no path of ours."""
    if not path.startswith("/") or path.startswith("//") or _BLANK.search(path) or "\\" in path:
        raise ValueError(f"{path!r} is no page's path.")
    if path.startswith("/desk/"):
        # The operator's desk has one address in all languages.
        return f"{settings.PUBLIC_URL}{path}"
    return f"{settings.PUBLIC_URL}/{get_language() or settings.LANGUAGE_CODE}{path}"
