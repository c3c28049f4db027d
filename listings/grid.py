"""The map's fixed grid: Web-Mercator tiles as every tile server counts them, each cut into four by four cells. Pure.

A cell is some 64 pixels wide on a map of its tile's zoom. It lies where it lies for good, so no question can move it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from listings.geo import WORLD_M, Box, Mercator

# A tile's side is 2 ** CUT cells.
CUT = 2
INNER = (1 << CUT) - 1
# The zooms whose cells are kept; the whole world has 64 tiles at the lowest one.
LOWEST, HIGHEST = 3, 14
# A box is answered in at most so many tiles: some 2,000 by 2,000 pixels.
MOST_TILES = 64
HALF_M = WORLD_M / 2


class Cell(NamedTuple):
    """`x` counts from the 180th meridian eastwards, `y` from the north; both below 2 ** (zoom + CUT)."""

    zoom: int
    x: int
    y: int

    @property
    def tile(self) -> int:
        """The tile it is stored under: column << zoom | row."""
        return self.x >> CUT << self.zoom | self.y >> CUT

    @property
    def place(self) -> int:
        """Which cell of its tile it is: column << CUT | row."""
        return (self.x & INNER) << CUT | self.y & INNER

    def box(self) -> Box:
        """Its rectangle in the plane."""
        side = WORLD_M / 2 ** (self.zoom + CUT)
        low = Mercator(self.x * side - HALF_M, HALF_M - (self.y + 1) * side)
        return Box(low, Mercator(low.x + side, low.y + side))


def cell_of(point: Mercator, zoom: int) -> Cell:
    """The cell a point lies in. The statements of `listings.actions.map_cells` reckon the same in SQL."""
    count = 2 ** (zoom + CUT)
    x = math.floor((point.x + HALF_M) / WORLD_M * count)
    y = math.floor((HALF_M - point.y) / WORLD_M * count)
    return Cell(zoom, min(max(x, 0), count - 1), min(max(y, 0), count - 1))


def cell_at(zoom: int, tile: int, place: int) -> Cell:
    """The way back of `Cell.tile` and `Cell.place`."""
    column, row = tile >> zoom, tile & (1 << zoom) - 1
    return Cell(zoom, (column << CUT) + (place >> CUT), (row << CUT) + (place & INNER))


def cover(box: Box, zoom: int) -> tuple[Cell, Cell]:
    """The north-western and the south-eastern cell of those that meet the box."""
    return cell_of(Mercator(box.low.x, box.high.y), zoom), cell_of(Mercator(box.high.x, box.low.y), zoom)


def tiles(box: Box, zoom: int) -> Iterator[int]:
    """The tiles that meet the box, as stored."""
    first, last = cover(box, zoom)
    for column in range(first.x >> CUT, (last.x >> CUT) + 1):
        for row in range(first.y >> CUT, (last.y >> CUT) + 1):
            yield column << zoom | row


def zoom_for(boxes: tuple[Box, ...], zoom: int) -> int:
    """The zoom, or the next lower one at which cells are kept and the boxes meet no more than MOST_TILES."""
    for lower in range(min(zoom, HIGHEST), LOWEST, -1):
        count = 0
        for box in boxes:
            first, last = cover(box, lower)
            count += ((last.x >> CUT) - (first.x >> CUT) + 1) * ((last.y >> CUT) - (first.y >> CUT) + 1)
        if count <= MOST_TILES:
            return lower
    return LOWEST
