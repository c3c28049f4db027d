"""Cells that a spreadsheet would take for a formula. Pure.

An apostrophe before them makes them text, in every spreadsheet; `spoken` takes it away again. Whatever text a cell
had, `spoken(safe(text)) == text`: an apostrophe that was there before gets one more.
"""

import re

# The full-width ones are folded into the others by some spreadsheets.
DANGEROUS = re.compile(r"[\s']*[=+\-@＝＋－＠|]|['\s]*[\t\r]")
NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")


def safe(text: str) -> str:
    return f"'{text}" if _dangerous(text) else text


def spoken(text: str) -> str:
    return text[1:] if text.startswith("'") and _dangerous(text[1:]) else text


def _dangerous(text: str) -> bool:
    return bool(DANGEROUS.match(text)) and not NUMBER.fullmatch(text)
