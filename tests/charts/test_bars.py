"""Bars: from zero to their value, with interval, comparators, marks and words."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from boardpacks.charts.alt_text import About
from boardpacks.charts.bars import BAR, OTHER, OWN, Bar, Bars, Comparator, describe_bars, draw_bars
from boardpacks.charts.places import MARKS
from boardpacks.charts.svg import to_svg
from boardpacks.stats.comparison import UNJUDGED, Verdict
from tests.charts.drawn import contrast, directions, marks, outside, overlapping, segments, words, xs

pytestmark = pytest.mark.usefixtures("look")
ABOUT = About("Adults who smoke", "the boroughs of north east London", "2023")
HAVERING = Bar("Havering", 10.9, 6.7, 15.1, "similar", own=True)
REDBRIDGE = Bar("Redbridge", 6.8, 3.1, 10.6, "better")
HACKNEY = Bar("Hackney", None, remark="too few people asked")
ENGLAND, LONDON = Comparator("England", 11.6, "benchmark"), Comparator("London", 11.7, "comparator")
CHART = Bars((HAVERING, REDBRIDGE, HACKNEY), (ENGLAND, LONDON))


def say(value: float) -> str:
    return f"{value:,.1f}%"


def draw(chart: Bars = CHART) -> Figure:
    return draw_bars(chart, say)


def boxes(figure: Figure) -> list[tuple[float, float]]:
    """Return start and length of each bar."""
    found = [patch for patch in figure.axes[1].patches if isinstance(patch, Rectangle)]
    assert all(patch.get_height() == pytest.approx(BAR) for patch in found)
    return [(patch.get_x(), patch.get_width()) for patch in found]


def test_bars_begin_at_zero_and_end_at_their_value():
    figure = draw()
    assert boxes(figure) == [(0, 10.9), (0, 6.8)]
    assert figure.axes[1].get_xlim()[0] == 0


def test_intervals_are_lines_across_the_end_of_the_bar():
    found = {tuple(x for x, _ in line) for line in segments(draw().axes[1])}
    assert found == {(6.7, 15.1), (3.1, 10.6)}


def test_comparators_are_lines_in_two_dashes_with_name_and_value():
    figure = draw()
    lines = {tuple(xs(line)): line.get_linestyle() for line in figure.axes[1].lines}
    assert set(lines) == {(11.6, 11.6), (11.7, 11.7)}
    assert {"\u00b7\u00b7\u00b7 England 11.6%", "\u2013 \u2013 London 11.7%"} <= set(words(figure))


def test_values_and_remarks_are_said_beside_their_names():
    assert {"Havering", "10.9%", "Redbridge", "6.8%", "Hackney", "too few people asked"} <= set(words(draw()))


@pytest.mark.parametrize("verdict", get_args(Verdict))
def test_marks_have_the_shape_of_the_verdict(verdict: Verdict):
    figure = draw(Bars((replace(HAVERING, verdict=verdict),), (ENGLAND,)))
    assert [shape for _, _, shape in marks(figure.axes[0])] == [
        MARKS[verdict][0]
    ] * 2  # the row's, and the key's


def test_without_comparator_nothing_is_judged():
    figure = draw(Bars((HAVERING, REDBRIDGE)))
    assert marks(figure.axes[0]) == []
    assert directions(describe_bars(Bars((HAVERING, REDBRIDGE)), ABOUT, say)) == set()


def test_the_own_place_stands_out_in_weight_too():
    weights = {text.get_text(): text.get_fontweight() for text in draw().axes[0].texts}
    assert weights["Havering"] == "semibold"
    assert weights["Redbridge"] == "normal"
    assert contrast(OTHER, "white") >= 3
    assert contrast(OWN, OTHER) >= 3


def test_values_below_zero_reach_to_the_left():
    figure = draw(Bars((Bar("Down", -3.0, -5.0, -1.0), Bar("Up", 4.0))))
    assert boxes(figure) == [(0, -3.0), (0, 4.0)]
    assert figure.axes[1].get_xlim()[0] < -5
    assert [0, 0] in [xs(line) for line in figure.axes[1].lines]


def test_a_chart_without_values_is_refused():
    for bars in ((), (HACKNEY,)):
        with pytest.raises(ValueError, match="bar with a value"):
            draw(Bars(bars))


@pytest.mark.parametrize(
    "bars",
    [
        (HAVERING,),
        (Bar("None at all", 0.0),),
        (Bar("Huge", 1e12), Bar("Tiny", 1e-9)),
        (Bar("Below", -1e-6), Bar("Far below", -7.0)),
        tuple(
            replace(HAVERING, name="City of London and Hackney together " * (1 + n % 3)) for n in range(20)
        ),
        (HAVERING, replace(HACKNEY, remark="the publisher gives one figure for both boroughs together")),
    ],
    ids=["one", "zero", "huge and tiny", "below zero", "many and long", "long remark"],
)
def test_words_stay_inside_and_apart(bars: tuple[Bar, ...]):
    figure = draw(Bars(bars, (ENGLAND, LONDON)))
    assert outside(figure) == []
    assert overlapping(figure) == []
    assert "nan" not in to_svg(figure)


def test_the_same_chart_gives_the_same_svg():
    assert to_svg(draw()) == to_svg(draw())


def test_the_description_says_ends_comparators_and_verdicts():
    assert describe_bars(CHART, ABOUT, say) == (
        "Bar chart of adults who smoke, the boroughs of north east London, 2023. Havering: 10.9%. The lowest "
        "value is 6.8% (Redbridge), the highest 10.9% (Havering). England: 11.6%. London: 11.7%. Better than "
        "England: Redbridge. Similar to England: Havering. No figure: Hackney."
    )


@given(
    st.lists(
        st.tuples(st.one_of(st.none(), st.floats(-99, 99)), st.sampled_from(get_args(Verdict))), max_size=8
    )
)
def test_descriptions_have_the_verdicts_of_bars_with_a_value_and_no_others(
    bars: list[tuple[float | None, Verdict]],
):
    drawn = Bars(tuple(Bar(f"Area {n}", value, verdict=v) for n, (value, v) in enumerate(bars)), (ENGLAND,))
    text = describe_bars(drawn, ABOUT, say)
    assert "the boroughs of north east London, 2023." in text
    judged = {verdict for value, verdict in bars if value is not None}
    assert directions(text) == judged - UNJUDGED
