"""Lists in pages: a cursor fits the list that gave it out, and what a list does not know is named."""

from base64 import b64encode

import pytest

from bikeens.core.pages import KeysetPage
from bookings import states
from listings.actions import save_bike
from tests.core.test_problems import problem
from tests.factories import bookings, listings
from tests.notifications.test_notices import tell

# Each with at least two rows of Bob's.
LISTS = [
    "/api/my/listings",
    "/api/my/saved",
    "/api/me/notices",
    "/api/bookings",
    "/api/bookings?role=owner",
    "/api/bookings?group=coming",
    "/api/bookings?role=owner&group=coming",
]
STRICT = [*LISTS, "/api/my/searches", "/api/my/imports", "/api/search?near=43,3", "/api/places?q=Narbonne"]


@pytest.fixture
def client(api, alice, bob, monkeypatch):
    monkeypatch.setattr(KeysetPage, "page_size", 1)
    for owner, renter in ((alice, bob), (bob, alice)):
        for _two in range(2):
            bike = listings.listing(owner)
            bookings.booking(states.CONFIRMED, bike, renter=renter)
            save_bike(person=renter, uuid=bike.uuid)
            tell(renter)
    return api(bob)


def with_cursor(path: str, cursor: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}cursor={cursor}"


@pytest.mark.parametrize("path", LISTS)
def test_a_cursor_leads_on_in_its_own_list_and_into_no_other(client, path: str) -> None:
    first = client.get(path).json()
    second = client.get(with_cursor(path, first["next"])).json()
    assert len(first["results"]) == len(second["results"]) == 1
    assert first["results"] != second["results"]

    for other in LISTS:
        if other != path:
            refused = client.get(with_cursor(other, first["next"]))
            assert set(problem(refused, 400, "bad_cursor")["fields"]) == {"cursor"}


@pytest.mark.parametrize(
    "cursor",
    [
        "nonsense",
        ":",
        "%00",
        "%F0%9F%9A%B2",
        "A" * 5_000,
        # What was given out once: a position without a signature.
        b64encode(b"p=1").decode(),
        b64encode(b"o=-1").decode(),
        "WzAsZmFsc2UsIjEiXQ:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ],
    ids=lambda cursor: cursor[:20],
)
@pytest.mark.parametrize("path", LISTS)
def test_a_cursor_that_nobody_gave_out_is_refused(client, path: str, cursor: str) -> None:
    answer = client.get(with_cursor(path, cursor))
    assert (answer.status_code, set(answer.json()["fields"])) == (400, {"cursor"})


@pytest.mark.parametrize("path", LISTS)
def test_a_cursor_that_was_changed_is_refused(client, path: str) -> None:
    cursor = client.get(path).json()["next"]
    payload, signature = cursor.split(":")
    for changed in (f"{payload}:{signature[:-1]}", f"A{payload[1:]}:{signature}", f"{signature}:{payload}", payload):
        problem(client.get(with_cursor(path, changed)), 400, "bad_cursor")


@pytest.mark.parametrize("name", ["format", "page", "offset", "Cursor", "\u00e9", "a" * 300])
@pytest.mark.parametrize("path", STRICT)
def test_a_parameter_that_does_not_exist_is_named(client, path: str, name: str) -> None:
    answer = client.get(f"{path}{'&' if '?' in path else '?'}{name}=xml")
    assert set(problem(answer, 400, "invalid")["fields"]) == {name}
    assert [said["code"] for said in answer.json()["fields"][name]] == ["unknown_field"]


@pytest.mark.parametrize("path", LISTS)
def test_a_cursor_said_twice_is_refused(client, path: str) -> None:
    cursor = client.get(path).json()["next"]
    answer = client.get(with_cursor(with_cursor(path, cursor), cursor))
    assert set(problem(answer, 400, "invalid")["fields"]) == {"cursor"}
