from uuid import uuid4

import pytest

from bikeens.core import clock
from bikeens.notifications.actions import notify
from bikeens.notifications.models import Notice

PATH = "/owner/requests/"


def tell(person, bike="Gravelbike"):
    facts = {"bike": bike, "renter": "Bob"}
    return notify(person=person, kind="handed_over_owner", path=PATH, facts=facts | {"to": "2026-07-05T18:30"})


def test_nobody_is_told_nothing(api, db):
    assert api(None).get("/api/me/notices").status_code == 401
    assert api(None).post("/api/me/notices/read", {}).status_code == 401


def test_alice_reads_what_she_was_told_newest_first(api, alice, bob):
    tell(alice, "Tandem")
    latest = tell(alice, "Cargo bike")
    tell(bob)
    answer = api(alice).get("/api/me/notices").json()
    assert (answer["next"], answer["unread"], len(answer["results"])) == (None, 2, 2)
    assert answer["results"][0] == {
        "id": str(latest.uuid),
        "kind": "handed_over_owner",
        "sentence": "Bob has Cargo bike until Sunday 5 July, 18:30.",
        "button": "See the booking",
        "path": PATH,
        "about": None,
        "created_at": latest.created_at.isoformat().replace("+00:00", "Z"),
        "read_at": None,
    }


def test_a_long_list_comes_in_pages_and_each_costs_the_same(api, alice, django_assert_num_queries):
    for number in range(45):
        tell(alice, f"Bike {number}")
    client = api(alice)
    seen, cursor = [], ""
    for expected in (20, 20, 5):
        # Session, person, the page, how many are unread.
        with django_assert_num_queries(4):
            page = client.get("/api/me/notices", {"cursor": cursor} if cursor else {}).json()
        assert len(page["results"]) == expected
        seen += [row["id"] for row in page["results"]]
        cursor = page["next"]
    assert cursor is None
    assert len(set(seen)) == 45


@pytest.mark.parametrize("cursor", ["nonsense", "cD1hYmM=", "cD0AMQ==", "bz0tMQ=="])
def test_a_cursor_nobody_gave_out_is_refused(api, alice, cursor):
    tell(alice)
    answer = api(alice).get("/api/me/notices", {"cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_cursor")


def test_some_are_read_and_then_all(api, alice, bob):
    notices = [tell(alice) for _ in range(3)]
    others = tell(bob)
    answer = api(alice).post("/api/me/notices/read", {"ids": [str(notices[0].uuid)]})
    assert (answer.status_code, answer.json()) == (200, {"unread": 2})
    notices[0].refresh_from_db()
    first_read = notices[0].read_at
    assert first_read is not None
    assert api(alice).post("/api/me/notices/read", {}).json() == {"unread": 0}
    notices[0].refresh_from_db()
    assert notices[0].read_at == first_read
    others.refresh_from_db()
    assert others.read_at is None
    assert api(alice).post("/api/me/notices/read", {"ids": []}).json() == {"unread": 0}


def test_someone_elses_notice_is_not_found_and_nothing_is_read(api, alice, bob):
    mine, others = tell(alice), tell(bob)
    for stranger in (str(others.uuid), str(uuid4())):
        answer = api(alice).post("/api/me/notices/read", {"ids": [str(mine.uuid), stranger]})
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert not Notice.objects.exclude(read_at=None).exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"ids": ["1"]}, "ids.0"),
        ({"ids": "all"}, "ids"),
        ({"ids": None}, "ids"),
        ({"all": True}, "all"),
        ({"ids": [str(uuid4())] * 101}, "ids"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(api, alice, body, field):
    tell(alice)
    answer = api(alice).post("/api/me/notices/read", body)
    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == [field]
    assert not Notice.objects.exclude(read_at=None).exists()


def test_a_notice_carries_the_clock_of_the_house(alice):
    assert abs((tell(alice).created_at - clock.now()).total_seconds()) < 5
