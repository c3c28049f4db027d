"""All addresses. The API is unprefixed under /api/; pages carry their language in front."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.views import SpectacularAPIView

from bikeens.accounts import desk
from bikeens.core import problems
from bikeens.core.health import healthz
from bikeens.core.media import media
from frontend import urls as frontend_urls
from frontend import views as frontend_views

api: list[URLPattern | URLResolver] = [
    # First, for the search.
    path("", include("listings.urls")),
    path("", include("bikeens.accounts.urls")),
    path("", include("bikeens.notifications.urls")),
    path("", include("bookings.urls")),
    path("", include("payments.urls")),
    path("schema", SpectacularAPIView.as_view(), name="schema"),
    re_path(r"^.*$", problems.not_found),
]

urlpatterns = [
    path("healthz", healthz),
    path("api/", include(api)),
    path("_allauth/", include("allauth.headless.urls")),
    path("accounts/", include("allauth.urls")),
    path("desk/login/", desk.sign_in),
    path("desk/", admin.site.urls),
    path("media/<path:path>", media),
    path("", include(frontend_urls.plain)),
    *i18n_patterns(path("", include(frontend_urls.pages))),
]
handler404 = frontend_views.not_found
handler500 = frontend_views.server_error
