"""One listing as everybody may see it: its page, its calendar, its price for some dates."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bikeens.accounts.models import User
from bikeens.core import clock
from listings import availability, quoting
from listings.models import Listing
from listings.offers import offered_listing, shown_listing
from listings.serializers.listing import ListingSerializer
from listings.serializers.offers import (
    AvailabilityParams,
    AvailabilitySerializer,
    QuoteParams,
    QuoteSerializer,
    availability_json,
    offer_json,
)
from listings.views.throttles import QuoteThrottle, ReturnsThrottle


class Offered(APIView):
    permission_classes = (AllowAny,)

    @extend_schema(responses=ListingSerializer)
    def get(self, request: Request, listing: UUID) -> Response:
        """A published listing, or one's own in any state; where it stands only as its public point tells."""
        shown = shown_listing(listing, _viewer(request))
        return Response(ListingSerializer(shown, context={"viewer": request.user}).data)


class Availability(APIView):
    permission_classes = (AllowAny,)
    throttle_classes = (ReturnsThrottle,)

    @extend_schema(parameters=[AvailabilityParams], responses=AvailabilitySerializer)
    def get(self, request: Request, listing: UUID) -> Response:
        """A month's days, and for a chosen start the possible ends, which may lie in later months."""
        checked = AvailabilityParams.of(request.query_params)
        viewer = _viewer(request)
        offered = offered_listing(listing, viewer)
        preview = checked.get("preview", False) and _is_mine(offered, viewer)
        opening, rates, now = availability.opening_of(offered), quoting.rates_of(offered), clock.now()
        first, start = checked["month"].date(), checked.get("from")
        days = availability.month_of(offered, first=first, opening=opening, rates=rates, now=now, as_published=preview)
        ends = None
        if start is not None:
            ends = availability.returns_of(
                offered,
                from_local=start,
                opening=opening,
                rates=rates,
                fees=quoting.house_fees(),
                now=now,
                as_published=preview,
            )
        return Response(availability_json(f"{first:%Y-%m}", offered.zone, days, ends))


class Quote(APIView):
    permission_classes = (AllowAny,)
    throttle_classes = (QuoteThrottle,)

    @extend_schema(parameters=[QuoteParams], responses=QuoteSerializer)
    def get(self, request: Request, listing: UUID) -> Response:
        """What some dates cost, line by line, and whether and why not the bike can be booked then."""
        checked = QuoteParams.of(request.query_params)
        viewer = _viewer(request)
        offered = offered_listing(listing, viewer)
        mine = _is_mine(offered, viewer)
        offer = quoting.offer(
            offered,
            from_local=checked["from"],
            to_local=checked["to"],
            extras=checked.get("extras", {}),
            now=clock.now(),
            as_published=checked.get("preview", False) and mine,
        )
        return Response(offer_json(offer, for_owner=mine))


def _is_mine(listing: Listing, viewer: User | None) -> bool:
    return viewer is not None and listing.owner_id == viewer.pk


def _viewer(request: Request) -> User | None:
    return request.user if isinstance(request.user, User) else None
