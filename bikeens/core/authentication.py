"""Who is asking: the browser's session, with CSRF protection."""

from django.utils.translation import gettext as _
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from bikeens.core.errors import Forbidden


class SessionSignIn(SessionAuthentication):
    """DRF's session authentication, but nobody signed in answers 401 and not 403."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"

    def enforce_csrf(self, request: Request) -> None:
        """Raises Forbidden csrf_failed: most often a page left open since before signing in."""
        try:
            super().enforce_csrf(request)
        except PermissionDenied as error:
            raise Forbidden("csrf_failed", _("This page is out of date: load it again.")) from error
