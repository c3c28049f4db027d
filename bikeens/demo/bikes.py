"""What the demo's bikes are like: believable makes, sizes, gears and prices for each category."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Make:
    """A brand and model people know; `electric` when it has a motor."""

    brand: str
    model: str
    electric: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A category's usual values: its share of the demo, cents a day, value in euros, grams, and what its bikes have."""

    share: int
    day: tuple[int, int]
    value: tuple[int, int]
    weight: tuple[int, int]
    gears: tuple[int, ...]
    wheel: str
    brakes: tuple[str, ...]
    makes: tuple[Make, ...]
    included: tuple[str, ...]
    about: tuple[str, ...]


# Frame letter, centimetres, riders from and to (centimetres): the usual sizing for adults.
SIZES = (("S", 48, 155, 168), ("M", 53, 165, 178), ("L", 57, 175, 188), ("XL", 61, 185, 200))
ONE_SIZE = (("", 0, 150, 190),)
KIDS = (("", 0, 110, 130), ("", 0, 125, 150))

E = True
KINDS: dict[str, Kind] = {
    "city": Kind(
        100,
        (1000, 1600),
        (250, 700),
        (15000, 20000),
        (3, 7, 8),
        "28″",
        ("rim", "drum", "coaster"),
        (
            Make("Gitane", "Hollandais"),
            Make("Peugeot", "LC01"),
            Make("Gazelle", "Esprit"),
            Make("Batavus", "Personal"),
            Make("Elops", "520"),
            Make("Electra", "Loft"),
            Make("Moustache", "Lundi 27", E),
            Make("Gazelle", "Paris C7", E),
        ),
        ("lock", "lights", "basket", "mudguards"),
        (
            "Selle confortable et position droite, parfait pour les quais et le marché.",
            "Révisé au printemps, pneus anti-crevaison, il démarre par tous les temps.",
            "Mon vélo de tous les jours : solide, silencieux, avec un grand panier.",
        ),
    ),
    "trekking": Kind(
        60,
        (1400, 2200),
        (500, 1200),
        (14000, 17000),
        (21, 24, 27, 30),
        "28″",
        ("rim", "hydraulic_disc"),
        (
            Make("Riverside", "Touring 520"),
            Make("Kalkhoff", "Endeavour"),
            Make("Cube", "Touring"),
            Make("Koga", "WorldTraveller"),
            Make("Moustache", "Samedi 28", E),
            Make("Kalkhoff", "Image 5", E),
        ),
        ("lock", "lights", "panniers", "pump", "repair_kit", "mudguards"),
        (
            "Prêt pour le canal du Midi : porte-bagages, sacoches, kit de réparation.",
            "Il a fait la Vélodyssée deux fois. Roule bien, freine bien, ne se plaint jamais.",
        ),
    ),
    "road": Kind(
        45,
        (1800, 3200),
        (800, 2500),
        (8000, 10500),
        (11, 16, 20, 22),
        "28″",
        ("rim", "hydraulic_disc"),
        (
            Make("Peugeot", "course acier"),
            Make("Triban", "RC 520"),
            Make("Lapierre", "Sensium"),
            Make("Look", "765"),
            Make("Giant", "TCR"),
            Make("Specialized", "Allez"),
            Make("Orbea", "Gain", E),
        ),
        ("pump", "repair_kit", "bottle_cage"),
        (
            "Léger et vif, pédales plates ou automatiques au choix.",
            "Une vraie machine à avaler les cols de l’arrière-pays.",
        ),
    ),
    "gravel": Kind(
        40,
        (1800, 3000),
        (900, 2400),
        (9500, 11500),
        (11, 12, 20, 22),
        "28″",
        ("mechanical_disc", "hydraulic_disc"),
        (
            Make("Triban", "GRVL 520"),
            Make("Canyon", "Grizl"),
            Make("Genesis", "Croix de Fer"),
            Make("Trek", "Checkpoint"),
            Make("Lapierre", "Crosshill"),
            Make("Specialized", "Turbo Creo", E),
        ),
        ("pump", "repair_kit", "bottle_cage", "lights"),
        (
            "Pneus de 40, aussi à l’aise sur route que dans les vignes.",
            "Idéal pour les chemins blancs et les pistes forestières.",
        ),
    ),
    "mountain": Kind(
        50,
        (1800, 3400),
        (700, 3000),
        (12000, 24000),
        (11, 12, 20),
        "29″",
        ("hydraulic_disc",),
        (
            Make("Lapierre", "Edge"),
            Make("Rockrider", "ST 540"),
            Make("Commencal", "Meta"),
            Make("Trek", "Marlin"),
            Make("Cube", "Reaction Hybrid", E),
            Make("Specialized", "Turbo Levo", E),
            Make("Lapierre", "Overvolt", E),
        ),
        ("pump", "repair_kit"),
        (
            "Fourche révisée, freins purgés : il n’attend que les sentiers.",
            "Facile en montée, rassurant en descente. Casque disponible.",
        ),
    ),
    "folding": Kind(
        30,
        (1200, 2000),
        (600, 1600),
        (10500, 17000),
        (3, 6, 7),
        "16″",
        ("rim",),
        (
            Make("Brompton", "M6L"),
            Make("Brompton", "C Line"),
            Make("Dahon", "Vybe"),
            Make("Btwin", "Fold 500"),
            Make("Eovolt", "Confort", E),
            Make("Tern", "Link B7"),
            Make("Ahooga", "Power", E),
        ),
        ("lock", "lights"),
        (
            "Se plie en vingt secondes et prend le train avec vous.",
            "Petit plié, grand déplié : parfait pour combiner avec le tram.",
        ),
    ),
    "cargo": Kind(
        35,
        (3000, 5200),
        (2500, 6000),
        (24000, 40000),
        (5, 8, 9),
        "26″",
        ("hydraulic_disc",),
        (
            Make("Babboe", "City", E),
            Make("Urban Arrow", "Family", E),
            Make("Yuba", "Spicy Curry", E),
            Make("Bakfiets", "Classic"),
            Make("Riese & Müller", "Load 60", E),
            Make("Elops", "R500", E),
            Make("Christiania", "Light"),
        ),
        ("lock", "lights", "rain_cover"),
        (
            "Deux enfants attachés devant, les courses derrière : la voiture reste au garage.",
            "La caisse a deux ceintures et une bâche de pluie. Un essai de cinq minutes et on l’adopte.",
        ),
    ),
    "kids": Kind(
        25,
        (600, 1000),
        (120, 350),
        (8000, 11000),
        (1, 3, 6),
        "20″",
        ("rim",),
        (
            Make("Woom", "4"),
            Make("Btwin", "Riverside 900"),
            Make("Puky", "Cyke"),
            Make("Frog", "55"),
            Make("Early Rider", "Belter"),
        ),
        ("helmet",),
        ("Ma fille a grandi, le vélo est comme neuf. Casque assorti.", "Léger, freins à la main, selle réglable."),
    ),
    "tandem": Kind(
        10,
        (3000, 4200),
        (900, 2600),
        (18000, 24000),
        (21, 24, 27),
        "26″",
        ("rim", "mechanical_disc"),
        (
            Make("Gitane", "Tandem"),
            Make("Cannondale", "Tandem 29er"),
            Make("Lapierre", "Duo"),
            Make("Santana", "Arriva"),
            Make("Pino", "Steps", E),
        ),
        ("lock", "lights", "pump"),
        ("À deux, on va deux fois plus loin. Le capitaine doit mesurer 1,70 m au moins.",),
    ),
    "other": Kind(
        15,
        (1200, 2200),
        (400, 1200),
        (15000, 22000),
        (1, 3, 7),
        "26″",
        ("coaster", "drum"),
        (
            Make("Electra", "Cruiser"),
            Make("Schwinn", "Breeze"),
            Make("Felt", "Heritage"),
            Make("Rayvolt", "Beachwalker", E),
        ),
        ("lock",),
        ("Guidon large et pneus ballon : on descend à la plage en chantonnant.",),
    ),
}

