"""Whatever is asked for below /media/ that is no picture of ours does not exist, and nothing breaks."""

import pytest
from django.test import Client

PICTURE = b"RIFF....WEBP"


@pytest.fixture
def client(settings, db) -> Client:
    folder = settings.MEDIA_ROOT / "listings"
    folder.mkdir(parents=True)
    (folder / "a.webp").write_bytes(PICTURE)
    (settings.MEDIA_ROOT.parent / "secret").write_text("not for you")
    return Client(raise_request_exception=False)


def test_a_picture_is_served_for_ever_and_as_nothing_else(client) -> None:
    answer = client.get("/media/listings/a.webp")

    assert (answer.status_code, b"".join(answer)) == (200, PICTURE)
    assert answer["Content-Type"] == "image/webp"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "path",
    [
        "a" * 300,
        "a" * 300 + ".webp",
        "listings/" + "é" * 200,
        "a/" * 3_000,
        "listings/" + "a" * 5_000,
        "listings/a.webp/b",
        "listings",
        "listings/",
        "%00",
        "listings/%00.webp",
        "%ff",
        "listings/%ed%a0%80.webp",
        "../secret",
        "%2e%2e/secret",
        "listings/..%2f..%2fsecret",
        "listings/..%5c..%5csecret",
        "/etc/passwd",
        "%2fetc%2fpasswd",
    ],
    ids=lambda path: path[:20],
)
def test_what_is_no_picture_does_not_exist(client, path: str) -> None:
    assert client.get(f"/media/{path}").status_code == 404
