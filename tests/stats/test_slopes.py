"""Gradients and chi-squared statistics against statsmodels and scipy."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import Table

from boardpacks.stats.slopes import interval_slope, keeps_sign, logit_slope, proportion_chi_squared

PAIR = st.integers(2, 10**6).flatmap(lambda n: st.tuples(st.integers(1, n - 1), st.just(n)))
PAIRS = st.lists(PAIR, min_size=5, max_size=5)


def test_proportions_agree_with_statsmodels():
    """500 random series of five: linear by linear association, scores 0 to 4; to 1e-8.

    The general test of a table divides by the people less one where Cochran and Armitage's divides by the people.
    """
    random = np.random.default_rng(20260408)
    for _ in range(500):
        people = random.integers(30, 100_000, 5)
        counts = np.clip(random.binomial(people, random.uniform(0.05, 0.95)), 1, people - 1)
        table = Table(np.column_stack([counts, people - counts]), shift_zeros=False)
        theirs = table.test_ordinal_association(row_scores=np.arange(5)).zscore ** 2
        ours = proportion_chi_squared(list(zip(counts.tolist(), people.tolist(), strict=True)))
        total = int(people.sum())
        assert ours * (total - 1) / total == pytest.approx(float(theirs), rel=1e-8)


def test_weighted_gradients_agree_with_statsmodels():
    """500 random series of five with intervals, whole and with each point left out; to 1e-7."""
    random = np.random.default_rng(20260409)
    for _ in range(500):
        values, widths = random.normal(50, 10, 5), random.uniform(0.5, 20, 5)
        points = [(float(v), float(v - w / 2), float(v + w / 2)) for v, w in zip(values, widths, strict=True)]
        for left_out in (None, *range(5)):
            kept = [at for at in range(5) if at != left_out]
            model = sm.WLS(values[kept], sm.add_constant(np.array(kept)), weights=(3.92 / widths[kept]) ** 2)
            fit = model.fit(cov_type="fixed scale")
            slope, chi_squared = interval_slope(points, left_out)
            assert slope == pytest.approx(float(fit.params[1]), rel=1e-7, abs=1e-9)
            assert chi_squared == pytest.approx(float(fit.tvalues[1]) ** 2, rel=1e-7, abs=1e-9)


def test_a_logit_gradient_by_hand():
    pairs = [(1, 2), (1, 2), (1, 2), (1, 2), (3, 4)]
    # Log odds 0, 0, 0, 0 and log 3; positions -2 to 2 about the middle.
    assert logit_slope(pairs) == pytest.approx(2 * log(3) / 10)
    assert logit_slope(pairs, 4) == 0


@given(PAIRS)
def test_a_series_turned_round_has_the_opposite_gradient(pairs: list[tuple[int, int]]):
    assert logit_slope(pairs[::-1]) == pytest.approx(-logit_slope(pairs), abs=1e-9)
    assert proportion_chi_squared(pairs[::-1]) == pytest.approx(
        proportion_chi_squared(pairs), rel=1e-6, abs=1e-6
    )


@given(PAIRS, st.integers(2, 50))
def test_more_people_make_more_of_the_same_trend(pairs: list[tuple[int, int]], times: int):
    more = [(times * count, times * n) for count, n in pairs]
    assert proportion_chi_squared(more) == pytest.approx(
        times * proportion_chi_squared(pairs), rel=1e-6, abs=1e-6
    )


def test_level_neither_rises_nor_falls():
    assert keeps_sign([0.1, 1.0])
    assert keeps_sign([-2.0, -1.0])
    assert not keeps_sign([1.0, -1.0])
    assert not keeps_sign([0.0, 1.0])
    assert not keeps_sign([0.0, -1.0])
