"""Places side by side: the same rows in all panels, every name, every verdict's own shape."""

from __future__ import annotations

import html
from dataclasses import replace
from typing import get_args

import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text

from boardpacks.charts.places import MARKS, Panel, PlaceMark, draw_places
from boardpacks.charts.svg import to_svg
from boardpacks.stats.comparison import UNJUDGED, Verdict
from tests.charts.drawn import anchors, segments, xs, ys

pytestmark = pytest.mark.usefixtures("look")

MARK = PlaceMark("Havering", 10.9, 9.8, 12.1, "similar")
ROWS = (
    MARK,
    PlaceMark("Newham", 14.0, None, None, "not-tested"),
    PlaceMark("Hackney", None, None, None, "not-compared", "in City and Hackney"),
)
PANEL = Panel("Adults who smoke", "%, 2023", ROWS, (("benchmark", 11.6), ("comparator", 11.0)))


def words(axes: Axes) -> list[str]:
    return [text.get_text() for text in axes.texts if text.get_text()]


def test_all_names_stand_beside_the_first_panel_of_each_row():
    figure = draw_places([PANEL] * 3)
    names = [
        [label.get_text() for label in axes.get_yticklabels() if label.get_text()] for axes in figure.axes
    ]
    assert names == [["Havering", "Newham", "Hackney"], [], ["Havering", "Newham", "Hackney"]]
    svg = to_svg(figure)
    assert all(svg.count(f">{mark.name}<") == 2 for mark in ROWS)
    assert svg.count("Adults who smoke") == 3


@pytest.mark.parametrize(
    "rows", [ROWS[:2], (*ROWS[1:], ROWS[0]), (*ROWS[:2], replace(ROWS[2], name="City of London"))]
)
def test_panels_with_other_rows_are_refused(rows: tuple[PlaceMark, ...]):
    with pytest.raises(ValueError, match="same areas in the same order"):
        draw_places([PANEL, replace(PANEL, marks=rows)])


def test_no_panels_are_refused():
    with pytest.raises(ValueError, match="same areas"):
        draw_places([])


def test_a_row_without_value_has_no_mark_but_says_why():
    (axes,) = draw_places([PANEL]).axes
    marked = [ys(found) for found in axes.lines if str(found.get_marker()) in "oDs^v"]
    assert marked == [[0], [1]]
    assert words(axes) == ["%, 2023", "in City and Hackney"]


def test_an_older_period_is_remarked_beside_the_mark():
    (axes,) = draw_places([replace(PANEL, marks=(replace(MARK, remark="2019"), *ROWS[1:]))]).axes
    assert "2019" in words(axes)
    assert anchors(axes)["2019"] == (12.1, 0)


def test_intervals_and_comparators_are_lines():
    (axes,) = draw_places([PANEL]).axes
    assert [(9.8, 0.0), (12.1, 0.0)] in segments(axes)
    styles = [found.get_linestyle() for found in axes.lines if xs(found) in ([11.6] * 2, [11.0] * 2)]
    assert len(styles) == 2


def test_every_verdict_has_a_look_that_does_not_rest_on_colour():
    assert set(MARKS) == set(get_args(Verdict))
    # What the note under the chart tells apart in words: shape, and filled or open.
    shapes = {
        verdict: (shape, "open" if fill == "white" else "filled")
        for verdict, (shape, _, fill) in MARKS.items()
    }
    untested = {shapes.pop(verdict) for verdict in UNJUDGED}
    assert len(untested) == 1
    assert len({*shapes.values(), *untested}) == 6


@pytest.mark.parametrize("value", [0.0, 1e-9, 1e12])
def test_odd_values_do_not_crash(value: float):
    panel = replace(PANEL, marks=(PlaceMark("Havering", value, value, value, "similar"),), comparators=())
    assert "nan" not in to_svg(draw_places([panel]))


def test_a_panel_without_any_value_is_drawn_with_its_remarks():
    empty = replace(PANEL, marks=tuple(replace(ROWS[2], name=mark.name) for mark in ROWS), comparators=())
    assert to_svg(draw_places([empty])).count("in City and Hackney") == 3


@pytest.mark.parametrize("name", ["x" * 300, "Barking " * 38, "$\\wrong$ & <b>"])
def test_any_name_and_title_are_drawn(name: str):
    panel = Panel(name, name, (replace(MARK, name=name, remark=name),), ())
    assert html.escape(name.strip(), quote=False) in to_svg(draw_places([panel, panel]))


def test_titles_of_panels_stand_apart_beside_long_names():
    marks = (replace(MARK, name="The Royal Borough of Windsor & Maidenhead, and Bracknell Forest"),)
    titles = ("Children aged 4 to 5 living with obesity", "Children aged 10 to 11 living with obesity")
    figure = draw_places([Panel(title, "%", marks, ()) for title in titles])
    figure.draw_without_rendering()
    titled = [text for text in figure.findobj(Text) if text.get_text().startswith("Children")]
    left, right = (text.get_window_extent() for text in titled)
    assert left.x1 < right.x0
    assert right.x1 <= figure.bbox.x1
