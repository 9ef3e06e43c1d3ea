"""Whole charts: stretches, gaps, rebasing, and the real A&E series."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.stats.spc.chart import Chart, unjudged, with_left_out, xmr
from boardpacks.stats.spc.process_limits import process_limits
from boardpacks.stats.spc.rules import MAKING_DATA_COUNT
from boardpacks.stats.spc.signals import find_signals
from tests.raw import observations

LETTERS = {
    "high": {"outside-limits": "O", "trend": "T", "two-of-three": "N", "shift": "S"},
    "low": {"outside-limits": "o", "trend": "t", "two-of-three": "n", "shift": "s"},
}


def _months(count: int, start: dt.date = dt.date(2023, 4, 1)) -> list[dt.date]:
    return [
        dt.date(start.year + (start.month - 1 + at) // 12, (start.month - 1 + at) % 12 + 1, 1)
        for at in range(count)
    ]


def _marks(chart: Chart) -> str:
    return "".join(
        "." if point.signal is None else LETTERS[point.signal.side][point.signal.rules[0]]
        for point in chart.points
    )


STEADY = [4.0, 6.0] * 7
"""Mean 5, moving ranges 2: limits -0.32 and 10.32."""


def test_a_steady_series_is_common_cause():
    chart = xmr(_months(14), STEADY, "high", target=5.0)
    assert _marks(chart) == "." * 14
    assert (chart.variation, chart.assurance, chart.reason) == ("common-cause", "hit-or-miss", "")
    assert (chart.missing, len(chart.stretches)) == ((), 1)
    assert chart.latest.period == dt.date(2024, 5, 1)


@pytest.mark.parametrize(
    ("polarity", "icon"), [("high", "improvement-high"), ("low", "concern-high"), ("none", "neutral-high")]
)
def test_the_icon_is_the_latest_point_s(polarity, icon: str):
    assert xmr(_months(15), [*STEADY, 20.0], polarity).variation == icon
    assert xmr(_months(16), [*STEADY, 20.0, 5.0], polarity).variation == "common-cause"


def test_13_points_are_judged_and_12_are_not():
    judged, short = (
        xmr(_months(13), STEADY[:13], "high", target=20.0),
        xmr(_months(12), STEADY[:12], "high", target=20.0),
    )
    assert (judged.variation, judged.assurance, judged.reason) == ("common-cause", "fails", "")
    assert (short.variation, short.assurance) == ("not-judged", "not-judged")
    assert short.reason == "12 points since 2023-04-01: limits need 13"
    assert short.stretches[0].limits is None
    assert {point.variation for point in short.points} == {"not-judged"}


@pytest.mark.parametrize("value", [0.0, 0.1, 78.4])
def test_a_constant_series_is_common_cause(value: float):
    chart = xmr(_months(20), [value] * 20, "high", target=value + 1)
    assert _marks(chart) == "." * 20
    assert (chart.variation, chart.assurance) == ("common-cause", "fails")


def test_one_point_off_a_constant_series_is_outside():
    """Its two moving ranges are screened, the limits lie at the mean, and the others are all a hair below it."""
    chart = xmr(_months(20), [5.0] * 10 + [6.0] + [5.0] * 9, "high")
    limits = chart.stretches[0].limits
    assert limits is not None
    assert (limits.lower, limits.upper) == (5.05, 5.05)
    assert _marks(chart) == "o" * 10 + "O" + "o" * 9


def test_points_on_the_mean_end_a_shift():
    """Six at 6, one on the mean of 5, six at 4: without the one there would be no run of seven either way."""
    chart = xmr(_months(13), [6.0, 6.1, 6.0, 6.1, 6.0, 6.1, 5.0, 3.9, 4.0, 3.9, 4.0, 3.9, 4.0], "high")
    limits = chart.stretches[0].limits
    assert limits is not None
    assert limits.mean == 5.0
    assert "S" not in _marks(chart)
    assert "s" not in _marks(chart)


def test_a_missing_month_ends_a_run():
    """Seven above the mean in a row are a shift; with a month missing between them they are not."""
    values = [7.0, 1.0] * 4 + [6.0, 6.2, 6.0, 6.3, 6.0, 6.2, 6.0]
    whole = xmr(_months(15), values, "high")
    assert _marks(whole)[-7:] == "SSSSSSS"
    months = _months(16)
    gap = xmr(months[:11] + months[12:], values, "high")
    assert _marks(gap)[-7:] == "......."
    assert gap.missing == (months[11],)
    # A month that is there without a value is missing all the same.
    empty = xmr(months, [*values[:11], None, *values[11:]], "high")
    assert (empty.points, empty.stretches, empty.missing) == (gap.points, gap.stretches, gap.missing)
    nothing = xmr(months, [*values[:11], float("nan"), *values[11:]], "high")
    assert nothing.points == gap.points


def test_months_missing_at_the_end_leave_the_latest_value_the_latest():
    chart = xmr(_months(17), [*STEADY, 20.0, None, None], "high")
    assert (chart.latest.value, chart.variation, chart.missing) == (20.0, "improvement-high", ())


def test_order_does_not_matter():
    months = _months(15)
    assert xmr(months[::-1], [20.0, *STEADY], "high") == xmr(months, [*STEADY[::-1], 20.0], "high")


def test_limits_are_made_anew_from_a_rebasing_day():
    values = [*STEADY, *(value + 50 for value in STEADY)]
    months = _months(28)
    plain = xmr(months, values, "high", target=50.0)
    assert _marks(plain)[0] != "."
    chart = xmr(months, values, "high", target=50.0, rebase=[months[14]])
    assert _marks(chart) == "." * 28
    assert [(stretch.first, stretch.last, stretch.count) for stretch in chart.stretches] == [
        (months[0], months[13], 14),
        (months[14], months[27], 14),
    ]
    assert [stretch.limits.mean for stretch in chart.stretches if stretch.limits] == [5.0, 55.0]
    assert [point.stretch for point in chart.points] == [0] * 14 + [1] * 14
    # The target is held against the latest limits, 49.68 to 60.32.
    assert chart.assurance == "hit-or-miss"
    assert xmr(months, values, "high", target=49.0, rebase=[months[14]]).assurance == "passes"


def test_a_rebasing_day_may_lie_within_a_month_and_days_may_repeat():
    months = _months(28)
    values = STEADY * 2
    by_day = xmr(months, values, "high", rebase=[dt.date(2024, 5, 15), dt.date(2024, 5, 15)])
    assert by_day == xmr(months, values, "high", rebase=[dt.date(2024, 6, 1)])


def test_a_stretch_of_12_is_shown_and_not_judged():
    months = _months(26)
    chart = xmr(months, [*STEADY, *STEADY[:12]], "high", target=50.0, rebase=[months[14]])
    assert chart.stretches[0].limits is not None
    assert chart.stretches[1].limits is None
    assert (chart.variation, chart.assurance) == ("not-judged", "not-judged")
    assert chart.reason == "12 points since 2024-06-01: limits need 13"


def test_runs_do_not_reach_over_a_rebasing():
    """Four highs before and three after would be a shift of seven on one chart."""
    first, second = [7.0, 1.0] * 5 + [6.0, 6.1] * 2, [6.0, 6.1, 6.0, *[1.0, 7.0] * 5]
    months = _months(27)
    assert "S" in _marks(xmr(months, first + second, "high"))
    assert "S" not in _marks(xmr(months, first + second, "high", rebase=[months[14]]))


@pytest.mark.parametrize(
    ("periods", "values", "more", "fault"),
    [
        (_months(2), [1.0], {}, "one value for each period"),
        (_months(1) * 2, [1.0, 2.0], {}, "each period once"),
        ([], [], {}, "at least one value"),
        (_months(2), [None, float("nan")], {}, "at least one value"),
        (_months(2), [1.0, float("inf")], {}, "finite"),
        (
            [dt.date(2024, 1, 1), dt.date(2024, 2, 2)],
            [1.0, 2.0],
            {},
            "2024-02-02 is not a whole number of months after 2024-01-01",
        ),
        (
            _months(2),
            [1.0, 2.0],
            {"rebase": [dt.date(2023, 4, 1)]},
            "limits cannot be made anew from 2023-04-01",
        ),
        (
            _months(2),
            [1.0, 2.0],
            {"rebase": [dt.date(2024, 1, 1)]},
            "the series runs 2023-04-01 to 2023-05-01",
        ),
    ],
)
def test_impossible_series_are_refused(periods, values, more, fault: str):
    with pytest.raises(ValueError, match=fault):
        xmr(periods, values, "high", **more)


@given(st.lists(st.integers(0, 100).map(float) | st.none(), min_size=1, max_size=60).filter(any))
def test_every_value_is_a_point_and_every_hole_between_them_is_missing(values: list[float | None]):
    chart = xmr(_months(len(values)), values, "low", target=50.0)
    known = [at for at, value in enumerate(values) if value is not None]
    assert [point.value for point in chart.points] == [values[at] for at in known]
    assert len(chart.missing) == known[-1] - known[0] + 1 - len(known)
    assert bool(chart.reason) == (chart.variation == "not-judged")
    if len(known) < 13:
        assert chart.stretches[0].limits is None


# -- The real series -------------------------------------------------------------------------------------------


def _real(
    raw: Path, indicator: str, trust: str, last: str = "2026-03"
) -> tuple[list[dt.date], list[float | None]]:
    rows = [
        row
        for row in observations(raw)
        if (row["indicator_id"], row["area_code"], row["sex"]) == (indicator, trust, "Persons")
        and row["period"] <= last
    ]
    return (
        [dt.date.fromisoformat(row["period_start"]) for row in rows],
        [float(row["value"]) if row["value"] else None for row in rows],
    )


@pytest.mark.parametrize(
    ("trust", "variation", "assurance", "marks"),
    [
        ("R1H", "common-cause", "fails", "OOOOOOOONNSSSsssssooosos.ssssnnoooo.ossssssssssssss."),
        ("RF4", "improvement-high", "fails", "ttttooooooooooooooooooooooooTTTTOOOOOOOOOOOOOOOOOOOO"),
        ("RQX", "common-cause", "hit-or-miss", "SOSSSSSS............o..............................."),
    ],
)
def test_the_four_hour_standard_of_the_three_trusts(
    raw: Path, trust: str, variation: str, assurance: str, marks: str
):
    """52 months from April 2021, target 78%: limits reckoned a second way, marks of Barts by a second program."""
    periods, values = _real(raw, "ae_four_hour", trust, "2025-07")
    chart = xmr(periods, values, "high", target=78.0)
    series = np.array(values, dtype=float)
    ranges = np.abs(np.diff(series))
    kept = ranges[ranges < 3.267 * ranges.mean()]
    limits = chart.stretches[0].limits
    assert limits is not None
    expected = series.mean(), series.mean() - 2.66 * kept.mean(), series.mean() + 2.66 * kept.mean()
    assert (limits.mean, limits.lower, limits.upper) == pytest.approx(expected)
    assert (len(chart.points), chart.missing) == (52, ())
    assert (chart.variation, chart.assurance) == (variation, assurance)
    assert _marks(chart) == marks


def test_waits_with_missing_months_are_judged_without_reaching_over_them(raw: Path):
    """August 2024 to July 2025, January and March 2026: 14 points, 11 moving ranges, six months missing."""
    periods, values = _real(raw, "rtt_within_18_weeks", "R1H")
    chart = xmr(periods, values, "high", target=92.0)
    known = [value for value in values if value is not None]
    assert (len(chart.points), len(chart.missing)) == (14, 6)
    limits = chart.stretches[0].limits
    assert limits is not None
    ranges = [abs(later - earlier) for earlier, later in pairwise(known[:12])]
    assert limits.moving_range == pytest.approx(sum(ranges) / len(ranges))
    assert limits == process_limits([known[:12], [known[12]], [known[13]]], MAKING_DATA_COUNT)
    assert chart.points[-1].signal == find_signals(known[-1:], limits, MAKING_DATA_COUNT)[0]
    assert (chart.variation, chart.assurance) == ("improvement-high", "fails")


def test_what_is_left_out_changes_nothing_but_what_is_missing():
    months = _months(14)
    values = [*STEADY[:6], None, None, *STEADY[8:]]
    chart = xmr(months, values, "high", target=5.0)
    shown = with_left_out(chart, [(months[7], 90.0), (months[6], -90.0)])
    assert shown.left_out == ((months[6], -90.0), (months[7], 90.0))
    assert (chart.missing, shown.missing) == ((months[6], months[7]), ())
    assert (shown.points, shown.stretches) == (chart.points, chart.stretches)
    assert with_left_out(chart, [(months[6], 1.0)]).missing == (months[7],)


def test_an_unjudged_chart_keeps_its_points_and_loses_every_judgement():
    chart = xmr(_months(21), [*STEADY, *[40.0] * 7], "high", target=5.0)
    assert chart.variation == "improvement-high"
    plain = unjudged(chart, "months are missing")
    assert [(p.period, p.value) for p in plain.points] == [(p.period, p.value) for p in chart.points]
    assert {(p.signal, p.variation) for p in plain.points} == {(None, "not-judged")}
    assert [stretch.limits for stretch in plain.stretches] == [None]
    assert (plain.variation, plain.assurance, plain.reason) == (
        "not-judged",
        "not-judged",
        "months are missing",
    )
