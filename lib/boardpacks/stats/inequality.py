"""Slope and relative index of inequality over deprivation tenths (or other ordered groups)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from boardpacks.stats.intervals import Z95

FEWEST_GROUPS = 5
REPETITIONS = 100_000
SEED = 20_130_401

Scale = Literal["none", "log", "logit"]
Array = NDArray[np.float64]

METHOD = "slope index of inequality, weighted regression on relative rank, simulated interval"


@dataclass(frozen=True)
class PopulationGroup:
    """One group of people: its value with 95% limits, in one unit for all groups, and its population."""

    value: float
    lower: float
    upper: float
    population: float


@dataclass(frozen=True)
class InequalityIndex:
    """Slope and relative index of inequality with their 95% intervals.

    ``slope`` is the fitted value of the least deprived end of the whole population less that of the most deprived end,
    in the values' unit: 0 is no inequality. ``relative`` is the one over the other: 1 is no inequality; it is None
    where a fitted end is 0 or below, which leaves a ratio without meaning. ``most`` and ``least`` are the fitted ends.
    """

    slope: float
    slope_lower: float
    slope_upper: float
    relative: float | None
    relative_lower: float | None
    relative_upper: float | None
    most: float
    least: float
    groups: int
    scale: Scale
    repetitions: int
    seed: int
    method: str = METHOD


def slope_index(
    groups: Sequence[PopulationGroup],
    *,
    scale: Scale = "none",
    repetitions: int = REPETITIONS,
    seed: int = SEED,
) -> InequalityIndex:
    """Return how steeply an indicator changes over the whole range of deprivation.

    Parameters
    ----------
    groups
        From the most deprived group to the least. Proportions go from 0 to 1.
    scale
        What the straight line is fitted to: the values as they are ("none"), their logarithms ("log", advised for
        rates) or log odds ("logit", advised for proportions). The indices are in the values' unit all the same.
    repetitions
        How often values are simulated, 1,000 or more.
    seed
        Start of the random numbers: one seed always gives the same interval.

    Raises
    ------
    ValueError
        Under five groups, for populations not above 0, limits the wrong way round, or values that the scale rules out.

    Notes
    -----
    Groups are ranked by the middle of their share of the population (0 to 1) and weigh by it. Source: Low A, Low A
    (2004), Journal of Public Health 26:388-395; Office for Health Improvement and Disparities, phe_sii of the R package
    PHEindicatormethods 2.1.0, whose intervals are simulated in the same way.

    Examples
    --------
    >>> from boardpacks.stats.inequality import PopulationGroup, slope_index
    >>> groups = [PopulationGroup(value, value - 2, value + 2, 1000) for value in (30, 25, 22, 18, 12)]
    >>> found = slope_index(groups, repetitions=1000)
    >>> round(found.slope, 1), round(found.relative, 1)
    (-21.5, 0.3)
    """
    columns = np.array([[g.value, g.lower, g.upper, g.population] for g in groups], dtype=float).reshape(
        -1, 4
    )
    _check(columns, repetitions)
    value, lower, upper, people = columns.T
    for given in (value, lower, upper):
        _check_scale(given, scale)
    weights = people / people.sum()
    ranks = relative_ranks(weights)
    ends = _fitted_ends(to_scale(value, scale), ranks, weights, scale)
    deviation = (to_scale(upper, scale) - to_scale(lower, scale)) / (2 * Z95)
    drawn = np.random.default_rng(seed).normal(to_scale(value, scale), deviation, (repetitions, len(value)))
    simulated = _fitted_ends(drawn, ranks, weights, scale)
    slope_limits = np.quantile(simulated[:, 1] - simulated[:, 0], [0.025, 0.975])
    most, least = float(ends[0, 0]), float(ends[0, 1])
    positive = min(most, least) > 0 and bool((simulated > 0).all())
    relative_limits = np.quantile(simulated[:, 1] / simulated[:, 0], [0.025, 0.975]) if positive else None
    return InequalityIndex(
        slope=least - most,
        slope_lower=float(slope_limits[0]),
        slope_upper=float(slope_limits[1]),
        relative=least / most if min(most, least) > 0 else None,
        relative_lower=None if relative_limits is None else float(relative_limits[0]),
        relative_upper=None if relative_limits is None else float(relative_limits[1]),
        most=most,
        least=least,
        groups=len(value),
        scale=scale,
        repetitions=repetitions,
        seed=seed,
    )


def relative_ranks(weights: Array) -> Array:
    """Return the middle of each group's share of the population, given the shares.

    Examples
    --------
    >>> import numpy as np
    >>> from boardpacks.stats.inequality import relative_ranks
    >>> relative_ranks(np.array([0.5, 0.25, 0.25])).tolist()
    [0.25, 0.625, 0.875]
    """
    return np.cumsum(weights) - weights / 2


def _fitted_ends(values: Array, ranks: Array, weights: Array, scale: Scale) -> Array:
    """Fit a weighted line to each row of values; return its ends at ranks 0 and 1, in the values' unit."""
    rows = np.atleast_2d(values)
    middle = (weights * ranks).sum()
    spread = (weights * (ranks - middle) ** 2).sum()
    slopes = rows @ (weights * (ranks - middle)) / spread
    starts = rows @ weights - slopes * middle
    return from_scale(np.column_stack([starts, starts + slopes]), scale)


def to_scale(values: Array, scale: Scale) -> Array:
    """Return values as the line is fitted to them.

    Examples
    --------
    >>> import numpy as np
    >>> from boardpacks.stats.inequality import to_scale
    >>> to_scale(np.array([0.5, 0.75]), "logit").round(2).tolist()
    [0.0, 1.1]
    """
    if scale == "none":
        return values
    return np.log(values) if scale == "log" else np.log(values / (1 - values))


def from_scale(values: Array, scale: Scale) -> Array:
    """Return fitted values in the values' unit.

    Examples
    --------
    >>> import numpy as np
    >>> from boardpacks.stats.inequality import from_scale
    >>> from_scale(np.array([0.0, 1.1]), "logit").round(2).tolist()
    [0.5, 0.75]
    """
    if scale == "none":
        return values
    return np.exp(values) if scale == "log" else 1 / (1 + np.exp(-values))


def _check(columns: Array, repetitions: int) -> None:
    value, lower, upper, people = columns.T
    if len(columns) < FEWEST_GROUPS:
        raise ValueError(f"an index of inequality needs {FEWEST_GROUPS} groups or more, not {len(columns)}")
    if not np.isfinite(columns).all() or not (people > 0).all():
        raise ValueError("each group needs a value, 95% limits and a population above 0")
    if not ((lower <= value) & (value <= upper)).all():
        raise ValueError("each value must lie between its limits")
    if repetitions < 1000:
        raise ValueError(f"an interval needs at least 1,000 repetitions, not {repetitions}")


def _check_scale(values: Array, scale: Scale) -> None:
    if scale != "none" and not (values > 0).all():
        raise ValueError(f"the {scale} scale needs values and limits above 0")
    if scale == "logit" and not (values < 1).all():
        raise ValueError("the logit scale needs proportions and limits below 1")
