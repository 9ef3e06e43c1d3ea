"""Which points a trend is tested on, and why there are none."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.stats.estimate import Estimate
from boardpacks.stats.intervals import exact_poisson
from boardpacks.stats.trend_points import TrendPoint, Window, recent_window


def _series(first: int, last: int, months: int = 12) -> list[TrendPoint]:
    return [TrendPoint(str(year), dt.date(year, 4, 1), months, 10.0) for year in range(first, last + 1)]


def _spaced(months: int) -> list[TrendPoint]:
    """A series of two years in periods of that many months."""
    return [
        TrendPoint(str(at), dt.date(2020 + at // 12, at % 12 + 1, 1), months, 10.0)
        for at in range(0, 24, months)
    ]


def _labels(found: Window | str) -> list[str]:
    assert isinstance(found, Window), found
    return [point.label for point in found.points]


def test_the_last_five_years_are_taken_in_order():
    found = recent_window(_series(2010, 2020)[::-1])
    assert _labels(found) == ["2016", "2017", "2018", "2019", "2020"]
    assert isinstance(found, Window)
    assert not found.thinned


def test_of_overlapping_periods_the_latest_is_taken_and_then_those_apart():
    found = recent_window(_series(2000, 2020, months=36))
    assert _labels(found) == ["2008", "2011", "2014", "2017", "2020"]
    assert isinstance(found, Window)
    assert found.thinned


def test_latest_periods_without_a_figure_are_passed_over():
    series = _series(2010, 2020)
    series[-1] = replace(series[-1], value=None)
    assert _labels(recent_window(series))[-1] == "2019"


@pytest.mark.parametrize(
    ("series", "reason"),
    [
        ([], "fewer than five points"),
        (_series(2017, 2020), "fewer than five points"),
        (_series(2008, 2020, months=36), ""),
        (_series(2009, 2020, months=36), "fewer than five points that share no time"),
        (_spaced(1), "the figures are not yearly"),
        (_spaced(3), "the figures are not yearly"),
        (_series(2010, 2020, months=18), "the figures are not yearly"),
        (_series(2010, 2012, months=1) + _series(2014, 2017, months=1), "no figures between 2012 and 2014"),
        (_series(2010, 2017) + _series(2019, 2020), "no figures between 2017 and 2019"),
    ],
)
def test_series_without_a_window_say_why(series: list[TrendPoint], reason: str):
    found = recent_window(series)
    assert found == reason if reason else isinstance(found, Window)


def test_a_survey_of_one_month_in_each_year_is_yearly():
    assert _labels(recent_window(_series(2010, 2020, months=1))) == ["2016", "2017", "2018", "2019", "2020"]


def test_a_gap_before_the_last_five_does_no_harm():
    assert len(_labels(recent_window(_series(2010, 2014) + _series(2016, 2020)))) == 5


def test_a_figure_missing_among_the_last_five_stops_the_test():
    series = _series(2010, 2020)
    series[-3] = replace(series[-3], value=None)
    assert recent_window(series) == "no figure for 2018"


def test_only_what_comes_after_a_break_is_compared():
    series = _series(2010, 2020)
    assert len(_labels(recent_window(series, [dt.date(2016, 4, 1)]))) == 5
    assert recent_window(series, [dt.date(2016, 4, 2)]) == "fewer than five points since the series changed"
    assert recent_window(series, [dt.date(2012, 1, 1), dt.date(2018, 4, 1)]).__class__ is str
    # A change that has not yet come does not count.
    assert len(_labels(recent_window(series, [dt.date(2022, 4, 1)]))) == 5


def test_two_figures_for_one_period_are_refused():
    with pytest.raises(ValueError, match="start on the same day"):
        recent_window(_series(2010, 2020) + _series(2020, 2020))


@given(st.integers(5, 30), st.sampled_from([12, 24, 36, 60]), st.randoms())
def test_points_never_share_time(count: int, months: int, random: st.DataObject):
    found = recent_window(_series(1990, 1990 + count, months))
    if isinstance(found, Window):
        points = found.points
        assert len(points) == 5
        assert points[-1].label == str(1990 + count)
        assert all(earlier.end == later.begin for earlier, later in pairwise(points))
    else:
        assert count * 12 < 4 * months


def test_a_rate_s_interval_is_made_from_counts_only_when_asked():
    point = TrendPoint("2020", dt.date(2020, 1, 1), 12, 4.0, count=4, denominator=1000)
    assert point.estimate(made_from_counts=False) == Estimate(4.0)
    lower, upper = exact_poisson(4)
    assert point.estimate(made_from_counts=True) == Estimate(0.004, lower / 1000, upper / 1000)
