"""What a browser keeps to work without a network: the worker's script, and the page it shows for pages never opened."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend.built import files_of
from frontend.pages import HERE
from frontend.views import language_of

WORKER = HERE / "service-worker.js"


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """Asked for again at every visit, so that a mended worker replaces the one before at once."""
    response = HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = "/"
    return response


@require_safe
def offline_page(request: HttpRequest) -> HttpResponse:
    """The same for everybody and without scripts: it is shown in the place of any page."""
    language = language_of(request)
    response = render(request, "frontend/offline.html", {"language": language, "files": files_of("offline", language)})
    response["Cache-Control"] = "no-cache"
    return response
