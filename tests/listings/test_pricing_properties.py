"""What must hold of every price, whatever an owner asks and a renter chooses."""

from datetime import date, datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from bikeens.core.errors import Invalid
from listings.pricing import ChosenExtra, Fees, LineKind, Quote, Rates, price

START = datetime.fromisoformat("2026-01-01")
ZONES = ["Europe/Paris", "Atlantic/Azores", "Australia/Lord_Howe", "America/New_York", "Asia/Kathmandu"]

cents = st.integers(100, 100_000)
percents = st.integers(0, 80)
starts = st.integers(0, 2 * 365 * 48).map(lambda step: START + timedelta(minutes=30 * step))
lengths = st.one_of(st.integers(1, 96), st.integers(1, 80 * 48)).map(lambda step: timedelta(minutes=30 * step))
fees = st.builds(Fees, renter=st.integers(0, 50), commission=st.integers(0, 50), vat=st.integers(0, 40))
extras = st.lists(
    st.builds(
        ChosenExtra,
        id=st.uuids().map(str),
        kind=st.just("helmet"),
        name=st.just("Helmet"),
        price=st.integers(0, 50_000),
        per_day=st.booleans(),
        quantity=st.integers(1, 10),
    ),
    max_size=3,
)


@st.composite
def rates(draw: st.DrawFn) -> Rates:
    days = st.integers(0, 2 * 365 + 90).map(lambda number: date(2026, 1, 1) + timedelta(days=number))
    return Rates(
        currency="EUR",
        day=draw(cents),
        hour=draw(st.none() | st.integers(50, 50_000)),
        discount_7=draw(percents),
        discount_28=draw(percents),
        overrides=draw(st.dictionaries(days, cents, max_size=30)),
    )


def priced(asked: Rates, start: datetime, length: timedelta, zone: str, chosen: list[ChosenExtra], fee: Fees) -> Quote:
    try:
        return price(asked, from_local=start, to_local=start + length, zone=zone, extras=chosen, fees=fee)
    except Invalid as refusal:
        assume(refusal.code != "time_does_not_exist")
        raise


@given(rates(), starts, lengths, lengths, st.sampled_from(ZONES), extras, fees)
def test_a_longer_rental_is_never_cheaper(asked, start, one, other, zone, chosen, fee) -> None:
    short, long = (priced(asked, start, length, zone, chosen, fee) for length in sorted([one, other]))

    assert short.total <= long.total
    assert short.net <= long.net


@given(rates(), starts, lengths, st.sampled_from(ZONES), extras, fees)
def test_lines_add_up_and_nothing_is_lost_between_renter_owner_and_platform(
    asked, start, length, zone, chosen, fee
) -> None:
    found = priced(asked, start, length, zone, chosen, fee)

    assert sum(line.amount.amount for line in found.lines) == found.total.amount
    assert found.total == found.rental_and_extras + found.service_fee
    assert found.total == found.net + found.commission + found.service_fee
    assert found.total.amount >= 100
    assert found.vat <= found.service_fee
    assert found.commission_vat <= found.commission
    for line in found.lines:
        assert (line.amount.amount < 0) == (line.kind == LineKind.DISCOUNT)
        if line.kind == LineKind.RENTAL and line.unit_price is not None:
            assert line.unit_price.times(line.quantity) == line.amount


@given(rates(), starts, lengths, st.sampled_from(ZONES), fees)
def test_the_renter_gets_the_cheaper_of_hours_and_days(asked, start, length, zone, fee) -> None:
    by_days = Rates(asked.currency, asked.day, None, asked.discount_7, asked.discount_28, asked.overrides)

    found = priced(asked, start, length, zone, [], fee)

    assert found.rental_and_extras <= priced(by_days, start, length, zone, [], fee).rental_and_extras
