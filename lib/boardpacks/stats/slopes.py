"""Gradients over evenly spaced points and how far they are beyond chance."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

INTERVAL_WIDTH = 3.92
"""A 95% interval's width in standard errors, to the two decimals that Fingertips uses."""


def interval_slope(
    points: Sequence[tuple[float, float, float]], left_out: int | None = None
) -> tuple[float, float]:
    """Return the gradient of values weighted by their intervals, and its chi-squared statistic.

    Parameters
    ----------
    points
        Value, lower and upper 95% limit of each point, evenly spaced; intervals have a width.
    left_out
        Position of a point to be left out, from 0, or None.

    Notes
    -----
    Weighted least squares with known variances: the gradient over its standard error, squared, has a chi-squared
    distribution with one degree of freedom when there is no trend.

    Examples
    --------
    >>> from boardpacks.stats.slopes import interval_slope
    >>> gradient, chi_squared = interval_slope([(20, 18, 22), (18, 16, 20), (16, 14, 18)])
    >>> round(gradient, 2), round(chi_squared, 1)
    (-2.0, 7.7)
    """
    kept = [
        (position, value, (INTERVAL_WIDTH / (upper - lower)) ** 2)
        for position, (value, lower, upper) in enumerate(points)
        if position != left_out
    ]
    # Working from the weighted middle keeps digits that sums of large squares would lose.
    total = sum(weight for _, _, weight in kept)
    middle = sum(weight * position for position, _, weight in kept) / total
    mean = sum(weight * value for _, value, weight in kept) / total
    spread = sum(weight * (position - middle) ** 2 for position, _, weight in kept)
    slope = sum(weight * (position - middle) * (value - mean) for position, value, weight in kept) / spread
    return slope, slope**2 * spread


def logit_slope(pairs: Sequence[tuple[float, float]], left_out: int | None = None) -> float:
    """Return the unweighted gradient of proportions on the log odds scale.

    Parameters
    ----------
    pairs
        Count and denominator of each point, evenly spaced; 0 < count < denominator.
    left_out
        Position of a point to be left out, from 0, or None.

    Examples
    --------
    >>> from boardpacks.stats.slopes import logit_slope
    >>> round(logit_slope([(20, 100), (25, 100), (30, 100)]), 2)
    0.27
    """
    kept = [
        (position, log(count / (denominator - count)))
        for position, (count, denominator) in enumerate(pairs)
        if position != left_out
    ]
    middle = sum(position for position, _ in kept) / len(kept)
    mean = sum(odds for _, odds in kept) / len(kept)
    along = sum((position - middle) * (odds - mean) for position, odds in kept)
    return along / sum((position - middle) ** 2 for position, _ in kept)


def proportion_chi_squared(pairs: Sequence[tuple[float, float]]) -> float:
    """Return the chi-squared statistic for trend in proportions (Cochran and Armitage), one degree of freedom.

    Parameters
    ----------
    pairs
        Count and denominator of each point, evenly spaced; not nobody and not everybody in all.

    Examples
    --------
    >>> from boardpacks.stats.slopes import proportion_chi_squared
    >>> round(proportion_chi_squared([(20, 100), (25, 100), (30, 100)]), 2)
    2.67
    """
    people = sum(denominator for _, denominator in pairs)
    share = sum(count for count, _ in pairs) / people
    middle = sum(position * denominator for position, (_, denominator) in enumerate(pairs)) / people
    along = sum(
        (position - middle) * (count - share * denominator)
        for position, (count, denominator) in enumerate(pairs)
    )
    spread = sum(denominator * (position - middle) ** 2 for position, (_, denominator) in enumerate(pairs))
    return along**2 / (share * (1 - share) * spread)


def keeps_sign(slopes: Sequence[float]) -> bool:
    """Whether all gradients rise or all fall.

    A level one does neither, so that a series and its mirror image are judged alike. Fingertips counts level as
    rising, which differs only where a gradient is exactly 0.

    Examples
    --------
    >>> from boardpacks.stats.slopes import keeps_sign
    >>> keeps_sign([0.2, 0.3]), keeps_sign([0.2, -0.1])
    (True, False)
    """
    return all(slope > 0 for slope in slopes) or all(slope < 0 for slope in slopes)
