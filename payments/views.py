"""The money API: paying for a booking, an owner's earnings, and how an owner gets paid."""

from uuid import UUID

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bikeens.accounts.selectors import me
from payments import selectors
from payments.checkout import open_checkout, refresh_checkout
from payments.onboarding import open_onboarding
from payments.serializers import (
    AddressSerializer,
    EarningsSerializer,
    LanguageSerializer,
    PaymentStatusSerializer,
    PayoutsSerializer,
)


def _language(request: Request) -> str:
    """The page's language, as it says itself or as the browser does."""
    asked = LanguageSerializer(data=request.data)
    asked.is_valid(raise_exception=True)
    return asked.validated_data.get("language") or (get_language() or "fr")[:2]


class CheckoutView(APIView):
    @extend_schema(operation_id="bookings_checkout", request=LanguageSerializer, responses={200: AddressSerializer})
    def post(self, request: Request, booking: UUID) -> Response:
        """Open the payment page of one's own booking, or find the one that is open."""
        url = open_checkout(booking=booking, renter=me(request), language=_language(request))
        return Response(AddressSerializer({"url": url}).data)


class CheckoutRefreshView(APIView):
    @extend_schema(operation_id="bookings_checkout_refresh", request=None, responses={200: PaymentStatusSerializer})
    def post(self, request: Request, booking: UUID) -> Response:
        """Ask Stripe how the payment of one's own booking stands, without waiting for Stripe to tell."""
        payment = refresh_checkout(booking=booking, renter=me(request))
        return Response(PaymentStatusSerializer({"status": payment.status}).data)


class EarningsView(APIView):
    @extend_schema(operation_id="my_earnings", responses={200: EarningsSerializer})
    def get(self, request: Request) -> Response:
        """What one's bikes earn: held, on the way, paid; by month and by booking."""
        return Response(EarningsSerializer(selectors.earnings_of(me(request))).data)


class PayoutsView(APIView):
    @extend_schema(operation_id="my_payouts", responses={200: PayoutsSerializer})
    def get(self, request: Request) -> Response:
        """Whether one's earnings can be sent."""
        return Response(PayoutsSerializer(selectors.payouts_of(me(request))).data)


class PayoutsLinkView(APIView):
    @extend_schema(operation_id="my_payouts_link", request=LanguageSerializer, responses={201: AddressSerializer})
    def post(self, request: Request) -> Response:
        """An address of Stripe's page where owners say who they are; good once."""
        url = open_onboarding(owner=me(request), language=_language(request))
        return Response(AddressSerializer({"url": url}).data, status=status.HTTP_201_CREATED)
