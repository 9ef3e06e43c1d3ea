"""Differences and ratios against published examples, statsmodels and by property."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.stats.rates import confint_poisson_2indep

from boardpacks.stats.differences import (
    Contrast,
    proportion_difference,
    proportion_ratio,
    published_difference,
    rate_difference,
    rate_ratio,
)
from boardpacks.stats.intervals import wilson

PEOPLE = st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
CASES = 500


@pytest.mark.parametrize(
    ("first", "second", "lower", "upper"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_differences_are_as_published(
    first: tuple[int, int], second: tuple[int, int], lower: float, upper: float
):
    """Newcombe RG (1998), Statistics in Medicine 17:873-890, table II, method 10; four decimals are printed."""
    found = proportion_difference(*first, *second)
    assert (found.lower, found.upper) == pytest.approx((lower, upper), abs=0.00005)
    assert found.value == pytest.approx(first[0] / first[1] - second[0] / second[1])


def _pairs(seed: int, fewest: int) -> list[tuple[int, int, int, int]]:
    random = np.random.default_rng(seed)
    found = []
    for _ in range(CASES):
        n, m = (int(10 ** random.uniform(1, 6)) for _ in range(2))
        p, q = 10 ** random.uniform(-4, 0, 2)
        found.append((max(fewest, int(random.binomial(n, p))), n, max(fewest, int(random.binomial(m, q))), m))
    return found


def _agrees(found: Contrast, theirs: Any) -> bool:
    return (found.lower, found.upper) == pytest.approx(
        tuple(float(limit) for limit in theirs), rel=1e-8, abs=1e-12
    )


@pytest.mark.parametrize("level", [0.95, 0.998])
def test_proportions_agree_with_statsmodels(level: float):
    """500 random pairs at each level: Newcombe's difference and Katz's ratio."""
    for pair in _pairs(20260404, 1):
        args: dict[str, Any] = {"alpha": 1 - level}
        assert _agrees(
            proportion_difference(*pair, level), confint_proportions_2indep(*pair, method="newcomb", **args)
        )
        ratio = confint_proportions_2indep(*pair, compare="ratio", method="log", **args)
        assert _agrees(proportion_ratio(*pair, level), ratio)


@pytest.mark.parametrize("level", [0.95, 0.998])
def test_rates_agree_with_statsmodels(level: float):
    """500 random pairs at each level: square-and-add difference of exact limits and the log ratio."""
    for pair in _pairs(20260405, 1):
        args: dict[str, Any] = {"alpha": 1 - level}
        theirs = confint_poisson_2indep(*pair, compare="diff", method="mover", method_mover="exact-c", **args)
        assert _agrees(rate_difference(*pair, level), theirs)
        ratio = confint_poisson_2indep(*pair, compare="ratio", method="wald-log", **args)
        assert _agrees(rate_ratio(*pair, level), ratio)


@given(PEOPLE, PEOPLE)
def test_a_difference_turned_round_changes_its_sign(first: tuple[int, int], second: tuple[int, int]):
    for make in (proportion_difference, rate_difference):
        there, back = make(*first, *second), make(*second, *first)
        assert (back.value, back.lower, back.upper) == pytest.approx(
            (-there.value, -there.upper, -there.lower)
        )
        assert there.lower <= there.value <= there.upper


@given(PEOPLE.filter(lambda pair: pair[0] > 0), PEOPLE.filter(lambda pair: pair[0] > 0))
def test_a_ratio_turned_round_is_its_inverse(first: tuple[int, int], second: tuple[int, int]):
    for make in (proportion_ratio, rate_ratio):
        there, back = make(*first, *second), make(*second, *first)
        assert (back.value, back.lower, back.upper) == pytest.approx(
            (1 / there.value, 1 / there.upper, 1 / there.lower)
        )
        assert there.lower <= there.value * (1 + 1e-12)
        assert there.value <= there.upper * (1 + 1e-12)


@given(PEOPLE)
def test_like_and_like_do_not_differ(pair: tuple[int, int]):
    for make in (proportion_difference, rate_difference):
        assert make(*pair, *pair).direction == "no-significant-difference"
    if pair[0]:
        for make in (proportion_ratio, rate_ratio):
            assert make(*pair, *pair).direction == "no-significant-difference"


@given(PEOPLE, PEOPLE)
def test_published_intervals_of_proportions_give_newcombe_s_difference(
    first: tuple[int, int], second: tuple[int, int]
):
    figures = [(count / n, *wilson(count, n)) for count, n in (first, second)]
    found, counted = published_difference(figures[0], figures[1]), proportion_difference(*first, *second)
    assert (found.value, found.lower, found.upper) == (counted.value, counted.lower, counted.upper)
    assert found.method != counted.method


def test_directions_in_words():
    assert published_difference((10, 9, 11), (5, 4, 6)).direction == "higher"
    assert published_difference((5, 4, 6), (10, 9, 11)).direction == "lower"
    # The difference of 2 lies 1.41 either side: beyond chance, though the intervals touch.
    assert published_difference((10, 9, 11), (8, 7, 9)).direction == "higher"
    assert rate_ratio(200, 1000, 100, 1000).direction == "higher"
    assert rate_ratio(100, 1000, 200, 1000).direction == "lower"


@pytest.mark.parametrize("make", [proportion_ratio, rate_ratio])
@pytest.mark.parametrize(("count", "other"), list(product([0, 5], [0, 5]))[:3])
def test_a_ratio_needs_an_event_on_either_side(make: Any, count: int, other: int):
    with pytest.raises(ValueError, match="at least one event in each group"):
        make(count, 10, other, 10)


def test_impossible_groups_are_refused():
    with pytest.raises(ValueError, match="not 11 of 10"):
        proportion_difference(11, 10, 1, 10)
    with pytest.raises(ValueError, match="denominator must be above 0"):
        rate_difference(1, 0, 1, 10)
    with pytest.raises(ValueError, match="0 or more"):
        rate_difference(-1, 10, 1, 10)
    with pytest.raises(ValueError, match="outside its own interval, 4 to 5"):
        published_difference((6, 4, 5), (1, 1, 1))
