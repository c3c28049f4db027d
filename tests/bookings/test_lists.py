"""GET /api/bookings, /api/bookings/{id} and /api/my/dashboard: each person sees their own."""

from datetime import timedelta
from uuid import uuid4

import pytest

from bikeens.accounts.models import User
from bikeens.core import clock
from bookings import states
from tests.factories import bookings, listings, people

pytestmark = pytest.mark.django_db
URL = "/api/bookings"


def references(answer) -> list[str]:
    assert answer.status_code == 200, answer.json()
    return [row["reference"] for row in answer.json()["results"]]


def test_each_side_sees_its_own_by_group(api, alice: User, bob: User) -> None:
    bike = listings.listing()
    confirmed = bookings.booking(states.CONFIRMED, bike, start=3)
    requested = bookings.booking(states.REQUESTED, bike, start=6)
    declined = bookings.booking(states.DECLINED, bike, start=9)
    unpaid = bookings.booking(states.PENDING_PAYMENT, bike, start=12)
    renter, owner = api(bob), api(alice)
    assert references(renter.get(URL)) == [b.reference for b in (unpaid, declined, requested, confirmed)]
    assert references(renter.get(URL, {"group": "open"})) == [unpaid.reference, requested.reference]
    assert references(renter.get(URL, {"role": "renter", "group": "coming"})) == [confirmed.reference]
    assert references(renter.get(URL, {"group": "past"})) == [declined.reference]
    assert references(owner.get(URL, {"role": "owner", "group": "open"})) == [requested.reference]
    assert references(owner.get(URL, {"role": "owner"})) == [b.reference for b in (declined, requested, confirmed)]
    assert references(owner.get(URL)) == []
    assert references(renter.get(URL, {"role": "owner"})) == []
    assert references(api(people.carol()).get(URL)) == []
    assert references(api(bookings.staff()).get(URL)) == []


def test_one_listing_has_its_own(api, alice: User, bob: User) -> None:
    bike, other = listings.listing(), listings.listing()
    booking = bookings.booking(states.CONFIRMED, bike, start=3)
    bookings.booking(states.CONFIRMED, other, start=3)
    for person, role in ((alice, "owner"), (bob, "renter")):
        assert references(api(person).get(URL, {"role": role, "listing": bike.uuid})) == [booking.reference]
    assert references(api(people.carol()).get(URL, {"role": "owner", "listing": bike.uuid})) == []
    assert references(api(alice).get(URL, {"role": "owner", "listing": uuid4()})) == []
    answer = api(alice).get(URL, {"listing": "1 OR 1=1"})
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["listing"])
    assert api(None).get(URL, {"listing": bike.uuid}).status_code == 401


def test_an_abandoned_hold_was_never_the_owners(api, alice: User, bob: User) -> None:
    booking = bookings.hold()
    bookings.step(booking, "abandon", bookings.renter_of(booking))
    assert references(api(alice).get(URL, {"role": "owner"})) == []
    assert references(api(bob).get(URL, {"group": "past"})) == [booking.reference]


def test_what_is_coming_comes_soonest_first(api, bob: User) -> None:
    bike = listings.listing()
    late, soon = (bookings.booking(states.CONFIRMED, bike, start=start) for start in (9, 4))
    assert references(api(bob).get(URL, {"group": "coming"})) == [soon.reference, late.reference]


@pytest.mark.parametrize("group", ["past", "coming"])
def test_pages_follow_one_another(api, bob: User, group: str) -> None:
    bike = listings.listing()
    made = [bookings.booking(states.CONFIRMED, bike, start=3 + 2 * n, days=1) for n in range(21)]
    if group == "past":
        for booking in made:
            bookings.step(booking, "cancel", bookings.renter_of(booking))
        made.reverse()
    first = api(bob).get(URL, {"group": group})
    rest = api(bob).get(URL, {"group": group, "cursor": first.json()["next"]})
    assert references(first) + references(rest) == [booking.reference for booking in made]
    assert rest.json()["next"] is None


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"role": "staff"}, "role"),
        ({"group": "all"}, "group"),
        ({"page": "2"}, "page"),
        ({"cursor": "cD1hYmM="}, "cursor"),
    ],
)
def test_what_cannot_be_listed(api, bob: User, query: dict[str, str], field: str) -> None:
    answer = api(bob).get(URL, query)
    assert (answer.status_code, set(answer.json()["fields"])) == (400, {field})


def test_nobody_sees_nothing(api) -> None:
    booking = bookings.hold()
    for url in (URL, f"{URL}/{booking.uuid}", "/api/my/dashboard"):
        assert api(None).get(url).status_code == 401


def test_a_booking_is_its_two_sides_and_staffs(api, alice: User, bob: User, carol: User, dora: User) -> None:
    booking = bookings.hold()
    url = f"{URL}/{booking.uuid}"
    roles = [api(person).get(url).json().get("role") for person in (bob, alice, dora)]
    assert roles == ["renter", "owner", "staff"]
    assert api(carol).get(url).status_code == 404
    assert api(bob).get(f"{URL}/{uuid4()}").status_code == 404


@pytest.mark.parametrize(("role", "person"), [("renter", people.bob), ("owner", people.alice)])
def test_a_list_takes_as_many_queries_however_long(api, django_assert_num_queries, role: str, person) -> None:
    """Session and person, the page, the photos."""
    bike, other = listings.listing(), listings.listing()
    bookings.booking(states.CONFIRMED, bike)
    client = api(person())
    with django_assert_num_queries(4):
        client.get(URL, {"role": role})
    bookings.booking(states.CLAIMED, other, start=6)
    bookings.booking(states.REQUESTED, bike, start=9)
    client = api(person())
    with django_assert_num_queries(4):
        assert len(references(client.get(URL, {"role": role}))) == 3


def test_the_dashboard_says_what_there_is_to_see_to(api, alice: User, bob: User, django_assert_num_queries) -> None:
    bike, other = listings.listing(), listings.listing()
    active = bookings.booking(states.ACTIVE, other, start=1)
    requested = bookings.booking(states.REQUESTED, bike, start=8)
    confirmed = bookings.booking(states.CONFIRMED, bike, start=4)
    bookings.booking(states.PENDING_PAYMENT, bike, start=14)
    client = api(alice)
    with django_assert_num_queries(8):
        shown = client.get("/api/my/dashboard").json()
    assert {name: [row["reference"] for row in rows] for name, rows in shown.items()} == {
        "requests": [requested.reference],
        "handovers": [confirmed.reference],
        "returns": [active.reference],
    }
    assert shown["requests"][0]["allowed_actions"] == ["accept", "decline"]
    assert shown["requests"][0]["next_step"]["mine"] is True
    empty = api(bob).get("/api/my/dashboard").json()
    assert empty == {"requests": [], "handovers": [], "returns": []}


def test_no_action_is_offered_after_its_time(api, alice: User) -> None:
    booking = bookings.booking(states.REQUESTED)
    assert booking.answer_by is not None
    clock.travel_to(booking.answer_by + timedelta(seconds=1))
    assert api(alice).get(f"{URL}/{booking.uuid}").json()["allowed_actions"] == ["decline"]
