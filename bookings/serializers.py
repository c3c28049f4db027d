"""What comes in: bodies of requests, and the list's parameters."""

from typing import Any

from rest_framework import serializers

from bikeens.core.serializers import MoneyField, QuerySerializer, StrictSerializer, WallClockField
from bookings import states

Fields = dict[str, serializers.Field[Any, Any, Any, Any]]
REASON = 1000
WORDS = 2000


class ChosenExtraSerializer(StrictSerializer):
    id = serializers.UUIDField()
    quantity = serializers.IntegerField(min_value=1, max_value=100)


class BookingRequestSerializer(StrictSerializer):
    """`total` is the price the renter was shown."""

    listing = serializers.UUIDField()
    to = WallClockField()
    extras = serializers.ListField(child=ChosenExtraSerializer(), required=False, max_length=20)
    total = MoneyField()
    message = serializers.CharField(required=False, allow_blank=True, max_length=WORDS)

    def get_fields(self) -> Fields:
        # `from` is no Python name.
        return {"from": WallClockField(), **super().get_fields()}


class BookingsParams(QuerySerializer):
    role = serializers.ChoiceField(choices=list(states.EITHER), required=False, help_text="renter, unless said.")
    group = serializers.ChoiceField(choices=["open", "coming", "past"], required=False)
    listing = serializers.UUIDField(required=False, help_text="Those of one listing.")
    cursor = serializers.CharField(required=False)


class StepSerializer(StrictSerializer):
    """A word to the other side; staff must give a reason."""

    reason = serializers.CharField(required=False, allow_blank=True, max_length=REASON)


class CodeSerializer(StepSerializer):
    """The six digits the other side shows; staff need none."""

    code = serializers.CharField(required=False, allow_blank=True, max_length=20)


class ClaimRequestSerializer(StepSerializer):
    """A no-show needs no amount: what it stands for is a refund of its own."""

    kind = serializers.ChoiceField(choices=list(states.CLAIMS))
    text = serializers.CharField(max_length=WORDS)
    amount = MoneyField(required=False)


class ContestSerializer(StepSerializer):
    text = serializers.CharField(max_length=WORDS)


class SettleSerializer(StepSerializer):
    """Agreeing takes what was proposed; `refund`, what goes back to the renter, is for staff to decide."""

    refund = MoneyField(required=False)
