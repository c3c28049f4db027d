"""What an owner sees of their money."""

from tests.factories import people


def earnings(journey, person):
    return journey.api(person).get("/api/my/earnings").json()


def eur(amount):
    return {"amount": amount, "currency": "EUR"}


def test_nobody_signed_in_is_401(api, db):
    assert api(None).get("/api/my/earnings").status_code == 401


def test_nothing_earned_yet(api, alice):
    assert api(alice).get("/api/my/earnings").json() == {
        "currency": "EUR",
        "held": eur(0),
        "on_the_way": eur(0),
        "paid": eur(0),
        "waiting_reason": None,
        "months": [],
        "rows": [],
    }


def test_from_held_to_paid(journey):
    journey.onboard()
    journey.request(title="Gitane")
    assert earnings(journey, journey.owner)["rows"] == []
    journey.act("accept", journey.owner)
    journey.settle()
    booking = journey.booking
    held = earnings(journey, journey.owner)
    assert (held["held"], held["paid"], held["months"]) == (eur(booking.owner_net), eur(0), [])
    (row,) = held["rows"]
    assert row == {
        "booking": str(booking.uuid),
        "reference": booking.reference,
        "title": "Gitane",
        "rental_and_extras": eur(booking.owner_net + booking.commission),
        "commission": eur(booking.commission),
        "net": eur(booking.owner_net),
        "state": "held",
        "at": row["at"],
    }
    journey.ride()
    journey.complete()
    paid = earnings(journey, journey.owner)
    assert (paid["held"], paid["on_the_way"], paid["paid"]) == (eur(0), eur(0), eur(booking.owner_net))
    month = journey.payment.transfers.get().sent_at.strftime("%Y-%m")
    assert paid["months"] == [{"month": month, "amount": eur(booking.owner_net)}]
    assert paid["rows"][0]["state"] == "paid"
    for person in (journey.renter, people.carol()):
        assert earnings(journey, person)["rows"] == []


def test_what_goes_back_to_the_renter_is_not_earned(journey):
    journey.confirm()
    journey.act("cancel", journey.owner, reason="Broken.")
    journey.settle()
    after = earnings(journey, journey.owner)
    assert (after["rows"], after["held"]) == ([], eur(0))
