"""What makes the first paint quick: compressed pages, and the largest picture asked for in the head."""

import gzip
import re
from pathlib import Path

import pytest
from django.test import Client

from frontend import heads
from tests.factories import listings

pytestmark = pytest.mark.django_db
SCREENS = Path(heads.__file__).parent / "app" / "src" / "screens"


def test_pages_are_compressed_for_browsers_that_can(client: Client) -> None:
    plain = client.get("/fr/search/?near=43.1843,3.0031")
    packed = client.get("/fr/search/?near=43.1843,3.0031", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed["Content-Encoding"] == "gzip"
    assert {"Accept-Encoding", "Cookie"} <= set(packed["Vary"].split(", "))
    assert gzip.decompress(packed.content) == plain.content


@pytest.mark.parametrize(
    ("address", "screen", "sizes"),
    [
        ("/fr/search/?near=43.1843,3.0031", "search/HitCard.svelte", heads.CARD_SIZES),
        ("/fr/listings/{}/", "listing/Gallery.svelte", heads.COVER_SIZES),
    ],
)
def test_the_first_photo_is_asked_for_once_as_the_app_shows_it(
    client: Client, address: str, screen: str, sizes: str
) -> None:
    listing = listings.listing()
    html = client.get(address.format(listing.uuid)).content.decode()
    [preload] = re.findall(r'<link rel="preload" as="image" [^>]*>', html)
    [image] = re.findall(r'<img class="first-photo"[^>]*>', html)
    srcset = re.search(r'imagesrcset="([^"]+)"', preload)
    assert srcset
    assert f' srcset="{srcset[1]}"' in image
    assert f'imagesizes="{sizes}"' in preload
    assert f' sizes="{sizes}"' in image
    assert sizes in (SCREENS / screen).read_text()
