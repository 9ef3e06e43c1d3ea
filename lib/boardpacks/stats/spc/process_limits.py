"""Makes the mean and process limits of an XmR chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean

from boardpacks.stats.spc.rules import RuleSet


@dataclass(frozen=True)
class ProcessLimits:
    """Mean and process limits, in the values' unit.

    ``near_lower`` and ``near_upper`` are where "near a limit" begins; ``moving_range`` is the mean moving range that
    they are made from.
    """

    mean: float
    lower: float
    upper: float
    near_lower: float
    near_upper: float
    moving_range: float


def process_limits(runs: Sequence[Sequence[float]], rules: RuleSet) -> ProcessLimits | None:
    """Return the limits of one stretch of a chart, or None where there are too few points for any.

    Parameters
    ----------
    runs
        The values in order of time, cut wherever a month is missing: a moving range joins two months that follow one
        another, so none reaches over a gap.
    rules
        The rule set.

    Returns
    -------
    Limits or None
        None under ``rules.fewest`` points, and where fewer than half of the points follow the point before them.

    Notes
    -----
    A constant series has a mean moving range of 0 and so limits at its mean. Sources: Nelson LS (1982), Journal of
    Quality Technology 14:172-173, for the screening; Provost LP, Murray SK (2011), The Health Care Data Guide, for the
    limits.

    Examples
    --------
    >>> from boardpacks.stats.spc.process_limits import process_limits
    >>> from boardpacks.stats.spc.rules import MAKING_DATA_COUNT
    >>> limits = process_limits([[70, 72, 69, 71, 70, 73, 70, 71, 69, 72, 70, 71, 70]], MAKING_DATA_COUNT)
    >>> round(limits.mean, 1), round(limits.lower, 1), round(limits.upper, 1)
    (70.6, 65.3, 75.9)
    """
    values = [value for run in runs for value in run]
    ranges = [abs(later - earlier) for run in runs for earlier, later in pairwise(run)]
    if len(values) < rules.fewest or 2 * len(ranges) < len(values) - 1:
        return None
    kept = _screened(ranges, rules)
    # The exact mean of exact values: a constant series must not lie a hair above its own mean.
    middle, average = mean(values), mean(kept)
    return ProcessLimits(
        mean=middle,
        lower=middle - rules.reach * average,
        upper=middle + rules.reach * average,
        near_lower=middle - rules.near * average,
        near_upper=middle + rules.near * average,
        moving_range=average,
    )


def _screened(ranges: Sequence[float], rules: RuleSet) -> Sequence[float]:
    most = rules.screening * mean(ranges)
    if most == 0:
        return ranges
    return [moving_range for moving_range in ranges if moving_range < most]
