"""Recent trends: the publisher's own examples, edges by table, and properties."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from boardpacks.stats.comparison import Polarity
from boardpacks.stats.recent_trend import (
    BY_COUNTS,
    BY_INTERVALS,
    CRITICAL,
    RULE,
    WORDS,
    Kind,
    Trend,
    recent_trend,
)
from boardpacks.stats.trend_points import TrendPoint


def _series(*points: tuple[float, ...]) -> list[TrendPoint]:
    """Yearly points from 2020: value, lower and upper limit; or with two numbers, count and denominator."""
    return [
        TrendPoint(str(year), dt.date(year, 1, 1), 12, 100 * given[0] / given[1], None, None, *given)
        if len(given) == 2
        else TrendPoint(str(year), dt.date(year, 1, 1), 12, *given)
        for year, given in enumerate(points, 2020)
    ]


DIABETES = _series(
    *((3455176, 48783947), (3491868, 49122259), (3625401, 49956777)),
    *((3774801, 50649129), (3938080, 51441896)),
)
MMR = _series(
    *((92.6254, 92.4168, 92.8288), (92.3221, 92.1072, 92.5315), (90.8708, 90.6358, 91.1004)),
    *((90.017, 89.7694, 90.2594), (90.1013, 89.8578, 90.3396)),
)
SIGHT_LOSS = _series(
    *((2.935, 2.7841, 3.0919), (1.93028, 1.8085, 2.058), (2.7567, 2.6113, 2.9082)),
    *((2.8701, 2.7225, 3.0237), (3.0121, 2.8616, 3.1683)),
)
CANCER = _series(
    *((126.9341, 125.9343, 127.94), (125.829, 124.8371, 126.8268), (121.5234, 120.5533, 122.4993)),
    *((122.3782, 121.4012, 123.361), (120.7742, 119.8035, 121.7507)),
)
SMOKING_GATESHEAD = _series((621, 3454), (599, 3195), (556, 3256), (535, 3227), (447, 3121))
CHILD_POVERTY = _series((5405, 18095), (5500, 18170), (5435, 18005), (5480, 17890), (5315, 17860))


@pytest.mark.parametrize(
    ("series", "polarity", "kind", "words"),
    [
        (DIABETES, "none", "proportion", "Increasing"),
        (MMR, "high", "proportion", "Decreasing and getting worse"),
        (SIGHT_LOSS, "low", "rate", "Increasing and getting worse"),
        (CANCER, "low", "rate", "Decreasing and getting better"),
        (SMOKING_GATESHEAD, "low", "proportion", "Decreasing and getting better"),
        (CHILD_POVERTY, "low", "proportion", "No significant change"),
    ],
)
def test_trends_are_those_that_fingertips_shows(
    series: list[TrendPoint], polarity: Polarity, kind: Kind, words: str
):
    """England's and regions' figures with the trend that the site shows, as the publisher's own tests give them."""
    found = recent_trend(series, polarity, kind)
    assert found.words == words
    assert (found.first, found.last, found.reason) == ("2020", "2024", "")


def test_the_critical_value_is_that_of_the_chi_squared_distribution():
    assert pytest.approx(chi2.ppf(0.998, 1), rel=1e-9) == CRITICAL


def test_counts_decide_before_intervals_and_intervals_where_there_are_no_counts():
    both = [replace(point, lower=0.0, upper=100.0) for point in DIABETES]
    assert recent_trend(both, "none", "proportion").method == BY_COUNTS
    assert recent_trend(MMR, "none", "proportion").method == BY_INTERVALS
    assert recent_trend(both, "none", "other").method == BY_INTERVALS


def test_a_trend_needs_more_than_95_per_cent():
    series = _series(*((value, value - 2.0, value + 2.0) for value in (10.0, 10.8, 11.6, 12.4, 13.2)))
    found = recent_trend(series, "low", "rate")
    # Gradient 0.8, its standard error 4 / 3.92 / sqrt(10): chi-squared 6.15, beyond 95%.
    assert found.chi_squared == pytest.approx((0.8 * 3.92 / 4) ** 2 * 10)
    assert (found.direction, found.rule) == ("no-significant-change", RULE)


