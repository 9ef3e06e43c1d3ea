"""Whether one of a place's series rises or falls, and how its latest value differs from that of some years before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from boardpacks.chapter.judged_by import is_crude
from boardpacks.data.observations import AreaSeries, Observation, Valued
from boardpacks.params.indicator import Break, Indicator
from boardpacks.params.system import Shock
from boardpacks.stats.change import Change, change
from boardpacks.stats.estimate import Estimate
from boardpacks.stats.recent_trend import Kind, Trend, recent_trend
from boardpacks.stats.trend_points import TrendPoint

EARLIER_YEARS = 5
"""How many years back the earlier value lies that the latest is held against."""


SHARE = 0.25
"""A period lies in a shock when this share of its months, or more, does."""


def series_trend(series: AreaSeries, indicator: Indicator, shocks: Sequence[Shock] = ()) -> Trend | None:
    """Return the recent trend of a yearly series by the rule of Fingertips; None for monthly and cumulative ones.

    Money has none either, since prices change with the years.

    None is calculated whose first or last figure lies in one of the `shocks`.

    Counts and denominators are used where they are published unrounded and the value is the one over the other, as it
    is not in a standardised rate or a weighted survey; else the values with their intervals.
    """
    if indicator.frequency == "monthly" or indicator.cumulative or indicator.is_cash:
        return None
    points = [
        replace(_point(observation, indicator), shock=shock_of(observation, shocks))
        for observation in series.observations
    ]
    return recent_trend(
        points, indicator.polarity, _kind(indicator), breaks=[one.since for one in indicator.breaks]
    )


def earlier_value(
    series: AreaSeries, latest: Valued, indicator: Indicator, shocks: Sequence[Shock] = ()
) -> Valued | None:
    """Return the value of five years before `latest`, where there is one that can be compared with it.

    The two periods share no time, no break of the series lies between them, and neither lies in one of the `shocks`:
    where that of five years before does, it is the last value before the shock.
    """
    wanted = dt.date(latest.start.year - EARLIER_YEARS, latest.start.month, 1)
    shocked = _shock(wanted, latest.months, shocks)
    same_season = [o for o in series.valued if o.start.month == wanted.month and o.start.year <= wanted.year]
    usual = [o for o in same_season if not shock_of(o, shocks)] if shocked else same_season
    if not usual or shock_of(latest, shocks) or (not shocked and usual[-1].start.year < wanted.year):
        return None
    earlier = usual[-1]
    apart = earlier.after <= latest.start
    return earlier if apart and not _broken(indicator, earlier, latest) else None


def shock_of(observation: Observation, shocks: Sequence[Shock]) -> str:
    """Return the name of the shock that a period lies in, or nothing."""
    return _shock(observation.start, observation.months, shocks)


def change_since(earlier: Valued | None, latest: Valued, indicator: Indicator) -> Change | None:
    """Return how the latest value differs from the earlier one; None where there is no earlier one."""
    if earlier is None:
        return None
    return change(_estimate(earlier), _estimate(latest), indicator.polarity)


def series_break(series: AreaSeries, latest: Valued, indicator: Indicator) -> Break | None:
    """Return the newest break that parts the latest value from earlier published ones, if there is one."""
    before = [
        one
        for one in indicator.breaks
        if one.since <= latest.start and any(o.start < one.since for o in series.valued)
    ]
    return max(before, key=lambda one: one.since, default=None)


def _broken(indicator: Indicator, earlier: Valued, later: Observation) -> bool:
    return any(earlier.start < one.since <= later.start for one in indicator.breaks)


def _shock(start: dt.date, months: int, shocks: Sequence[Shock]) -> str:
    first = _month(start)
    for shock in shocks:
        shared = min(first + months, _month(shock.until) + 1) - max(first, _month(shock.since))
        if shared >= months * SHARE:
            return shock.name
    return ""


def _month(day: dt.date) -> int:
    return day.year * 12 + day.month


def _estimate(observation: Observation) -> Estimate:
    return Estimate(observation.value, observation.lower, observation.upper)


def _point(observation: Observation, indicator: Indicator) -> TrendPoint:
    point = TrendPoint(
        label=observation.period,
        start=observation.start,
        months=observation.months,
        value=observation.value,
        lower=observation.lower,
        upper=observation.upper,
    )
    if indicator.counts_rounded or not is_crude(observation, indicator):
        return point
    return replace(point, count=observation.count, denominator=observation.denominator)


def _kind(indicator: Indicator) -> Kind:
    if indicator.unit == "%":
        return "proportion"
    return "rate" if indicator.unit.startswith("per ") else "other"
