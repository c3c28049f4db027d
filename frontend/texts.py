"""The app's own message files, read by the server too: a title says the same before and after mounting."""

import json
from functools import cache

from frontend.pages import HERE

Message = str | dict[str, str]


@cache
def _area(language: str, area: str) -> dict[str, Message]:
    file = HERE / "app" / "src" / "messages" / language / f"{area}.json"
    messages: dict[str, Message] = json.loads(file.read_text())
    return messages


def text(language: str, key: str, **params: object) -> str:
    """`text("fr", "common.per_day")`; `count` chooses between "one" and "other". A key that is missing is itself."""
    area, _, name = key.partition(".")
    message = _area(language, area).get(name, key)
    if isinstance(message, dict):
        count = params.get("count", 0)
        few = count == 1 or (language == "fr" and count == 0)
        message = message.get("one" if few else "other", message["other"])
    for param, value in params.items():
        message = message.replace(f"{{{param}}}", str(value))
    return _typeset(message, language)


def _typeset(message: str, language: str) -> str:
    """As i18n/typography.ts does for what the app shows."""
    message = message.replace("'", "’")
    if language == "fr":
        for sign in "?!;":
            message = message.replace(f" {sign}", f"\u202f{sign}")
        message = message.replace(" :", "\u00a0:").replace(" »", "\u00a0»").replace("« ", "«\u00a0")
    return message
