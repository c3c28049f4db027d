"""Who is asking: the browser's session, with CSRF protection."""

from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request


class SessionSignIn(SessionAuthentication):
    """DRF's session authentication, but nobody signed in answers 401 and not 403."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"
