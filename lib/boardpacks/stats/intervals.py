"""95% confidence intervals of proportions and rates, made from counts."""

from __future__ import annotations

from math import sqrt

Z95 = 1.959963984540054
"""The 97.5% point of the normal distribution."""


def wilson(count: float, denominator: float) -> tuple[float, float]:
    """Return Wilson's score interval of a proportion.

    Parameters
    ----------
    count, denominator
        People with the property, and people in all; 0 <= count <= denominator, denominator > 0.

    Returns
    -------
    tuple of float
        Lower and upper limit, as proportions from 0 to 1.

    Notes
    -----
    Source: Wilson EB (1927), J Am Stat Assoc 22:209-212; the method of public health profiles in England.
    """
    if not 0 <= count <= denominator or denominator <= 0:
        raise ValueError(f"a proportion needs 0 <= count <= denominator, not {count} of {denominator}")
    p, z2 = count / denominator, Z95**2
    middle = p + z2 / (2 * denominator)
    half = Z95 * sqrt(p * (1 - p) / denominator + z2 / (4 * denominator**2))
    scale = 1 + z2 / denominator
    # At nobody and everybody the limit is the proportion itself, which rounding may miss by a hair.
    return min(p, max(0.0, (middle - half) / scale)), max(p, min(1.0, (middle + half) / scale))


def byars(count: float) -> tuple[float, float]:
    """Return Byar's interval of a count of independent events; divide by the denominator for a rate's interval.

    Parameters
    ----------
    count
        Events, 10 or more: under that the approximation is too coarse.

    Returns
    -------
    tuple of float
        Lower and upper limit, as counts.

    Notes
    -----
    Source: Breslow NE, Day NE (1987), Statistical Methods in Cancer Research, volume II, page 69.
    """
    if count < 10:
        raise ValueError(f"Byar's interval needs at least 10 events, not {count:g}")
    lower = count * (1 - 1 / (9 * count) - Z95 / (3 * sqrt(count))) ** 3
    above = count + 1
    upper = above * (1 - 1 / (9 * above) + Z95 / (3 * sqrt(above))) ** 3
    return lower, upper
