"""Slope index of inequality over a few whole areas, which scatter about the line more than chance in each explains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt

import numpy as np

from boardpacks.stats.inequality import (
    Array,
    InequalityIndex,
    PopulationGroup,
    Scale,
    from_scale,
    relative_ranks,
    slope_index,
    to_scale,
)

METHOD = (
    "slope index of inequality, weighted regression on relative rank, the wider of two intervals: by the scatter of "
    "the areas about the line (t) and simulated from their own"
)


def area_slope(groups: Sequence[PopulationGroup], *, scale: Scale = "none") -> InequalityIndex:
    """Return how steeply an indicator changes over areas in order of deprivation, minding how they scatter.

    Parameters
    ----------
    groups
        As `boardpacks.stats.inequality.slope_index` takes them: areas from the most deprived to the least.
    scale
        What the straight line is fitted to.

    Notes
    -----
    The areas' own intervals say how well each is measured, not how well a line describes them. With seven boroughs the
    scatter about the line is most of the uncertainty: the gradient's standard error comes from the residuals of the
    weighted regression and its interval from Student's t with two degrees of freedom fewer than areas (Draper NR, Smith
    H, 1998, Applied Regression Analysis, third edition, chapters 1 and 9). A few areas may lie close to a line by luck,
    so that the interval is never narrower than the simulated one. On log and log odds scales the limits of the gradient
    are turned into ends about the line's middle.

    Examples
    --------
    >>> from boardpacks.stats.area_slope import area_slope
    >>> from boardpacks.stats.inequality import PopulationGroup
    >>> groups = [PopulationGroup(value, value - 1, value + 1, 1000) for value in (30, 18, 27, 16, 22)]
    >>> found = area_slope(groups)
    >>> round(found.slope, 1), round(found.slope_lower, 1), round(found.slope_upper, 1)
    (-9.0, -39.0, 21.0)
    """
    sampled = slope_index(groups, scale=scale)
    (lower, upper), relative = _by_scatter(groups, scale)
    if upper - lower <= sampled.slope_upper - sampled.slope_lower:
        return replace(sampled, method=METHOD)
    has_ratio = sampled.relative is not None and relative is not None
    return replace(
        sampled,
        slope_lower=lower,
        slope_upper=upper,
        relative_lower=relative[0] if has_ratio and relative else None,
        relative_upper=relative[1] if has_ratio and relative else None,
        method=METHOD,
    )


def _by_scatter(
    groups: Sequence[PopulationGroup], scale: Scale
) -> tuple[tuple[float, float], tuple[float, float] | None]:
    """Return the limits of the slope index by the residuals, and those of the relative index where it has a meaning."""
    from scipy.special import stdtrit  # noqa: PLC0415

    people = np.array([group.population for group in groups], dtype=float)
    values = to_scale(np.array([group.value for group in groups], dtype=float), scale)
    weights = people / people.sum()
    along = relative_ranks(weights) - 0.5  # their weighted mean is the middle of the population
    spread = float((weights * along**2).sum())
    middle = float((weights * values).sum())
    gradient = float((weights * along * values).sum()) / spread
    residuals = values - middle - gradient * along
    free = len(groups) - 2
    error = sqrt(float((weights * residuals**2).sum()) / free / spread)
    by = float(stdtrit(free, 0.975)) * error
    ends: Array = from_scale(
        np.array([[middle - one / 2, middle + one / 2] for one in (gradient - by, gradient + by)]), scale
    )
    slopes = ends[:, 1] - ends[:, 0]
    ratios = ends[:, 1] / ends[:, 0] if (ends > 0).all() else None
    return _pair(slopes), None if ratios is None else _pair(ratios)


def _pair(limits: Array) -> tuple[float, float]:
    return float(limits[0]), float(limits[1])
