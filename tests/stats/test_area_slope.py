"""Slopes over areas: the interval of the regression, against statsmodels and SciPy, and by property."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import linregress, t
from statsmodels.regression.linear_model import WLS
from statsmodels.tools import add_constant

from boardpacks.stats.area_slope import area_slope
from boardpacks.stats.inequality import PopulationGroup, Scale, slope_index

SCALES: dict[Scale, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "none": (lambda y: y, lambda y: y),
    "log": (np.log, np.exp),
    "logit": (lambda y: np.log(y / (1 - y)), lambda y: 1 / (1 + np.exp(-y))),
}
VALUES = st.lists(st.floats(0.05, 0.95), min_size=5, max_size=10)


def _groups(
    values: list[float], people: list[int] | None = None, half: float = 1e-4
) -> list[PopulationGroup]:
    weights = people or [1000] * len(values)
    return [PopulationGroup(v, v - half, v + half, n) for v, n in zip(values, weights, strict=True)]


@pytest.mark.parametrize("scale", ["none", "log", "logit"])
def test_the_interval_is_that_of_statsmodels_regression(scale: Scale):
    """The ends of the line at both limits of its gradient, turned about its weighted middle."""
    to, back = SCALES[scale]
    random = np.random.default_rng(7)
    for _ in range(20):
        size = int(random.integers(5, 9))
        values, people = random.uniform(0.1, 0.9, size), random.integers(50_000, 400_000, size)
        shares = people / people.sum()
        ranks = np.cumsum(shares) - shares / 2
        fitted = WLS(to(values), add_constant(ranks), weights=shares).fit()
        middle = float((shares * to(values)).sum())
        wanted = [
            float(back(middle + gradient / 2) - back(middle - gradient / 2))
            for gradient in fitted.conf_int()[1]
        ]
        found = area_slope(_groups(values.tolist(), people.tolist()), scale=scale)
        assert (found.slope_lower, found.slope_upper) == pytest.approx(wanted, rel=1e-9)


@settings(max_examples=25)
@given(VALUES)
def test_equal_areas_have_scipy_s_interval_unless_their_own_are_wider(values: list[float]):
    groups = _groups(values)
    line = linregress((np.arange(len(values)) + 0.5) / len(values), values)
    by = float(t.ppf(0.975, len(values) - 2)) * line.stderr
    found, sampled = area_slope(groups), slope_index(groups)
    narrow = sampled.slope_upper - sampled.slope_lower
    if 2 * by > narrow:
        assert (found.slope_lower, found.slope_upper) == pytest.approx(
            (line.slope - by, line.slope + by), abs=1e-9
        )
    assert found.slope_upper - found.slope_lower >= narrow
    assert found.slope == sampled.slope


@settings(max_examples=20)
@given(VALUES, st.sampled_from(["none", "log", "logit"]))
def test_the_ratio_agrees_with_the_slope_on_whether_there_is_one(values: list[float], scale: Scale):
    found = area_slope(_groups(values), scale=scale)
    if found.relative_lower is not None and found.relative_upper is not None:
        assert (found.slope_lower <= 0 <= found.slope_upper) == (
            found.relative_lower <= 1 <= found.relative_upper
        )


def test_areas_on_a_line_keep_the_interval_of_their_own():
    groups = _groups([0.1, 0.2, 0.3, 0.4, 0.5], half=0.05)
    found, sampled = area_slope(groups), slope_index(groups)
    assert (found.slope_lower, found.slope_upper) == (sampled.slope_lower, sampled.slope_upper)


def test_six_boroughs_by_hand():
    """Obesity at age 10 to 11 in a made-up system: steep enough for six boroughs; one of them elsewhere, and not."""
    assert area_slope(_groups([0.30, 0.29, 0.27, 0.25, 0.24, 0.22])).slope_upper < 0
    scattered = area_slope(_groups([0.30, 0.29, 0.27, 0.25, 0.24, 0.32]))
    assert scattered.slope_lower < 0 < scattered.slope_upper
