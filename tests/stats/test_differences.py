"""Differences of published figures against published examples, statsmodels and by property."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from boardpacks.stats.differences import Contrast, published_difference
from boardpacks.stats.intervals import wilson

PEOPLE = st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
CASES = 500


def _difference(count: int, n: int, other: int, m: int, level: float = 0.95) -> Contrast:
    """Return Newcombe's method 10: the difference of two proportions from Wilson's intervals of each."""
    first, second = (count / n, *wilson(count, n, level)), (other / m, *wilson(other, m, level))
    return published_difference(first, second, level)


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
    found = _difference(*first, *second)
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


@pytest.mark.parametrize("level", [0.95, 0.998])
def test_proportions_agree_with_statsmodels(level: float):
    """500 random pairs at each level."""
    for pair in _pairs(20260404, 1):
        found = _difference(*pair, level)
        theirs: Any = confint_proportions_2indep(*pair, method="newcomb", alpha=1 - level)
        assert (found.lower, found.upper) == pytest.approx(
            tuple(float(limit) for limit in theirs), rel=1e-8, abs=1e-12
        )


@given(PEOPLE, PEOPLE)
def test_a_difference_turned_round_changes_its_sign(first: tuple[int, int], second: tuple[int, int]):
    there, back = _difference(*first, *second), _difference(*second, *first)
    assert (back.value, back.lower, back.upper) == pytest.approx((-there.value, -there.upper, -there.lower))
    assert there.lower <= there.value <= there.upper


@given(PEOPLE)
def test_like_and_like_do_not_differ(pair: tuple[int, int]):
    assert _difference(*pair, *pair).direction == "no-significant-difference"


def test_directions_in_words():
    assert published_difference((10, 9, 11), (5, 4, 6)).direction == "higher"
    assert published_difference((5, 4, 6), (10, 9, 11)).direction == "lower"
    # The difference of 2 lies 1.41 either side: beyond chance, though the intervals touch.
    assert published_difference((10, 9, 11), (8, 7, 9)).direction == "higher"


def test_a_value_outside_its_own_interval_is_refused():
    with pytest.raises(ValueError, match="outside its own interval, 4 to 5"):
        published_difference((6, 4, 5), (1, 1, 1))
