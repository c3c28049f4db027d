"""The columns of the format, for import, export, template and documentation alike.

A column with a `path` is one value of the API's listing under that dotted name; the others (reference, status, place,
photos) are `rows`' own. A column that a file leaves out leaves its listing alone; a blank cell empties the value.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import override

from listings.choices import Brakes, Category, ExtraKind, FrameSize, Included, Per, Policy, Safety, Status
from listings.models import Listing
from listings.places.names import plain
from listings.trade import cells
from listings.trade.cells import Json, Kind


@dataclass(frozen=True, slots=True)
class Column:
    """`name` and `french` are its headers; `blank` is the JSON of an empty cell; `example` stands in the template."""

    name: str
    french: str
    kind: Kind
    path: str = ""
    blank: Json = None
    example: str = ""

    def header(self, language: str) -> str:
        return self.french if language == "fr" else self.name


REFERENCE, STATUS, PHOTOS = "reference", "status", "photos"
# Of a command's file alone, which may bring the bikes of several people; an export doesn't have it.
OWNER = Column("owner", "propriétaire", cells.TEXT)
ADDRESS, POSTCODE, TOWN, LAT, LON = "address", "postcode", "town", "lat", "lon"
# What an owner may ask of a row; a suspended listing says so in an export and stays as it is.
STATUSES = (Status.DRAFT, Status.PUBLISHED, Status.PAUSED, Status.SUSPENDED)


@cache
def columns() -> tuple[Column, ...]:
    """All of them, in the order of an export. Not at import, because the words of choices are translated."""
    price = cells.money(settings.CURRENCY)
    text, whole, decimal, flag = cells.TEXT, cells.WHOLE_NUMBER, cells.DECIMAL, cells.FLAG
    status = cells.choice(words(Status, STATUSES))
    extras = cells.extras(settings.CURRENCY, words(ExtraKind), words(Per))
    return (
        Column(REFERENCE, "référence", text, example="VTC-01"),
        Column(STATUS, "statut", status, example="draft"),
        Column("title", "titre", text, "title", "", "Gitane with a basket"),
        Column("description", "description", text, "description", "", "A steady city bike, serviced every spring."),
        Column("category", "catégorie", cells.choice(words(Category)), "category", "", "city"),
        Column("electric", "électrique", flag, "electric", False, "no"),
        Column("battery_range_km", "autonomie_km", whole, "battery_range_km"),
        Column("motor", "moteur", text, "motor", ""),
        Column("brand", "marque", text, "brand", "", "Gitane"),
        Column("model", "modèle", text, "model", ""),
        Column("year", "année", whole, "year", example="2023"),
        Column("frame_size", "taille_cadre", cells.choice(words(FrameSize)), "frame_size", "", "M"),
        Column("frame_size_cm", "taille_cadre_cm", whole, "frame_size_cm", example="52"),
        Column("rider_from_cm", "cycliste_de_cm", whole, "rider_height.from", example="160"),
        Column("rider_to_cm", "cycliste_à_cm", whole, "rider_height.to", example="185"),
        Column("wheel_size", "taille_roues", text, "wheel_size", "", "28"),
        Column("gears", "vitesses", whole, "gears", example="7"),
        Column("brakes", "freins", cells.choice(words(Brakes)), "brakes", "", "rim"),
        Column("weight_kg", "poids_kg", decimal, "weight_kg", example="16.5"),
        Column("colour", "couleur", text, "colour", ""),
        Column("included", "inclus", cells.choices(words(Included)), "included", [], "lock; lights"),
        Column("extras", "options", extras, "extras", [], "child_seat 3.00/day; delivery 10.00/booking 5km"),
        Column("price_hour", "prix_heure", price, "prices.hour", example="4.00"),
        Column("price_day", "prix_jour", price, "prices.day", example="18.00"),
        Column("discount_7_days", "remise_7_jours", whole, "prices.discount_7", default("discount_7"), "10"),
        Column("discount_28_days", "remise_28_jours", whole, "prices.discount_28", default("discount_28"), "25"),
        Column("special_prices", "prix_spéciaux", cells.prices_by_date(settings.CURRENCY), "prices.overrides", []),
        Column("deposit", "caution", price, "deposit", {"amount": 0, "currency": settings.CURRENCY}),
        Column(
            "opening_hours",
            "horaires",
            cells.WEEK,
            "opening_hours",
            {},
            "mo-fr 08:00-12:00 14:00-19:00; sa 09:00-18:00",
        ),
        Column("special_hours", "horaires_spéciaux", cells.HOURS_BY_DATE, "opening_exceptions", []),
        Column("lead_time_h", "délai_h", whole, "lead_time_h", default("lead_time_h"), "2"),
        Column("horizon_days", "horizon_jours", whole, "horizon_days", default("horizon_days"), "80"),
        Column("shortest_h", "durée_min_h", whole, "shortest_h", default("shortest_h"), "1"),
        Column("longest_days", "durée_max_jours", whole, "longest_days", default("longest_days"), "28"),
        Column("buffer_min", "battement_min", whole, "buffer_min", default("buffer_min"), "30"),
        Column("instant", "réservation_immédiate", flag, "instant", False, "no"),
        Column("policy", "annulation", cells.choice(words(Policy)), "policy", default("policy"), "moderate"),
        Column("languages", "langues", cells.LANGUAGES, "languages", [], "fr; en"),
        Column("house_rules", "règles", text, "house_rules", ""),
        Column(ADDRESS, "adresse", text, "address", "", "12 rue Droite"),
        Column(POSTCODE, "code_postal", text, example="11100"),
        Column(TOWN, "ville", text, example="Narbonne"),
        Column(LAT, "latitude", decimal, "exact_point.lat"),
        Column(LON, "longitude", decimal, "exact_point.lon"),
        Column(PHOTOS, "photos", cells.NAMES),
        Column("safety", "contrôlé", cells.choices(words(Safety)), "safety", [], "brakes; tyres; chain; lights"),
        Column("last_service", "dernier_entretien", cells.DATE, "safety.last_service", example="2026-03-15"),
        Column("frame_number", "numéro_cadre", text, "frame_number", ""),
        Column("bicycode", "bicycode", text, "bicycode", ""),
        Column("value", "valeur_neuf", price, "value", example="600.00"),
    )


@cache
def by_header(*more: Column) -> dict[str, Column]:
    """The columns by every header they may have, folded: case, accents and underscores don't count."""
    return {plain(header): column for column in (*columns(), *more) for header in (column.name, column.french)}


def column_of(field: str) -> str:
    """The column that an error of the API's field belongs to: the one of its path, or the first below or above it."""
    if field.startswith("photos"):
        return PHOTOS
    paths = {column.path: column.name for column in columns() if column.path}
    parts = field.split(".")
    for end in range(len(parts), 0, -1):
        path = ".".join(parts[:end])
        found = paths.get(path) or next((name for other, name in paths.items() if other.startswith(f"{path}.")), None)
        if found:
            return found
    return REFERENCE


def words(choices: type[TextChoices], allowed: Iterable[str] | None = None) -> dict[str, str]:
    """What may be typed for a choice: its code, and its name in either language."""
    codes = [choice for choice in choices if allowed is None or choice in allowed]
    typed = {choice.value.lower().replace("_", " "): choice.value for choice in codes}
    for language, _name in settings.LANGUAGES:
        with override(language):
            typed |= {str(choice.label).lower(): choice.value for choice in codes}
    return typed


def default(column: str) -> Json:
    """What a listing has that was never told."""
    return Listing._meta.get_field(column).get_default()  # type: ignore[union-attr]
