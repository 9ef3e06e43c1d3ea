"""Tests the recent trend of a yearly series, as the trend markers of Fingertips do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from boardpacks.stats.change import Meaning, meaning
from boardpacks.stats.comparison import Polarity
from boardpacks.stats.estimate import Estimate
from boardpacks.stats.intervals import normal_point
from boardpacks.stats.slopes import interval_slope, keeps_sign, logit_slope, proportion_chi_squared
from boardpacks.stats.trend_points import POINTS, TrendPoint, Window, recent_window

Kind = Literal["proportion", "rate", "other"]
Direction = Literal["increasing", "decreasing", "no-significant-change", "not-calculated"]

BY_COUNTS = "chi-squared test for trend of counts and denominators"
BY_INTERVALS = "chi-squared test for trend of values weighted by their intervals"

WORDS: dict[tuple[Direction, Meaning], str] = {
    ("increasing", "better"): "Increasing and getting better",
    ("increasing", "worse"): "Increasing and getting worse",
    ("increasing", "none"): "Increasing",
    ("decreasing", "better"): "Decreasing and getting better",
    ("decreasing", "worse"): "Decreasing and getting worse",
    ("decreasing", "none"): "Decreasing",
    ("no-significant-change", "none"): "No significant change",
    ("not-calculated", "none"): "Could not be calculated",
}


RULE = "Fingertips recent trend: five points, 99.8%, no single point decides"
"""The publisher's own rule."""

CRITICAL = normal_point(0.998) ** 2
"""What chi-squared, with one degree of freedom, has to exceed: 9.55."""


@dataclass(frozen=True)
class Trend:
    """The recent trend of a series, with what it was reached from.

    ``words`` is how Fingertips says it. ``first`` and ``last`` are the labels of the first and last of the points used,
    empty when not calculated; ``thinned`` says that they were picked out of overlapping periods. ``chi_squared`` has
    one degree of freedom. ``reason`` says why nothing was calculated, else it is empty.
    """

    direction: Direction
    meaning: Meaning
    rule: str = RULE
    method: str = ""
    first: str = ""
    last: str = ""
    thinned: bool = False
    chi_squared: float | None = None
    reason: str = ""

    @property
    def words(self) -> str:
        """The trend as Fingertips words it, such as "Increasing and getting worse"."""
        return WORDS[self.direction, self.meaning]


def recent_trend(
    points: Sequence[TrendPoint],
    polarity: Polarity,
    kind: Kind,
    *,
    breaks: Sequence[dt.date] = (),
) -> Trend:
    """Return whether the last five points of a series rise or fall beyond chance.

    Parameters
    ----------
    points
        The series in any order. Proportions are tested by their counts and denominators; where those are missing, and
        for everything else, values are weighted by their 95% intervals.
    polarity
        Whether a high or a low value is better, or neither ("none").
    kind
        What the values are. A rate without intervals gets them from its counts and denominators.
    breaks
        First days of periods from which the figures cannot be compared with those before.

    Returns
    -------
    Trend
        ``not-calculated``, with the reason, for monthly and quarterly series, fewer than five points since the last
        break, a gap among the last five, a point without what the test needs, and points that leave the test nothing to
        work on (nobody or everybody counted, intervals without width).

    Notes
    -----
    Sources: Office for Health Improvement and Disparities, Fingertips technical guidance, "Trend markers", and its
    published program; Armitage P (1955), Biometrics 11:375-386. Fingertips leaves out series of overlapping periods;
    here the latest period is taken, and from it back those that share no time with one another.

    Examples
    --------
    >>> import datetime as dt
    >>> from boardpacks.stats.recent_trend import recent_trend
    >>> from boardpacks.stats.trend_points import TrendPoint
    >>> values = [20.1, 18.0, 15.9, 14.2, 12.0]
    >>> points = [
    ...     TrendPoint(str(year), dt.date(year, 1, 1), 12, value, value - 0.9, value + 0.9)
    ...     for year, value in enumerate(values, start=2019)
    ... ]
    >>> found = recent_trend(points, "low", "other")
    >>> found.direction, found.meaning, found.first, found.last
    ('decreasing', 'better', '2019', '2023')
    """
    window = recent_window(points, breaks)
    if isinstance(window, str):
        return Trend("not-calculated", "none", reason=window)
    pairs = [
        (point.count, point.denominator)
        for point in window.points
        if point.count is not None and point.denominator is not None
    ]
    if kind == "proportion" and len(pairs) == len(window.points):
        return _by_counts(window, pairs, polarity)
    return _by_intervals(window, polarity, kind)


def _by_counts(window: Window, pairs: Sequence[tuple[float, float]], polarity: Polarity) -> Trend:
    if any(not 0 < count < denominator for count, denominator in pairs):
        return Trend("not-calculated", "none", reason="nobody or everybody was counted in a period")
    steady = keeps_sign([logit_slope(pairs, left_out) for left_out in (None, *range(POINTS))])
    chi_squared = proportion_chi_squared(pairs)
    upwards = logit_slope(pairs) > 0
    return _judged(window, polarity, BY_COUNTS, (chi_squared, upwards, steady))


def _by_intervals(window: Window, polarity: Polarity, kind: Kind) -> Trend:
    made = kind == "rate" and all(point.has_counts for point in window.points)
    published = all(point.has_limits for point in window.points)
    estimates = [point.estimate(made_from_counts=made and not published) for point in window.points]
    usable = [(e.value, *e.limits) for e in estimates if e.value is not None and e.limits is not None]
    if len(usable) < POINTS:
        return Trend("not-calculated", "none", reason=_lack(estimates, kind))
    fits = [interval_slope(usable, left_out) for left_out in (None, *range(POINTS))]
    slope, chi_squared = fits[0]
    steady = keeps_sign([fit[0] for fit in fits])
    return _judged(window, polarity, BY_INTERVALS, (chi_squared, slope > 0, steady))


def _judged(window: Window, polarity: Polarity, method: str, found: tuple[float, bool, bool]) -> Trend:
    chi_squared, upwards, steady = found
    significant = chi_squared > CRITICAL and steady
    direction: Direction = "no-significant-change"
    if significant:
        direction = "increasing" if upwards else "decreasing"
    return Trend(
        direction=direction,
        meaning=meaning(upwards, polarity) if significant else "none",
        method=method,
        first=window.points[0].label,
        last=window.points[-1].label,
        thinned=window.thinned,
        chi_squared=chi_squared,
    )


def _lack(estimates: Sequence[Estimate], kind: Kind) -> str:
    if any(e.lower is not None and e.lower == e.upper for e in estimates):
        return "an interval has no width"
    needs = {"proportion": "counts and denominators, or 95% intervals", "rate": "counts, or 95% intervals"}
    return f"not all of the last five points have {needs.get(kind, '95% intervals')}"
