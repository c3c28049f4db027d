from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bikeens.accounts.idempotency import idempotent
from bikeens.accounts.selectors import me
from bikeens.core import clock
from bikeens.core.errors import Forbidden
from bikeens.core.pages import KeysetPage
from bookings import actions, answers, selectors, states
from bookings.serializers import (
    BookingRequestSerializer,
    BookingsParams,
    ClaimRequestSerializer,
    CodeSerializer,
    ContestSerializer,
    SettleSerializer,
    StepSerializer,
)


class SoonestPage(KeysetPage):
    ordering = "starts_at"


class Bookings(APIView):
    @extend_schema(operation_id="bookings_list", parameters=[BookingsParams], responses=answers.BookingsSerializer)
    def get(self, request: Request) -> Response:
        """One's rentals or lettings; what is coming soonest first, the rest newest first."""
        asked = BookingsParams.of(request.query_params)
        person, now, group = me(request), clock.now(), asked.get("group")
        role, listing = asked.get("role", states.RENTER), asked.get("listing")
        name = f"bookings {role} {group} {listing}"
        page = SoonestPage(name) if group == "coming" else KeysetPage(name)
        found = selectors.bookings_of(person, role=role, group=group, listing=listing)
        rows = page.paginate_queryset(found, request, self) or []
        return page.get_paginated_response([answers.card_json(booking, person, now) for booking in rows])

    @idempotent(in_transaction=False)
    @extend_schema(request=BookingRequestSerializer, responses={201: answers.BookingSerializer})
    def post(self, request: Request) -> Response:
        """Hold the dates for half an hour, in which to pay. The same request again answers with the same booking."""
        body = BookingRequestSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        asked: dict[str, Any] = body.validated_data
        extras: dict[UUID, int] = {}
        for extra in asked.get("extras", []):
            extras[extra["id"]] = extras.get(extra["id"], 0) + extra["quantity"]
        held = actions.hold(
            renter=me(request),
            listing=asked["listing"],
            from_local=asked["from"],
            to_local=asked["to"],
            extras=extras,
            total=asked["total"],
            message=asked.get("message", ""),
        )
        return _shown(request, held.uuid, status=201)


class Booking(APIView):
    @extend_schema(operation_id="bookings_retrieve", responses=answers.BookingSerializer)
    def get(self, request: Request, booking: UUID) -> Response:
        """A booking as its renter, its owner or staff see it."""
        return _shown(request, booking)


class Refund(APIView):
    @extend_schema(responses=answers.RefundSerializer)
    def get(self, request: Request, booking: UUID) -> Response:
        """Exactly what cancelling at this moment gives back."""
        found = selectors.booking_of(me(request), booking)
        role = actions.actor_for(found, me(request)).kind
        return Response(answers.RefundSerializer(selectors.refund_now(found, role, clock.now())).data)


class Step(APIView):
    """One step of the booking table; the answer is the booking after it."""

    action = ""

    def take(self, request: Request, booking: UUID, body: StepSerializer) -> Response:
        body.is_valid(raise_exception=True)
        data: dict[str, Any] = dict(body.validated_data)
        person = me(request)
        found = selectors.booking_of(person, booking)
        actions.act(booking=found, person=person, action=self.action, reason=data.pop("reason", ""), data=data)
        return _shown(request, booking)


class PlainStep(Step):
    """A step for which one presses a button, with a word to the other side."""

    @extend_schema(request=StepSerializer, responses=answers.BookingSerializer)
    def post(self, request: Request, booking: UUID) -> Response:
        return self.take(request, booking, StepSerializer(data=request.data))


class CodeStep(Step):
    """A meeting: enter the code that the other side shows."""

    @extend_schema(request=CodeSerializer, responses=answers.BookingSerializer)
    def post(self, request: Request, booking: UUID) -> Response:
        return self.take(request, booking, CodeSerializer(data=request.data))


class Claim(Step):
    action = "claim"

    @idempotent(in_transaction=False)
    @extend_schema(request=ClaimRequestSerializer, responses=answers.BookingSerializer)
    def post(self, request: Request, booking: UUID) -> Response:
        """Report what went wrong; the money waits until that is settled."""
        return self.take(request, booking, ClaimRequestSerializer(data=request.data))


class Contest(Step):
    action = "contest"

    @extend_schema(request=ContestSerializer, responses=answers.BookingSerializer)
    def post(self, request: Request, booking: UUID) -> Response:
        """Answer what the other side reported, without agreeing to it."""
        return self.take(request, booking, ContestSerializer(data=request.data))


class Settle(Step):
    action = "settle"

    @extend_schema(request=SettleSerializer, responses=answers.BookingSerializer)
    def post(self, request: Request, booking: UUID) -> Response:
        """Agree to what the other side proposes; staff may decide otherwise."""
        body = SettleSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        if "refund" in body.validated_data and not me(request).is_staff:
            raise Forbidden("staff_only", _("Only Bikeens can decide on another amount."))
        return self.take(request, booking, body)


class Dashboard(APIView):
    @extend_schema(responses=answers.DashboardSerializer)
    def get(self, request: Request) -> Response:
        """What an owner has to see to: requests, handovers and returns."""
        person = me(request)
        return Response(answers.dashboard_json(selectors.dashboard_of(person), person, clock.now()))


def _shown(request: Request, booking: UUID, status: int = 200) -> Response:
    person = me(request)
    return Response(answers.booking_json(selectors.booking_of(person, booking), person, clock.now()), status=status)
