from datetime import date, datetime

import pytest

from bikeens.core.errors import Invalid
from bikeens.core.money import Money
from listings.pricing import ChosenExtra, Fees, LineKind, Quote, Rates, Unit, price

PARIS = "Europe/Paris"
FEES = Fees(renter=9, commission=15, vat=20)


def quote(rates: Rates, start: str, end: str, extras: tuple[ChosenExtra, ...] = ()) -> Quote:
    return price(
        rates,
        from_local=datetime.fromisoformat(start),
        to_local=datetime.fromisoformat(end),
        zone=PARIS,
        extras=extras,
        fees=FEES,
    )


def eur(cents: int) -> Money:
    return Money(cents, "EUR")


def amounts(found: Quote) -> list[tuple[str, int, int]]:
    return [(line.kind, line.quantity, line.amount.amount) for line in found.lines]


def test_two_days_with_the_fee_the_commission_and_the_vat_inside_both() -> None:
    found = quote(Rates("EUR", day=1500), "2026-07-04T10:00", "2026-07-06T10:00")

    assert (found.unit, found.count) == (Unit.DAY, 2)
    assert amounts(found) == [("rental", 2, 3000), ("service_fee", 1, 270)]
    assert found.lines[0].unit_price == eur(1500)
    assert (found.total, found.commission, found.net) == (eur(3270), eur(450), eur(2550))
    assert (found.vat, found.commission_vat) == (eur(45), eur(75))


def test_half_an_hour_of_grace_makes_no_other_day() -> None:
    rates = Rates("EUR", day=1500)

    assert quote(rates, "2026-07-04T10:00", "2026-07-06T10:30").count == 2
    assert quote(rates, "2026-07-04T10:00", "2026-07-06T11:00").count == 3


def test_a_weekend_over_the_change_to_summer_time_is_two_days() -> None:
    found = quote(Rates("EUR", day=1500, hour=10), "2026-03-28T10:00", "2026-03-30T10:00")
    hours = quote(Rates("EUR", day=150000, hour=100), "2026-03-28T10:00", "2026-03-30T10:00")

    assert found.days == 2
    assert (hours.unit, hours.count, hours.lines[0].amount) == (Unit.HOUR, 47, eur(4700))


def test_hours_when_they_are_cheaper_days_when_those_are() -> None:
    rates = Rates("EUR", day=1500, hour=400)

    assert amounts(quote(rates, "2026-07-04T10:00", "2026-07-04T12:30"))[0] == ("rental", 3, 1200)
    assert amounts(quote(rates, "2026-07-04T10:00", "2026-07-04T15:00"))[0] == ("rental", 1, 1500)


def test_other_prices_count_for_the_day_that_begins_on_their_date() -> None:
    rates = Rates("EUR", day=1000, overrides={date(2026, 7, 5): 3000, date(2026, 7, 6): 9000})
    found = quote(rates, "2026-07-04T18:00", "2026-07-06T18:00")

    assert amounts(found)[0] == ("rental", 2, 4000)
    assert found.lines[0].unit_price is None


def test_a_week_and_a_month_are_cheaper_by_the_day() -> None:
    rates = Rates("EUR", day=1000, discount_7=10, discount_28=25)

    assert amounts(quote(rates, "2026-07-01T10:00", "2026-07-09T10:00"))[:2] == [
        ("rental", 8, 8000),
        ("discount", 8, -800),
    ]
    month = quote(rates, "2026-07-01T10:00", "2026-07-29T10:00")
    assert month.lines[1].amount == eur(-7000)
    assert month.lines[1].percent == 25


def test_a_month_keeps_the_discount_of_a_week_when_its_own_is_smaller() -> None:
    rates = Rates("EUR", day=1000, discount_7=10)

    assert quote(rates, "2026-07-01T10:00", "2026-07-29T10:00").lines[1].amount == eur(-2800)


def test_six_days_never_cost_more_than_a_week() -> None:
    found = quote(Rates("EUR", day=1000, discount_7=30), "2026-07-01T10:00", "2026-07-07T10:00")

    assert amounts(found)[:2] == [("rental", 6, 6000), ("discount", 7, -1100)]
    assert found.lines[1].percent == 0
    assert found.rental_and_extras == eur(4900)


def test_extras_per_booking_and_per_day() -> None:
    helmet = ChosenExtra("h", "helmet", "Helmet", price=200, per_day=True, quantity=2)
    trailer = ChosenExtra("t", "trailer", "Trailer", price=500, per_day=False, quantity=1)
    found = quote(Rates("EUR", day=1000), "2026-07-01T10:00", "2026-07-04T10:00", (helmet, trailer))

    assert [(line.extra, line.amount.amount) for line in found.lines if line.kind == LineKind.EXTRA] == [
        ("h", 1200),
        ("t", 500),
    ]
    assert found.rental_and_extras == eur(4700)
    assert found.total == eur(5123)


def test_nothing_costs_less_than_a_euro() -> None:
    found = quote(Rates("EUR", day=1000, hour=50), "2026-07-01T10:00", "2026-07-01T10:30")

    assert amounts(found) == [("rental", 1, 50), ("service_fee", 1, 50)]
    assert (found.total, found.net) == (eur(100), eur(42))


@pytest.mark.parametrize("end", ["2026-07-04T10:00", "2026-07-04T09:00", "2025-07-04T10:00"])
def test_an_end_before_the_start_is_refused(end: str) -> None:
    with pytest.raises(Invalid) as refusal:
        quote(Rates("EUR", day=1000), "2026-07-04T10:00", end)

    assert refusal.value.code == "end_before_start"
    assert list(refusal.value.fields) == ["to"]
