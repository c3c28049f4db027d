from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.utils.translation import get_language

from bikeens.accounts.models import User


def sign_in(request: HttpRequest) -> HttpResponseRedirect:
    """Where the desk sends whoever may not see it: to the one sign-in page. For other people there is no desk."""
    if isinstance(request.user, User):
        if not request.user.is_staff:
            raise Http404
        return HttpResponseRedirect("/desk/")
    query = urlencode({"next": request.GET.get("next") or "/desk/"})
    return HttpResponseRedirect(f"/{get_language()}{settings.LOGIN_URL}?{query}")
