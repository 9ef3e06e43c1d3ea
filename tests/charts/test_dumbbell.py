"""Dumbbells: both ends where their values are, values and gaps said, no difference claimed without a test."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from boardpacks.charts.alt_text import About
from boardpacks.charts.dumbbell import GAP_SIGNS, Dumbbell, Pair, Tested, describe_dumbbell, draw_dumbbell
from boardpacks.charts.svg import to_svg
from tests.charts.drawn import anchors, directions, marks, outside, overlapping, segments, words

pytestmark = pytest.mark.usefixtures("look")
ABOUT = About("healthy life expectancy at birth", "Havering", "2022 to 2024")


def say(value: float) -> str:
    return f"{value:.1f}"


def say_gap(value: float) -> str:
    return f"{value:.1f} years"


def chart(*rows: Pair, first: str = "Men", second: str = "Women") -> Dumbbell:
    return Dumbbell(first, second, rows)


def draw(*rows: Pair, first: str = "Men", second: str = "Women") -> Figure:
    return draw_dumbbell(chart(*rows, first=first, second=second), say, say_gap)


HAVERING, NEWHAM = Pair("Havering", 63.8, 63.3), Pair("Newham", 62.8, 66.1, "higher")


def test_both_ends_and_the_line_between_them_are_where_the_values_are():
    axes = draw(HAVERING, NEWHAM).axes[1]
    assert sorted(x for x, _, _ in marks(axes)) == [62.8, 63.3, 63.8, 66.1]
    assert [[x for x, _ in line] for line in segments(axes) if line[0][0] > 1] == [[63.8, 63.3], [62.8, 66.1]]
    rows = sorted({y for _, y, _ in marks(axes)})
    assert {x for x, y, _ in marks(axes) if y == rows[0]} == {63.8, 63.3}


def test_the_two_groups_are_told_apart_without_colour():
    lines = [line for line in draw(HAVERING).axes[1].lines if line.get_marker() == "o"]
    assert {line.get_markerfacecolor() == "white" for line in lines} == {True, False}


def test_values_and_gaps_are_said():
    figure = draw(HAVERING, NEWHAM)
    assert {"63.8", "63.3", "62.8", "66.1", "0.5 years", "\u25b2 3.3 years", "Gap"} <= set(words(figure))
    assert anchors(figure.axes[1])["66.1"][0] == 66.1


def test_signs_are_explained_where_they_occur():
    assert "Women higher, beyond chance" in words(draw(NEWHAM))
    assert not any("chance" in each for each in words(draw(HAVERING)))
    assert set(GAP_SIGNS) == set(get_args(Tested))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Pair("A", None, 2.0), "no figure: Men"),
        (Pair("A", 2.0, None), "no figure: Women"),
        (Pair("A", None, None), "no figures"),
    ],
)
def test_a_missing_end_is_said(row: Pair, said: str):
    figure = draw(row, HAVERING)
    assert said in words(figure)
    assert len(marks(figure.axes[1])) == 2 + (row.first is not None) + (row.second is not None)


@pytest.mark.parametrize(
    ("first", "second", "tested"),
    [
        (2.0, 1.0, "higher"),
        (1.0, 2.0, "lower"),
        (1.0, 1.0, "lower"),
        (None, 1.0, "higher"),
        (1.0, None, "lower"),
    ],
)
def test_a_test_that_contradicts_the_values_is_refused(
    first: float | None, second: float | None, tested: Tested
):
    with pytest.raises(ValueError, match="A: the second value is not"):
        Pair("A", first, second, tested)


def test_a_chart_without_values_is_refused():
    with pytest.raises(ValueError, match="needs a value"):
        draw(Pair("A", None, None))


@pytest.mark.parametrize(
    "rows",
    [
        (HAVERING,),
        (Pair("Equal", 2.0, 2.0),),
        (Pair("Zero", 0.0, 0.0),),
        (Pair("Below zero", -8.0, -2.5), Pair("Across", -3.0, 4.0)),
        (Pair("Huge", 1e9, 2e9), Pair("Small", 1.0, 2.0)),
        (
            Pair("Near", 60.0, 60.01),
            Pair("Barking and Dagenham " * 6, 60.02, 60.0),
            Pair("One end", None, 60.0),
        ),
    ],
    ids=["one row", "equal", "zero", "negative", "huge", "near and long"],
)
def test_words_stay_inside_and_apart(rows: tuple[Pair, ...]):
    figure = draw(*rows)
    assert outside(figure) == []
    assert overlapping(figure) == []
    assert "nan" not in to_svg(figure)


def test_long_names_of_groups_leave_room_for_the_drawing():
    long = "Residents of the most deprived fifth of neighbourhoods"
    figure = draw(HAVERING, Pair("Newham", 60.0, None), first=long, second=long.replace("most", "least"))
    assert figure.axes[1].get_position().width > 0.35
    assert outside(figure) == []


def test_the_same_chart_gives_the_same_svg():
    assert to_svg(draw(HAVERING, NEWHAM)) == to_svg(draw(HAVERING, NEWHAM))


def test_the_description_says_both_values_and_the_widest_gap():
    text = describe_dumbbell(chart(HAVERING, NEWHAM), ABOUT, say, say_gap)
    assert text == (
        "Dumbbell chart, men and women, of healthy life expectancy at birth, Havering, 2022 to 2024. "
        "Havering: men 63.8, women 63.3, gap 0.5 years. Newham: men 62.8, women 66.1, gap 3.3 years, women "
        "higher beyond chance. The widest gap is 3.3 years (Newham)."
    )


ends = st.one_of(st.none(), st.floats(0, 99))


@given(st.lists(st.tuples(ends, ends, st.booleans()), max_size=6))
def test_descriptions_claim_a_difference_only_where_one_was_tested(
    rows: list[tuple[float | None, float | None, bool]],
):
    pairs = []
    for first, second, tested in rows:
        found: Tested = "not-tested"
        if tested and first is not None and second is not None and first != second:
            found = "higher" if second > first else "lower"
        pairs.append(Pair("Havering", first, second, found))
    text = describe_dumbbell(chart(*pairs), ABOUT, say, say_gap)
    assert text.startswith("Dumbbell chart")
    assert "Havering, 2022 to 2024" in text
    assert directions(text) == {pair.tested for pair in pairs} & {"higher", "lower"}
