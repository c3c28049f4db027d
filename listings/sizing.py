"""Which riders a bike fits, as bike shops publish it: frames by letter and centimetres, children's by the wheel. Pure.

Grown-ups: the "Bike size chart for adults" of VELONOVA's guide "What size bike is right for you?" (road in cm, mountain
in inches, here in cm; city and hybrid in cm; its open last row closed at 210 cm). Children: the "Children's bike size
guide" of Cycle King. Frames are measured along the seat tube. Makers differ: this is a suggestion, never a rule.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from listings.choices import Category, FrameSize

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Size:
    """One row: riders from-to in cm, and what they ride: a letter with the frame in cm, or a wheel in inches."""

    rider: Span
    letter: str = ""
    frame: Span | None = None
    wheel: int | None = None


_RIDERS: Mapping[str, Span] = {
    FrameSize.XS: (150, 160),
    FrameSize.S: (160, 170),
    FrameSize.M: (170, 180),
    FrameSize.L: (180, 190),
    FrameSize.XL: (190, 200),
    FrameSize.XXL: (200, 210),
}
_ROAD = ((47, 49), (50, 52), (53, 55), (56, 58), (59, 61), (62, 65))
_MOUNTAIN = ((35, 39), (40, 43), (44, 46), (47, 51), (52, 56), (57, 61))
_CITY = ((42, 46), (47, 50), (51, 54), (55, 58), (59, 61), (62, 65))
# The seat tube of a folding bike tells nothing of its riders.
_UNTOLD = (None,) * len(_RIDERS)
_FRAMES: Mapping[str, Sequence[Span | None]] = {
    Category.ROAD: _ROAD,
    Category.GRAVEL: _ROAD,
    Category.MOUNTAIN: _MOUNTAIN,
    Category.FOLDING: _UNTOLD,
}
_KIDS = tuple(
    Size(rider=rider, wheel=inches)
    for inches, rider in (
        (12, (88, 100)),
        (14, (95, 110)),
        (16, (105, 120)),
        (18, (114, 124)),
        (20, (120, 130)),
        (24, (127, 142)),
    )
)


def sizes_of(category: str) -> Sequence[Size]:
    """The rows for a category, smallest first; bikes of no particular kind are sized as city bikes are."""
    if category == Category.KIDS:
        return _KIDS
    frames = _FRAMES.get(category, _CITY)
    return [
        Size(rider=rider, letter=letter, frame=frame)
        for (letter, rider), frame in zip(_RIDERS.items(), frames, strict=True)
    ]


def sizes_for(category: str, rider_cm: int) -> list[Size]:
    """The sizes for one rider: one, two on a border, none for heights outside the table."""
    return [size for size in sizes_of(category) if size.rider[0] <= rider_cm <= size.rider[1]]


def suggest_heights(
    category: str, *, frame_size: str = "", frame_size_cm: int | None = None, wheel_size: str = ""
) -> Span | None:
    """Riders from-to in cm for what is known of a bike; None where the table does not say.

    The maker's letter goes before a measured frame: a sloping top tube shortens the seat tube, not the bike.
    """
    for size in sizes_of(category):
        if size.wheel is not None:
            found = size.wheel == _inches(wheel_size)
        elif frame_size:
            found = size.letter == frame_size
        else:
            found = (
                size.frame is not None and frame_size_cm is not None and size.frame[0] <= frame_size_cm <= size.frame[1]
            )
        if found:
            return size.rider
    return None


def _inches(wheel_size: str) -> int | None:
    """20 of `20″`, `20 pouces` and `20 x 1.75`."""
    number = re.match(r"\s*(\d{2})(?!\d)", wheel_size, re.ASCII)
    return int(number[1]) if number else None
