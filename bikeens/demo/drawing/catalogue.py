"""The demo's pictures: which bicycle stands in which scene, and the words for it."""

from dataclasses import dataclass

from bikeens.demo.drawing.build import Category
from bikeens.demo.drawing.picture import draw_bike
from bikeens.demo.drawing.scenes import Scene


@dataclass(frozen=True, slots=True)
class Colour:
    """A frame colour and its names (French: as it follows a masculine noun)."""

    frame: str
    en: str
    fr: str


COLOURS = {
    "pine": Colour("#0e4d3f", "dark green", "vert sapin"),
    "ember": Colour("#c8401b", "red", "rouge"),
    "petrol": Colour("#2b6678", "petrol blue", "bleu pétrole"),
    "mustard": Colour("#dba02e", "yellow", "jaune"),
    "plum": Colour("#6f3f58", "plum", "prune"),
    "sky": Colour("#4f93b8", "sky blue", "bleu ciel"),
    "cream": Colour("#efe2c4", "cream", "crème"),
    "black": Colour("#2a3431", "black", "noir"),
    "coral": Colour("#e0664a", "coral", "corail"),
    "sage": Colour("#6c9478", "sage green", "vert sauge"),
    "navy": Colour("#2b3f63", "navy blue", "bleu marine"),
    "rose": Colour("#cf7d88", "pink", "rose"),
    "teal": Colour("#238278", "teal", "bleu canard"),
}

KINDS: dict[Category, tuple[str, str, str]] = {
    # category: English noun, French noun, French noun of the electric kind
    "city": ("city bike", "vélo de ville", "vélo de ville électrique"),
    "trekking": ("trekking bike", "vélo de randonnée", "vélo de randonnée électrique"),
    "road": ("road bike", "vélo de route", "vélo de route électrique"),
    "gravel": ("gravel bike", "vélo gravel", "vélo gravel électrique"),
    "mountain": ("mountain bike", "VTT", "VTT électrique"),
    "folding": ("folding bike", "vélo pliant", "vélo pliant électrique"),
    "cargo": ("cargo bike", "vélo cargo", "vélo cargo électrique"),
    "kids": ("children’s bike", "vélo pour enfant", "vélo électrique pour enfant"),
    "tandem": ("tandem", "tandem", "tandem électrique"),
    "other": ("cruiser bike", "vélo cruiser", "vélo cruiser électrique"),
}

PLACES: dict[Scene, tuple[str, str]] = {
    "quay": ("on a canal quay", "sur le quai d’un canal"),
    "sea": ("by the sea", "au bord de la mer"),
    "park": ("in a park", "dans un parc"),
    "dusk": ("in a lit street at dusk", "dans une rue éclairée, le soir"),
    "vineyard": ("on a vineyard path", "sur un chemin dans les vignes"),
    "timber": ("in front of half-timbered houses", "devant des maisons à colombages"),
    "boulevard": ("on a boulevard of pale stone", "sur un boulevard en pierre claire"),
    "brick": ("in a rose-brick street", "dans une rue de brique rose"),
    "port": ("at a river port", "sur un port fluvial"),
    "mountains": ("on a mountain road", "sur une route de montagne"),
    "courtyard": ("against a sunlit wall", "devant un mur ensoleillé"),
}


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of the demo; `colour` is a key of COLOURS, `svg()` draws it."""

    slug: str
    category: Category
    electric: bool
    colour: str
    scene: Scene
    alt_en: str
    alt_fr: str
    seed: int

    def svg(self) -> str:
        """The picture as SVG text, 1600 x 1200."""
        frame = COLOURS[self.colour].frame
        return draw_bike(self.category, frame, self.scene, electric=self.electric, seed=self.seed)


E = True
ROWS: dict[Category, tuple[tuple[str, Scene, int, bool], ...]] = {
    # category: (colour, scene, seed, electric)
    "city": (
        ("pine", "quay", 0, not E),
        ("ember", "park", 5, not E),
        ("cream", "dusk", 7, not E),
        ("petrol", "boulevard", 2, E),
        ("mustard", "timber", 4, not E),
        ("plum", "courtyard", 3, not E),
        ("navy", "brick", 6, E),
    ),
    "trekking": (
        ("petrol", "park", 1, not E),
        ("ember", "vineyard", 0, not E),
        ("pine", "port", 2, E),
        ("mustard", "mountains", 3, not E),
        ("black", "brick", 4, E),
        ("teal", "quay", 5, E),
    ),
    "road": (
        ("ember", "boulevard", 1, not E),
        ("sky", "vineyard", 2, not E),
        ("mustard", "port", 3, not E),
        ("pine", "sea", 4, not E),
        ("navy", "mountains", 5, E),
        ("plum", "quay", 6, not E),
    ),
    "gravel": (
        ("pine", "vineyard", 0, not E),
        ("coral", "mountains", 1, not E),
        ("petrol", "courtyard", 2, not E),
        ("mustard", "park", 3, E),
        ("teal", "sea", 4, not E),
        ("plum", "timber", 5, not E),
    ),
    "mountain": (
        ("ember", "mountains", 0, not E),
        ("mustard", "mountains", 1, E),
        ("petrol", "vineyard", 2, not E),
        ("pine", "park", 3, E),
        ("coral", "sea", 4, E),
        ("black", "courtyard", 5, not E),
    ),
    "folding": (
        ("mustard", "boulevard", 0, not E),
        ("ember", "port", 1, not E),
        ("teal", "brick", 2, E),
        ("sky", "sea", 3, not E),
        ("rose", "dusk", 4, not E),
        ("black", "quay", 5, E),
    ),
    "cargo": (
        ("petrol", "quay", 1, E),
        ("ember", "timber", 0, not E),
        ("mustard", "dusk", 2, E),
        ("pine", "boulevard", 8, E),
        ("teal", "park", 4, not E),
        ("navy", "brick", 5, E),
    ),
    "kids": (
        ("sky", "courtyard", 0, not E),
        ("mustard", "park", 1, not E),
        ("ember", "sea", 2, not E),
        ("teal", "quay", 3, not E),
        ("rose", "timber", 4, not E),
        ("coral", "mountains", 5, not E),
    ),
    "tandem": (
        ("pine", "brick", 0, not E),
        ("ember", "vineyard", 1, not E),
        ("sky", "sea", 2, E),
        ("mustard", "quay", 3, not E),
        ("plum", "port", 4, not E),
        ("petrol", "park", 5, E),
    ),
    "other": (
        ("sky", "sea", 1, not E),
        ("coral", "courtyard", 0, not E),
        ("pine", "dusk", 2, E),
        ("plum", "park", 3, not E),
        ("mustard", "port", 4, not E),
        ("teal", "boulevard", 5, E),
    ),
}


def pictures() -> list[Picture]:
    """Every picture of the demo, by category; at least six of each."""
    return [
        _picture(category, colour, scene, seed, electric)
        for category, rows in ROWS.items()
        for colour, scene, seed, electric in rows
    ]


def _picture(category: Category, colour: str, scene: Scene, seed: int, electric: bool) -> Picture:
    noun, nom, nom_electrique = KINDS[category]
    paint, (where, lieu) = COLOURS[colour], PLACES[scene]
    powered = "electric " if electric else ""
    return Picture(
        slug="-".join((category, *(("electric",) if electric else ()), colour, scene)),
        category=category,
        electric=electric,
        colour=colour,
        scene=scene,
        alt_en=f"A {paint.en} {powered}{noun} {where}",
        alt_fr=f"Un {nom_electrique if electric else nom} {paint.fr} {lieu}",
        seed=seed,
    )
