"""What an owner may write of a listing: any subset, each field checked by itself."""

import math
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from bikeens.accounts.serializers import language_codes
from bikeens.core.money import Money
from bikeens.core.serializers import MoneyField, StrictSerializer
from listings.actions.changes import Changes, ExtraChange
from listings.choices import Brakes, Category, ExtraKind, FrameSize, Included, Per, Policy, Safety
from listings.geo import MAX_LATITUDE, LatLon, to_mercator
from listings.limits import (
    BOUNDS,
    DELIVERY_KM,
    EXTRA_MOST,
    EXTRA_PRICE_CENTS,
    GRID_MIN,
    MOST_EXCEPTIONS,
    MOST_EXTRAS,
    MOST_OVERRIDES,
    RIDER_HEIGHT_CM,
)
from listings.numbers import BICYCODE, plain
from listings.serializers.fields import HoursField, TextField, WeeklyHoursField


def whole(column: str, *, allow_null: bool = False) -> serializers.IntegerField:
    """A whole number within the column's bounds."""
    lowest, highest = BOUNDS[column]
    return serializers.IntegerField(min_value=lowest, max_value=highest, allow_null=allow_null, required=False)


class DecimalNumberField(serializers.FloatField):
    """A number as JSON has it; "nan" and "inf" are none."""

    def to_internal_value(self, data: float | str) -> float:
        number = super().to_internal_value(data)
        if not math.isfinite(number):
            self.fail("invalid")
        return number


class PriceField(MoneyField):
    """Cents between two bounds, in the currency of the house."""

    default_error_messages = {
        "currency": gettext_lazy("Prices are in {currency}."),
        "bounds": gettext_lazy("Between {lowest} and {highest}."),
    }

    def __init__(self, bounds: tuple[int, int], *, allow_null: bool = False, required: bool = False) -> None:
        super().__init__(allow_null=allow_null, required=required)
        self.bounds = bounds

    def to_internal_value(self, data: object) -> Money:
        price = super().to_internal_value(data)
        if price.currency != settings.CURRENCY:
            self.fail("currency", currency=settings.CURRENCY)
        lowest, highest = (Money(amount, settings.CURRENCY) for amount in self.bounds)
        if not lowest <= price <= highest:
            self.fail("bounds", lowest=lowest, highest=highest)
        return price


class NoDepositField(PriceField):
    """Zero: a deposit would be promised to owners and held for nobody."""

    default_error_messages = {"bounds": gettext_lazy("No bike can ask for a deposit yet.")}

    def __init__(self) -> None:
        super().__init__((0, 0))


class PointChange(StrictSerializer):
    lat = DecimalNumberField(min_value=-MAX_LATITUDE, max_value=MAX_LATITUDE)
    lon = DecimalNumberField(min_value=-180, max_value=180)


class RiderHeightChange(StrictSerializer):
    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        lowest, highest = RIDER_HEIGHT_CM
        return {name: serializers.IntegerField(min_value=lowest, max_value=highest) for name in ("from", "to")}

    def validate(self, attrs: dict[str, int]) -> dict[str, int]:
        if attrs["to"] < attrs["from"]:
            raise serializers.ValidationError({"to": _("The tallest rider can't be shorter than the shortest.")})
        return attrs


class SafetyChange(StrictSerializer):
    brakes = serializers.BooleanField(required=False)
    tyres = serializers.BooleanField(required=False)
    chain = serializers.BooleanField(required=False)
    lights = serializers.BooleanField(required=False)
    last_service = serializers.DateField(required=False, allow_null=True)


class OverrideChange(StrictSerializer):
    date = serializers.DateField()
    day = PriceField(BOUNDS["price_day"], required=True)


class PricesChange(StrictSerializer):
    hour = PriceField(BOUNDS["price_hour"], allow_null=True)
    day = PriceField(BOUNDS["price_day"], allow_null=True)
    discount_7 = whole("discount_7")
    discount_28 = whole("discount_28")
    overrides = serializers.ListField(child=OverrideChange(), required=False, max_length=MOST_OVERRIDES)


class ExceptionChange(StrictSerializer):
    date = serializers.DateField()
    hours = HoursField()