NOUNS = {
    "city": "vélo de ville", "trekking": "randonneuse", "road": "route", "gravel": "gravel", "mountain": "VTT",
    "folding": "pliant", "cargo": "cargo", "kids": "vélo enfant", "tandem": "tandem", "other": "cruiser",
}  # fmt: skip

EXTRAS = (
    ("helmet", "Casque", 200, "booking", 2),
    ("child_seat", "Siège enfant", 400, "booking", 1),
    ("panniers", "Paire de sacoches", 300, "booking", 1),
    ("trailer", "Remorque", 800, "day", 1),
)
FIRST_NAMES = [
    "Adèle",
    "Amir",
    "Anaïs",
    "Antoine",
    "Aurélie",
    "Baptiste",
    "Basile",
    "Bruno",
    "Camille",
    "Cédric",
    "Chloé",
    "Clément",
    "Coline",
    "David",
    "Delphine",
    "Diane",
    "Elsa",
    "Émile",
    "Fanny",
    "Farid",
    "Florian",
    "Gaëlle",
    "Hélène",
    "Inès",
    "Ismaël",
    "Jeanne",
    "Joris",
    "Judith",
    "Karim",
    "Lætitia",
    "Léo",
    "Lina",
    "Louise",
    "Lucas",
    "Maëlle",
    "Malik",
    "Manon",
    "Marius",
    "Mathilde",
    "Mehdi",
    "Nadia",
    "Nicolas",
    "Nina",
    "Noé",
    "Océane",
    "Olivier",
    "Oriane",
    "Paul",
    "Pauline",
    "Quentin",
    "Rachel",
    "Rémi",
    "Rose",
    "Salomé",
    "Samir",
    "Sarah",
    "Simon",
    "Solène",
    "Tom",
    "Valentine",
    "Victor",
    "Yanis",
    "Yasmine",
    "Zoé",
]
