"""Numbers that hold a bike back hold it back in a file, too: each try counts, and staff are told."""

import pytest

from bikeens.notifications.models import Notice
from listings.models import HeldBike, Listing
from tests.factories import listings, people
from tests.listings.trade.test_my_imports import send, url, worked

WAIT = "We have to look at this bike's numbers before others see it. We will write to you."


@pytest.fixture
def olga(db):
    return people.person("Olga", is_staff=True)


@pytest.fixture(autouse=True)
def held(api, bob):
    """Bob shows the bike of that number."""
    theirs = listings.listing(bob, status="paused", frame_number="WTU123456")
    assert api(bob).post(f"/api/my/listings/{theirs.uuid}/resume").status_code == 200


def brought(client, content):
    made = send(client, content).json()
    worked(made)
    client.post(url(made, "/confirm"))
    worked(made)
    return client.get(url(made)).json()["lines"]


def test_nobody_learns_by_a_file_which_numbers_are_known(api, alice, olga):
    for number in range(8):
        listings.listing(alice, status="paused", reference=f"R{number}", bicycode="", frame_number="")
    rows = "".join(f"R{number},WTU123456,published\n" for number in range(8))
    made = send(api(alice), f"reference,frame_number,status\n{rows}").json()
    worked(made)

    lines = api(alice).get(url(made)).json()["lines"]
    assert [line["problems"][0]["message"] for line in lines[:5]] == [WAIT] * 5
    assert {line["problems"][0]["message"] for line in lines[5:]} == {
        "We are looking at this bike's numbers. Please wait for our letter."
    }
    assert list(HeldBike.objects.values_list("attempts", flat=True)) == [1] * 5
    assert list(Notice.objects.filter(person=olga).values_list("kind", flat=True)) == ["bike_held"]
    assert set(Listing.objects.filter(owner=alice).values_list("status", "frame_number")) == {("paused", "")}


def test_a_draft_stays_a_draft_that_staff_look_at(api, alice, olga):
    draft = listings.listing(alice, status="draft", published_at=None, reference="NEW", frame_number="", bicycode="")

    [line] = brought(api(alice), "reference,frame_number,status\nNEW,wtu 123-456,published\n")

    assert (line["outcome"], line["problems"], line["notes"]) == ("updated", [], [WAIT])
    draft.refresh_from_db()
    assert (draft.status, draft.frame_number) == ("draft", "wtu 123-456")
    assert list(HeldBike.objects.values_list("listing", "reason", "attempts")) == [(draft.pk, "duplicate", 1)]
    assert Notice.objects.filter(person=olga, kind="bike_held").count() == 1
