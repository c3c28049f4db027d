"""An owner's listings: made, changed, published, paused, removed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bikeens.accounts.idempotency import idempotent
from bikeens.accounts.selectors import me
from bikeens.core.pages import KeysetPage, PageParams
from listings import actions, selectors
from listings.actions import Changes
from listings.comparables import price_advice
from listings.models import Listing
from listings.serializers.advice import PriceAdviceSerializer, advice_json
from listings.serializers.changes import ListingChanges, StolenChange
from listings.serializers.mine import ListedSerializer, MyListingSerializer, MyListingsSerializer
from listings.views.throttles import PriceAdviceThrottle


class MyListings(APIView):
    @extend_schema(
        operation_id="my_listings_list",
        parameters=[PageParams],
        responses=MyListingsSerializer,
    )
    def get(self, request: Request) -> Response:
        """Your listings, newest first, without their special days."""
        PageParams.of(request.query_params)
        page = KeysetPage("my listings")
        rows = page.paginate_queryset(selectors.listed_of(me(request)), request, self)
        context = {"viewer": request.user}
        return page.get_paginated_response([ListedSerializer(row, context=context).data for row in rows or []])

    @idempotent(in_transaction=True)
    @extend_schema(request=ListingChanges, responses={201: MyListingSerializer})
    def post(self, request: Request) -> Response:
        """Begin a listing: a draft with whatever is known of it. An untouched empty one is taken up again."""
        listing = actions.begin_listing(owner=me(request), changes=_changes(request))
        return Response(_shown(selectors.listing_of(me(request), listing.uuid), request), status=201)


class MyListing(APIView):
    @extend_schema(responses=MyListingSerializer)
    def get(self, request: Request, listing: UUID) -> Response:
        """One of your listings, private parts and what is missing included."""
        return Response(_shown(selectors.listing_of(me(request), listing), request))

    @extend_schema(request=ListingChanges, responses=MyListingSerializer)
    def patch(self, request: Request, listing: UUID) -> Response:
        """Change any part of a listing; lists are replaced as a whole."""
        mine = selectors.listing_of(me(request), listing)
        actions.update_listing(listing=mine, changes=_changes(request))
        return Response(_shown(selectors.listing_of(me(request), listing), request))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, listing: UUID) -> Response:
        """Remove a listing; not while somebody has booked it, which is said with all that is booked."""
        actions.remove_listing(listing=selectors.listing_of(me(request), listing))
        return Response(status=204)


class _Step(APIView):
    """One step of a listing's life; the answer is the listing after it."""

    def _take(self, request: Request, uuid: UUID, step: Callable[..., Listing]) -> Response:
        step(listing=selectors.listing_of(me(request), uuid))
        return Response(_shown(selectors.listing_of(me(request), uuid), request))


class Publish(_Step):
    @extend_schema(request=None, responses=MyListingSerializer)
    def post(self, request: Request, listing: UUID) -> Response:
        """Let everybody see the listing; what is missing is named all at once."""
        return self._take(request, listing, actions.publish_listing)


class Pause(_Step):
    @extend_schema(request=None, responses=MyListingSerializer)
    def post(self, request: Request, listing: UUID) -> Response:
        """Hide the listing; its bookings stay."""
        return self._take(request, listing, actions.pause_listing)


class Resume(_Step):
    @extend_schema(request=None, responses=MyListingSerializer)
    def post(self, request: Request, listing: UUID) -> Response:
        """Show a paused listing again."""
        return self._take(request, listing, actions.resume_listing)


class Duplicate(APIView):
    @idempotent(in_transaction=True)
    @extend_schema(request=None, responses={201: MyListingSerializer})
    def post(self, request: Request, listing: UUID) -> Response:
        """A draft of one more bike like this, without the numbers that tell the two apart."""
        copy = actions.duplicate_listing(listing=selectors.listing_of(me(request), listing))
        return Response(_shown(selectors.listing_of(me(request), copy.uuid), request), status=201)


class PriceAdvice(APIView):
    throttle_classes = (PriceAdviceThrottle,)

    @extend_schema(responses=PriceAdviceSerializer)
    def get(self, request: Request, listing: UUID) -> Response:
        """What bikes of the kind nearby cost, and what an owner receives of this one's price."""
        mine = selectors.listing_of(me(request), listing)
        return Response(advice_json(price_advice(mine), mine))


class Stolen(APIView):
    @extend_schema(request=StolenChange, responses=MyListingSerializer)
    def post(self, request: Request, listing: UUID) -> Response:
        """Your bike is gone: it is paused, and nobody else can offer it here."""
        mine = selectors.listing_of(me(request), listing)
        body = StolenChange(data=request.data)
        body.is_valid(raise_exception=True)
        actions.report_stolen(listing=mine, police_report=body.validated_data.get("police_report", ""))
        return Response(_shown(selectors.listing_of(me(request), listing), request))

    @extend_schema(responses={200: MyListingSerializer})
    def delete(self, request: Request, listing: UUID) -> Response:
        """You have it back. It stays paused until you resume it."""
        actions.found_again(listing=selectors.listing_of(me(request), listing))
        return Response(_shown(selectors.listing_of(me(request), listing), request))


def _changes(request: Request) -> Changes:
    body = ListingChanges(data=request.data)
    body.is_valid(raise_exception=True)
    return body.changes()


def _shown(listing: Listing, request: Request) -> dict[str, Any]:
    return dict(MyListingSerializer(listing, context={"viewer": request.user}).data)
