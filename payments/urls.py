from django.urls import URLPattern, URLResolver, path

from payments.views import CheckoutRefreshView, CheckoutView, EarningsView, PayoutsLinkView, PayoutsView
from payments.webhooks import WebhookView

urlpatterns: list[URLPattern | URLResolver] = [
    path("bookings/<uuid:booking>/checkout", CheckoutView.as_view()),
    path("bookings/<uuid:booking>/checkout/refresh", CheckoutRefreshView.as_view()),
    path("my/earnings", EarningsView.as_view()),
    path("my/payouts", PayoutsView.as_view()),
    path("my/payouts/link", PayoutsLinkView.as_view()),
    path("stripe/webhooks/<str:source>", WebhookView.as_view(), name="stripe_webhooks"),
]