class ExtraChangeSerializer(StrictSerializer):
    """With the `id` of an extra that is there it changes that one; an extra that is not named goes."""

    id = serializers.UUIDField(required=False)
    kind = serializers.ChoiceField(choices=ExtraKind.choices)
    name = TextField(max_length=60)
    price = PriceField(EXTRA_PRICE_CENTS, required=True)
    per = serializers.ChoiceField(choices=Per.choices, default=Per.BOOKING)
    most = serializers.IntegerField(min_value=EXTRA_MOST[0], max_value=EXTRA_MOST[1], default=1)
    radius_km = serializers.IntegerField(
        min_value=DELIVERY_KM[0], max_value=DELIVERY_KM[1], allow_null=True, default=None
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["kind"] == ExtraKind.OTHER and not attrs.get("name"):
            raise serializers.ValidationError({"name": _("Say what it is.")})
        delivers = attrs["kind"] == ExtraKind.DELIVERY
        if delivers and attrs["radius_km"] is None:
            raise serializers.ValidationError({"radius_km": _("Say how far you deliver, in kilometres.")})
        if not delivers and attrs["radius_km"] is not None:
            raise serializers.ValidationError({"radius_km": _("Only a delivery has a distance.")})
        return attrs


# Told in another shape than the database keeps it; every other field is a column of its own.
NOT_COLUMNS = frozenset(
    [
        "rider_height",
        "weight_kg",
        "extras",
        "prices",
        "deposit",
        "opening_hours",
        "opening_exceptions",
        "safety",
        "exact_point",
        "value",
    ]
)


class ListingChanges(StrictSerializer):
    """Any subset of an owner's listing, under the names in which it is read. Lists are replaced as a whole."""

    title = TextField(max_length=80)
    description = TextField(max_length=4000, lines=True)
    house_rules = TextField(max_length=2000, lines=True)
    languages = serializers.ListField(
        child=serializers.CharField(max_length=2), max_length=12, required=False, help_text="ISO 639-1."
    )
    category = serializers.ChoiceField(choices=Category.choices, allow_blank=True, required=False)
    electric = serializers.BooleanField(required=False)
    battery_range_km = whole("battery_range_km", allow_null=True)
    motor = TextField(max_length=60)
    brand = TextField(max_length=60)
    model = TextField(max_length=60)
    year = whole("year", allow_null=True)
    frame_size = serializers.ChoiceField(choices=FrameSize.choices, allow_blank=True, required=False)
    frame_size_cm = whole("frame_size_cm", allow_null=True)
    rider_height = RiderHeightChange(required=False, allow_null=True)
    wheel_size = TextField(max_length=20)
    gears = whole("gears", allow_null=True)
    brakes = serializers.ChoiceField(choices=Brakes.choices, allow_blank=True, required=False)
    weight_kg = DecimalNumberField(min_value=1, max_value=200, required=False, allow_null=True)
    colour = TextField(max_length=40)
    included = serializers.ListField(
        child=serializers.ChoiceField(choices=Included.choices), max_length=len(Included.choices), required=False
    )
    extras = serializers.ListField(child=ExtraChangeSerializer(), required=False, max_length=MOST_EXTRAS)
    prices = PricesChange(required=False)
    deposit = NoDepositField()
    opening_hours = WeeklyHoursField(required=False)
    opening_exceptions = serializers.ListField(child=ExceptionChange(), required=False, max_length=MOST_EXCEPTIONS)
    lead_time_h = whole("lead_time_h")
    horizon_days = whole("horizon_days")
    shortest_h = whole("shortest_h")
    longest_days = whole("longest_days")
    buffer_min = whole("buffer_min")
    instant = serializers.BooleanField(required=False)
    policy = serializers.ChoiceField(choices=Policy.choices, required=False)
    safety = SafetyChange(required=False)
    address = TextField(max_length=200)
    exact_point = PointChange(required=False, allow_null=True)
    frame_number = TextField(max_length=40)
    bicycode = TextField(max_length=20)
    value = PriceField(BOUNDS["value_cents"], allow_null=True)

    def validate_languages(self, languages: list[str]) -> list[str]:
        if not set(languages) <= language_codes():
            raise serializers.ValidationError(_("A language is a code of two letters, such as fr."), "unknown_language")
        return languages

    def validate_bicycode(self, number: str) -> str:
        if number and not BICYCODE.fullmatch(plain(number)):
            raise serializers.ValidationError(_("It has 10 letters and digits, or 12 digits before 2021."), "bicycode")
        return number

    def validate_buffer_min(self, minutes: int) -> int:
        if minutes % GRID_MIN:
            raise serializers.ValidationError(_("Whole half hours: 0, 30, 60 …"))
        return minutes

    def changes(self) -> Changes:
        """The validated data by columns."""
        data: Mapping[str, Any] = self.validated_data
        columns = {name: value for name, value in data.items() if name not in NOT_COLUMNS}
        for name in {"languages", "included"} & set(data):
            columns[name] = list(dict.fromkeys(data[name]))
        if "rider_height" in data:
            height = data["rider_height"] or {"from": None, "to": None}
            columns |= {"rider_height_from": height["from"], "rider_height_to": height["to"]}
        if "weight_kg" in data:
            columns["weight_g"] = None if data["weight_kg"] is None else round(data["weight_kg"] * 1000)
        if "opening_hours" in data:
            columns["opening"] = data["opening_hours"]
        if "exact_point" in data:
            point = data["exact_point"]
            columns["exact_point"] = None if point is None else to_mercator(LatLon(point["lat"], point["lon"]))
        if "value" in data:
            columns["value_cents"] = _cents(data["value"])
        safety, prices = data.get("safety", {}), data.get("prices", {})
        if "last_service" in safety:
            columns["last_service_date"] = safety["last_service"]
        columns |= {f"price_{unit}": _cents(prices[unit]) for unit in ("hour", "day") if unit in prices}
        columns |= {name: prices[name] for name in ("discount_7", "discount_28") if name in prices}
        return Changes(
            columns=columns,
            safety={point: safety[point] for point in Safety.values if point in safety},
            extras=_extras(data["extras"]) if "extras" in data else None,
            overrides={row["date"]: row["day"].amount for row in prices.get("overrides", [])}
            if "overrides" in prices
            else None,
            exceptions={row["date"]: row["hours"] for row in data["opening_exceptions"]}
            if "opening_exceptions" in data
            else None,
        )


class StolenChange(StrictSerializer):
    """`police_report` is the number that the police gave, if there is one yet."""

    police_report = TextField(max_length=60)


def _cents(price: Money | None) -> int | None:
    return None if price is None else price.amount


def _extras(rows: list[dict[str, Any]]) -> list[ExtraChange]:
    return [
        ExtraChange(
            uuid=row.get("id"),
            kind=row["kind"],
            name=row.get("name", ""),
            price_cents=row["price"].amount,
            per=row["per"],
            most=row["most"],
            radius_km=row["radius_km"],
        )
        for row in rows
    ]
