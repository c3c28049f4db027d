"""What search engines and home screens read: robots.txt, the sitemap, the web manifest."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from frontend.heads import LANGUAGES, absolute
from frontend.pages import PAGES, PLAIN
from frontend.texts import text
from frontend.views import language_of
from listings.choices import Status
from listings.models import Listing

# A sitemap holds 50,000 addresses at most; ours are two per listing.
LISTINGS_IN_SITEMAP = 20_000


@require_safe
@cache_control(public=True, max_age=3600)
def robots_txt(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /api/", "Disallow: /desk/", "Allow: /"]
    lines.append(f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=3600)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Pages that are the same for everybody, and the newest published listings, in every language."""
    rows = Listing.objects.filter(status=Status.PUBLISHED).order_by("-published_at").values_list("uuid", "updated_at")
    pages: list[tuple[str, datetime | None]] = [(PAGES[name], None) for name in ("home", *PLAIN)]
    pages += [(f"/listings/{uuid}/", changed) for uuid, changed in rows[:LISTINGS_IN_SITEMAP]]
    lines = [
        f"<url><loc>{absolute(f'/{language}{path}')}</loc>"
        + (f"<lastmod>{changed.date().isoformat()}</lastmod>" if changed else "")
        + "</url>"
        for path, changed in pages
        for language in LANGUAGES
    ]
    body = "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
            *lines,
            "</urlset>",
            "",
        ]
    )
    return HttpResponse(body, content_type="application/xml")


@require_safe
@cache_control(public=True, max_age=3600)
def web_manifest(request: HttpRequest) -> HttpResponse:
    language = language_of(request)
    body = {
        "name": "Bikeens",
        "short_name": "Bikeens",
        "description": text(language, "common.footer_line"),
        "lang": language,
        "start_url": f"/{language}/",
        "id": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#faf6ee",
        "theme_color": "#0e4d3f",
        "icons": [
            _icon("icon.svg", "any", "image/svg+xml"),
            _icon("icon-192.png", "192x192"),
            _icon("icon-512.png", "512x512"),
            _icon("maskable-512.png", "512x512", purpose="maskable"),
        ],
    }
    return JsonResponse(body, content_type="application/manifest+json")


def _icon(file: str, sizes: str, kind: str = "image/png", purpose: str = "any") -> dict[str, str]:
    return {"src": static(f"app/icons/{file}"), "sizes": sizes, "type": kind, "purpose": purpose}
