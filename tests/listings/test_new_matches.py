"""Saved searches tell of new bikes: each once, once a day, never after the switch-off. It is Friday 3 July 2026."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from bikeens.accounts.models import User
from bikeens.core import clock
from bikeens.notifications.letters import letter_of
from bikeens.notifications.models import Notice
from listings import actions, saved, watching
from listings.geo import LatLon
from listings.models import Block, Listing, SavedSearch, SeenBike
from tests.factories import listings

COURSAN, BEZIERS = LatLon(43.2336, 3.0569), LatLon(43.3442, 3.2158)
NEAR = {"near": "43.1843,3.0031"}
DATES = {"from": "2026-07-18T10:00", "to": "2026-07-19T10:00"}


@pytest.fixture(autouse=True)
def july(db: None) -> None:
    clock.travel_to(datetime(2026, 7, 3, 8, tzinfo=UTC))


def search_of(person: User, **params: str) -> SavedSearch:
    look = watching.look(NEAR | params, now=clock.now())
    return actions.save_search(person=person, name="Clape", params=NEAR | params, look=look)[0]


def told() -> list[tuple[str, str, int]]:
    return [(notice.person.name, notice.kind, notice.facts["number"]) for notice in Notice.objects.order_by("pk")]


def later(**by: int) -> None:
    clock.travel(timedelta(**by))


def test_a_bike_published_since_is_told_once(bob) -> None:
    listings.listing(title="there before")
    search_of(bob)
    assert actions.tell_new_matches() == 0
    new = listings.listing(title="new")

    assert [actions.tell_new_matches() for _run in range(3)] == [1, 0, 0]

    later(days=3)
    assert actions.tell_new_matches() == 0
    Listing.objects.filter(pk=new.pk).update(status="paused")
    actions.tell_new_matches()
    Listing.objects.filter(pk=new.pk).update(status="published")
    assert actions.tell_new_matches() == 0
    assert told() == [("Bob", "search_match", 1)]


def test_at_most_one_e_mail_a_day_and_nothing_lost(bob) -> None:
    search_of(bob)
    listings.listing(title="morning")
    actions.tell_new_matches()
    later(hours=5)
    listings.listing(title="afternoon")
    listings.listing(title="evening")
    assert actions.tell_new_matches() == 0
    later(hours=18, minutes=59)
    assert actions.tell_new_matches() == 0
    later(minutes=2)

    assert actions.tell_new_matches() == 1
    assert told() == [("Bob", "search_match", 1), ("Bob", "search_matches", 2)]


def test_a_bike_that_becomes_free_is_told(bob) -> None:
    bike = listings.listing()
    start = datetime(2026, 7, 18, 6, tzinfo=UTC)
    listings.block(bike, start, start + timedelta(days=1))
    search_of(bob, **DATES)
    assert actions.tell_new_matches() == 0

    Block.objects.all().delete()

    assert actions.tell_new_matches() == 1
    assert told() == [("Bob", "search_match", 1)]


def test_own_bikes_are_not_told(alice) -> None:
    search_of(alice)
    listings.listing(alice)

    assert actions.tell_new_matches() == 0


def test_only_what_fits_is_told(bob) -> None:
    search_of(bob, category="cargo")
    listings.listing(category="city")
    assert actions.tell_new_matches() == 0
    listings.listing(category="cargo")

    assert actions.tell_new_matches() == 1


def test_where_a_look_does_not_reach_the_end_only_published_since_is_news(bob, monkeypatch) -> None:
    monkeypatch.setattr("listings.watching.PAGES", 1)
    bikes = [listings.listing(title=f"{number}", photos=0) for number in range(22)]
    search = search_of(bob)
    assert (search.saw_all, SeenBike.objects.count()) == (False, 20)

    # Two that were there all along come into sight.
    Listing.objects.filter(pk__in=[bike.pk for bike in bikes[:2]]).update(status="paused")
    later(hours=1)
    assert actions.tell_new_matches() == 0
    assert SavedSearch.objects.get().saw_all

    later(hours=1)
    Listing.objects.filter(pk=bikes[2].pk).update(status="paused")
    listings.listing(title="new", photos=0)
    assert actions.tell_new_matches() == 1
    assert Notice.objects.get().facts["bike"] == "new"


def letters_told() -> list[str]:
    """All letters: the subject, and the bikes as far as their addresses. The displacement decides the distance."""
    letters = [letter_of(notice) for notice in Notice.objects.select_related("person").order_by("pk")]
    said = [f"{letter.subject}\n{str(letter.body).partition('http')[0]}" for letter in letters]
    return [re.sub(r"[\d.]+ k?m away", "… away", text) for text in said]


def letter_about(title: str, price: str = "€20.00 per day") -> str:
    return (
        f"A new bike for “Clape”: {title}\nA bike that fits your search “Clape” can be rented now: {title}.\n\n"
        f"{title}\nCity bike · 160 to 185 cm · … away\n{price}\n"
    )


def test_where_the_search_goes_further_for_want_of_near_bikes_old_ones_there_are_no_news(bob) -> None:
    near = listings.listing(title="near bike")
    for at in (COURSAN, BEZIERS):
        listings.listing(title="old bike", at=at)
    search = search_of(bob)
    assert (search.saw_all, search.saw_wide, SeenBike.objects.count()) == (True, False, 1)
    later(hours=1)
    listings.listing(title="early bike", at=BEZIERS)
    assert actions.tell_new_matches() == 0

    later(hours=1)
    Listing.objects.filter(pk=near.pk).update(status="paused")
    listings.listing(title="new bike", at=BEZIERS)
    assert actions.tell_new_matches() == 1
    assert letters_told() == [letter_about("new bike")]

    # A bike that comes near is news again, and the far ones stay old.
    later(days=1)
    listings.listing(title="next bike")
    assert actions.tell_new_matches() == 1
    assert letters_told()[1:] == [letter_about("next bike")]


def test_where_nothing_was_near_from_the_start_a_bike_that_comes_free_far_away_is_news(bob) -> None:
    listings.listing(title="old bike", at=COURSAN)
    free = listings.listing(title="free bike", at=BEZIERS)
    start = datetime(2026, 7, 18, 6, tzinfo=UTC)
    listings.block(free, start, start + timedelta(days=1))
    assert search_of(bob, **DATES).saw_wide

    Block.objects.all().delete()

    assert actions.tell_new_matches() == 1
    assert letters_told() == [letter_about("free bike", "€21.80 all in, fees included")]


@pytest.mark.parametrize("why", ["switched off", "person gone", "dates begun", "place gone"])
def test_nothing_is_told(bob, why) -> None:
    search = search_of(bob, **DATES)
    match why:
        case "switched off":
            actions.change_search(search=search, notify=False)
        case "person gone":
            User.objects.filter(pk=bob.pk).update(is_active=False)
        case "dates begun":
            clock.travel_to(datetime(2026, 7, 18, 22, tzinfo=UTC))
        case "place gone":
            SavedSearch.objects.update(params={"place": "999999999"})
    listings.listing()

    assert actions.tell_new_matches() == 0
    assert told() == []


def test_one_that_fails_holds_up_no_other(bob, carol) -> None:
    broken = search_of(bob)
    SavedSearch.objects.filter(pk=broken.pk).update(params={"from": "no date"})
    search_of(carol)
    listings.listing()

    assert actions.tell_new_matches() == 1
    assert told() == [("Carol", "search_match", 1)]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_letter_shows_the_bikes_and_the_way_out(bob, language) -> None:
    User.objects.filter(pk=bob.pk).update(language=language)
    bob.refresh_from_db()
    search = search_of(bob, height="172", **DATES)
    for number in range(6):
        listings.listing(title=f"Gitane {number}", electric=True)
    actions.tell_new_matches()

    letter = letter_of(Notice.objects.select_related("person").get())
    text = str(letter.body)

    expected = {
        "en": ("6 new bikes for “Clape”", "City bike · electric · 160 to 185 cm · ", "€21.80 all in, fees included"),
        "fr": (
            "6 nouveaux vélos pour « Clape »",
            "Vélo de ville · électrique · 160 à 185\u00a0cm · ",
            "21,80 € en tout",
        ),
    }[language]
    assert letter.subject.replace("\u00a0", " ") == expected[0]
    assert expected[1] in text
    assert expected[2] in text.replace("\u00a0", " ")
    assert text.count("/listings/") == 5
    bike = Listing.objects.get(title="Gitane 0")
    assert f"http://localhost:8000/{language}/listings/{bike.uuid}/?" in text.replace("testserver", "localhost:8000")
    assert f"/{language}/search/?from=2026-07-18T10:00&height=172&near=43.1843,3.0031&to=2026-07-19T10:00" in text
    stop = letter.extra_headers["List-Unsubscribe"].strip("<>")
    assert stop in text
    assert stop.startswith(str(stop).split("/saved/")[0] + "/saved/stop/?token=")
    assert search.notify


def test_the_link_shows_before_it_does(api, bob) -> None:
    search = search_of(bob)
    [token] = parse_qs(urlsplit(saved.stop_page(search)).query)["token"]

    for _scanner in range(2):
        shown = api(None).get("/api/searches/stop", {"token": token})
        assert (shown.status_code, shown.json()) == (200, {"name": "Clape", "notify": True})
    for _tap in range(2):
        done = api(None).post("/api/searches/stop", {"token": token}, format="json")
        assert (done.status_code, done.json()) == (200, {"name": "Clape", "notify": False})
    listings.listing()
    assert actions.tell_new_matches() == 0


@pytest.mark.parametrize("token", ["x", "a:b:c", "x" * 301, ""])
def test_a_link_we_did_not_make_does_nothing(api, bob, token) -> None:
    search_of(bob)

    for answer in (
        api(bob).get("/api/searches/stop", {"token": token}),
        api(bob).post("/api/searches/stop", {"token": token}, format="json"),
    ):
        assert answer.status_code in (400, 404)
    assert SavedSearch.objects.get().notify
