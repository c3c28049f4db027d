from django.urls import URLPattern, URLResolver, path

from bookings import views

PLAIN = ("abandon", "accept", "decline", "withdraw", "cancel", "say_returned")
WITH_CODE = ("hand_over", "give_back")


def _step(action: str, kind: type[views.Step]) -> URLPattern:
    return path(f"bookings/<uuid:booking>/{action}", kind.as_view(action=action))


urlpatterns: list[URLPattern | URLResolver] = [
    path("bookings", views.Bookings.as_view()),
    path("bookings/<uuid:booking>", views.Booking.as_view()),
    path("bookings/<uuid:booking>/refund", views.Refund.as_view()),
    *(_step(action, views.PlainStep) for action in PLAIN),
    *(_step(action, views.CodeStep) for action in WITH_CODE),
    path("bookings/<uuid:booking>/claim", views.Claim.as_view()),
    path("bookings/<uuid:booking>/contest", views.Contest.as_view()),
    path("bookings/<uuid:booking>/settle", views.Settle.as_view()),
    path("my/dashboard", views.Dashboard.as_view()),
]
