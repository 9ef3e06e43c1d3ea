"""XmR charts: every point where it is, limits stepped, months missing, marks and words of what varies."""

from __future__ import annotations

from typing import get_args

import pytest
from matplotlib.axes import Axes

from boardpacks.charts.svg import to_svg
from boardpacks.charts.theme import BESIDE, WIDTH
from boardpacks.charts.xmr import LEFT_OUT, LOOKS, PLEDGES, draw_spc
from boardpacks.stats.spc.chart import Chart, unjudged, with_left_out
from boardpacks.stats.spc.icons import ASSURANCE_WORDS, VARIATION_WORDS, Passing, Variation
from tests.charts.drawn import contrast, marks, outside, overlapping, segments, words, ys
from tests.charts.monthly import BETTER, STEADY, chart, months, say

pytestmark = pytest.mark.usefixtures("look")


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


def test_of_two_steps_close_to_each_other_one_is_named():
    turns = months(30)
    made = chart([*STEADY, *STEADY, *STEADY[:4]], rebase=(turns[13], turns[15]))
    figure = draw_spc(made, say)
    assert words(figure).count("new limits") == 1
    assert overlapping(figure) == []


def test_a_missing_month_breaks_the_line():
    made = chart([*STEADY[:5], None, *STEADY[5:]])
    line = next(line for line in plot(made).lines if line.get_marker() == "None" and len(ys(line)) == 14)
    assert ys(line)[4:7] == [STEADY[4], None, STEADY[5]]


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


def test_ticks_end_with_the_latest_month():
    names = [label.get_text() for label in plot(chart(BETTER)).get_xticklabels()]
    assert names[0] == "Dec 2022"
    assert len(names) <= 7


def test_every_variation_and_assurance_has_a_look():
    assert set(LOOKS) == set(get_args(Variation))
    assert set(PLEDGES) == set(get_args(Passing))
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
@pytest.mark.parametrize("width", [WIDTH, BESIDE])
def test_odd_series_keep_their_words_inside_and_apart(
    values: list[float | None], target: float | None, width: float
):
    figure = draw_spc(chart(values, target=target), lambda value: f"{value:,.6g}", width)
    assert figure.get_size_inches()[0] == width
    assert outside(figure) == []
    assert overlapping(figure) == []
    assert "nan" not in to_svg(figure)


def test_the_same_chart_gives_the_same_svg_with_text_as_text():
    made = chart(BETTER, target=78.0)
    svg = to_svg(draw_spc(made, say))
    assert svg == to_svg(draw_spc(made, say))
    assert ">Target 78.0%<" in svg


@pytest.mark.parametrize("width", [WIDTH, BESIDE])
@pytest.mark.parametrize("target", [60.0, 75.0, 95.0])
def test_both_icons_have_room_in_either_width(width: float, target: float):
    figure = draw_spc(chart(BETTER, target=target), say, width)
    assert {VARIATION_WORDS["improvement-high"]} < set(words(figure))
    assert {*ASSURANCE_WORDS.values()} & set(words(figure))
    assert outside(figure) == []
    assert overlapping(figure) == []


def test_values_left_out_are_crosses_without_a_line():
    made = chart([*BETTER[:5], None, *BETTER[6:]])
    shown = with_left_out(made, [(months(6)[5], 40.0)])
    figure = draw_spc(shown, say)
    axes = figure.axes[1]
    (cross,) = [(round(x, 4), y) for x, y, shape in marks(axes) if shape == LEFT_OUT.marker]
    assert cross == (round(2021 + 8 / 12, 4), 40.0)
    assert LEFT_OUT.words in words(figure)
    assert axes.get_ylim()[0] < 40.0
    line = next(line for line in axes.lines if line.get_marker() == "None" and len(ys(line)) == len(BETTER))
    assert ys(line)[5] is None
    assert LEFT_OUT.words not in words(draw_spc(made, say))


def test_a_chart_that_is_not_judged_says_so_once():
    figure = draw_spc(unjudged(chart(BETTER, target=78.0), "months are missing"), say)
    assert segments(figure.axes[1]) == []
    assert words(figure).count("Not judged") == 1
    assert {shape for _, _, shape in marks(figure.axes[1])} == {LOOKS["not-judged"].marker}


def test_a_narrow_charts_key_has_short_words_and_two_lines_at_most():
    made = with_left_out(chart([*BETTER, *STEADY[:6], None, 95.0]), [(months(28)[27], 40.0)])
    wide, narrow = (draw_spc(made, say, width) for width in (WIDTH, BESIDE))
    assert {"Special cause: improvement", "Doubtful month"} < set(words(wide))
    assert {"Improvement", "Concern", "Common cause", "Doubtful month"} < set(words(narrow))
    key = {round(y, 3) for _, y, _ in marks(narrow.axes[0]) if y > 60}
    assert len(key) <= 2
