from django.urls import URLPattern, URLResolver, path

from bikeens.notifications import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("me/notices", views.Notices.as_view(), name="me_notices"),
    path("me/notices/read", views.NoticesRead.as_view(), name="me_notices_read"),
]
