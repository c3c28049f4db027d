"""What every answer says of itself: what a page may load, and who may keep it."""

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponseBase

DESK, API = "/desk/", "/api/"
# Most answers are somebody's own, and none of the others is worth the risk: what may be kept says so itself.
KEPT_BY_NOBODY = "private, no-store"
# The desk's own scripts evaluate expressions kept in attributes and write styles; nobody but the staff ever opens it.
DESK_NEEDS = {"script-src": ["'unsafe-eval'"], "style-src": ["'unsafe-inline'"]}


class SiteCSPMiddleware(CSPMiddleware):
    """The settings' policy for all pages, loosened where the operator's desk could not work otherwise."""

    _for_api: str | None = None

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Answers of the API all carry the same policy: putting it together takes longer than checking a search."""
        if not request.path_info.startswith(API):
            return super().process_response(request, response)
        response.headers.setdefault("Cache-Control", KEPT_BY_NOBODY)
        if self._for_api is None:
            response = super().process_response(request, response)
            # Django's own error pages, where DEBUG shows them, have none.
            self._for_api = response.headers.get(HEADER)
        else:
            response.headers[HEADER] = self._for_api
        return response

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(DESK) and not report_only:
            parts.update = DESK_NEEDS
        return parts
