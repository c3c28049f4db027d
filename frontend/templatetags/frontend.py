"""Template words of the page shell."""

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from frontend.money import shown
from frontend.shapes import Money, Photo
from frontend.texts import text

register = template.Library()


@register.simple_tag(takes_context=True)
def message(context: Context, key: str, **params: object) -> str:
    """A text of the app's message files, in the page's language."""
    return text(context["language"], key, **params)


@register.simple_tag(takes_context=True)
def amount(context: Context, money: Money) -> str:
    return shown(money["amount"], money["currency"], context["language"])


@register.simple_tag
def photo(picture: Photo, sizes: str, first: bool = False) -> SafeString:
    """The picture as Photo.svelte shows it; the first of a page loads at once."""
    ordered = sorted(picture["sizes"], key=lambda size: size["width"])
    if not ordered:
        return SafeString("")
    middle = next((size for size in ordered if size["width"] >= 640), ordered[-1])
    return format_html(
        '<img class="first-photo" src="{}" srcset="{}" sizes="{}" '
        'width="{}" height="{}" alt="{}" loading="{}" fetchpriority="{}">',
        middle["url"],
        ", ".join(f"{size['url']} {size['width']}w" for size in ordered),
        sizes,
        picture["width"],
        picture["height"],
        picture["alt"],
        "eager" if first else "lazy",
        "high" if first else "auto",
    )


@register.simple_tag(takes_context=True)
def parts(context: Context, page: str) -> list[dict[str, str]]:
    """The numbered parts of a page of texts, as Text.svelte shows them."""
    language = context["language"]
    found: list[dict[str, str]] = []
    while True:
        key = f"texts.{page}_{len(found) + 1}"
        title = text(language, f"{key}_title")
        if title == f"{key}_title":
            return found
        found.append({"title": title, "text": text(language, f"{key}_text")})
