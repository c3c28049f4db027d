"""Folding names, so that people find a town however they type it. Pure.

"Saint-Étienne", "st etienne" and "SAINT ETIENNE" are one: accents and case go, what is neither letter nor digit is a
space, and the word "saint" is "st".
"""

import re
import unicodedata

_COMBINING = re.compile("[\u0300-\u036f]+")
_NEITHER = re.compile(r"[^a-z0-9]+")
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_SAINTS = {"saint": "st", "sainte": "ste"}
_ARTICLES = re.compile(r"^(?:le|la|les|l|los|las|el|il|die|der|das|the) (?=\w{3})")
_BESIDE = re.compile(r"[,()]")
_POSTCODE = re.compile(r"^\d{5}$")
LONGEST = 120


def fold(name: str) -> str:
    """Lower-case ASCII words; names in scripts other than the Latin one fold to nothing."""
    folded = plain(name)
    if "saint" in folded:
        folded = " ".join(_SAINTS.get(word, word) for word in folded.split())
    return folded[:LONGEST]


def plain(name: str) -> str:
    """`fold` without the saints."""
    name = name.lower()
    if name.isascii() and name.isalpha():
        return name
    if not name.isascii():
        name = unicodedata.normalize("NFKD", name.translate(_LETTERS))
        name = _COMBINING.sub("", name)
    return _NEITHER.sub(" ", name).strip()


def without_article(folded: str) -> str:
    """ "la rochelle" is found by "rochelle" too."""
    return _ARTICLES.sub("", folded)


def prefixes(typed: str) -> list[str]:
    """The beginnings of folded names that somebody may mean who has typed this much; none for nothing to go by.

    The last word may be unfinished: "sai" begins both "saintes" and "st malo".
    """
    words = plain(typed[:LONGEST]).split()
    if not words:
        return []
    before = "".join(f"{_SAINTS.get(word, word)} " for word in words[:-1])
    last = words[-1]
    found = [before + last]
    if len(last) >= 3:
        found += [f"{before}{short} " for long, short in _SAINTS.items() if long.startswith(last)]
    return found


def asked_for(typed: str) -> tuple[str, list[str]]:
    """The name that was typed, and folded what stands beside it to tell it from others of that name.

    "Narbonne (11), Aude" is narbonne beside 11 and aude; "11100 narbonne" is narbonne beside 11100.
    """
    name, *beside = _BESIDE.split(typed)
    words = name.split()
    if len(words) > 1:
        beside += [word for word in words if _POSTCODE.match(word)]
        name = " ".join(word for word in words if not _POSTCODE.match(word)) or name
    return name, [folded for folded in map(fold, beside) if folded]
