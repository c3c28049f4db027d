"""The Content-Security-Policy of an answer."""

from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponseBase

DESK = "/desk/"
# The desk's own scripts evaluate expressions kept in attributes and write styles; nobody but the staff ever opens it.
DESK_NEEDS = {"script-src": ["'unsafe-eval'"], "style-src": ["'unsafe-inline'"]}


class SiteCSPMiddleware(CSPMiddleware):
    """The settings' policy for all pages, loosened where the operator's desk could not work otherwise."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(DESK) and not report_only:
            parts.update = DESK_NEEDS
        return parts
