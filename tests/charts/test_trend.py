"""Trends: gaps break the line, lonely values show, labels say the latest value, odd series do not crash."""

from __future__ import annotations

import datetime as dt
import html
import re
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from boardpacks.charts.canvas import short
from boardpacks.charts.svg import to_svg
from boardpacks.charts.theme import STYLES, Role
from boardpacks.charts.trend import Point, TrendLine, draw_trend
from tests.charts.drawn import ys

pytestmark = pytest.mark.usefixtures("look")


def point(year: int, value: float | None, half_width: float | None = None) -> Point:
    limits = (None, None) if value is None or half_width is None else (value - half_width, value + half_width)
    return Point(str(year), dt.date(year, 1, 1), 12, value, *limits)


def line(*values: float | None, role: Role = "place", name: str = "Havering", first: int = 2015) -> TrendLine:
    points = tuple(point(first + number, value, 0.5) for number, value in enumerate(values))
    latest = next((value for value in reversed(values) if value is not None), None)
    return TrendLine(name, "" if latest is None else f"{latest:g}%", role, points)


def axes_of(figure: Figure) -> Axes:
    return figure.axes[0]


def drawn(figure: Figure, role: Role) -> Line2D:
    """Return the first line drawn in the style of `role`."""
    return next(found for found in axes_of(figure).lines if found.get_color() == STYLES[role].colour)


def labels(figure: Figure) -> list[str]:
    return [text.get_text().replace("\n", " ") for text in axes_of(figure).texts]


def ticks(figure: Figure) -> list[str]:
    return [label.get_text() for label in axes_of(figure).get_xticklabels()]


def test_a_period_without_value_breaks_the_line():
    assert ys(drawn(draw_trend([line(1.0, 2.0, None, 4.0)]), "place")) == [1.0, 2.0, None, 4.0]


def test_missing_periods_break_the_line():
    series = TrendLine(
        "Havering", "4%", "place", tuple(point(year, 4.0) for year in (2015, 2016, 2017, 2020, 2021))
    )
    assert ys(drawn(draw_trend([series]), "place")) == [4.0, 4.0, 4.0, None, 4.0, 4.0]


