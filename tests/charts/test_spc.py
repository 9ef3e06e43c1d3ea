"""XmR charts: every point where it is, limits stepped, months missing, marks and words of what varies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes

from boardpacks.charts.alt_text import About
from boardpacks.charts.spc import LOOKS, PLEDGES, RULES, describe_spc, draw_spc
from boardpacks.charts.svg import to_svg
from boardpacks.stats.comparison import Polarity
from boardpacks.stats.spc.chart import Chart, xmr
from boardpacks.stats.spc.icons import ASSURANCE_WORDS, VARIATION_WORDS, Assurance, Variation
from boardpacks.stats.spc.signals import RULES as RULE_NAMES
from tests.charts.drawn import contrast, directions, marks, outside, overlapping, segments, words, ys

pytestmark = pytest.mark.usefixtures("look")
ABOUT = About("A&E attendances completed within four hours", "Barts Health", "April 2021 to May 2023")
STEADY = [70.0, 72.0, 69.0, 71.0, 70.0, 72.0, 71.0, 69.0, 70.0, 72.0, 71.0, 70.0, 69.0]
BETTER = [*STEADY, 78.0, 79.0, 80.0, 81.0, 80.5, 82.0, 83.0, 82.0]


def say(value: float) -> str:
    return f"{value:.1f}%"


def months(count: int, first: int = 2021 * 12 + 3) -> list[dt.date]:
    return [dt.date(month // 12, month % 12 + 1, 1) for month in range(first, first + count)]


def chart(
    values: Sequence[float | None],
    polarity: Polarity = "high",
    target: float | None = None,
    rebase: tuple[dt.date, ...] = (),
) -> Chart:
    return xmr(months(len(values)), values, polarity, target=target, rebase=rebase)


def plot(drawn: Chart) -> Axes:
    return draw_spc(drawn, say).axes[1]


def levels(axes: Axes) -> list[float]:
    """Return the heights of the level lines."""
    return [round(line[0][1], 6) for line in segments(axes)]


def test_every_point_is_drawn_with_the_mark_of_its_variation():
    made = chart(BETTER)
    drawn = {(round(x, 6), y): shape for x, y, shape in marks(plot(made))}
    expected = {
        (round(p.period.year + (p.period.month - 1) / 12, 6), p.value): LOOKS[p.variation].marker
        for p in made.points
    }
    assert drawn == expected
    assert len(set(expected.values())) > 1


def test_mean_and_limits_are_lines_with_their_values():
    made = chart(STEADY)
    limits = made.stretches[0].limits
    assert limits
    figure = draw_spc(made, say)
    assert set(levels(figure.axes[1])) == {round(x, 6) for x in (limits.mean, limits.lower, limits.upper)}
    for label in (
        f"Mean {say(limits.mean)}",
        f"Upper limit {say(limits.upper)}",
        f"Lower limit {say(limits.lower)}",
    ):
        assert label in words(figure)


def test_limits_step_where_they_are_made_anew():
    turn = months(26)[13]
    made = chart([*STEADY, *(value + 20 for value in STEADY)], rebase=(turn,))
    figure = draw_spc(made, say)
    lines = segments(figure.axes[1])
    assert len(lines) == 6
    edge = turn.year + (turn.month - 1) / 12 - 1 / 24
    assert sorted({round(line[0][0], 4) for line in lines})[1] == round(edge, 4)
    assert "new limits" in words(figure)
    assert f"Mean {say(made.stretches[1].limits.mean)}" in words(figure)  # type: ignore[union-attr]
    assert "Limits are made anew from May 2022." in describe_spc(made, ABOUT, say)


def test_a_missing_month_breaks_the_line_and_is_named():
    made = chart([*STEADY[:5], None, *STEADY[5:]])
    line = next(line for line in plot(made).lines if line.get_marker() == "None" and len(ys(line)) == 14)
    assert ys(line)[4:7] == [STEADY[4], None, STEADY[5]]
    assert "No figure for September 2021." in describe_spc(made, ABOUT, say)


def test_many_missing_months_are_counted():
    text = describe_spc(chart([*STEADY, *[None] * 8, *STEADY]), ABOUT, say)
    assert "No figure for 8 months between May 2022 and December 2022." in text


def test_the_target_is_a_line_with_its_words_and_icon():
    figure = draw_spc(chart(STEADY, target=95.0), say)
    assert [95.0, 95.0] in [ys(line) for line in figure.axes[1].lines]
    assert {"Target 95.0%", ASSURANCE_WORDS["fails"], "\u2717"} <= set(words(figure))
    assert not {*ASSURANCE_WORDS.values()} & set(words(draw_spc(chart(STEADY), say)))


def test_the_variation_icon_says_what_the_latest_point_shows():
    figure = draw_spc(chart(BETTER), say)
    assert VARIATION_WORDS["improvement-high"] in words(figure)
    shapes = {shape for _, y, shape in marks(figure.axes[0]) if y < 20}
    assert LOOKS["improvement-high"].marker in shapes
    assert "H" in words(figure)


def test_too_few_points_have_no_limits_and_say_so():
    figure = draw_spc(chart(STEADY[:12]), say)
    assert segments(figure.axes[1]) == []
    assert VARIATION_WORDS["not-judged"] in words(figure)
    text = describe_spc(chart(STEADY[:12]), ABOUT, say)
    assert "There are no limits: 12 points since April 2021, and limits need 13." in text


def test_ticks_end_with_the_latest_month():
    names = [label.get_text() for label in plot(chart(BETTER)).get_xticklabels()]
    assert names[0] == "Dec 2022"
    assert len(names) <= 7


def test_every_variation_assurance_and_rule_has_a_look_and_words():
    assert set(LOOKS) == set(get_args(Variation))
    assert set(PLEDGES) == set(get_args(Assurance))
    assert {rule for rule, _ in RULES} == set(RULE_NAMES)
    kinds = {(look.marker, look.fill == "white") for look in LOOKS.values()}
    assert len(kinds) == 6  # improvement, concern, high, low, common cause, not judged


@pytest.mark.parametrize("variation", get_args(Variation))
def test_marks_stand_out_from_page_and_band(variation: Variation):
    assert contrast(LOOKS[variation].edge, "white") >= 4.5
    assert contrast(LOOKS[variation].edge, "#E8EDEE") >= 3


@pytest.mark.parametrize(
    "values",
    [
        [5.0],
        [0.0] * 20,
        [-3.0, 4.0] * 10,
        [1e9 * value for value in BETTER],
        [1e-6 * value for value in BETTER],
    ],
    ids=["one point", "constant", "negative", "huge", "tiny"],
)
@pytest.mark.parametrize("target", [None, 1000.0])
def test_odd_series_keep_their_words_inside_and_apart(values: list[float | None], target: float | None):
    figure = draw_spc(chart(values, target=target), lambda value: f"{value:,.6g}")
    assert outside(figure) == []
    assert overlapping(figure) == []
    assert "nan" not in to_svg(figure)


def test_the_same_chart_gives_the_same_svg_with_text_as_text():
    made = chart(BETTER, target=78.0)
    svg = to_svg(draw_spc(made, say))
    assert svg == to_svg(draw_spc(made, say))
    assert ">Target 78.0%<" in svg


def test_the_description_says_level_variation_and_target():
    text = describe_spc(chart(BETTER, target=60.0), ABOUT, say)
    assert text.startswith(
        "Control (XmR) chart of A&E attendances completed within four hours, Barts Health, April 2021 to May 2023."
    )
    assert "Latest, December 2022: 82.0%. Special cause: improvement (high): it is" in text
    assert "Target 60.0%: the process will consistently pass the target." in text


values = st.lists(st.one_of(st.none(), st.floats(0, 100)), min_size=1, max_size=40)


@given(values.filter(lambda v: any(x is not None for x in v)), st.sampled_from(get_args(Polarity)))
@settings(max_examples=80, deadline=None)
def test_descriptions_claim_only_what_the_chart_found(values: list[float | None], polarity: Polarity):
    made = chart(values, polarity)
    text = describe_spc(made, ABOUT, say)
    assert "Barts Health" in text
    assert "April 2021 to May 2023" in text
    found = {point.variation for point in made.points}
    said = directions(text)
    assert ("improvement" in said) == any(kind.startswith("improvement") for kind in found)
    assert ("concern" in said) == any(kind.startswith("concern") for kind in found)
    if made.latest.signal is None:
        assert not said & {"rise", "fall", "above", "below", "better", "worse"}
    assert np.isfinite(made.latest.value)