def test_no_single_point_makes_a_trend():
    """The first four years fall a little, the last jumps: without it the gradient turns."""
    series = _series(*((value, value - 1.0, value + 1.0) for value in (10.0, 9.9, 9.8, 9.7, 14.0)))
    found = recent_trend(series, "low", "rate")
    assert found.chi_squared is not None
    assert found.chi_squared > CRITICAL
    assert found.direction == "no-significant-change"


def test_a_rate_with_counts_but_no_intervals_gets_them_made():
    counted = _series((100, 10000), (150, 10000), (200, 10000), (260, 10000), (330, 10000))
    found = recent_trend(counted, "low", "rate")
    assert (found.words, found.method) == ("Increasing and getting worse", BY_INTERVALS)
    # One published interval among them does not mix two units.
    mixed = [replace(counted[0], lower=0.8, upper=1.2), *counted[1:]]
    assert recent_trend(mixed, "low", "rate").chi_squared == found.chi_squared


LEVEL = _series(*[(10.0, 9.0, 11.0)] * 5)


@pytest.mark.parametrize(
    ("series", "kind", "reason"),
    [
        (LEVEL[1:], "rate", "fewer than five points"),
        (
            [replace(point, months=1, start=dt.date(2020, at, 1)) for at, point in enumerate(LEVEL, 1)],
            "rate",
            "the figures are not yearly",
        ),
        (
            [replace(LEVEL[0], lower=None), *LEVEL[1:]],
            "other",
            "not all of the last five points have 95% intervals",
        ),
        (
            [replace(LEVEL[0], lower=None), *LEVEL[1:]],
            "rate",
            "not all of the last five points have counts, or 95% intervals",
        ),
        (
            [replace(LEVEL[0], lower=None), *LEVEL[1:]],
            "proportion",
            "not all of the last five points have counts and denominators, or 95% intervals",
        ),
        ([replace(LEVEL[0], lower=10.0, upper=10.0), *LEVEL[1:]], "rate", "an interval has no width"),
        (_series((0, 9), *[(4, 9)] * 4), "proportion", "nobody or everybody was counted in a period"),
        (_series((9, 9), *[(4, 9)] * 4), "proportion", "nobody or everybody was counted in a period"),
    ],
)
def test_what_is_not_calculated_says_why(series: list[TrendPoint], kind: Kind, reason: str):
    found = recent_trend(series, "low", kind)
    assert found == Trend("not-calculated", "none", reason=reason)
    assert found.words == "Could not be calculated"


def test_a_series_with_a_break_is_tested_from_the_break_on():
    series = [
        *_series(*[(90.0, 89.0, 91.0)] * 4),
        *(replace(p, start=p.start.replace(year=p.start.year + 4)) for p in LEVEL),
    ]
    assert recent_trend(series, "low", "rate").direction == "no-significant-change"
    assert recent_trend(series, "low", "rate", breaks=[dt.date(2025, 1, 1)]).direction == "not-calculated"


def test_overlapping_periods_are_thinned_and_it_is_said():
    series = [
        TrendPoint(str(year), dt.date(year, 1, 1), 36, float(year), year - 0.1, year + 0.1)
        for year in range(2000, 2015)
    ]
    found = recent_trend(series, "none", "rate")
    assert (found.words, found.first, found.last, found.thinned) == ("Increasing", "2002", "2014", True)


VALUES = st.lists(st.tuples(st.floats(1, 100), st.floats(0.1, 20)), min_size=5, max_size=5)


@given(VALUES)
def test_a_series_turned_upside_down_goes_the_other_way(values: list[tuple[float, float]]):
    up = _series(*((value, value - half, value + half) for value, half in values))
    down = _series(*((-value, -value - half, -value + half) for value, half in values))
    there, back = recent_trend(up, "low", "rate"), recent_trend(down, "high", "rate")
    opposite = {"increasing": "decreasing", "decreasing": "increasing"}
    assert back.direction == opposite.get(there.direction, there.direction)
    assert back.meaning == there.meaning


@given(VALUES, st.sampled_from(["high", "low", "none"]))
def test_words_always_exist(values: list[tuple[float, float]], polarity: Polarity):
    series = _series(*((value, value - half, value + half) for value, half in values))
    found = recent_trend(series, polarity, "rate")
    assert found.words in WORDS.values()
    if polarity != "none" and found.direction == "increasing":
        assert found.meaning == ("better" if polarity == "high" else "worse")
