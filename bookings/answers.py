"""What goes out: a booking as one of its sides sees it. Typed shapes, filled by plain functions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rest_framework import serializers

from bikeens.accounts.models import User
from bikeens.core.serializers import MoneyField, WallClockField
from bookings import claims, deadlines, handover, machine, quotes, selectors, states
from bookings.actions import actor_for
from bookings.models import Booking, Claim
from listings.choices import Category, Policy
from listings.serializers.offers import QuoteSerializer
from listings.serializers.parts import PhotoSerializer, PointSerializer

Json = dict[str, Any]
Fields = dict[str, serializers.Field[Any, Any, Any, Any]]
Shape = serializers.Serializer[object]
# From the confirmation until the bike is back for good.
ADDRESS_SHOWN = (states.CONFIRMED, states.ACTIVE, states.RETURNED, states.CLAIMED)
ROLES = [states.RENTER, states.OWNER, states.STAFF]


class BookedListingSerializer(Shape):
    """Address and exact point are null until the renter's booking is confirmed."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    cover = PhotoSerializer(allow_null=True)
    town = serializers.CharField()
    category = serializers.ChoiceField(choices=Category.choices)
    address = serializers.CharField(allow_null=True)
    exact_point = PointSerializer(allow_null=True)


class OtherSideSerializer(Shape):
    id = serializers.UUIDField()
    name = serializers.CharField()
    photo = serializers.CharField(allow_null=True)


class NextStepSerializer(Shape):
    """What the booking waits for: whose step, and until when. `action` "pay" leads to the payment page."""

    action = serializers.CharField(allow_null=True)
    who = serializers.ChoiceField(choices=list(states.EITHER), allow_null=True)
    mine = serializers.BooleanField()
    until = serializers.DateTimeField(allow_null=True)


