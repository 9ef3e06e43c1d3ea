"""Finds since when a chart's latest points all lie on one side of the mean: limits that no longer describe them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from boardpacks.stats.spc.chart import Chart
from boardpacks.stats.spc.signals import Side, side_of


@dataclass(frozen=True)
class OneSided:
    """The latest points that all lie on one side of the mean: which side, since when, and how many they are."""

    side: Side
    since: dt.date
    count: int


def one_sided(chart: Chart, fewest: int | None = None) -> OneSided | None:
    """Return the latest points of a chart's latest stretch that all lie on one side of its mean.

    Parameters
    ----------
    chart
        The chart.
    fewest
        None is returned for fewer points; by default as many as limits need.

    Notes
    -----
    A point on the mean is on neither side. Missing periods do not count, and end nothing.

    Examples
    --------
    >>> import datetime as dt
    >>> from boardpacks.stats.spc.chart import xmr
    >>> from boardpacks.stats.spc.one_side import one_sided
    >>> months = [dt.date(2023 + number // 12, number % 12 + 1, 1) for number in range(30)]
    >>> one_sided(xmr(months, [60, 61, 62] * 5 + [70, 71, 72] * 5, "high"))
    OneSided(side='high', since=datetime.date(2024, 4, 1), count=15)
    """
    last = chart.stretches[-1]
    if last.limits is None:
        return None
    mean = last.limits.mean
    own = [(point.period, side_of(point.value, mean)) for point in chart.points if point.period >= last.first]
    side = own[-1][1]
    if side is None:
        return None
    run: Sequence[tuple[dt.date, Side | None]] = list(
        takewhile(lambda point: point[1] == side, reversed(own))
    )
    needed = chart.rules.fewest if fewest is None else fewest
    return OneSided(side, run[-1][0], len(run)) if len(run) >= needed else None
