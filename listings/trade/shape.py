"""A listing as the API says it, and the same as one value per column."""

from collections.abc import Mapping
from typing import Any

from listings.choices import Safety
from listings.trade.cells import Json
from listings.trade.columns import columns

TICKED = "safety"


def flat(data: Mapping[str, Any]) -> dict[str, Json]:
    """What `MyListingSerializer` says, by column; None where there is nothing."""
    return {column.name: _at(data, column.path) for column in columns() if column.path}


def nested(values: Mapping[str, Json]) -> dict[str, Json]:
    """What `ListingChanges` takes, of the columns given."""
    body: dict[str, Json] = {}
    for column in columns():
        if not column.path or column.name not in values:
            continue
        *above, last = column.path.split(".")
        inner = body
        for name in above:
            inner = inner.setdefault(name, {})
        if column.path == TICKED:
            inner.setdefault(TICKED, {}).update({point: point in values[column.name] for point in Safety.values})
        else:
            inner[last] = values[column.name]
    for pair in ("rider_height", "exact_point"):
        if set(body.get(pair, {}).values()) == {None}:
            body[pair] = None
    return body


def _at(data: Mapping[str, Any], path: str) -> Json:
    if path == TICKED:
        return [point for point in Safety.values if data[TICKED][point]]
    value: Json = data
    for name in path.split("."):
        value = None if value is None else value.get(name)
    return value
