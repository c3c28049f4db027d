"""Quote and calendar: what may be asked, and what is answered."""

from collections.abc import Sequence
from datetime import UTC
from typing import Any

from rest_framework import serializers

from bikeens.core.money import MoneyJSON
from bikeens.core.serializers import WALL_CLOCK, MoneyField, QuerySerializer, WallClockField
from listings.availability import Day, Return
from listings.choices import Policy
from listings.pricing import Line, LineKind, Quote, Unit
from listings.quoting import Offer, line_label
from listings.serializers.query import MonthField, QuantitiesField

Fields = dict[str, serializers.Field[Any, Any, Any, Any]]


class PreviewParams(QuerySerializer):
    preview = serializers.BooleanField(
        required=False, help_text="Asked by the owner: as if the listing were published."
    )


class QuoteParams(PreviewParams):
    extras = QuantitiesField(required=False, help_text="<id>:<quantity>,<id>:<quantity>")

    def get_fields(self) -> Fields:
        # `from` is no Python name.
        return {"from": WallClockField(), "to": WallClockField(), **super().get_fields()}


class AvailabilityParams(PreviewParams):
    month = MonthField(help_text="2026-07")

    def get_fields(self) -> Fields:
        start = WallClockField(required=False, help_text="A start; then `ends` says when such a rental may end.")
        return {**super().get_fields(), "from": start}


class LineSerializer(serializers.Serializer[object]):
    """`percent` is of discounts and the fee; `extra` the id of an extra."""

    kind = serializers.ChoiceField(choices=[kind.value for kind in LineKind])
    quantity = serializers.IntegerField()
    unit_price = MoneyField(allow_null=True)
    amount = MoneyField()
    unit = serializers.CharField()
    percent = serializers.IntegerField()
    extra = serializers.UUIDField(allow_null=True)
    extra_kind = serializers.CharField()
    name = serializers.CharField()

    def get_fields(self) -> Fields:
        # `label` as an attribute would be the serializer's own.
        return {**super().get_fields(), "label": serializers.CharField()}


class OwnerShareSerializer(serializers.Serializer[object]):
    """What the owner gets; `vat` is contained in the commission."""

    rental_and_extras = MoneyField()
    commission = MoneyField()
    net = MoneyField()
    vat = MoneyField()


class ReasonSerializer(serializers.Serializer[object]):
    """Why not; `earliest` is the nearest time for `field` with which the bike could be booked."""

    code = serializers.CharField()
    message = serializers.CharField()
    field = serializers.CharField()
    earliest = WallClockField(allow_null=True)


class QuoteSerializer(serializers.Serializer[object]):
    """The shape alone, see `offer_json`. `vat` is inside the service fee; the deposit is not part of the total."""

    to = WallClockField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    time_zone = serializers.CharField()
    unit = serializers.ChoiceField(choices=[unit.value for unit in Unit])
    count = serializers.IntegerField()
    days = serializers.IntegerField()
    lines = LineSerializer(many=True)
    total = MoneyField()
    deposit = MoneyField()
    owner = OwnerShareSerializer(allow_null=True)
    vat = MoneyField()
    policy = serializers.ChoiceField(choices=Policy.choices)
    instant = serializers.BooleanField()
    bookable = serializers.BooleanField()
    reasons = ReasonSerializer(many=True)

    def get_fields(self) -> Fields:
        return {"from": WallClockField(), **super().get_fields()}


class DaySerializer(serializers.Serializer[Day]):
    """`state`: free, partly (something is taken), busy, closed, past, far (beyond the horizon)."""

    date = serializers.DateField()
    state = serializers.ChoiceField(choices=["free", "partly", "busy", "closed", "past", "far"])
    price = MoneyField()
    starts = serializers.ListField(child=serializers.CharField())


class ReturnSerializer(serializers.Serializer[Return]):
    """`total` is what the renter pays until the first of the times, without extras."""

    date = serializers.DateField()
    times = serializers.ListField(child=serializers.CharField())
    total = MoneyField()


class AvailabilitySerializer(serializers.Serializer[object]):
    """The shape alone, see `availability_json`."""

    month = serializers.CharField()
    time_zone = serializers.CharField()
    days = DaySerializer(many=True)
    ends = ReturnSerializer(many=True, allow_null=True)


def offer_json(offer: Offer, *, for_owner: bool) -> dict[str, object]:
    """The API's Quote; the owner's part is None for everybody else."""
    stretch, quote, listing = offer.stretch, offer.quote, offer.listing
    return {
        "from": stretch.from_local.strftime(WALL_CLOCK),
        "to": stretch.to_local.strftime(WALL_CLOCK),
        "starts_at": stretch.starts_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "ends_at": stretch.ends_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "time_zone": stretch.zone,
        "unit": str(quote.unit),
        "count": quote.count,
        "days": quote.days,
        "lines": [line_json(line) for line in quote.lines],
        "total": quote.total.as_json(),
        "deposit": listing.money(listing.deposit_cents).as_json(),
        "owner": owner_json(quote) if for_owner else None,
        "vat": quote.vat.as_json(),
        "policy": listing.policy,
        "instant": listing.instant,
        "bookable": not offer.reasons,
        "reasons": [
            {
                "code": reason.code,
                "message": reason.message,
                "field": reason.field,
                "earliest": reason.earliest.strftime(WALL_CLOCK) if reason.earliest else None,
            }
            for reason in offer.reasons
        ],
    }


def line_json(line: Line) -> dict[str, object]:
    """A line with its label in the reader's language and all that the label is made of."""
    return {
        "kind": str(line.kind),
        "label": line_label(line),
        "quantity": line.quantity,
        "unit_price": line.unit_price.as_json() if line.unit_price else None,
        "amount": line.amount.as_json(),
        "unit": str(line.unit),
        "percent": line.percent,
        "extra": line.extra or None,
        "extra_kind": line.extra_kind,
        "name": line.name,
    }


def owner_json(quote: Quote) -> dict[str, MoneyJSON]:
    return {
        "rental_and_extras": quote.rental_and_extras.as_json(),
        "commission": quote.commission.as_json(),
        "net": quote.net.as_json(),
        "vat": quote.commission_vat.as_json(),
    }


def availability_json(
    month: str, time_zone: str, days: Sequence[Day], ends: Sequence[Return] | None
) -> dict[str, object]:
    """The API's Availability; times as the clock shows them, HH:MM."""
    return {
        "month": month,
        "time_zone": time_zone,
        "days": [
            {
                "date": day.date.isoformat(),
                "state": day.state,
                "price": day.price.as_json(),
                "starts": [f"{start:%H:%M}" for start in day.starts],
            }
            for day in days
        ],
        "ends": None
        if ends is None
        else [
            {
                "date": end.date.isoformat(),
                "times": [f"{time:%H:%M}" for time in end.times],
                "total": end.total.as_json(),
            }
            for end in ends
        ],
    }
