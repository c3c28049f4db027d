"""A found bike as a letter shows it, in the active language."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from bikeens.notifications.actions import Card
from listings.choices import Category
from listings.geo import LatLon, Mercator, distance_m, to_latlon
from listings.search.engine import Hit


def card_of(hit: Hit, origin: LatLon | None, params: Mapping[str, str]) -> Card:
    """Title, what it is and how far, the price, and its page with the dates that were asked for."""
    row = hit.row
    facts = [str(Category(row.category).label)]
    if row.electric:
        facts.append(_("electric"))
    if row.rider_height_from is not None:
        facts.append(_("{low} to {high} cm").format(low=row.rider_height_from, high=row.rider_height_to))
    facts.append(_away(distance_m(origin, to_latlon(Mercator(row.x, row.y)))) if origin else row.town)
    asked = {name: params[name] for name in ("from", "to", "height") if name in params}
    return {
        "title": row.title,
        "line": " · ".join(fact for fact in facts if fact),
        "price": {"amount": row.price_day if hit.total is None else hit.total, "currency": row.currency},
        "per": _("per day") if hit.total is None else _("all in, fees included"),
        "path": f"/listings/{row.uuid}/" + (f"?{urlencode(asked)}" if asked else ""),
    }


def _away(metres: float) -> str:
    """Distances as the search tells them: to ten metres, from one kilometre on to a tenth of it."""
    if metres < 1000:
        return _("{metres} m away").format(metres=round(metres / 10) * 10)
    return _("{km} km away").format(km=number_format(round(metres / 1000, 1), 1))
