"""Freezes a quote on a booking, and reads it back in anybody's language."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from bikeens.core.money import Money
from bookings.models import Booking
from listings.pricing import Line, LineKind
from listings.quoting import Offer
from listings.serializers.offers import line_json, offer_json

Json = dict[str, Any]


def freeze(offer: Offer) -> Json:
    """All that the booking will ever say about its price: the quote without its labels and verdict."""
    frozen: Json = {**offer_json(offer, for_owner=True)}
    del frozen["bookable"], frozen["reasons"]
    frozen["lines"] = [{key: value for key, value in line.items() if key != "label"} for line in frozen["lines"]]
    return frozen


def amounts(offer: Offer) -> dict[str, int | str | None]:
    """The booking's columns beside the frozen quote, in cents."""
    quote, listing = offer.quote, offer.listing
    return {
        "currency": quote.currency,
        "total_amount": quote.total.amount,
        "rental_amount": quote.rental_and_extras.amount,
        "renter_fee": quote.service_fee.amount,
        "commission": quote.commission.amount,
        "owner_net": quote.net.amount,
        "fee_vat": quote.vat.amount,
        "commission_vat": quote.commission_vat.amount,
        "hour_price": listing.price_hour,
        "day_price": listing.price_day,
    }


def quote_json(booking: Booking, *, for_owner: bool) -> Json:
    """The frozen quote as the API's Quote, labels in the reader's language; the owner's part for the owner only."""
    frozen: Json = booking.quote
    return frozen | {
        "lines": [line_json(_line(line)) for line in frozen["lines"]],
        "owner": frozen["owner"] if for_owner else None,
        "bookable": True,
        "reasons": [],
    }


def same_extras(booking: Booking, extras: Mapping[UUID, int]) -> bool:
    """Whether the frozen quote has just these extras."""
    frozen = {line["extra"]: line["quantity"] for line in booking.quote["lines"] if line["extra"]}
    return frozen == {str(extra): quantity for extra, quantity in extras.items()}


def _line(frozen: Json) -> Line:
    return Line(
        kind=LineKind(frozen["kind"]),
        quantity=frozen["quantity"],
        unit_price=Money(**frozen["unit_price"]) if frozen["unit_price"] else None,
        amount=Money(**frozen["amount"]),
        unit=frozen["unit"],
        percent=frozen["percent"],
        name=frozen["name"],
        extra=frozen["extra"] or "",
        extra_kind=frozen["extra_kind"],
    )
