"""A whole bicycle of one category, drawn in millimetres over the ground line y = 0."""

from collections.abc import Callable

from bikeens.demo.drawing.build import Bike, Build, Category
from bikeens.demo.drawing.everyday import city_bike, cruiser_bike, folding_bike, kids_bike, trekking_bike
from bikeens.demo.drawing.ink import Dice
from bikeens.demo.drawing.long import cargo_bike, tandem_bike
from bikeens.demo.drawing.sport import gravel_bike, mountain_bike, road_bike

BUILDERS: dict[Category, Callable[[Build], Bike]] = {
    "city": city_bike,
    "trekking": trekking_bike,
    "road": road_bike,
    "gravel": gravel_bike,
    "mountain": mountain_bike,
    "folding": folding_bike,
    "cargo": cargo_bike,
    "kids": kids_bike,
    "tandem": tandem_bike,
    "other": cruiser_bike,
}


def build_bike(category: Category, colour: str, *, electric: bool = False, seed: int = 0, lit: bool = False) -> Bike:
    """Draw a bicycle; `seed` varies its equipment, `lit` turns its lamp on."""
    return BUILDERS[category](Build(colour, electric, lit, Dice("bike", category, seed)))
