"""What goes in and out of the money API."""

from django.conf import settings
from rest_framework import serializers

from bikeens.core.serializers import MoneyField, StrictSerializer


class LanguageSerializer(StrictSerializer):
    """The language of the page that asks, for the pages of Stripe and the way back."""

    language = serializers.ChoiceField(choices=settings.LANGUAGES, required=False)


class AddressSerializer(StrictSerializer):
    """A page of Stripe to go to."""

    url = serializers.URLField()


class PaymentStatusSerializer(StrictSerializer):
    """open: not paid; authorised: set aside on the card; captured: paid; void: nothing was or will be taken."""

    status = serializers.ChoiceField(choices=["open", "authorised", "captured", "void"])


class PayoutsSerializer(StrictSerializer):
    """Whether an owner's share can be sent to them, and what Stripe still wants to know (in Stripe's words)."""

    status = serializers.ChoiceField(choices=["none", "pending", "active", "restricted"])
    ready = serializers.BooleanField()
    requirements = serializers.ListField(child=serializers.CharField())


class EarningsMonthSerializer(StrictSerializer):
    """What was sent to the owner in one month of their own calendar, as "2026-07"."""

    month = serializers.CharField()
    amount = MoneyField()


class EarningsRowSerializer(StrictSerializer):
    """One booking's money, seen by its owner."""

    booking = serializers.UUIDField()
    reference = serializers.CharField()
    title = serializers.CharField()
    rental_and_extras = MoneyField()
    commission = MoneyField()
    net = MoneyField()
    state = serializers.ChoiceField(choices=["held", "on_the_way", "paid", "waiting"])
    at = serializers.DateTimeField()


class EarningsSerializer(StrictSerializer):
    """held: paid by renters, the rental still to come or running; on_the_way: released, not yet sent; paid: sent."""

    currency = serializers.CharField()
    held = MoneyField()
    on_the_way = MoneyField()
    paid = MoneyField()
    waiting_reason = serializers.ChoiceField(choices=["no_account", "account_not_active", "refused"], allow_null=True)
    months = EarningsMonthSerializer(many=True)
    rows = EarningsRowSerializer(many=True)
