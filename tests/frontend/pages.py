"""Reads server-rendered pages as browsers and crawlers do."""

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client


@dataclass
class Page:
    status: int
    language: str = ""
    title: str = ""
    # Meta by name or property, links by rel (hreflang where there is one).
    meta: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    scripts: dict[str, Any] = field(default_factory=dict)
    # What stands in <main>, tags and data scripts left out.
    text: str = ""
    inline: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.within: list[str] = []
        self.script: dict[str, str | None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        got = dict(attrs)
        page = self.page
        if tag == "html":
            page.language = got.get("lang") or ""
        elif tag == "meta":
            page.meta[got.get("name") or got.get("property") or "charset"] = got.get("content") or ""
        elif tag == "link":
            page.links[got.get("hreflang") or got.get("rel") or ""] = got.get("href") or ""
        elif tag == "script":
            self.script = got
        if "style" in got or any(name.startswith("on") for name in got):
            page.inline.append(tag)
        if tag not in {"meta", "link", "img", "br", "hr", "input"}:
            self.within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.within:
            while self.within.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        inside = self.within[-1] if self.within else ""
        if inside == "title":
            self.page.title += data
        elif inside == "style":
            self.page.inline.append("style")
        elif inside == "script":
            if (self.script.get("type") or "").endswith("json"):
                name = self.script.get("id") or self.script.get("type") or ""
                self.page.scripts[name] = json.loads(data)
            else:
                self.page.inline.append("script")
        elif "main" in self.within:
            self.page.text += data


def read(client: Client, path: str, **headers: str) -> Page:
    response = client.get(path, headers=headers)
    page = Page(status=response.status_code)
    _Reader(page).feed(response.content.decode())
    page.text = " ".join(page.text.split())
    return page
