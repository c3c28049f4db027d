"""No cache keeps an answer of the API that does not say it may be kept."""

import pytest

from tests.factories import listings

NOBODY = "private, no-store"
OWN = [
    "/api/me",
    "/api/me/notices",
    "/api/my/listings",
    "/api/my/listings/{bike}",
    "/api/my/listings/{bike}/blocks",
    "/api/my/saved",
    "/api/my/saved/ids",
    "/api/my/searches",
    "/api/my/imports",
    "/api/my/dashboard",
    "/api/bookings",
    "/api/listings/{bike}",
    "/api/listings/{bike}/quote?from=2027-07-05T10:00&to=2027-07-07T18:00",
]


@pytest.fixture
def bike(alice):
    return listings.listing(alice)


@pytest.mark.parametrize("path", OWN)
def test_what_is_somebody_s_own_is_kept_by_nobody(api, alice, bike, path: str) -> None:
    answer = api(alice).get(path.format(bike=bike.uuid))
    assert (answer.status_code, answer["Cache-Control"]) == (200, NOBODY)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/api/me", 401),
        ("get", "/api/nothing", 404),
        ("delete", "/api/search", 405),
        ("post", "/api/searches/stop", 400),
        ("get", "/api/search", 400),
        ("get", "/api/search?near=43.2,3.1", 200),
        ("get", "/api/places?q=Narbonne", 200),
    ],
)
def test_nor_are_refusals_and_what_is_for_everybody(api, bike, method: str, path: str, status: int) -> None:
    answer = getattr(api(None), method)(path)
    assert (answer.status_code, answer["Cache-Control"]) == (status, NOBODY)


def test_an_answer_that_says_itself_how_long_it_may_be_kept_is_believed(api, db) -> None:
    answer = api(None).get("/api/places/map?bbox=2,42,4,44&zoom=8")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "public, max-age=86400")
