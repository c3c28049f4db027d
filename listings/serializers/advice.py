from typing import Any

from rest_framework import serializers

from bikeens.core.money import Money
from bikeens.core.serializers import MoneyField
from listings.advice import Spread
from listings.comparables import Advice
from listings.models import Listing


class PriceSpreadSerializer(serializers.Serializer[object]):
    """Half of `count` bikes ask something between `low` and `high`."""

    low = MoneyField()
    median = MoneyField()
    high = MoneyField()
    count = serializers.IntegerField()


class PercentSpreadSerializer(serializers.Serializer[object]):
    """Half of the `count` bikes that give one at all give something between `low` and `high`."""

    low = serializers.IntegerField()
    median = serializers.IntegerField()
    high = serializers.IntegerField()
    count = serializers.IntegerField()


class ExampleSerializer(serializers.Serializer[object]):
    """A rental of so many days: `total` is what the renter pays, `net` what the owner receives."""

    days = serializers.IntegerField()
    total = MoneyField()
    net = MoneyField()


class PriceAdviceSerializer(serializers.Serializer[object]):
    """The shape alone, see `advice_json`. `price` is what the examples go by: one's own, or the median."""

    reason = serializers.ChoiceField(choices=["", "category", "place", "few"])
    count = serializers.IntegerField()
    radius_km = serializers.IntegerField()
    day = PriceSpreadSerializer(allow_null=True)
    hour = PriceSpreadSerializer(allow_null=True)
    discount_7 = PercentSpreadSerializer(allow_null=True)
    discount_28 = PercentSpreadSerializer(allow_null=True)
    price = MoneyField(allow_null=True)
    examples = ExampleSerializer(many=True)


def advice_json(advice: Advice, listing: Listing) -> dict[str, Any]:
    """The API's PriceAdvice."""

    def money(cents: int) -> dict[str, object]:
        return dict(Money(cents, listing.currency).as_json())

    def prices(of: Spread | None) -> dict[str, object] | None:
        if of is None:
            return None
        return {"low": money(of.low), "median": money(of.median), "high": money(of.high), "count": of.count}

    def percents(of: Spread | None) -> dict[str, int] | None:
        return None if of is None else {"low": of.low, "median": of.median, "high": of.high, "count": of.count}

    return {
        "reason": advice.reason,
        "count": advice.count,
        "radius_km": advice.radius_km,
        "day": prices(advice.day),
        "hour": prices(advice.hour),
        "discount_7": percents(advice.discount_7),
        "discount_28": percents(advice.discount_28),
        "price": None if advice.price is None else money(advice.price),
        "examples": [
            {"days": one.days, "total": one.total.as_json(), "net": one.net.as_json()} for one in advice.examples
        ],
    }
