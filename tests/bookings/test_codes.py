"""The six digits at the two meetings."""

from datetime import timedelta

import pytest
import segno
from django.conf import settings

from bikeens.core import clock
from bookings import states
from bookings.models import Booking
from tests.factories import bookings

pytestmark = pytest.mark.django_db


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def enter(api, booking: Booking, code: str):
    at_start = booking.state == states.CONFIRMED
    who, action = (booking.owner, "hand_over") if at_start else (booking.renter, "give_back")
    return api(who).post(f"/api/bookings/{booking.uuid}/{action}", {"code": code})


def right(booking: Booking) -> str:
    return booking.handover_code if booking.state == states.CONFIRMED else booking.return_code


@pytest.mark.parametrize("state", [states.CONFIRMED, states.ACTIVE])
def test_a_wrong_code_is_counted_and_changes_nothing_else(api, state: str) -> None:
    booking = bookings.booking(state)
    before = bookings.snapshot(booking)
    answer = enter(api, booking, wrong(right(booking)))
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_code")
    assert answer.json()["fields"]["code"][0]["code"] == "wrong_code"
    booking.refresh_from_db()
    assert booking.wrong_codes == 1
    Booking.objects.update(wrong_codes=0)
    assert bookings.snapshot(booking) == before


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "１２３４５６", "é"])
def test_what_is_no_code_is_wrong(api, code: str) -> None:
    booking = bookings.booking(states.CONFIRMED)
    assert enter(api, booking, code).json()["code"] == "wrong_code"


@pytest.mark.parametrize("state", [states.CONFIRMED, states.ACTIVE])
def test_five_wrong_codes_lock_for_a_quarter_of_an_hour(api, state: str) -> None:
    booking = bookings.booking(state)
    for _try in range(5):
        assert enter(api, booking, wrong(right(booking))).status_code == 409
    locked = enter(api, booking, right(booking))
    assert (locked.status_code, locked.json()["code"], locked.json()["minutes"]) == (429, "codes_locked", 15)
    booking.refresh_from_db()
    assert booking.state == state
    clock.travel(timedelta(minutes=14))
    assert enter(api, booking, right(booking)).status_code == 429
    clock.travel(timedelta(minutes=1))
    assert enter(api, booking, wrong(right(booking))).status_code == 409
    assert enter(api, booking, right(booking)).status_code == 200
    booking.refresh_from_db()
    assert (booking.wrong_codes, booking.codes_locked_until) == (0, None)


def test_the_other_meetings_code_does_not_do(api) -> None:
    booking = bookings.booking(states.CONFIRMED)
    Booking.objects.update(handover_code="111111", return_code="222222")
    booking.refresh_from_db()
    assert enter(api, booking, "222222").json()["code"] == "wrong_code"
    assert enter(api, booking, "111111").status_code == 200


def test_a_try_that_is_out_of_turn_is_not_counted(api) -> None:
    booking = bookings.booking(states.REQUESTED)
    answer = api(booking.owner).post(f"/api/bookings/{booking.uuid}/hand_over", {"code": "000000"})
    assert answer.json()["code"] == "not_allowed_now"
    bookings.step(booking, "accept", bookings.owner_of(booking))
    answer = api(booking.owner).post(f"/api/bookings/{booking.uuid}/hand_over", {"code": "000000"})
    assert answer.json()["code"] == "not_captured"
    booking.refresh_from_db()
    assert booking.wrong_codes == 0


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("state", [states.CONFIRMED, states.ACTIVE])
def test_who_shows_the_code_gets_it_for_a_camera_too(api, state: str, language: str) -> None:
    booking = bookings.booking(state)
    shows, other = (booking.renter, booking.owner) if state == states.CONFIRMED else (booking.owner, booking.renter)
    seen = api(shows).get(f"/api/bookings/{booking.uuid}", headers={"Accept-Language": language}).json()
    assert seen["code"] == right(booking)
    address = f"{settings.PUBLIC_URL}/{language}/bookings/{booking.uuid}/?code={seen['code']}"
    square = segno.make_qr(address, error="m")
    assert seen["code_picture"] == square.svg_data_uri(border=2, light="#fff", dark="#0d211c", omitsize=True)
    hidden = api(other).get(f"/api/bookings/{booking.uuid}").json()
    assert (hidden["code"], hidden["code_picture"]) == (None, None)
