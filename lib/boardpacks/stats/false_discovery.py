"""How many of many findings may be false: some differ by chance alone where much is compared."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist

from boardpacks.stats.intervals import Z95


def p_value(value: float, lower: float, upper: float, benchmark: float) -> float:
    """Return how likely a value as far from the benchmark as this is by chance, by its 95% interval.

    It is under 0.05 just where the interval leaves the benchmark out, since the side of the interval that faces the
    benchmark is taken for 1.96 standard errors.

    Examples
    --------
    >>> from boardpacks.stats.false_discovery import p_value
    >>> round(p_value(10.9, 6.7, 15.1, benchmark=11.6), 2), round(p_value(16.8, 13.0, 20.6, benchmark=11.6), 3)
    (0.74, 0.007)
    """
    side = upper - value if benchmark > value else value - lower
    if side <= 0:
        return 1.0 if benchmark == value else 0.0
    return 2 * (1 - NormalDist().cdf(Z95 * abs(value - benchmark) / side))


def adjusted(p_values: Sequence[float]) -> list[float]:
    """Return p-values adjusted for their number by the method of Benjamini and Hochberg, in the same order.

    Of the findings whose adjusted value is at most 0.05, no more than 5% are false on average.

    Notes
    -----
    Source: Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate", Journal of the Royal Statistical
    Society B 57 (1995).

    Examples
    --------
    >>> from boardpacks.stats.false_discovery import adjusted
    >>> [round(one, 3) for one in adjusted([0.01, 0.04, 0.03, 0.5])]
    [0.04, 0.053, 0.053, 0.5]
    """
    order = sorted(range(len(p_values)), key=p_values.__getitem__, reverse=True)
    found, least = [1.0] * len(p_values), 1.0
    for behind, at in enumerate(order):
        least = min(least, p_values[at] * len(p_values) / (len(p_values) - behind))
        found[at] = least
    return found
