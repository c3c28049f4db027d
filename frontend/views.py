"""The page shell: every page of the app is this one template with its head, its first data and who is signed in."""

import json
from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_request
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from bikeens.core import problems
from frontend.ask import Answer, ask
from frontend.built import files_of
from frontend.heads import Head, head_of, listing_head, script_safe, search_head
from frontend.pages import PLAIN
from frontend.shapes import Listing, Search
from frontend.towns import popular_towns

LANGUAGE_NAMES = {"en": "English", "fr": "Français"}


def page_view(page: str) -> Callable[..., HttpResponse]:
    """The view of one page of the table; its name in Django is the page's name."""

    # A page with its first data has some 40 kB; Django pads what it compresses, against BREACH.
    @gzip_page
    @require_safe
    def view(request: HttpRequest, **params: UUID) -> HttpResponse:
        language = language_of(request)
        head = head_of(page, language, request.path)
        answer: Answer | None = None
        if page == "listing":
            answer = ask(request, f"/api/listings/{params['id']}")
            if answer.status == 404:
                return shell(request, "not_found", head_of("not_found", language, request.path), status=404)
            if answer.found:
                head = listing_head(head, language, cast(Listing, answer.found))
        elif page == "search" and request.GET:
            answer = ask(request, "/api/search", request.GET.urlencode())
            if answer.found:
                head = search_head(head, language, cast(Search, answer.found), request.GET.urlencode())
        path_params = {name: str(value) for name, value in params.items()}
        return shell(request, page, head, path_params=path_params, data=answer.found if answer else None)

    return view


def shell(
    request: HttpRequest,
    page: str,
    head: Head,
    *,
    status: int = 200,
    path_params: dict[str, str] | None = None,
    data: dict[str, object] | None = None,
    alive: bool = True,
) -> HttpResponse:
    """`alive=False` asks the database nothing, neither who this is: for the error page."""
    language = language_of(request)
    me = None
    if alive and settings.SESSION_COOKIE_NAME in request.COOKIES:
        me = ask(request, "/api/me").found
    site = {
        "language": language,
        "languages": [{"code": code, "name": LANGUAGE_NAMES[code]} for code, _ in settings.LANGUAGES],
        "page": page,
        "path_params": path_params or {},
        "tiles": {"url": settings.TILE_URL, "attribution": settings.TILE_ATTRIBUTION},
        "me": me,
        "currency": settings.CURRENCY,
        "zone": settings.DEFAULT_ZONE,
        "towns": popular_towns() if alive else [],
        "demo": settings.SANDBOX,
    }
    context = {
        "language": language,
        "page": page,
        "head": head,
        "files": files_of(page, language),
        "site_json": script_safe(json.dumps(site, ensure_ascii=False)),
        "data": data,
        "plain_texts": PLAIN,
        "data_json": script_safe(json.dumps(data, ensure_ascii=False)) if data is not None else "",
    }
    response = render(request, "frontend/shell.html", context, status=status)
    # Whose page this is depends on the cookie; a shared cache must not keep it.
    patch_vary_headers(response, ["Cookie"])
    response["Cache-Control"] = "private, no-cache"
    return response


def language_of(request: HttpRequest) -> str:
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return language if language in LANGUAGE_NAMES else settings.LANGUAGE_CODE


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """`/`: on to the home page in the language the browser asks for."""
    language = get_language_from_request(request).split("-")[0]
    response = HttpResponseRedirect(f"/{language}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404 for everything that is not the API."""
    return shell(request, "not_found", head_of("not_found", language_of(request), request.path), status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: reads nothing from the database, which may be what broke. The API says it in its own form."""
    if request.path.startswith("/api/"):
        return problems.server_error(request)
    head = head_of("error", language_of(request), request.path)
    return shell(request, "error", head, status=500, alive=False)