def test_steps_of_a_months_odd_day_are_no_gap():
    months = [dt.date(2024 + month // 12, month % 12 + 1, 1) for month in range(18)]
    series = TrendLine("BHRUT", "1", "place", tuple(Point(str(m), m, 1, 1.0, None, None) for m in months))
    assert None not in ys(drawn(draw_trend([series]), "place"))


def test_a_lonely_comparator_value_has_a_mark():
    england = line(None, 3.0, None, 5.0, 6.0, role="benchmark", name="England")
    figure = draw_trend([line(1.0, 2.0, 3.0, 4.0, 5.0), england])
    marks = [
        found
        for found in axes_of(figure).lines
        if found.get_marker() == "o" and found.get_color() == STYLES["benchmark"].colour
    ]
    assert [ys(found) for found in marks] == [[3.0]]


def test_a_places_values_all_have_its_mark():
    for role in ("place", "second", "third"):
        assert drawn(draw_trend([line(1.0, 2.0, role=role)]), role).get_marker() == STYLES[role].marker


def test_the_interval_is_a_band_of_the_place_only():
    figure = draw_trend([line(1.0, 2.0, 3.0), line(2.0, 3.0, 4.0, role="benchmark", name="England")])
    (band,) = axes_of(figure).collections
    heights = np.asarray(band.get_paths()[0].vertices)[:, 1]
    assert (min(heights), max(heights)) == (0.5, 3.5)


def test_labels_say_the_latest_value():
    figure = draw_trend([line(1.0, 2.5), line(3.0, 3.25, role="benchmark", name="England")])
    assert labels(figure) == ["Havering 2.5%", "England 3.25%"]


def test_a_line_that_ends_earlier_is_labelled_with_its_last_period():
    figure = draw_trend([line(1.0, 2.0, None), line(3.0, 3.5, 4.0, role="benchmark", name="England")])
    assert labels(figure) == ["Havering 2% (2016)", "England 4%"]


def test_labels_do_not_cover_each_other():
    lines = [line(5.0, 5.0, role=role, name=role) for role in STYLES]
    figure = draw_trend(lines)
    figure.canvas.draw()
    boxes = sorted((text.get_window_extent() for text in axes_of(figure).texts), key=lambda box: box.y0)
    assert len(boxes) == 5
    assert all(upper.y0 >= lower.y1 - 1.5 for lower, upper in pairwise(boxes))


def test_ticks_are_the_periods_the_latest_always_named():
    figure = draw_trend([line(*range(1, 21), first=2004)])
    shown = ticks(figure)
    assert shown[0] == "2023"
    assert len(shown) <= 8
    assert len(set(shown)) == len(shown)


def test_a_single_period_has_one_tick_and_a_mark():
    figure = draw_trend([line(4.2), line(4.0, role="benchmark", name="England")])
    assert ticks(figure) == ["2015"]
    assert labels(figure) == ["Havering 4.2%", "England 4%"]
    assert drawn(figure, "place").get_marker() == "o"


@pytest.mark.parametrize("value", [0.0, 5.0, -5.0])
def test_a_constant_series_keeps_room_around_it(value: float):
    low, high = axes_of(
        draw_trend([TrendLine("A", "0", "place", (point(2020, value), point(2021, value)))])
    ).get_ylim()
    assert low < value < high


@pytest.mark.parametrize(
    ("values", "from_zero"), [((1.0, 9.0), True), ((80.0, 90.0), False), ((-1.0, 9.0), False)]
)
def test_the_axis_begins_at_zero_where_that_costs_little(values: tuple[float, ...], from_zero: bool):
    points = tuple(point(2015 + number, value) for number, value in enumerate(values))
    assert (axes_of(draw_trend([TrendLine("A", "", "place", points)])).get_ylim()[0] == 0) == from_zero


def test_a_comparator_without_any_value_is_left_out():
    figure = draw_trend([line(1.0, 2.0), line(None, None, role="benchmark", name="England")])
    assert labels(figure) == ["Havering 2%"]
    assert "England" not in to_svg(figure)


def test_a_trend_without_any_value_is_refused():
    for lines in ([], [line(None, None)], [TrendLine("Havering", "", "place", ())]):
        with pytest.raises(ValueError, match="needs a line with a value"):
            draw_trend(lines)


@pytest.mark.parametrize("scale", [1e-9, 1e-3, 1e6, 1e12])
def test_huge_and_tiny_numbers_are_drawn_inside_the_figure(scale: float):
    points = tuple(point(2015 + number, scale * value) for number, value in enumerate((1.0, 3.0, 2.0)))
    figure = draw_trend([TrendLine("Havering", f"{scale:g}", "place", points)])
    figure.canvas.draw()
    edges = [label.get_window_extent() for label in axes_of(figure).get_yticklabels() if label.get_text()]
    assert edges
    assert min(edge.x0 for edge in edges) > -2
    assert "nan" not in to_svg(figure)


@pytest.mark.parametrize("name", ["x" * 300, "Barking and Dagenham " * 15, "$\\wrong$ & <b>"])
def test_any_name_is_drawn(name: str):
    svg = to_svg(draw_trend([line(1.0, 2.0, name=name)]))
    shown = re.sub(r"<[^>]*>", "", svg)
    assert re.sub(r"\s", "", html.escape(short(name), quote=False)) in re.sub(r"\s", "", shown)


@pytest.mark.parametrize("label", ["2024/25 Q4", "Jul to Sep 2024", "2021/22–23/24", "2022–24"])
@pytest.mark.parametrize("count", [6, 12, 24, 60])
def test_labels_of_ticks_do_not_touch_and_begin_in_the_drawing(label: str, count: int):
    quarters = [dt.date(2015 + number // 4, 3 * (number % 4) + 1, 1) for number in range(count)]
    points = tuple(Point(label, day, 3, 1000.0 + number, None, None) for number, day in enumerate(quarters))
    figure = draw_trend([TrendLine("Havering", "1", "place", points)])
    figure.draw_without_rendering()
    extents = [found.get_window_extent() for found in axes_of(figure).get_xticklabels()]
    boxes = sorted(extents, key=lambda box: box.x0)
    assert boxes[0].x0 >= 0
    assert all(later.x0 - earlier.x1 > 1 for earlier, later in pairwise(boxes))
