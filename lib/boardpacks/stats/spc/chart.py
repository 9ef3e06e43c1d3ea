"""Makes an XmR chart of a monthly series: limits, special causes and icons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import isfinite, isnan

from boardpacks.stats.comparison import Polarity
from boardpacks.stats.spc.icons import Passing, Variation, assurance, variation
from boardpacks.stats.spc.process_limits import ProcessLimits, process_limits
from boardpacks.stats.spc.rules import MAKING_DATA_COUNT, RuleSet
from boardpacks.stats.spc.signals import Signal, find_signals

YEAR = 12


@dataclass(frozen=True)
class ChartPoint:
    """One value: its period's first day, its stretch (an index into the chart's stretches) and what it shows."""

    period: dt.date
    value: float
    stretch: int
    signal: Signal | None
    variation: Variation


@dataclass(frozen=True)
class Stretch:
    """The points from one rebasing to the next, with their limits; ``limits`` is None under 13 points."""

    first: dt.date
    last: dt.date
    count: int
    limits: ProcessLimits | None


@dataclass(frozen=True)
class Chart:
    """An XmR chart.

    ``variation`` is that of the latest point, ``assurance`` that of the latest stretch against ``target``; ``missing``
    holds the first days of periods between the first and the last point that have no value. ``rules`` is the rule set's
    name and version. ``reason`` says why the latest stretch has no limits, else it is empty. ``left_out`` holds days
    and values that are shown but stand for nothing.
    """

    points: tuple[ChartPoint, ...]
    stretches: tuple[Stretch, ...]
    missing: tuple[dt.date, ...]
    polarity: Polarity
    target: float | None
    variation: Variation
    assurance: Passing
    rules: RuleSet
    reason: str = ""
    left_out: tuple[tuple[dt.date, float], ...] = ()

    @property
    def latest(self) -> ChartPoint:
        """The latest point that has a value."""
        return self.points[-1]


def xmr(
    periods: Sequence[dt.date],
    values: Sequence[float | None],
    polarity: Polarity,
    *,
    target: float | None = None,
    rebase: Sequence[dt.date] = (),
    rules: RuleSet = MAKING_DATA_COUNT,
) -> Chart:
    """Return the XmR chart of a series.

    Parameters
    ----------
    periods
        First day of each month, in any order; each at most once.
    values
        The values; None or NaN where there is none. A period that is left out is missing all the same.
    polarity
        Whether a high or a low value is better, or neither ("none").
    target
        The target that the latest stretch is held against, in the values' unit.
    rebase
        Days from which limits are made anew, each between the first and the last point.
    rules
        The rule set.

    Raises
    ------
    ValueError
        Without any value, with a period twice or out of step, or a rebasing day outside the series.

    Notes
    -----
    Each stretch is judged by itself. A missing period ends every run: neither moving ranges nor shifts, trends and "two
    of three" reach over it. Sources: NHS England, Making Data Count; NHS-R Community, NHSRplotthedots 0.2.2.

    Examples
    --------
    >>> import datetime as dt
    >>> from boardpacks.stats.spc.chart import xmr
    >>> months = [dt.date(2024 + number // 12, number % 12 + 1, 1) for number in range(14)]
    >>> found = xmr(months, [70, 72, 69, 71, 70, 73, 70, 71, 69, 72, 70, 71, 70, 80], "high", target=95)
    >>> found.variation, found.assurance, found.points[-1].signal.rules
    ('improvement-high', 'fails', ('outside-limits',))
    """
    known = _known(periods, values)
    starts = _rebased(rebase, known)
    positions = {period: _position(period, known[0][0]) for period, _ in known}
    stretches: list[Stretch] = []
    points: list[ChartPoint] = []
    for _, members in groupby(known, key=lambda point: sum(day <= point[0] for day in starts)):
        stretch = list(members)
        runs = _runs(stretch, positions)
        limits = process_limits([[value for _, value in run] for run in runs], rules)
        for run in runs:
            points += _judged(run, limits, len(stretches), polarity, rules)
        stretches.append(Stretch(stretch[0][0], stretch[-1][0], len(stretch), limits))
    last = stretches[-1]
    return Chart(
        points=tuple(points),
        stretches=tuple(stretches),
        missing=_missing(known, positions),
        polarity=polarity,
        target=target,
        variation=points[-1].variation,
        assurance=assurance(last.limits, target, polarity),
        rules=rules,
        reason="" if last.limits else _reason(last, rules),
    )


def with_left_out(chart: Chart, values: Sequence[tuple[dt.date, float]]) -> Chart:
    """Return the chart with values beside its points that were kept out of limits and runs; they are not missing.

    Examples
    --------
    >>> import datetime as dt
    >>> from boardpacks.stats.spc.chart import with_left_out, xmr
    >>> chart = xmr([dt.date(2024, 1, 1), dt.date(2024, 3, 1)], [70, 71], "high")
    >>> with_left_out(chart, [(dt.date(2024, 2, 1), 170)]).missing
    ()
    """
    days = dict(values)
    missing = tuple(day for day in chart.missing if day not in days)
    return replace(chart, left_out=tuple(sorted(values)), missing=missing)


def unjudged(chart: Chart, reason: str) -> Chart:
    """Return the chart with its points shown and nothing judged: no limits, no special causes, no icons.

    Examples
    --------
    >>> import datetime as dt
    >>> from boardpacks.stats.spc.chart import unjudged, xmr
    >>> chart = xmr([dt.date(2024, month, 1) for month in range(1, 13)], [70.0] * 12, "high")
    >>> unjudged(chart, "a count that grows by design").reason
    'a count that grows by design'
    """
    return replace(
        chart,
        points=tuple(replace(point, signal=None, variation="not-judged") for point in chart.points),
        stretches=tuple(replace(stretch, limits=None) for stretch in chart.stretches),
        variation="not-judged",
        assurance="not-judged",
        reason=reason,
    )


Known = list[tuple[dt.date, float]]


def _known(periods: Sequence[dt.date], values: Sequence[float | None]) -> Known:
    if len(periods) != len(values) or len(set(periods)) != len(periods):
        raise ValueError("a chart needs one value for each period, and each period once")
    known = sorted(
        (period, float(value))
        for period, value in zip(periods, values, strict=True)
        if value is not None and not isnan(value)
    )
    if not known or not all(isfinite(value) for _, value in known):
        raise ValueError("a chart needs at least one value, and finite ones")
    return known


def _rebased(rebase: Sequence[dt.date], known: Known) -> list[dt.date]:
    for day in rebase:
        if not known[0][0] < day <= known[-1][0]:
            raise ValueError(
                f"limits cannot be made anew from {day}: the series runs {known[0][0]} to {known[-1][0]}"
            )
    return sorted(set(rebase))


def _position(period: dt.date, first: dt.date) -> int:
    if period.day != first.day:
        raise ValueError(f"{period} is not a whole number of months after {first}")
    return (period.year - first.year) * YEAR + period.month - first.month


def _runs(stretch: Known, positions: dict[dt.date, int]) -> list[Known]:
    """Cut a stretch wherever a period is missing."""
    numbered = enumerate(stretch)
    return [
        [point for _, point in run]
        for _, run in groupby(numbered, key=lambda item: positions[item[1][0]] - item[0])
    ]


def _judged(
    run: Known, limits: ProcessLimits | None, stretch: int, polarity: Polarity, rules: RuleSet
) -> list[ChartPoint]:
    if limits is None:
        return [ChartPoint(period, value, stretch, None, "not-judged") for period, value in run]
    signals = find_signals([value for _, value in run], limits, rules)
    return [
        ChartPoint(period, value, stretch, signal, variation(signal, polarity))
        for (period, value), signal in zip(run, signals, strict=True)
    ]


def _missing(known: Known, positions: dict[dt.date, int]) -> tuple[dt.date, ...]:
    first, held = known[0][0], set(positions.values())
    return tuple(_later(first, at) for at in range(max(held)) if at not in held)


def _later(first: dt.date, months: int) -> dt.date:
    years, month = divmod(first.month - 1 + months, YEAR)
    return first.replace(year=first.year + years, month=month + 1)


def _reason(last: Stretch, rules: RuleSet) -> str:
    if last.count < rules.fewest:
        return f"{last.count} points since {last.first}: limits need {rules.fewest}"
    return "too few of the points follow one another without a gap"
