"""Finds the widest gap among several areas, tests it, and tests whether it has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

from boardpacks.stats.change import Change, change
from boardpacks.stats.differences import Contrast, published_difference
from boardpacks.stats.estimate import Estimate
from boardpacks.stats.intervals import Z95, normal_point

METHOD = "highest less lowest, square-and-add of their intervals, widened for all pairs (Bonferroni)"
ERROR = 0.05


@dataclass(frozen=True)
class WidestGap:
    """The highest of several figures less the lowest.

    ``lowest`` and ``highest`` are positions in the figures.
    ``contrast`` is their difference with an interval that minds all pairs, None where a figure has no interval.
    ``whole`` is the gap with limits for the gap between whichever two areas truly are the lowest and the highest.
    """

    lowest: int
    highest: int
    value: float
    contrast: Contrast | None
    whole: Estimate

    @property
    def is_clear(self) -> bool:
        """Whether the two areas differ beyond chance, although they were picked for differing most."""
        return self.contrast is not None and self.contrast.direction == "higher"


def widest_gap(figures: Sequence[Estimate]) -> WidestGap:
    """Return the widest gap among figures of separate areas.

    Parameters
    ----------
    figures
        Two or more figures with a value, in one unit, with their 95% intervals. Where one has no usable interval,
        nothing is tested.

    Raises
    ------
    ValueError
        Under two figures, or for one without a value.

    Notes
    -----
    The two areas that lie furthest apart always look different, the more so the more areas there are. So each
    interval is widened from 95% to 1 - 0.05 / pairs before the differences are made: all differences hold at once with
    95% confidence (Bonferroni's inequality; Hsu JC, 1996, Multiple Comparisons, chapter 1), and so does the gap of the
    true extremes between the largest lower and the largest upper limit of any difference.

    Examples
    --------
    >>> from boardpacks.stats.estimate import Estimate
    >>> from boardpacks.stats.widest_gap import widest_gap
    >>> gap = widest_gap([Estimate(10.9, 6.7, 15.1), Estimate(16.8, 13.0, 20.6), Estimate(24.0, 20.1, 27.9)])
    >>> gap.lowest, gap.highest, round(gap.value, 1), round(gap.contrast.lower, 1)
    (0, 2, 13.1, 6.1)
    """
    values = [figure.value for figure in figures if figure.value is not None]
    if len(values) < 2 or len(values) < len(figures):
        raise ValueError("a gap needs two or more figures, each with a value")
    lowest = values.index(min(values))
    highest = len(values) - 1 - values[::-1].index(max(values))  # where all are equal, still another one
    pairs = len(values) * (len(values) - 1) // 2
    value = values[highest] - values[lowest]
    limits = [figure.limits for figure in figures]
    if not all(limits):
        return WidestGap(lowest, highest, value, None, Estimate(value))
    level = 1 - ERROR / pairs
    wide = [
        _widened(one, *limit, level) for one, limit in zip(values, limits, strict=True) if limit is not None
    ]
    contrasts = [published_difference(a, b, level) for a, b in permutations(wide, 2)]
    contrast = published_difference(wide[highest], wide[lowest], level)
    whole = Estimate(value, max(0.0, *(one.lower for one in contrasts)), max(one.upper for one in contrasts))
    return WidestGap(lowest, highest, value, contrast, whole)


def gap_change(earlier: WidestGap, later: WidestGap) -> Change:
    """Return whether the gap is wider ("higher") or narrower ("lower") than before, beyond chance.

    Parameters
    ----------
    earlier, later
        Gaps of two periods that share no people or events, among the same areas. The extremes need not be the same.

    Notes
    -----
    The limits for all pairs make the test a careful one: it rarely calls a change that is none.

    Examples
    --------
    >>> from boardpacks.stats.estimate import Estimate
    >>> from boardpacks.stats.widest_gap import gap_change, widest_gap
    >>> earlier = widest_gap([Estimate(10, 9, 11), Estimate(30, 29, 31)])
    >>> later = widest_gap([Estimate(10, 9, 11), Estimate(20, 19, 21)])
    >>> gap_change(earlier, later).direction
    'lower'
    """
    return change(earlier.whole, later.whole, "low")


def _widened(value: float, lower: float, upper: float, level: float) -> tuple[float, float, float]:
    """Stretch a 95% interval to another level, each side by itself."""
    by = normal_point(level) / Z95
    return value, value - by * (value - lower), value + by * (upper - value)
