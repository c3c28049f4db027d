"""The pages, named as in pages.json. The root mounts `pages` under the language, `plain` beside it."""

from django.urls import URLPattern, URLResolver, path

from frontend import offline, robots
from frontend.pages import PAGES
from frontend.views import choose_language, page_view

pages: list[URLPattern | URLResolver] = [
    path(address.removeprefix("/"), page_view(name), name=name) for name, address in PAGES.items()
]
pages.append(path("offline/", offline.offline_page, name="offline"))

plain: list[URLPattern | URLResolver] = [
    path("", choose_language, name="choose_language"),
    path("robots.txt", robots.robots_txt),
    path("sitemap.xml", robots.sitemap),
    path("service-worker.js", offline.service_worker, name="service_worker"),
    path("manifest.webmanifest", robots.web_manifest, name="web_manifest"),
]
