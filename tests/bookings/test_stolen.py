"""A bike is reported stolen: what was booked of it is cancelled, by its owner's report or the desk's."""

from datetime import timedelta

import pytest

from bikeens.accounts.models import User
from bikeens.core import clock
from bikeens.core.errors import Refused
from bikeens.notifications.letters import letter_of
from bikeens.notifications.models import Notice
from bookings import states, stolen
from bookings.models import Booking
from listings import actions
from listings.models import Block, Listing, StolenReport
from tests.factories import bookings, listings, people

REASON = "This bike can't be rented any more: it has been reported missing."


@pytest.fixture(autouse=True)
def dora(db: None) -> User:
    return bookings.staff()


@pytest.fixture
def bike(db: None) -> Listing:
    """Shown by its owner, so that it holds its numbers."""
    bike = listings.listing(people.alice(), status="paused")
    return actions.resume_listing(listing=bike)


def report(bike: Listing, by: User | None = None) -> None:
    """The owner's report, or the desk's, and what its jobs do."""
    if by is None:
        actions.report_stolen(listing=bike)
    else:
        made = actions.register_stolen(staff=by, frame_number=bike.frame_number, bicycode="", police_report="")
        actions.suspend_reported(made.pk)
    let_go(bike, by)


def let_go(bike: Listing, by: User | None = None) -> None:
    stolen.cancel_stolen(listing_id=bike.pk, person_id=(by or bike.owner).pk)


def ended(booking: Booking) -> tuple[str, str, str, User | None, str]:
    booking.refresh_from_db()
    last = booking.transitions.latest("pk")
    return booking.state, last.action, last.money, last.actor, last.reason


def told(person: User, kind: str) -> Notice:
    return Notice.objects.select_related("person").get(person=person, kind=kind)


def test_the_owner_s_report_ends_all_that_has_not_begun(bike, alice, bob, carol) -> None:
    booked = bookings.booking(states.CONFIRMED, bike)
    asked = bookings.booking(states.REQUESTED, bike, renter=carol, start=6)
    unpaid = bookings.hold(bike, start=10)
    report(bike)

    assert ended(booked) == ("cancelled", "cancel", "refund_all", alice, REASON)
    assert booked.transitions.latest("pk").data["refund_to_renter"] == 4360
    assert ended(asked) == ("declined", "decline", "void", alice, REASON)
    assert ended(unpaid) == ("expired", "lapse", "void", None, "")
    assert Block.objects.count() == 0
    told(bob, "payment_lapsed")
    told(carol, "request_declined")
    names = f"{booked.reference} (Bob), {asked.reference} (Carol)"
    assert told(alice, "stolen_cancelled").facts == {"bike": bike.title, "bookings": names}

    before = Notice.objects.count()
    let_go(bike)
    assert Notice.objects.count() == before


def test_the_desk_s_report_ends_them_too(bike, alice, bob, carol, dora) -> None:
    booked = bookings.booking(states.CONFIRMED, bike)
    asked = bookings.booking(states.REQUESTED, bike, renter=carol, start=6)
    report(bike, dora)

    assert ended(booked) == ("cancelled", "cancel", "refund_all", dora, REASON)
    assert ended(asked) == ("declined", "decline", "void", dora, REASON)
    told(alice, "listing_withdrawn")
    told(alice, "cancelled_by_platform")
    assert not Notice.objects.filter(kind="stolen_cancelled").exists()


@pytest.mark.parametrize(
    ("language", "by_desk", "subject", "lead", "button"),
    [
        (
            "en",
            False,
            "Alice had to cancel Gitane with a basket",
            "Alice had to cancel your booking",
            "Find another bike",
        ),
        ("fr", False, "Alice a dû annuler « Gitane", "Alice a dû annuler votre", "Trouver un autre vélo"),
        (
            "en",
            True,
            "We had to cancel Gitane",
            "Bikeens had to cancel your booking",
            "Find another bike",
        ),
        ("fr", True, "Nous avons dû annuler « Gitane", "Bikeens a dû annuler votre", "Trouver un autre vélo"),
    ],
)
def test_the_renter_s_letter_gives_everything_back_and_other_bikes(
    bike, bob, dora, language, by_desk, subject, lead, button
) -> None:
    User.objects.filter(pk=bob.pk).update(language=language)
    booked = bookings.booking(states.CONFIRMED, bike)
    report(bike, dora if by_desk else None)

    letter = letter_of(told(bob, "cancelled_by_staff" if by_desk else "cancelled_by_owner"))
    text = str(letter.body).replace("\u00a0", " ").replace("\u202f", " ")
    assert letter.subject.replace("\u00a0", " ").startswith(subject)
    assert text.startswith(lead)
    back = {
        "en": ("All you paid comes back to you.", "Comes back to you: €43.60", REASON),
        "fr": (
            "Tout ce que vous avez payé vous",
            "43,60 €",
            "Ce vélo ne peut plus être loué : sa disparition nous a été signalée.",
        ),
    }[language]
    assert [part for part in (*back, button) if part not in text] == []
    assert f"/{language}/search/?near=" in text
    assert f"from={booked.from_wall}&to={booked.to_wall}" in text
    for accusing in ("stolen", "thief", "vol ", "volé", "voleur"):
        assert accusing not in text


