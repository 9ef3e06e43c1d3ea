"""Where the values of a drawing stand."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.charts.marks import read_marks
from boardpacks.charts.plotted import GUIDE
from boardpacks.charts.svg import to_svg

WIDE, TALL = 2 * 72, 1 * 72


def drawn():
    figure = plt.figure(figsize=(2, 1), dpi=200)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, 10)
    axes.set_ylim(0, 10)
    return figure, axes


def test_a_line_has_a_mark_at_each_value_in_points_from_the_upper_left_corner():
    figure, axes = drawn()
    axes.plot([0, 5, 10], [10, float("nan"), 0], label="Havering")

    marks = to_svg(figure).drawn.marks

    assert [(mark.x, mark.y, mark.at, mark.what) for mark in marks] == [
        (0.0, 0.0, (0.0, 10.0), "Havering"),
        (WIDE, TALL, (10.0, 0.0), "Havering"),
    ]


def test_bars_have_a_mark_at_their_end_and_points_at_their_middle():
    figure, axes = drawn()
    axes.bar([5], [5])
    axes.barh([5], [5])
    axes.scatter([10], [10])

    assert [(mark.x, mark.y) for mark in read_marks(figure)] == [
        (WIDE / 2, TALL / 2),
        (WIDE / 2, TALL / 2),
        (WIDE, 0.0),
    ]
    plt.close(figure)


def test_guides_bands_lines_across_and_a_canvas_have_none():
    figure, axes = drawn()
    axes.plot([0, 1], [1, 1], label=GUIDE)
    axes.axhline(5)
    axes.fill_between([0, 1], [0, 0], [1, 1])
    axes.text(1, 1, "words")
    assert read_marks(figure) == ()

    axes.plot([0], [1])
    axes.set_axis_off()
    assert read_marks(figure) == ()
    plt.close(figure)


@pytest.mark.parametrize("dpi", [72, 200])
@given(st.lists(st.floats(0, 10), min_size=1, max_size=5))
def test_marks_lie_where_the_drawing_has_the_line(dpi, values):
    figure, axes = drawn()
    figure.dpi = dpi
    axes.plot(range(len(values)), values)
    marks = read_marks(figure)
    plt.close(figure)

    assert [mark.y for mark in marks] == pytest.approx(
        [TALL * (1 - value / 10) for value in values], abs=0.06
    )
