"""Frame numbers and Bicycodes: one bike, one shown listing; what is reported stolen is not offered."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from bikeens.core.errors import DomainError
from bikeens.notifications.models import Notice
from listings import actions
from listings.models import HeldBike, Listing, NumberClaim, StolenReport
from listings.numbers import numbers_of
from tests.factories import listings, people

WAIT = "We have to look at this bike's numbers before others see it. We will write to you."


@pytest.fixture
def olga(db):
    return people.person("Olga", is_staff=True)


def paused(owner, frame_number="WTU-123 456", bicycode="", **fields):
    """A bike that its owner can show by resuming it."""
    return listings.listing(owner, status="paused", frame_number=frame_number, bicycode=bicycode, **fields)


def resume(client, listing):
    return client.post(f"/api/my/listings/{listing.uuid}/resume")


def status_of(listing):
    return Listing.objects.get(pk=listing.pk).status


def told(person):
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("frame", "code", "numbers"),
    [
        ("wtu 12-34.56", "", {"frame": "WTU123456"}),
        ("ＷＴＵ１２３４", "", {"frame": "WTU1234"}),
        ("1234", "", {}),
        ("", "bc 1234 5678", {"bicycode": "BC12345678"}),
        ("", "123456789012", {"bicycode": "123456789012"}),
        ("", "12345678901", {}),
        ("--- ---", "?", {}),
        ("éàü 12345", "", {"frame": "12345"}),
        ("㎯" * 40, "", {"frame": "RADS2" * 16}),
    ],
)
def test_numbers_are_compared_by_capital_letters_and_digits(frame, code, numbers):
    assert numbers_of(frame_number=frame, bicycode=code) == numbers


@pytest.mark.parametrize(("code", "status"), [("BC 9988 7766", 200), ("123456789012", 200), ("", 200), ("BC123", 400)])
def test_a_bicycode_has_its_form(api, alice, code, status):
    bike = listings.draft(alice)
    answer = api(alice).patch(f"/api/my/listings/{bike.uuid}", {"bicycode": code})
    assert answer.status_code == status
    assert status == 200 or list(answer.json()["fields"]) == ["bicycode"]


def test_anothers_number_holds_a_bike_back_and_staff_are_told(api, alice, bob, olga):
    theirs, mine = paused(alice), paused(bob, "wtu123456")
    assert resume(api(alice), theirs).status_code == 200
    answer = resume(api(bob), mine)

    assert (answer.status_code, answer.json()["code"], answer.json()["detail"]) == (409, "numbers_held", WAIT)
    assert list(answer.json()["fields"]) == ["frame_number"]
    assert (status_of(mine), status_of(theirs)) == ("paused", "published")
    held = HeldBike.objects.get()
    assert (held.listing, held.reason, held.other, held.attempts) == (mine, "duplicate", theirs, 1)
    assert told(olga) == ["bike_held"]
    assert told(alice) == told(bob) == []
    assert "123456" not in str(Notice.objects.get().facts)
    assert resume(api(bob), mine).status_code == 409
    assert HeldBike.objects.get().attempts == 2
    assert told(olga) == ["bike_held"]


def test_a_stolen_bike_and_anothers_number_are_told_in_the_same_words(api, alice, bob, olga):
    mine = paused(bob, "", "BC 1234 5678")
    actions.register_stolen(staff=olga, frame_number="", bicycode="bc12345678", police_report="PV 1")
    answer = resume(api(bob), mine)

    assert (answer.status_code, answer.json()["code"], answer.json()["detail"]) == (409, "numbers_held", WAIT)
    held = HeldBike.objects.get()
    assert (held.reason, held.report) == ("stolen", StolenReport.objects.get())
    assert b"PV 1" not in answer.content
    actions.revoke_report(report=held.report)
    assert resume(api(bob), mine).status_code == 200


def test_publishing_a_draft_is_held_too(api, alice, bob):
    actions.resume_listing(listing=paused(alice))
    draft = listings.listing(bob, status="draft", published_at=None, frame_number="WTU123456")
    assert api(bob).post(f"/api/my/listings/{draft.uuid}/publish").json()["code"] == "numbers_held"
    draft.refresh_from_db()
    assert (draft.status, draft.published_at) == ("draft", None)


def test_a_number_that_grows_when_it_is_compared_can_be_shown(api, alice):
    bike = paused(alice, frame_number="㎯" * 40)

    assert resume(api(alice), bike).status_code == 200
    assert NumberClaim.objects.get(listing=bike).number == "RADS2" * 16


def test_an_owners_own_double_is_named(api, alice, olga):
    first, second = paused(alice, title="Old Gitane"), paused(alice)
    assert resume(api(alice), first).status_code == 200
    answer = resume(api(alice), second)
    assert (answer.status_code, answer.json()["code"]) == (409, "number_twice")
    assert answer.json()["fields"]["frame_number"][0]["message"] == "Your bike “Old Gitane” has this number already."
    assert told(olga) == []


def test_a_shown_bikes_new_number_is_looked_at(api, alice, bob):
    actions.resume_listing(listing=paused(alice))
    mine = paused(bob, "OTHER-99")
    actions.resume_listing(listing=mine)
    page = f"/api/my/listings/{mine.uuid}"
    assert api(bob).patch(page, {"frame_number": "WTU 123456"}).json()["code"] == "numbers_held"
    mine.refresh_from_db()
    assert mine.frame_number == "OTHER-99"
    assert api(bob).patch(page, {"frame_number": "NEW-100"}).status_code == 200
    assert sorted(NumberClaim.objects.values_list("number", flat=True)) == ["NEW100", "WTU123456"]


@pytest.mark.parametrize("leave", [actions.remove_listing, partial(actions.suspend_listing, reason="Not yours.")])
def test_a_bike_that_is_gone_gives_its_number_free(api, alice, bob, leave):
    theirs, mine = paused(alice), paused(bob)
    actions.resume_listing(listing=theirs)
    actions.pause_listing(listing=theirs)
    assert resume(api(bob), mine).status_code == 409
    leave(listing=theirs)
    assert resume(api(bob), mine).status_code == 200


def test_nobody_learns_by_trying_which_numbers_are_known(api, alice, bob):
    actions.resume_listing(listing=paused(alice))
    mine = paused(bob)
    codes = [resume(api(bob), mine).json()["code"] for _ in range(7)]
    assert codes == ["numbers_held"] * 5 + ["too_many_attempts"] * 2
    mine = paused(bob, "UNKNOWN-1")
    assert resume(api(bob), mine).status_code == 429
    actions.settle_held(bikes=HeldBike.objects.all())
    assert resume(api(bob), mine).status_code == 200


def test_a_draft_that_held_a_number_stays_where_staff_look(api, client, alice, bob, olga):
    """Or a new draft for each try would make as many tries as one likes."""
    actions.resume_listing(listing=paused(alice))
    answers = []
    for number in range(7):
        draft = listings.listing(
            bob, status="draft", published_at=None, title=f"Draft {number}", frame_number="WTU123456", bicycode=""
        )
        page = f"/api/my/listings/{draft.uuid}"
        answers.append((api(bob).post(f"{page}/publish").json()["code"], api(bob).delete(page).status_code))
        assert api(bob).get(page).status_code == 404

    assert answers == [("numbers_held", 204)] * 5 + [("too_many_attempts", 204)] * 2
    held = HeldBike.objects.order_by("pk").values_list("listing__title", "listing__status", "attempts")
    assert list(held) == [(f"Draft {number}", "removed", 1) for number in range(5)]
    # The two that were not even compared are deleted as any draft.
    assert Listing.objects.filter(owner=bob).count() == 5
    assert told(olga) == ["bike_held"]
    client.force_login(olga, backend="django.contrib.auth.backends.ModelBackend")
    desk = client.get("/desk/listings/heldbike/").content.decode()
    assert all(f"Draft {number}" in desk for number in range(5))


def test_staff_hear_of_each_bike_that_somebody_tries_to_show(api, alice, carol, bob, olga):
    for owner, number in ((alice, "WTU123456"), (carol, "OTHER-99")):
        actions.resume_listing(listing=paused(owner, number))
    for number in ("WTU123456", "OTHER-99", "WTU123456"):
        assert resume(api(bob), paused(bob, number)).status_code == 409
    assert told(olga) == ["bike_held"] * 2
    actions.settle_held(bikes=HeldBike.objects.all())
    assert resume(api(bob), paused(bob)).status_code == 409
    assert told(olga) == ["bike_held"] * 3


def test_a_bike_without_numbers_is_nobodys_business(api, alice, bob):
    for owner in (alice, bob):
        assert resume(api(owner), paused(owner, "1234", "")).status_code == 200
    assert NumberClaim.objects.count() == 0


def test_an_owner_reports_their_bike_and_finds_it_again(api, alice, bob, olga):
    bike = paused(alice)
    actions.resume_listing(listing=bike)
    client, page = api(alice), f"/api/my/listings/{bike.uuid}"
    assert client.get(page).json()["stolen_since"] is None
    answer = client.post(f"{page}/stolen", {"police_report": "2026/1234"})

    assert answer.status_code == 200
    assert answer.json()["status"] == "paused"
    report = StolenReport.objects.get()
    assert (report.frame_number, report.police_report, report.reported_by) == ("WTU123456", "2026/1234", alice)
    assert told(olga) == ["bike_stolen"]
    assert client.post(f"{page}/stolen", {}).status_code == 200
    assert StolenReport.objects.count() == 1
    assert resume(client, bike).json()["code"] == "reported_stolen"
    assert resume(api(bob), paused(bob)).json()["code"] == "numbers_held"

    answer = client.delete(f"{page}/stolen")
    assert (answer.status_code, answer.json()["stolen_since"]) == (200, None)
    assert client.delete(f"{page}/stolen").status_code == 200
    assert resume(client, bike).status_code == 200


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"status": "draft", "published_at": None}, "not_published"), ({"frame_number": "12"}, "no_number")],
)
def test_what_cannot_be_known_again_cannot_be_reported(api, alice, fields, code):
    bike = listings.listing(alice, **{"bicycode": ""} | fields)
    answer = api(alice).post(f"/api/my/listings/{bike.uuid}/stolen", {})
    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert StolenReport.objects.count() == 0
    assert status_of(bike) == bike.status


@pytest.mark.parametrize("body", [{"police_report": "x" * 61}, {"police_report": ["x"]}, {"frame_number": "X"}, []])
def test_nonsense_is_refused(api, alice, body):
    bike = listings.listing(alice)
    assert api(alice).post(f"/api/my/listings/{bike.uuid}/stolen", body, format="json").status_code == 400
    assert StolenReport.objects.count() == 0


def test_only_the_owner_reports_or_finds(api, alice, bob):
    bike = listings.listing(alice)
    page = f"/api/my/listings/{bike.uuid}/stolen"
    for person, status in ((bob, 404), (None, 401)):
        assert api(person).post(page, {}).status_code == status
        assert api(person).delete(page).status_code == status
    assert StolenReport.objects.count() == 0
    assert status_of(bike) == "published"


def test_a_report_at_the_desk_suspends_who_shows_the_bike(client, run_jobs):
    olga, bike = people.person("Olga", is_staff=True), paused(people.alice())
    actions.resume_listing(listing=bike)
    client.force_login(olga, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post("/desk/listings/stolenreport/add/", {"frame_number": "wtu 123-456"}).status_code == 302
    assert status_of(bike) == "published"
    run_jobs()
    assert status_of(bike) == "suspended"
    assert told(bike.owner) == ["listing_withdrawn"]
    assert NumberClaim.objects.count() == 0
    actions.suspend_reported(StolenReport.objects.get().pk)
    assert told(bike.owner) == ["listing_withdrawn"]


def test_a_report_taken_back_before_its_job_ran_suspends_nobody(run_jobs):
    bike = paused(people.alice())
    actions.resume_listing(listing=bike)
    olga = people.person("Olga", is_staff=True)
    report = actions.register_stolen(staff=olga, frame_number="WTU123456", bicycode="", police_report="")
    actions.revoke_report(report=report)
    run_jobs()
    assert status_of(bike) == "published"


def test_the_desk_keeps_the_register(client, alice, bob, olga):
    client.force_login(olga, backend="django.contrib.auth.backends.ModelBackend")
    add = "/desk/listings/stolenreport/add/"
    assert b"5 letters" in client.post(add, {"frame_number": "12", "bicycode": ""}).content
    assert client.post(add, {"frame_number": "wtu 123-456", "police_report": "PV 7"}).status_code == 302
    report = StolenReport.objects.get()
    assert (report.frame_number, report.reported_by, report.listing) == ("WTU123456", olga, None)
    with pytest.raises(DomainError):
        actions.resume_listing(listing=paused(bob))
    assert b"Gitane" in client.get("/desk/listings/heldbike/").content
    action = {"action": "revoke", "_selected_action": [report.pk]}
    assert client.post("/desk/listings/stolenreport/", action).status_code == 302
    client.post("/desk/listings/heldbike/", {"action": "settle", "_selected_action": [HeldBike.objects.get().pk]})
    assert HeldBike.objects.filter(settled_at=None).count() == StolenReport.objects.filter(found_at=None).count() == 0
    client.force_login(bob, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/desk/listings/stolenreport/").status_code == 302


def test_the_database_itself_lets_a_number_be_held_once(alice, bob):
    one, other = paused(alice), paused(bob)
    NumberClaim.objects.create(listing=one, kind="frame", number="WTU123456")
    with pytest.raises(IntegrityError, match="number_claimed_once"), transaction.atomic():
        NumberClaim.objects.create(listing=other, kind="frame", number="WTU123456")
    with pytest.raises(IntegrityError, match="stolen_report_has_a_number"), transaction.atomic():
        StolenReport.objects.create(reported_by=alice)


def at_once(*calls):
    def run(call):
        try:
            call()
        except DomainError as error:
            return error.code
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        return sorted(pool.map(run, calls))


def test_of_eight_owners_who_show_one_number_at_once_one_does(commits):
    bikes = [paused(people.person(f"Owner {number}")) for number in range(8)]
    answers = at_once(*(partial(actions.resume_listing, listing=bike) for bike in bikes))
    assert answers == ["done"] + ["numbers_held"] * 7
    assert Listing.objects.filter(status="published").count() == NumberClaim.objects.count() == 1
    assert HeldBike.objects.count() == 7


def test_a_report_at_the_desk_and_seven_who_show_the_bike_meanwhile_miss_nobody(client, run_jobs):
    client.force_login(people.person("Olga", is_staff=True), backend="django.contrib.auth.backends.ModelBackend")
    bikes = [paused(people.person(f"Owner {number}")) for number in range(7)]
    report = partial(client.post, "/desk/listings/stolenreport/add/", {"frame_number": "WTU123456"})
    at_once(*(partial(actions.resume_listing, listing=bike) for bike in bikes), report)
    assert StolenReport.objects.count() == 1
    run_jobs()
    assert Listing.objects.filter(status="published").count() == NumberClaim.objects.count() == 0


def test_of_fourteen_tries_at_once_five_are_compared(commits):
    actions.resume_listing(listing=paused(people.alice()))
    bikes = [paused(people.bob()) for _ in range(14)]
    answers = at_once(*(partial(actions.resume_listing, listing=bike) for bike in bikes))
    assert answers == ["numbers_held"] * 5 + ["too_many_attempts"] * 9
    assert list(HeldBike.objects.values_list("attempts", flat=True)) == [1] * 5
