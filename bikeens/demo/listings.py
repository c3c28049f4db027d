"""Some 400 bikes at believable places and prices, made by the same actions as everybody's."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace

from bikeens.accounts.models import User
from bikeens.demo.bikes import EXTRAS, KIDS, KINDS, NOUNS, ONE_SIZE, SIZES, Kind, Make
from bikeens.demo.drawing.catalogue import COLOURS, Picture
from bikeens.demo.photos import photos_of
from bikeens.demo.towns import TOWNS, Quarter, Town
from listings.actions import Changes, ExtraChange, create_listing, publish_listing
from listings.choices import Safety
from listings.geo import LatLon, to_mercator
from listings.models import Listing, Photo

# About 350 m north-south, and as much east-west at these latitudes.
SPREAD_LAT, SPREAD_LON = 0.0032, 0.0044

WHOLE_DAY = ((480, 1200),)
EVENING = ((480, 600), (1050, 1230))
HOURS = (
    (WHOLE_DAY,) * 7,
    (WHOLE_DAY,) * 6 + (((600, 1080),),),
    (EVENING,) * 5 + (WHOLE_DAY,) * 2,
    (((540, 750), (840, 1140)),) * 6 + ((),),
)


def make_listings(owners: Mapping[str, list[User]], drawn: Mapping[str, list[Picture]]) -> Iterator[Listing]:
    """All the demo's bikes, town by town; always the same ones."""
    dice = random.Random("the demo's bikes")
    names, weights = list(KINDS), [kind.share for kind in KINDS.values()]
    for town in TOWNS:
        for number in range(town.bikes):
            category = names[number % len(names)] if number < len(names) else dice.choices(names, weights)[0]
            owner = owners[town.name][number % len(owners[town.name])]
            yield _listing(dice, town, category, owner, drawn[category])


def _listing(dice: random.Random, town: Town, category: str, owner: User, drawn: list[Picture]) -> Listing:
    kind = KINDS[category]
    make = dice.choice(kind.makes)
    picture = dice.choice([one for one in drawn if one.electric == make.electric] or drawn)
    changes = _changes(dice, town, category, kind, make, picture)
    if owner.email.startswith("claire@"):
        # Whoever tries the demo meets her bikes first: all day, at short notice, a request or at once by turns.
        easy = {"opening": HOURS[0], "lead_time_h": 1, "horizon_days": 80, "longest_days": 28}
        changes = replace(changes, columns={**changes.columns, **easy})
    listing = create_listing(owner=owner, changes=changes)
    others = [one for one in drawn if one.colour == picture.colour and one is not picture]
    Photo.objects.bulk_create(photos_of(listing, [picture, *others[:2]]))
    return publish_listing(listing=listing)


def _changes(dice: random.Random, town: Town, category: str, kind: Kind, make: Make, picture: Picture) -> Changes:
    quarter = dice.choice(town.quarters)
    day = round(dice.randint(*kind.day) * town.dear * (150 if make.electric else 100) / 1_000_000) * 100
    letter, frame_cm, shortest, tallest = dice.choice(_sizes(category))
    height = {"rider_height_from": shortest, "rider_height_to": tallest}
    columns: dict[str, object] = {
        "title": _title(category, make, COLOURS[picture.colour].fr),
        "description": f"{dice.choice(kind.about)}\n\nRemise {quarter.name}, {town.name}.",
        "house_rules": "Merci de le rendre propre et de toujours attacher le cadre.",
        "category": category,
        "electric": make.electric,
        "battery_range_km": dice.randrange(50, 120, 10) if make.electric else None,
        "motor": dice.choice(("Bosch", "Shimano", "Bafang")) if make.electric else "",
        "brand": make.brand,
        "model": make.model,
        "year": dice.randint(2014, 2026),
        "frame_size": letter,
        "frame_size_cm": frame_cm or None,
        "wheel_size": kind.wheel,
        "gears": dice.choice(kind.gears),
        "brakes": dice.choice(kind.brakes),
        "weight_g": dice.randrange(*kind.weight, 100) + (7000 if make.electric else 0),
        "colour": COLOURS[picture.colour].fr,
        "included": list(kind.included) + (["charger"] if make.electric else []),
        "value_cents": dice.randint(*kind.value) * (170 if make.electric else 100),
        "price_day": day,
        "price_hour": max(100, round(day / 500) * 100) if dice.random() < 0.7 else None,
        "discount_7": dice.choice((0, 10, 15, 20)),
        "discount_28": dice.choice((0, 25, 35)),
        "opening": dice.choice(HOURS),
        "lead_time_h": dice.choice((0, 1, 2, 4, 12)),
        "horizon_days": dice.choice((60, 80)),
        "longest_days": dice.choice((7, 14, 28)),
        "instant": dice.random() < 0.4,
        "policy": dice.choices(("flexible", "moderate", "strict"), (5, 4, 1))[0],
        **_place(dice, quarter, town),
        **height,
    }
    return Changes(columns=columns, safety=dict.fromkeys(Safety.values, True), extras=_extras(dice, category))


def _title(category: str, make: Make, colour: str) -> str:
    noun = NOUNS[category]
    plain = f"{make.brand} {make.model}"
    return plain if noun.lower() in plain.lower() else f"{plain}, {noun} {colour}"


def _sizes(category: str) -> tuple[tuple[str, int, int, int], ...]:
    if category == "kids":
        return KIDS
    return ONE_SIZE if category in ("folding", "cargo", "other") else SIZES


def _place(dice: random.Random, quarter: Quarter, town: Town) -> dict[str, object]:
    point = LatLon(
        quarter.lat + dice.uniform(-SPREAD_LAT, SPREAD_LAT), quarter.lon + dice.uniform(-SPREAD_LON, SPREAD_LON)
    )
    street = dice.choice(quarter.streets)
    return {
        "address": f"{dice.randint(1, 60)} {street}, {quarter.postcode} {town.name}",
        "exact_point": to_mercator(point),
    }


def _extras(dice: random.Random, category: str) -> list[ExtraChange]:
    if category in ("kids", "tandem"):
        return []
    chosen = dice.sample(EXTRAS, k=dice.choice((0, 1, 1, 2)))
    return [
        ExtraChange(kind=kind, name=name, price_cents=cents, per=per, most=most)
        for kind, name, cents, per, most in chosen
    ]
