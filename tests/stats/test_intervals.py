"""Intervals against published values and exact limits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.stats.intervals import byars, wilson


@pytest.mark.parametrize(
    ("count", "denominator", "lower", "upper"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_is_as_published(count: int, denominator: int, lower: float, upper: float):
    """Newcombe RG (1998), Statistics in Medicine 17:857-872, table I, method 3; four decimals are printed."""
    assert wilson(count, denominator) == pytest.approx((lower, upper), abs=0.00005)


def test_wilson_of_everybody_mirrors_that_of_nobody():
    assert wilson(20, 20) == pytest.approx((1 - 0.1611, 1.0), abs=0.00005)


@given(st.integers(1, 10**7).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_proportion_and_stays_between_0_and_1(people: tuple[int, int]):
    count, denominator = people
    lower, upper = wilson(count, denominator)
    assert 0 <= lower <= count / denominator <= upper <= 1
    assert lower < upper


@pytest.mark.parametrize(("count", "denominator"), [(-1, 10), (11, 10), (0, 0), (1, 0), (0, -5)])
def test_wilson_refuses_what_is_no_proportion(count: int, denominator: int):
    with pytest.raises(ValueError, match=f"not {count} of {denominator}"):
        wilson(count, denominator)


@pytest.mark.parametrize(("count", "lower", "upper"), [(10, 4.795, 18.390), (100, 81.36, 121.63)])
def test_byars_is_close_to_the_exact_poisson_limits(count: int, lower: float, upper: float):
    """The approximation is within 0.3% of the exact limits from 10 events on."""
    assert byars(count) == pytest.approx((lower, upper), rel=0.003)


@given(st.integers(10, 10**8))
def test_byars_holds_the_count(count: int):
    lower, upper = byars(count)
    assert 0 < lower < count < upper


@pytest.mark.parametrize("count", [9.99, 9, 0, -1])
def test_byars_refuses_few_events(count: float):
    with pytest.raises(ValueError, match=f"at least 10 events, not {count:g}"):
        byars(count)
