"""Chance among many comparisons: against statsmodels, and in step with the rule of overlapping intervals."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from boardpacks.stats.comparison import compare
from boardpacks.stats.false_discovery import adjusted, p_value

CHANCES = st.lists(st.floats(0, 1), min_size=1, max_size=60)


@given(CHANCES)
def test_values_are_adjusted_as_statsmodels_does(chances: list[float]):
    expected = multipletests(chances, method="fdr_bh")[1]
    assert adjusted(chances) == pytest.approx(list(expected))


def test_nothing_is_nothing():
    assert adjusted([]) == []


@given(CHANCES)
def test_no_finding_becomes_more_certain_by_being_one_of_many(chances: list[float]):
    assert all(after >= before - 1e-12 for before, after in zip(chances, adjusted(chances), strict=True))


@given(st.floats(-50, 50), st.floats(0.01, 20), st.floats(0.01, 20), st.floats(-90, 90))
def test_a_value_is_beyond_chance_just_where_its_interval_leaves_the_benchmark_out(
    value: float, below: float, above: float, benchmark: float
):
    lower, upper = value - below, value + above
    assume(min(abs(lower - benchmark), abs(upper - benchmark)) > 1e-6)
    beyond = p_value(value, lower, upper, benchmark) < 0.05
    assert beyond == (compare(value, lower, upper, benchmark, "high") != "similar")


@pytest.mark.parametrize(("benchmark", "chance"), [(10.0, 1.0), (9.0, 0.0)])
def test_an_interval_without_width_on_that_side_leaves_no_doubt(benchmark: float, chance: float):
    assert p_value(10.0, 10.0, 12.0, benchmark) == chance
