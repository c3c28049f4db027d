"""What may be changed of a listing, checked field by field already; the rules between fields are in `edit`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from listings.fields import Hours


@dataclass(frozen=True, slots=True)
class ExtraChange:
    """One extra as it shall be; with the uuid of one that is there, that one changes."""

    kind: str
    price_cents: int
    per: str
    name: str = ""
    most: int = 1
    radius_km: int | None = None
    uuid: UUID | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """Columns by name; safety points by name; None for a list that stays, else the whole of it."""

    columns: Mapping[str, object] = field(default_factory=dict)
    safety: Mapping[str, bool] = field(default_factory=dict)
    extras: Sequence[ExtraChange] | None = None
    overrides: Mapping[date, int] | None = None
    exceptions: Mapping[date, Hours] | None = None
