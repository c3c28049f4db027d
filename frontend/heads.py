"""What stands in a page's <head>: title, description, canonical and other-language addresses, the card a chat shows."""

import json
import re
from dataclasses import dataclass, replace

from django.conf import settings
from django.templatetags.static import static

from frontend.money import written
from frontend.pages import PUBLIC
from frontend.shapes import Listing, Photo, Search
from frontend.texts import text

ONLY_PLACE = re.compile(r"place=\d+", re.ASCII)
LANGUAGES = tuple(code for code, _ in settings.LANGUAGES)

# How wide the app shows them, in the words of its <img sizes>: a preload with other words loads a second file.
COVER_SIZES = "(min-width: 64rem) 44rem, 100vw"
CARD_SIZES = "(min-width: 90rem) 24rem, (min-width: 64rem) 28vw, (min-width: 40rem) 50vw, 100vw"


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture that will be the page's largest paint, asked for in the head."""

    href: str
    srcset: str
    sizes: str


@dataclass(frozen=True, slots=True)
class Head:
    title: str
    description: str
    canonical: str
    # (language, address) of the same page, x-default last; empty for pages that are not searched.
    alternates: tuple[tuple[str, str], ...] = ()
    image: str = ""
    image_alt: str = "Bikeens"
    index: bool = True
    # schema.org data as JSON text, safe inside <script>.
    linked: str = ""
    picture: Picture | None = None


def absolute(path: str) -> str:
    return path if path.startswith("http") else f"{settings.PUBLIC_URL}{path}"


def head_of(page: str, language: str, path: str) -> Head:
    """The head of a page by its name alone. `path` has no query: two searches of one place are one page."""
    rest = path.removeprefix(f"/{language}")
    indexed = page in PUBLIC
    alternates = (*((code, absolute(f"/{code}{rest}")) for code in LANGUAGES), ("x-default", absolute(f"/en{rest}")))
    name = text(language, f"common.page_{page}")
    key = f"heads.description_{page}"
    described = text(language, key)
    return Head(
        title=f"Bikeens · {name}" if page == "home" else f"{name} · Bikeens",
        description=text(language, "common.footer_line") if described == key else described,
        canonical=absolute(path),
        alternates=alternates if indexed else (),
        image=absolute(static("app/icons/social.png")),
        index=indexed,
    )


def search_head(head: Head, language: str, data: Search, query: str) -> Head:
    """A search near a place is called after it. Asked for nothing else ("place=…") it is a page of its own; any other
    is just a search, and not worth an index.
    """
    if data["place"]:
        place = data["place"]["name"]
        head = replace(
            head,
            title=f"{text(language, 'search.title_place', place=place)} · Bikeens",
            description=text(language, "heads.description_search_place", place=place),
        )
    cover = data["results"][0]["cover"] if data["results"] else None
    if cover:
        head = replace(head, picture=picture_of(cover, CARD_SIZES))
    if not ONLY_PLACE.fullmatch(query):
        return replace(head, index=False, alternates=())
    return replace(
        head,
        canonical=f"{head.canonical}?{query}",
        alternates=tuple((code, f"{address}?{query}") for code, address in head.alternates),
    )


def listing_head(head: Head, language: str, data: Listing) -> Head:
    """Title with town, first words of the description, cover as the card, a schema.org product with its offer."""
    cover = data["photos"][0] if data["photos"] else None
    words = " ".join(data["description"].split())
    about = text(language, "heads.description_listing", title=data["title"], town=data["town"])
    return replace(
        head,
        title=f"{data['title']}, {data['town']} · Bikeens" if data["town"] else f"{data['title']} · Bikeens",
        description=(words[:157] + "…" if len(words) > 160 else words) or about,
        image=absolute(_near(cover, 1200)) if cover else head.image,
        image_alt=(cover["alt"] if cover else "") or data["title"],
        linked=_linked(data, language, head.canonical, absolute(_near(cover, 1200)) if cover else ""),
        picture=picture_of(cover, COVER_SIZES) if cover else None,
    )


def picture_of(photo: Photo, sizes: str) -> Picture:
    """The page's first photo, as the app's <img> of the same `sizes` will ask for it."""
    srcset = ", ".join(f"{size['url']} {size['width']}w" for size in photo["sizes"])
    return Picture(href=_near(photo, 640), srcset=srcset, sizes=sizes)


def _near(photo: Photo, width: int) -> str:
    """The smallest size at least `width` wide, else the widest."""
    sizes = sorted(photo["sizes"], key=lambda size: size["width"])
    return next((size["url"] for size in sizes if size["width"] >= width), sizes[-1]["url"] if sizes else "")


def _linked(data: Listing, language: str, address: str, image: str) -> str:
    day = data["prices"]["day"]
    product: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": data["title"],
        "description": data["description"][:500],
        "category": text(language, f"common.category_{data['category']}"),
        "url": address,
    }
    if data["brand"]:
        product["brand"] = {"@type": "Brand", "name": data["brand"]}
    if image:
        product["image"] = [image]
    if day:
        product["offers"] = {
            "@type": "Offer",
            "price": written(day["amount"]),
            "priceCurrency": day["currency"],
            "businessFunction": "http://purl.org/goodrelations/v1#LeaseOut",
            "availability": "https://schema.org/InStock",
            "url": address,
        }
    if data["rating"]["average"] is not None and data["rating"]["count"]:
        product["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": data["rating"]["average"],
            "reviewCount": data["rating"]["count"],
        }
    return script_safe(json.dumps(product, ensure_ascii=False))


def script_safe(text_of_json: str) -> str:
    """JSON that cannot end the <script> it stands in."""
    return text_of_json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
