"""What the map counts by: category, electric and instant, as one small number. Pure.

The numbers follow the order of the categories: when that changes, run `manage.py rebuild_map`.
"""

from collections.abc import Sequence

from listings.choices import Category

CATEGORIES: Sequence[str] = Category.values


def kind_of(category: str, *, electric: bool, instant: bool) -> int:
    """The number of a published listing's kind."""
    return CATEGORIES.index(category) * 4 + electric * 2 + instant


def kinds_of(categories: Sequence[str], *, electric: bool | None, instant: bool) -> list[int] | None:
    """The kinds that pass these filters; None when that is every kind."""
    if not categories and electric is None and not instant:
        return None
    return [
        kind_of(category, electric=one, instant=other)
        for category in (categories or CATEGORIES)
        for one in ((False, True) if electric is None else (electric,))
        for other in ((True,) if instant else (False, True))
    ]
