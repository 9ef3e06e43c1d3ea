"""Confidence intervals of proportions and of counts of events, made from counts."""

from __future__ import annotations

from functools import lru_cache
from math import sqrt
from statistics import NormalDist

Z95 = 1.959963984540054
"""The 97.5% point of the normal distribution."""

FEWEST_FOR_BYAR = 10
"""Under this many events Byar's approximation is too coarse."""


@lru_cache(maxsize=32)
def normal_point(level: float) -> float:
    """Return how many standard errors an interval of `level` reaches either side (1.96 for 0.95).

    Parameters
    ----------
    level
        Confidence level, above 0 and below 1.

    Examples
    --------
    >>> from boardpacks.stats.intervals import normal_point
    >>> round(normal_point(0.95), 2)
    1.96
    """
    if not 0 < level < 1:
        raise ValueError(f"a confidence level lies between 0 and 1, not {level:g}")
    return Z95 if level == 0.95 else NormalDist().inv_cdf((1 + level) / 2)


def wilson(count: float, denominator: float, level: float = 0.95) -> tuple[float, float]:
    """Return Wilson's score interval of a proportion.

    Parameters
    ----------
    count, denominator
        People with the property, and people in all; 0 <= count <= denominator, denominator > 0.
    level
        Confidence level.

    Returns
    -------
    tuple of float
        Lower and upper limit, as proportions from 0 to 1.

    Notes
    -----
    Source: Wilson EB (1927), J Am Stat Assoc 22:209-212; the method of public health profiles in England.

    Examples
    --------
    >>> from boardpacks.stats.intervals import wilson
    >>> [round(limit, 3) for limit in wilson(12, 100)]
    [0.07, 0.198]
    """
    if not 0 <= count <= denominator or denominator <= 0:
        raise ValueError(f"a proportion needs 0 <= count <= denominator, not {count} of {denominator}")
    p, z2 = count / denominator, normal_point(level) ** 2
    middle = p + z2 / (2 * denominator)
    half = normal_point(level) * sqrt(p * (1 - p) / denominator + z2 / (4 * denominator**2))
    scale = 1 + z2 / denominator
    # At nobody and everybody the limit is the proportion itself, which rounding may miss by a hair.
    return min(p, max(0.0, (middle - half) / scale)), max(p, min(1.0, (middle + half) / scale))


def byars(count: float, level: float = 0.95) -> tuple[float, float]:
    """Return Byar's interval of a count of independent events; divide by the denominator for a rate's interval.

    Parameters
    ----------
    count
        Events, 10 or more: under that the approximation is too coarse, see `poisson`.
    level
        Confidence level.

    Returns
    -------
    tuple of float
        Lower and upper limit, as counts.

    Notes
    -----
    Source: Breslow NE, Day NE (1987), Statistical Methods in Cancer Research, volume II, page 69.

    Examples
    --------
    >>> from boardpacks.stats.intervals import byars
    >>> [round(limit, 1) for limit in byars(50)]
    [37.1, 65.9]
    """
    if not count >= FEWEST_FOR_BYAR:
        raise ValueError(f"Byar's interval needs at least {FEWEST_FOR_BYAR} events, not {count:g}")
    z, above = normal_point(level), count + 1
    lower = count * (1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3
    upper = above * (1 - 1 / (9 * above) + z / (3 * sqrt(above))) ** 3
    return lower, upper


def exact_poisson(count: float, level: float = 0.95) -> tuple[float, float]:
    """Return the exact interval of a count of independent events, by way of the chi-squared distribution.

    Parameters
    ----------
    count
        Events, 0 or more.
    level
        Confidence level.

    Returns
    -------
    tuple of float
        Lower and upper limit, as counts.

    Notes
    -----
    The limits are half the chi-squared points with 2 x count and 2 x count + 2 degrees of freedom, written as points
    of the gamma distribution, which is the same. Source: Garwood F (1936), Biometrika 28:437-442; Armitage P, Berry G
    (2002), Statistical Methods in Medical Research, fourth edition.

    Examples
    --------
    >>> from boardpacks.stats.intervals import exact_poisson
    >>> [round(limit, 2) for limit in exact_poisson(5)]
    [1.62, 11.67]
    """
    from scipy.special import gammaincinv  # noqa: PLC0415

    if not count >= 0:
        raise ValueError(f"a count of events is 0 or more, not {count:g}")
    tail = (1 - level) / 2
    normal_point(level)
    lower = float(gammaincinv(count, tail)) if count > 0 else 0.0
    return lower, float(gammaincinv(count + 1, 1 - tail))


def poisson(count: float, level: float = 0.95) -> tuple[float, float]:
    """Return the interval of a count as public health profiles in England make it: exact under 10, else Byar's.

    Parameters
    ----------
    count
        Events, 0 or more.
    level
        Confidence level.

    Returns
    -------
    tuple of float
        Lower and upper limit, as counts; divide by the denominator for a rate's interval.

    Notes
    -----
    Source: Association of Public Health Observatories (2008), Technical Briefing 3.

    Examples
    --------
    >>> from boardpacks.stats.intervals import poisson
    >>> [round(limit, 2) for limit in poisson(5)]
    [1.62, 11.67]
    >>> [round(limit, 1) for limit in poisson(50)]
    [37.1, 65.9]
    """
    return exact_poisson(count, level) if 0 <= count < FEWEST_FOR_BYAR else byars(count, level)
