"""One value among its peers: all dots, the middle half, the marked areas with their words."""

from __future__ import annotations

import html
from itertools import combinations
from math import dist

import numpy as np
import pytest
from matplotlib.figure import Figure

from boardpacks.charts.spread import DOT, Marked, draw_spread
from boardpacks.charts.svg import to_svg
from tests.charts.drawn import anchors, xs

pytestmark = pytest.mark.usefixtures("look")
PEERS = [float(value) for value in range(60, 93)]


def marked(value: float, name: str = "Havering", half_width: float | None = 1.5) -> Marked:
    limits = (None, None) if half_width is None else (value - half_width, value + half_width)
    return Marked(name, f"{value:g}%", "place" if name == "Havering" else "second", value, *limits)


def draw(*areas: Marked, peers: list[float] = PEERS) -> Figure:
    return draw_spread(areas, peers, (68.0, 84.0), 76.0, "London boroughs")


def dots(figure: Figure) -> list[tuple[float, float]]:
    """Return where the peers lie in the drawing, in points from its corner."""
    (found,) = [line for line in figure.axes[0].lines if line.get_markersize() == DOT]
    at = figure.axes[0].transData.transform(np.asarray(found.get_xydata()))
    return [(x, y) for x, y in at * 72 / figure.dpi]


def words(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.axes[0].texts]


def test_every_peer_is_a_dot_and_the_place_a_mark_with_its_interval():
    figure = draw(marked(70.0))
    assert len(dots(figure)) == len(PEERS) - 1
    lines = [xs(found) for found in figure.axes[0].lines]
    assert [68.5, 71.5] in lines
    assert [70.0] in lines
    assert words(figure) == ["Havering 70%", "middle half of London boroughs"]


def test_no_dot_covers_another():
    peers = [70.0, *PEERS, *PEERS[10:20], 70.01, 70.02]
    pairs = combinations(dots(draw(marked(70.0), peers=peers)), 2)
    assert min(dist(one, other) for one, other in pairs) >= DOT - 1e-9


def test_without_an_interval_there_is_no_bar():
    figure = draw(marked(70.0, half_width=None))
    assert sum(len(xs(found)) == 2 for found in figure.axes[0].lines) == 1  # the median


def test_two_areas_lie_one_above_the_other():
    figure = draw(marked(70.0), marked(71.0, "Hackney"))
    assert len(dots(figure)) == len(PEERS) - 2
    assert words(figure)[:2] == ["Havering 70%", "Hackney 71%"]
    one, other = anchors(figure.axes[0]).values()
    assert abs(one[1] - other[1]) >= 0.2


@pytest.mark.parametrize("value", [60.0, 76.0, 92.0])
def test_words_stay_inside_the_figure(value: float):
    figure = draw(marked(value, "Barking and Dagenham"))
    figure.canvas.draw()
    box, page = figure.axes[0].texts[0].get_window_extent(), figure.bbox
    assert page.x0 <= box.x0
    assert box.x1 <= page.x1


def test_an_area_that_is_no_peer_is_refused():
    with pytest.raises(ValueError, match="not in list"):
        draw(marked(70.5))


@pytest.mark.parametrize(
    "peers",
    [[70.0], [70.0, 70.0], [70.0] * 33, [70.0, 1e12], [70.0, 1e-12]],
    ids=["one", "two equal", "all equal", "huge", "tiny"],
)
def test_odd_peers_do_not_crash(peers: list[float]):
    svg = to_svg(draw_spread([marked(70.0)], peers, (70.0, 70.0), 70.0, "peers"))
    assert "Havering 70%" in svg
    assert "nan" not in svg


@pytest.mark.parametrize("name", ["x" * 300, "$\\wrong$ & <b>"])
def test_any_name_is_drawn(name: str):
    assert html.escape(name, quote=False) in to_svg(draw(marked(70.0, name)))
