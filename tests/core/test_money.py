import pytest
from hypothesis import given
from hypothesis import strategies as st

from bikeens.core.money import Money, share


def test_a_share_is_rounded_half_away_from_zero():
    assert Money(50, "EUR").share(1, 100) == Money(1, "EUR")
    assert Money(49, "EUR").share(1, 100) == Money(0, "EUR")
    assert Money(-50, "EUR").share(1, 100) == Money(-1, "EUR")


def test_two_currencies_never_mix():
    with pytest.raises(ValueError, match="EUR and CHF"):
        Money(1, "EUR") + Money(1, "CHF")


def test_there_are_no_fractions_of_a_cent():
    with pytest.raises(TypeError):
        Money(1.5, "EUR")


@given(st.integers(-(10**9), 10**9), st.integers(0, 100), st.integers(1, 100))
def test_a_share_is_never_half_a_cent_off(amount, numerator, denominator):
    assert abs(share(amount, numerator, denominator) * denominator - amount * numerator) * 2 <= denominator
