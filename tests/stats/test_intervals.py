"""Intervals against published values, exact limits and two programs of others."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PHStatsMethods import confidence_intervals as ohid
from scipy import stats as scipy_stats
from statsmodels.stats.proportion import proportion_confint

from boardpacks.stats.intervals import byars, exact_poisson, normal_point, poisson, wilson

LEVELS = (0.95, 0.998)


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


def test_normal_points_are_those_of_the_tables():
    assert normal_point(0.95) == pytest.approx(1.959964, abs=1e-6)
    assert normal_point(0.998) == pytest.approx(3.090232, abs=1e-6)


@pytest.mark.parametrize("level", [0, 1, -0.5, 95])
def test_a_level_is_a_share(level: float):
    with pytest.raises(ValueError, match="between 0 and 1"):
        normal_point(level)
    with pytest.raises(ValueError, match="between 0 and 1"):
        exact_poisson(5, level)


@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    [(0, 0.0, 3.689), (1, 0.0253, 5.572), (2, 0.2422, 7.225), (5, 1.623, 11.668), (9, 4.115, 17.085)],
)
def test_exact_poisson_is_as_printed_in_tables(count: int, lower: float, upper: float):
    """Tables of exact Poisson limits, such as Breslow and Day (1987), table 2.10; four figures are printed."""
    assert exact_poisson(count) == pytest.approx((lower, upper), abs=0.0005)


def test_wilson_agrees_with_two_programs():
    """3,000 random proportions at 95% and 99.8%, a tenth of them of nobody or everybody; to 1e-12."""
    random = np.random.default_rng(20260401)
    for _ in range(1500):
        n = int(10 ** random.uniform(0, 7))
        count = int(random.choice([0, n])) if random.random() < 0.1 else int(random.integers(0, n + 1))
        for level in LEVELS:
            ours = wilson(count, n, level)
            assert ours == pytest.approx(ohid.wilson(count, n, level), abs=1e-12)
            assert ours == pytest.approx(proportion_confint(count, n, 1 - level, method="wilson"), abs=1e-12)


def test_poisson_agrees_with_ohid_s_program():
    """3,000 random counts at 95% and 99.8%, half of them under 10 (exact limits); to 1e-9."""
    random = np.random.default_rng(20260402)
    for _ in range(1500):
        count = int(random.integers(1, 10)) if random.random() < 0.5 else int(10 ** random.uniform(1, 7))
        for level in LEVELS:
            theirs = ohid.byars_lower(count, level), ohid.byars_upper(count, level)
            assert poisson(count, level) == pytest.approx(theirs, rel=1e-9)


@given(st.integers(1, 5000), st.sampled_from(LEVELS))
def test_exact_limits_leave_the_tails_that_they_promise(count: int, level: float):
    lower, upper = exact_poisson(count, level)
    assert scipy_stats.poisson.sf(count - 1, lower) == pytest.approx((1 - level) / 2, rel=1e-6)
    assert scipy_stats.poisson.cdf(count, upper) == pytest.approx((1 - level) / 2, rel=1e-6)


@given(st.integers(0, 5000))
def test_poisson_is_exact_under_10_and_never_far_from_it(count: int):
    assert (poisson(count) == exact_poisson(count)) == (count < 10)
    assert poisson(count) == pytest.approx(exact_poisson(count), rel=0.003)


@given(st.integers(1, 10**6), st.data())
def test_a_higher_level_is_wider_and_more_people_narrower(n: int, data: st.DataObject):
    count = data.draw(st.integers(0, n))
    narrow, wide = wilson(count, n), wilson(count, n, 0.998)
    assert wide[0] <= narrow[0] <= narrow[1] <= wide[1]
    more = wilson(10 * count, 10 * n)
    assert more[1] - more[0] < narrow[1] - narrow[0]


@given(st.integers(1, 10**6), st.data())
def test_those_with_and_those_without_mirror_each_other(n: int, data: st.DataObject):
    count = data.draw(st.integers(0, n))
    lower, upper = wilson(count, n)
    assert wilson(n - count, n) == pytest.approx((1 - upper, 1 - lower), abs=1e-12)


@pytest.mark.parametrize("count", [-1, float("nan")])
def test_poisson_refuses_what_is_no_count(count: float):
    with pytest.raises(ValueError, match="events"):
        exact_poisson(count)
    with pytest.raises(ValueError, match="events"):
        poisson(count)
