"""Indices of inequality: by hand, against statsmodels, against theory, and by property."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.regression.linear_model import WLS
from statsmodels.tools import add_constant

from boardpacks.stats.inequality import PopulationGroup, Scale, slope_index
from boardpacks.stats.intervals import Z95, byars, wilson

FEW: dict[str, Any] = {"repetitions": 1000}


def _even(values: Sequence[float], half: float = 1.0) -> list[PopulationGroup]:
    return [PopulationGroup(value, value - half, value + half, 1000) for value in values]


def _group(value: float, limits: tuple[float, float], people: float) -> PopulationGroup:
    return PopulationGroup(value, limits[0], limits[1], people)


def _rate(count: int, people: float) -> PopulationGroup:
    lower, upper = byars(count)
    return _group(count / people, (lower / people, upper / people), 1000)


def _ranks(people: Sequence[float]) -> np.ndarray:
    shares = np.array(people) / sum(people)
    return np.cumsum(shares) - shares / 2


def test_a_straight_line_by_hand():
    """Ten equal tenths, 1 more in each: tenth 1 lies at rank 0.05, so the line goes from 9.5 to 19.5."""
    found = slope_index(_even([float(value) for value in range(10, 20)]), **FEW)
    assert (found.most, found.least, found.slope) == pytest.approx((9.5, 19.5, 10.0))
    assert found.relative == pytest.approx(19.5 / 9.5)
    assert (found.groups, found.repetitions) == (10, 1000)


def test_ranks_go_by_population():
    """Fifths of 40, 30, 20, 5 and 5%: ranks 0.2, 0.55, 0.8, 0.925 and 0.975; values lie on 10 - 4 x rank."""
    people, ranks = (40, 30, 20, 5, 5), (0.2, 0.55, 0.8, 0.925, 0.975)
    groups = [
        PopulationGroup(10 - 4 * rank, 9 - 4 * rank, 11 - 4 * rank, n)
        for n, rank in zip(people, ranks, strict=True)
    ]
    found = slope_index(groups, **FEW)
    assert (found.most, found.slope) == pytest.approx((10.0, -4.0))


TRANSFORMS: dict[Scale, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "none": (lambda y: y, lambda y: y),
    "log": (np.log, np.exp),
    "logit": (lambda y: np.log(y / (1 - y)), lambda y: 1 / (1 + np.exp(-y))),
}


@pytest.mark.parametrize("scale", ["none", "log", "logit"])
def test_lines_agree_with_statsmodels(scale: Scale):
    """100 random sets of tenths on each scale, to 1e-9."""
    random = np.random.default_rng(20260412)
    there, back = TRANSFORMS[scale]
    for _ in range(100):
        people = random.integers(100, 50_000, 10)
        counts = random.binomial(people, random.uniform(0.05, 0.9, 10)) + 1
        groups = [
            _group(count / (n + 2), wilson(count, n + 2), n)
            for count, n in zip(counts.tolist(), people.tolist(), strict=True)
        ]
        values = there(np.array([group.value for group in groups]))
        fit = WLS(values, add_constant(_ranks(people.tolist())), weights=people).fit()
        ends = back(np.array([fit.params[0], fit.params[0] + fit.params[1]]))
        found = slope_index(groups, scale=scale, **FEW)
        assert (found.most, found.least) == pytest.approx(tuple(ends), rel=1e-9)
        assert found.slope == pytest.approx(ends[1] - ends[0], rel=1e-9)


def test_simulated_limits_are_those_of_theory():
    """The slope is a weighted sum of normal values: its standard error is known. 20 sets, to 2% of the width."""
    random = np.random.default_rng(20260413)
    for _ in range(20):
        people, errors = random.integers(500, 5000, 10), random.uniform(0.2, 3, 10)
        values = random.normal(50, 5, 10)
        groups = [
            PopulationGroup(float(v), float(v - Z95 * e), float(v + Z95 * e), int(n))
            for v, e, n in zip(values, errors, people, strict=True)
        ]
        weights, ranks = people / people.sum(), _ranks(people.tolist())
        along = weights * (ranks - (weights * ranks).sum())
        error = float(np.sqrt(((along / (along * ranks).sum() * errors) ** 2).sum()))
        found = slope_index(groups)
        assert found.slope_lower == pytest.approx(found.slope - Z95 * error, abs=0.04 * Z95 * error)
        assert found.slope_upper == pytest.approx(found.slope + Z95 * error, abs=0.04 * Z95 * error)


def test_a_ratio_s_limits_are_those_of_theory_on_the_log_scale():
    """On the log scale the logarithm of the relative index is the fitted gradient, and so normal."""
    counts = [300, 280, 260, 250, 230, 220, 200, 190, 170, 160]
    groups = [_rate(count, 1e5) for count in counts]
    found = slope_index(groups, scale="log")
    errors = np.array([np.log(group.upper / group.lower) / (2 * Z95) for group in groups])
    along = _ranks([1000] * 10) - 0.5
    error = float(np.sqrt(((along / (along**2).sum() * errors) ** 2).sum()))
    assert found.relative is not None
    assert found.relative_lower is not None
    assert found.relative_upper is not None
    gradient = np.log(found.relative)
    limits = np.log(found.relative_lower), np.log(found.relative_upper)
    assert limits == pytest.approx((gradient - Z95 * error, gradient + Z95 * error), abs=0.03 * error)


def test_one_seed_gives_one_interval_and_another_hardly_another():
    groups = _even([10.0, 11.0, 12.0, 14.0, 15.0])
    first = slope_index(groups)
    assert slope_index(groups) == first
    other = slope_index(groups, seed=1)
    assert other.slope_lower != first.slope_lower
    assert other.slope_lower == pytest.approx(first.slope_lower, abs=0.05)


def test_lopsided_intervals_make_a_lopsided_index_only_on_their_own_scale():
    groups = [_rate(count, 1e4) for count in (12, 14, 15, 18, 40)]
    plain, lopsided = slope_index(groups), slope_index(groups, scale="log")
    assert lopsided.slope_upper - lopsided.slope > 1.05 * (lopsided.slope - lopsided.slope_lower)
    assert plain.slope_upper - plain.slope == pytest.approx(plain.slope - plain.slope_lower, rel=0.03)


def test_a_ratio_without_meaning_is_left_out():
    found = slope_index(_even([-2.0, -1.0, 0.0, 1.0, 2.0]), **FEW)
    assert (found.relative, found.relative_lower, found.relative_upper) == (None, None, None)
    # The line's ends are above 0, but some simulated ones are not.
    found = slope_index(_even([1.0, 2.0, 3.0, 4.0, 5.0], 3.0), **FEW)
    assert found.relative is not None
    assert (found.relative_lower, found.relative_upper) == (None, None)


VALUES = st.lists(st.floats(5, 50), min_size=5, max_size=10)


@given(VALUES, st.floats(0.01, 4))
def test_an_index_lies_in_its_interval_and_turns_with_its_groups(values: list[float], half: float):
    there, back = slope_index(_even(values, half), **FEW), slope_index(_even(values[::-1], half), **FEW)
    assert there.slope_lower < there.slope < there.slope_upper
    assert back.slope == pytest.approx(-there.slope, abs=1e-9)
    assert (back.most, back.least) == pytest.approx((there.least, there.most))


@given(VALUES, st.floats(2, 1000))
def test_another_unit_scales_the_slope_and_not_the_ratio(values: list[float], times: float):
    plain = slope_index(_even(values), **FEW)
    scaled = slope_index(
        [
            PopulationGroup(times * g.value, times * g.lower, times * g.upper, g.population)
            for g in _even(values)
        ],
        **FEW,
    )
    assert scaled.slope == pytest.approx(times * plain.slope, rel=1e-6, abs=1e-6)
    assert scaled.slope_upper == pytest.approx(times * plain.slope_upper, rel=1e-6, abs=1e-6)
    if plain.relative is not None:
        assert scaled.relative == pytest.approx(plain.relative)


@pytest.mark.parametrize(
    ("groups", "scale", "repetitions", "fault"),
    [
        (_even([1.0] * 4), "none", 1000, "needs 5 groups or more, not 4"),
        ([], "none", 1000, "needs 5 groups or more, not 0"),
        ([PopulationGroup(1, 0.5, 1.5, 0)] * 5, "none", 1000, "population above 0"),
        ([PopulationGroup(float("nan"), 0.5, 1.5, 10)] * 5, "none", 1000, "needs a value"),
        ([PopulationGroup(2, 0.5, 1.5, 10)] * 5, "none", 1000, "between its limits"),
        ([PopulationGroup(1, 0, 1.5, 10)] * 5, "log", 1000, "the log scale needs values and limits above 0"),
        ([PopulationGroup(0.5, 0.4, 1.0, 10)] * 5, "logit", 1000, "below 1"),
        ([PopulationGroup(1, 0.5, 1.5, 10)] * 5, "none", 999, "at least 1,000 repetitions, not 999"),
    ],
)
def test_impossible_groups_are_refused(
    groups: list[PopulationGroup], scale: Scale, repetitions: int, fault: str
):
    with pytest.raises(ValueError, match=fault):
        slope_index(groups, scale=scale, repetitions=repetitions)
