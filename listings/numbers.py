"""The numbers that tell one bike from another, as they are compared. Pure.

A cycle's identifier in the French register has ten letters and digits (APIC's FAQ, since 2021); a Bicycode engraved
before that has twelve digits. Frame numbers follow no rule but their maker's.
"""

import re
import unicodedata

from listings.choices import NumberKind

BICYCODE = re.compile(r"[A-Z0-9]{10}|[0-9]{12}")
# Shorter ones are a maker's running number, which two bikes may well share.
SHORTEST_FRAME = 5
# One sign may fold into five letters: "㎯" is "RADS2". What is compared ends here.
LONGEST = 80


def plain(number: str) -> str:
    """Capital letters and digits alone: neither case nor spaces nor dashes are part of a number."""
    return re.sub(r"[^A-Z0-9]", "", unicodedata.normalize("NFKC", number).upper())[:LONGEST]


def numbers_of(*, frame_number: str, bicycode: str) -> dict[str, str]:
    """What of a bike's numbers can be compared with others', by kind."""
    frame, code = plain(frame_number), plain(bicycode)
    found: dict[str, str] = {}
    if len(frame) >= SHORTEST_FRAME:
        found[NumberKind.FRAME] = frame
    if BICYCODE.fullmatch(code):
        found[NumberKind.BICYCODE] = code
    return found
