"""How owners answer requests becomes their rank in search and a line on their bikes' pages."""

from datetime import timedelta

import pytest

from bikeens.core import clock
from bookings import responses, states
from bookings.responses import responses_of
from bookings.tasks import record_responses
from listings.actions import Responses
from listings.models import Listing, OwnerResponse
from tests.factories import bookings, listings, people

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("waits", "said", "rank"),
    [
        ([HOUR] * 4, None, 0),
        ([HOUR] * 5, (100, 1), 0),
        ([HOUR * 0.2] * 5, (100, 1), 0),
        ([HOUR * 2.1] * 5, (100, 3), 0),
        ([HOUR * 12] * 4 + [None], (80, 12), 0),
        ([HOUR * 13] * 5, (100, 13), 1),
        ([HOUR] * 3 + [None] * 2, (60, 1), 1),
        ([HOUR] * 2 + [None] * 3, (40, 1), 2),
        ([None] * 5, (0, None), 2),
        ([HOUR, HOUR * 2, HOUR * 8, HOUR * 20, None], (80, 5), 0),
    ],
)
def test_what_is_made_of_the_answers(waits, said, rank) -> None:
    found = responses_of(waits)
    assert found == (Responses(*said) if said else None)
    assert (found.rank if found else 0) == rank


@pytest.mark.django_db
def test_requests_of_a_year_count_and_the_page_says_it(api, alice, monkeypatch) -> None:
    monkeypatch.setattr(responses, "FEWEST", 3)
    bike, other = listings.listing(alice), listings.listing(alice, title="other")
    for _time in range(2):
        asked = bookings.booking(states.REQUESTED, bike)
        clock.travel(HOUR * 2)
        bookings.step(asked, "decline", bookings.owner_of(asked))
    withdrawn = bookings.booking(states.REQUESTED, bike)
    bookings.step(withdrawn, "withdraw", bookings.renter_of(withdrawn))
    record_responses(0)
    assert not OwnerResponse.objects.exists()

    silent = bookings.booking(states.REQUESTED, bike)
    assert silent.answer_by is not None
    clock.travel_to(silent.answer_by)
    bookings.step(silent, "lapse", bookings.Actor.clock())
    record_responses(0)

    assert OwnerResponse.objects.values("owner__name", "percent", "hours").get() == {
        "owner__name": "Alice",
        "percent": 66,
        "hours": 3,
    }
    assert set(Listing.objects.values_list("response_rank", flat=True)) == {1}
    for who in (None, people.bob(), people.carol(), alice):
        page = api(who).get(f"/api/listings/{other.uuid}").json()
        assert page["response"] == {"percent": 66, "hours": 3}

    clock.travel(timedelta(days=366))
    record_responses(0)
    assert not OwnerResponse.objects.exists()
    assert set(Listing.objects.values_list("response_rank", flat=True)) == {0}
    assert api(None).get(f"/api/listings/{other.uuid}").json()["response"] is None
