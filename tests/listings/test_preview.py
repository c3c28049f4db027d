"""Quote and calendar of a listing that is not published, with `preview`: its owner sees what renters will."""

from datetime import UTC, datetime

import pytest

from bikeens.core import clock
from tests.factories import listings

WEEKEND = {"from": "2026-07-04T10:00", "to": "2026-07-06T10:00"}


@pytest.fixture
def draft(alice):
    clock.travel_to(datetime(2026, 7, 3, 8, tzinfo=UTC))
    return listings.listing(alice, status="draft", published_at=None)


def test_the_owner_sees_the_calendar_as_renters_will(api, alice, draft):
    url = f"/api/listings/{draft.uuid}/availability"
    month = {"month": "2026-07", "from": "2026-07-04T10:00"}
    before, preview = (api(alice).get(url, month | more).json() for more in ({}, {"preview": "1"}))
    draft.status = "published"
    draft.save()

    assert {day["state"] for day in before["days"]} == {"past", "closed", "far"} or before["ends"] == []
    assert preview == api(None).get(url, month).json()
    assert preview["ends"]


def test_the_owner_sees_the_quote_as_renters_will(api, alice, draft):
    url = f"/api/listings/{draft.uuid}/quote"
    before, preview = (api(alice).get(url, WEEKEND | more).json() for more in ({}, {"preview": "1"}))

    assert ([reason["code"] for reason in before["reasons"]], before["bookable"]) == (["not_published"], False)
    assert (preview["reasons"], preview["bookable"]) == ([], True)
    assert preview["total"] == before["total"]


@pytest.mark.parametrize("who", ["bob", "carol", None])
def test_nobody_else_sees_a_preview(api, draft, request, who):
    client = api(request.getfixturevalue(who) if who else None)

    assert client.get(f"/api/listings/{draft.uuid}/quote", {**WEEKEND, "preview": "1"}).status_code == 404
    found = client.get(f"/api/listings/{draft.uuid}/availability", {"month": "2026-07", "preview": "1"})
    assert found.status_code == 404


def test_it_makes_nothing_bookable_for_anybody_else(api, bob, alice):
    clock.travel_to(datetime(2026, 7, 3, 8, tzinfo=UTC))
    other = listings.listing(alice, overdue_since=clock.now())
    url = f"/api/listings/{other.uuid}/quote"

    assert api(bob).get(url, {**WEEKEND, "preview": "1"}).json() == api(bob).get(url, WEEKEND).json()
    answer = api(bob).get(url, {**WEEKEND, "preview": "perhaps"})
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["preview"])
