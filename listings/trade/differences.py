"""What a row would change of a listing that is there."""

from collections.abc import Sequence
from dataclasses import replace

from listings.actions import Changes, ExtraChange
from listings.geo import Mercator, to_latlon
from listings.models import Listing
from listings.trade.columns import column_of

# Columns of the database that the API, and so a file, says under another name.
SAID = {
    "opening": "opening_hours",
    "weight_g": "weight_kg",
    "value_cents": "value",
    "last_service_date": "safety.last_service",
    "rider_height_from": "rider_height.from",
    "rider_height_to": "rider_height.to",
    "price_hour": "prices.hour",
    "price_day": "prices.day",
    "discount_7": "prices.discount_7",
    "discount_28": "prices.discount_28",
}


def only_differences(listing: Listing, changes: Changes) -> Changes:
    """The changes without all that the listing has already; extras that are alike keep their ids."""
    columns = {name: value for name, value in changes.columns.items() if not _same(name, getattr(listing, name), value)}
    safety = {point: ticked for point, ticked in changes.safety.items() if ticked != (point in listing.safety)}
    extras = changes.extras
    if extras is not None:
        extras = _with_ids(listing, extras)
        extras = None if extras == _extras_of(listing) else extras
    overrides, exceptions = changes.overrides, changes.exceptions
    if overrides == {row.date: row.price_day for row in listing.price_overrides.all()}:
        overrides = None
    if exceptions == {row.date: row.hours for row in listing.opening_exceptions.all()}:
        exceptions = None
    return replace(changes, columns=columns, safety=safety, extras=extras, overrides=overrides, exceptions=exceptions)


def changed_columns(changes: Changes) -> list[str]:
    """The columns of the file in which there is a difference."""
    fields = [SAID.get(name, name) for name in changes.columns]
    lists = (
        ("safety", bool(changes.safety)),
        ("extras", changes.extras is not None),
        ("prices.overrides", changes.overrides is not None),
        ("opening_exceptions", changes.exceptions is not None),
    )
    fields += [name for name, differs in lists if differs]
    return list(dict.fromkeys(column_of(field) for field in fields))


def _same(name: str, there: object, asked: object) -> bool:
    if name == "exact_point" and isinstance(there, Mercator) and isinstance(asked, Mercator):
        # As exact as the file says it: six decimals, some ten centimetres.
        return to_latlon(there).as_json() == to_latlon(asked).as_json()
    return there == asked


def _extras_of(listing: Listing) -> list[ExtraChange]:
    return [
        ExtraChange(
            uuid=extra.uuid,
            kind=extra.kind,
            name=extra.name,
            price_cents=extra.price_cents,
            per=extra.per,
            most=extra.most,
            radius_km=extra.radius_km,
        )
        for extra in listing.extras.all()
    ]


def _with_ids(listing: Listing, asked: Sequence[ExtraChange]) -> list[ExtraChange]:
    """Each with the id of the first of its kind and name that is there and not taken yet."""
    there = _extras_of(listing)
    found: list[ExtraChange] = []
    for extra in asked:
        twin = next((one for one in there if (one.kind, one.name) == (extra.kind, extra.name)), None)
        if twin is not None:
            there.remove(twin)
        found.append(replace(extra, uuid=twin.uuid if twin else None))
    return found