class BookingCardSerializer(Shape):
    """The shape alone, see `card_json`. `deadline` is when the clock decides; the quote's owner part is the owner's."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    role = serializers.ChoiceField(choices=ROLES)
    state = serializers.ChoiceField(choices=list(states.STATES))
    listing = BookedListingSerializer()
    other = OtherSideSerializer()
    to = WallClockField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    time_zone = serializers.CharField()
    quote = QuoteSerializer()
    message = serializers.CharField()
    instant = serializers.BooleanField()
    policy = serializers.ChoiceField(choices=Policy.choices)
    pay_by = serializers.DateTimeField(allow_null=True)
    answer_by = serializers.DateTimeField(allow_null=True)
    claims_until = serializers.DateTimeField(allow_null=True)
    deadline = serializers.DateTimeField(allow_null=True)
    allowed_actions = serializers.ListField(child=serializers.CharField())
    next_step = NextStepSerializer()
    created_at = serializers.DateTimeField()

    def get_fields(self) -> Fields:
        return {"from": WallClockField(), **super().get_fields()}


class TimelineSerializer(Shape):
    action = serializers.CharField()
    at = serializers.DateTimeField()
    by = serializers.ChoiceField(choices=list(states.KINDS_OF_ACTOR))
    to = serializers.ChoiceField(choices=list(states.STATES))
    reason = serializers.CharField()


class BookingMoneySerializer(Shape):
    paid = MoneyField()
    held = MoneyField()
    refunded = MoneyField()


class LateSerializer(Shape):
    hours = serializers.IntegerField()
    fee = MoneyField()


class ClaimSerializer(Shape):
    """`refund` is what goes back to the renter if the other side agrees or says nothing."""

    by = serializers.ChoiceField(choices=list(states.EITHER))
    mine = serializers.BooleanField()
    kind = serializers.ChoiceField(choices=list(states.CLAIMS))
    text = serializers.CharField()
    amount = MoneyField()
    refund = MoneyField()
    answer = serializers.CharField(allow_null=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    settle_by = serializers.DateTimeField(allow_null=True)
    settled_at = serializers.DateTimeField(allow_null=True)
    settled_refund = MoneyField(allow_null=True)
    created_at = serializers.DateTimeField()


class BookingSerializer(BookingCardSerializer):
    """The shape alone, see `booking_json`. `code` is what this person must show at the next meeting, `code_picture` the
    same as a QR code (a data: address)."""

    code = serializers.CharField(allow_null=True)
    code_picture = serializers.CharField(allow_null=True)
    claim_kinds = serializers.ListField(child=serializers.ChoiceField(choices=list(states.CLAIMS)))
    timeline = TimelineSerializer(many=True)
    money = BookingMoneySerializer(allow_null=True)
    late = LateSerializer(allow_null=True)
    claim = ClaimSerializer(allow_null=True)


class BookingsSerializer(Shape):
    results = BookingCardSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class DashboardSerializer(Shape):
    """Requests to answer, bikes to hand over and to take back, each soonest first."""

    requests = BookingCardSerializer(many=True)
    handovers = BookingCardSerializer(many=True)
    returns = BookingCardSerializer(many=True)


class RefundSerializer(Shape):
    """What cancelling at this moment gives the renter back, and what is kept of the total."""

    refund = MoneyField()
    kept = MoneyField()
    total = MoneyField()
    policy = serializers.ChoiceField(choices=Policy.choices)


def card_json(booking: Booking, person: User, now: datetime) -> Json:
    """A booking in a list."""
    actor = actor_for(booking, person)
    role, open_ = actor.kind, booking.state in states.OPEN
    return {
        "id": str(booking.uuid),
        "reference": booking.reference,
        "role": role,
        "state": booking.state,
        "listing": _listing_json(booking, role),
        "other": _person_json(booking.owner if role == states.RENTER else booking.renter),
        "from": booking.from_wall,
        "to": booking.to_wall,
        "starts_at": at_json(booking.starts_at),
        "ends_at": at_json(booking.ends_at),
        "time_zone": booking.time_zone,
        "quote": quotes.quote_json(booking, for_owner=role != states.RENTER),
        "message": booking.message,
        "instant": booking.instant,
        "policy": booking.policy,
        "pay_by": at_json(booking.pay_by) if booking.state == states.PENDING_PAYMENT else None,
        "answer_by": at_json(booking.answer_by) if booking.state == states.REQUESTED else None,
        "claims_until": at_json(booking.claims_until) if booking.state == states.RETURNED else None,
        "deadline": at_json(booking.deadline) if open_ else None,
        "allowed_actions": machine.allowed_actions(booking, actor, now),
        "next_step": _next_step_json(booking, role),
        "created_at": at_json(booking.created_at),
    }


def booking_json(booking: Booking, person: User, now: datetime) -> Json:
    """A booking on its own page."""
    role = actor_for(booking, person).kind
    code = handover.code_to_show(booking, role)
    money = selectors.money_of(booking)
    late = {"hours": booking.late_hours, "fee": booking.money(booking.late_fee).as_json()}
    return card_json(booking, person, now) | {
        "code": code,
        "code_picture": handover.code_picture(booking, code) if code else None,
        "claim_kinds": claims.open_kinds(booking, role, now),
        "timeline": [
            {
                "action": step.action,
                "at": at_json(step.at),
                "by": step.actor_kind,
                "to": step.to_state,
                "reason": step.reason,
            }
            for step in booking.transitions.all()
        ],
        "money": {name: amount.as_json() for name, amount in money.items()} if money else None,
        "late": late if booking.late_hours else None,
        "claim": _claim_json(booking, booking.claim, role) if hasattr(booking, "claim") else None,
    }


def dashboard_json(dashboard: Mapping[str, Any], person: User, now: datetime) -> Json:
    return {name: [card_json(booking, person, now) for booking in found] for name, found in dashboard.items()}


def at_json(instant: datetime | None) -> str | None:
    return None if instant is None else instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def _listing_json(booking: Booking, role: str) -> Json:
    listing = booking.listing
    cover = next(iter(listing.photos.all()), None)
    shown = role != states.RENTER or booking.state in ADDRESS_SHOWN
    return {
        "id": str(listing.uuid),
        "title": listing.title,
        "cover": PhotoSerializer(cover).data if cover else None,
        "town": listing.town,
        "category": listing.category,
        "address": listing.address if shown else None,
        "exact_point": listing.exact.as_json() if shown and listing.exact else None,
    }


def _person_json(person: User) -> Json:
    return {"id": str(person.uuid), "name": person.name, "photo": person.photo.url if person.photo else None}


def _next_step_json(booking: Booking, role: str) -> Json:
    steps: dict[str, tuple[str, str, datetime | None]] = {
        states.PENDING_PAYMENT: ("pay", states.RENTER, booking.pay_by),
        states.REQUESTED: ("accept", states.OWNER, booking.answer_by),
        states.CONFIRMED: ("hand_over", states.OWNER, deadlines.start_by(booking.starts_at)),
        states.ACTIVE: ("give_back", states.RENTER, booking.ends_at),
    }
    action, who, until = steps.get(booking.state, (None, None, booking.deadline))
    if booking.state == states.CLAIMED:
        action, who = "settle", states.OWNER if booking.claim.by_role == states.RENTER else states.RENTER
    return {"action": action, "who": who, "mine": who == role, "until": at_json(until)}


def _claim_json(booking: Booking, claim: Claim, role: str) -> Json:
    settled = claim.settled_refund
    return {
        "by": claim.by_role,
        "mine": claim.by_role == role,
        "kind": claim.kind,
        "text": claim.text,
        "amount": booking.money(claim.amount).as_json(),
        "refund": booking.money(claim.refund).as_json(),
        "answer": claim.answer or None,
        "answered_at": at_json(claim.answered_at),
        "settle_by": at_json(booking.settle_by) if booking.state == states.CLAIMED else None,
        "settled_at": at_json(claim.settled_at),
        "settled_refund": booking.money(settled).as_json() if settled is not None else None,
        "created_at": at_json(claim.created_at),
    }
