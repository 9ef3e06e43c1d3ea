"""Whether one of a place's series rises or falls, and how its latest value differs from that of some years before."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from boardpacks.chapter.place_series import is_crude
from boardpacks.data.observations import AreaSeries, Observation, Valued
from boardpacks.params.models import Break, Indicator
from boardpacks.stats.change import Change, change
from boardpacks.stats.estimate import Estimate
from boardpacks.stats.recent_trend import Kind, Trend, recent_trend
from boardpacks.stats.trend_points import TrendPoint

EARLIER_YEARS = 5
"""How many years back the earlier value lies that the latest is held against."""


def series_trend(series: AreaSeries, indicator: Indicator) -> Trend | None:
    """Return the recent trend of a yearly series by the rule of Fingertips; None for a monthly or cumulative one.

    Counts and denominators are used where they are published unrounded and the value is the one over the other, as it
    is not in a standardised rate or a weighted survey; else the values with their intervals.
    """
    if indicator.frequency == "monthly" or indicator.cumulative:
        return None
    points = [_point(observation, indicator) for observation in series.observations]
    return recent_trend(
        points, indicator.polarity, _kind(indicator), breaks=[one.since for one in indicator.breaks]
    )


def earlier_value(series: AreaSeries, latest: Valued, indicator: Indicator) -> Valued | None:
    """Return the value of five years before `latest`, where there is one that can be compared with it.

    The two periods share no time and no break of the series lies between them.
    """
    wanted = latest.start.year - EARLIER_YEARS
    for observation in series.valued:
        same_season = (observation.start.year, observation.start.month) == (wanted, latest.start.month)
        if same_season:
            apart = _after(observation) <= latest.start
            return observation if apart and not _broken(indicator, observation, latest) else None
    return None


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


def _after(observation: Observation) -> dt.date:
    """Return the first day after an observation's period."""
    months = observation.start.month - 1 + observation.months
    return dt.date(observation.start.year + months // 12, months % 12 + 1, 1)


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
