"""Median and quartiles against a plain computation."""

import statistics
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from listings.advice import Spread, examples, spread
from listings.pricing import Fees, Rates

PRICES = st.lists(st.integers(min_value=0, max_value=100_000), max_size=250)


@given(PRICES)
def test_quartiles_are_those_of_the_statistics_module(prices):
    found = spread(prices)

    if len(prices) < 5:
        assert found is None
        return
    plain = statistics.quantiles([Fraction(price) for price in prices], n=4, method="inclusive")
    # Half a cent is a whole one.
    assert found == Spread(*(int(one + Fraction(1, 2)) for one in plain), len(prices))


@given(PRICES.filter(lambda prices: len(prices) > 4))
def test_about_half_of_the_prices_lie_between_the_quartiles(prices):
    found = spread(prices)

    assert min(prices) <= found.low <= found.median <= found.high <= max(prices)
    assert 2 * sum(found.low <= price <= found.high for price in prices) >= len(prices) - 2
    assert spread(prices[::-1]) == found


def test_five_are_enough_and_four_are_not():
    assert spread([1000, 1400, 1800, 2200]) is None
    assert spread([1800, 1000, 2200, 1400, 2600]) == Spread(1400, 1800, 2200, 5)


def test_an_owner_receives_what_the_price_leaves():
    day, week, month = examples(Rates("EUR", 1800, discount_7=10, discount_28=30), Fees())

    assert (day.days, day.total.amount, day.net.amount) == (1, 1962, 1530)
    # 7 x 18 € less 10 % is 113.40 €; the fee comes on top, the commission goes off.
    assert (week.days, week.total.amount, week.net.amount) == (7, 12361, 9639)
    assert (month.days, month.total.amount, month.net.amount) == (28, 38455, 29988)


def test_fees_are_those_of_the_house():
    [day, *_rest] = examples(Rates("EUR", 1000), Fees(renter=0, commission=50))

    assert (day.total.amount, day.net.amount) == (1000, 500)
