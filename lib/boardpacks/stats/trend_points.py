"""Chooses the points that a recent trend is tested on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from boardpacks.stats.estimate import Estimate
from boardpacks.stats.intervals import poisson

POINTS = 5
"""How many points a recent trend is tested on."""

NOT_YEARLY = "the figures are not yearly"
"""The reason where a series is not tested for not being yearly."""
IN_A_SHOCK = "the figures begin or end in "
"""How the reason begins where a series is not tested for a time out of the ordinary."""

YEAR = 12


@dataclass(frozen=True)
class TrendPoint:
    """One period of a series.

    ``start`` is its first day, ``months`` its length and ``label`` its name as published. Value and limits are in the
    published unit; ``count`` and ``denominator`` are unrounded, None where not published. ``shock`` names the time out
    of the ordinary that the period lies in, if any.
    """

    label: str
    start: dt.date
    months: int
    value: float | None
    lower: float | None = None
    upper: float | None = None
    count: float | None = None
    denominator: float | None = None
    shock: str = field(default="", kw_only=True)

    @property
    def has_counts(self) -> bool:
        """Whether count and denominator are published."""
        return self.count is not None and self.denominator is not None

    @property
    def begin(self) -> int:
        """The first month, counted from the year 0."""
        return self.start.year * YEAR + self.start.month

    @property
    def end(self) -> int:
        """The first month after the period."""
        return self.begin + self.months

    @property
    def has_limits(self) -> bool:
        """Whether a 95% interval is published."""
        return self.lower is not None and self.upper is not None

    def estimate(self, made_from_counts: bool) -> Estimate:
        """Return value and limits as published, or a rate and its limits per one unit of its denominator."""
        if not made_from_counts or self.count is None or not self.denominator:
            return Estimate(self.value, self.lower, self.upper)
        lower, upper = (limit / self.denominator for limit in poisson(self.count))
        return Estimate(self.count / self.denominator, lower, upper)


@dataclass(frozen=True)
class Window:
    """The five points to be tested, oldest first; ``thinned`` when picked out of overlapping periods."""

    points: tuple[TrendPoint, ...]
    thinned: bool


def recent_window(points: Sequence[TrendPoint], breaks: Sequence[dt.date] = ()) -> Window | str:
    """Return the last five points that share no time and leave no gap, or why there are none.

    Parameters
    ----------
    points
        The series in any order.
    breaks
        First days of periods from which the figures cannot be compared with those before.

    Raises
    ------
    ValueError
        Where two points start on the same day.

    Examples
    --------
    >>> import datetime as dt
    >>> from boardpacks.stats.trend_points import TrendPoint, recent_window
    >>> points = [TrendPoint(str(year), dt.date(year, 1, 1), 12, 10.0) for year in range(2016, 2024)]
    >>> [point.label for point in recent_window(points).points]
    ['2019', '2020', '2021', '2022', '2023']
    >>> recent_window(points[:3])
    'fewer than five points'
    """
    ordered = sorted(points, key=lambda point: point.start)
    if len({point.start for point in ordered}) < len(ordered):
        raise ValueError("two points of the series start on the same day")
    if not _yearly(ordered):
        return NOT_YEARLY
    while ordered and ordered[-1].value is None:
        ordered.pop()
    since = max((day for day in breaks if ordered and day <= ordered[-1].start), default=None)
    comparable = [point for point in ordered if since is None or point.start >= since]
    chosen = _apart(comparable)[-POINTS:]
    if len(chosen) < POINTS:
        apart = " that share no time" if len(comparable) >= POINTS else ""
        return f"fewer than five points{apart}" + (" since the series changed" if since else "")
    for earlier, later in pairwise(chosen):
        if earlier.value is None:
            return f"no figure for {earlier.label}"
        if earlier.begin + max(earlier.months, YEAR) != later.begin:
            return f"no figures between {earlier.label} and {later.label}"
    if shocks := [f"{end.shock} ({end.label})" for end in (chosen[0], chosen[-1]) if end.shock]:
        return IN_A_SHOCK + " and ".join(shocks)
    return Window(tuple(chosen), thinned=any(a.end > b.begin for a, b in pairwise(comparable)))


def _yearly(ordered: Sequence[TrendPoint]) -> bool:
    """Whether points come once a year; a yearly figure may be for a day or a month of each year."""
    by_years = all(point.months <= YEAR or point.months % YEAR == 0 for point in ordered)
    return by_years and all(later.begin - earlier.begin >= YEAR for earlier, later in pairwise(ordered))


def _apart(ordered: Sequence[TrendPoint]) -> list[TrendPoint]:
    """Go back from the latest point, leaving out whatever shares time with one already taken."""
    taken: list[TrendPoint] = []
    for point in reversed(ordered):
        if not taken or point.end <= taken[-1].begin:
            taken.append(point)
    return taken[::-1]