def test_the_reason_is_in_the_language_of_each(bike, alice, bob) -> None:
    User.objects.filter(pk=alice.pk).update(language="fr")
    booked = bookings.booking(states.CONFIRMED, bike)
    report(bike)
    assert ended(booked)[-1] == (
        f"{REASON} / Ce vélo ne peut plus être loué\u00a0: sa disparition nous a été signalée."
    )


def test_a_rental_that_has_begun_is_left_alone_and_staff_are_told(bike, dora) -> None:
    riding = bookings.booking(states.ACTIVE, bike)
    before = bookings.snapshot(riding)
    report(bike)
    assert bookings.snapshot(riding) == before
    notice = told(dora, "stolen_on_the_road")
    assert (notice.path, notice.about) == (f"/desk/bookings/booking/{riding.pk}/change/", riding.uuid)
    assert notice.facts == {"bike": bike.title, "renter": "Bob", "to": riding.to_wall}


def test_one_whose_start_has_passed_may_be_on_the_road(bike, dora) -> None:
    booked = bookings.booking(states.CONFIRMED, bike)
    clock.travel_to(booked.starts_at + timedelta(minutes=5))
    before = bookings.snapshot(booked)
    report(bike)
    assert bookings.snapshot(booked) == before
    told(dora, "stolen_on_the_road")


@pytest.mark.parametrize("state", [states.RETURNED, states.CLAIMED, states.COMPLETED, states.CANCELLED])
def test_what_is_over_stays_as_it_is(bike, dora, state) -> None:
    booking = bookings.booking(state, bike)
    before = bookings.snapshot(booking)
    report(bike)
    assert bookings.snapshot(booking) == before
    assert not Notice.objects.filter(kind__startswith="stolen_").exists()


def test_other_bikes_are_nobody_s_business(bike, alice) -> None:
    other = bookings.booking(states.CONFIRMED, listings.listing(alice))
    before = bookings.snapshot(other)
    report(bike)
    assert bookings.snapshot(other) == before


def test_a_bike_found_before_the_job_ran_keeps_its_bookings(bike) -> None:
    booked = bookings.booking(states.CONFIRMED, bike)
    before = bookings.snapshot(booked)
    actions.report_stolen(listing=bike)
    actions.found_again(listing=bike)
    let_go(bike)
    assert bookings.snapshot(booked) == before


@pytest.mark.parametrize("instant", [True, False])
@pytest.mark.parametrize("lapsed", [True, False])
def test_money_that_comes_after_the_report_is_not_taken(bike, instant, lapsed) -> None:
    Listing.objects.filter(pk=bike.pk).update(instant=instant)
    bike.refresh_from_db()
    unpaid = bookings.hold(bike)
    actions.report_stolen(listing=bike)
    if lapsed:
        let_go(bike)
    before = bookings.snapshot(unpaid)
    with pytest.raises(Refused, match="not_allowed_now"):
        bookings.pay(unpaid)
    assert bookings.snapshot(unpaid) == before
    actions.found_again(listing=bike)
    bookings.pay(unpaid)
    assert unpaid.state == (states.CONFIRMED if instant else states.REQUESTED)


def test_a_report_by_the_bike_s_numbers_counts_for_its_bookings(bike, dora) -> None:
    unpaid = bookings.hold(bike)
    actions.register_stolen(staff=dora, frame_number=bike.frame_number, bicycode="", police_report="")
    with pytest.raises(Refused, match="not_allowed_now"):
        bookings.pay(unpaid)
    assert StolenReport.objects.get().listing is None
