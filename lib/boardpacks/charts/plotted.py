"""Reads from a drawn figure what it plots, and which of its words are cut off."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.category import StrCategoryConverter
from matplotlib.collections import LineCollection, PathCollection, PolyCollection, QuadMesh
from matplotlib.container import BarContainer
from matplotlib.dates import DateConverter
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle
from matplotlib.text import Text
from numpy.typing import NDArray

from boardpacks.charts.drawn import Plotted

Direction = Literal["x", "y"]
Points = NDArray[np.float64]
GUIDE = "_guide"
"""Label of a line or a shape that only guides the eye, in charts of the library: a leader, a band of a row."""
KINDS: Mapping[type, str] = {
    BarContainer: "bars",
    Line2D: "a line",
    PathCollection: "points",
    LineCollection: "bars of intervals",
    PolyCollection: "a band",
    QuadMesh: "a heat map",
    AxesImage: "a heat map",
}
_NUMBER = re.compile(r"[-\u2212]?[£$]?[\d.,]+(?:e[-+]?\d+)?\s?[%kmMbn]*")
ROOM = 1.0
"""Points that words may reach over the edge of a drawing."""
POINTS = 72


def read_plotted(figure: Figure) -> tuple[Plotted, ...]:
    """Return what is plotted on the axes of a figure that is drawn, in each direction whose axis is a scale of numbers.

    Positions of categories and dates are no values. Axes without a scale (a canvas of points) have nothing to read.
    """
    return tuple(plotted for axes in figure.axes if axes.axison for plotted in _of_axes(axes))


def read_cut_off(figure: Figure) -> tuple[str, ...]:
    """Return the words of a figure that is drawn that reach beyond its edges, as they stand."""
    dpi, figure.dpi = figure.dpi, POINTS  # as it is saved: words are no wider for being fitted to pixels
    try:
        width, height = figure.bbox.width, figure.bbox.height
        renderer = RendererSVG(width, height, io.StringIO(), image_dpi=POINTS)  # type: ignore[no-untyped-call]
        found = []
        for text in _texts(figure):
            box = text.get_window_extent(renderer)
            if min(box.x0, box.y0) < -ROOM or box.x1 > width + ROOM or box.y1 > height + ROOM:
                found.append(" ".join(text.get_text().split()))
    finally:
        figure.dpi = dpi
    return tuple(dict.fromkeys(found))


def _texts(figure: Figure) -> Iterator[Text]:
    hidden = {
        label
        for axes in figure.axes
        for axis in (axes.xaxis, axes.yaxis)
        for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks())
        for label in (tick.label1, tick.label2)
        if not _in_view(axis, tick.get_loc()) or not axes.axison
    }
    for text in figure.findobj(Text):
        if isinstance(text, Text) and text not in hidden and text.get_visible() and text.get_text().strip():
            yield text


def _in_view(axis: Axis, place: float) -> bool:
    low, high = sorted(axis.get_view_interval())
    return low - 1e-9 <= place <= high + 1e-9


def _of_axes(axes: Axes) -> Iterator[Plotted]:
    scales = {way: _is_scale(axis) for way, axis in (("x", axes.xaxis), ("y", axes.yaxis))}
    if not any(scales.values()):
        return
    bars = [container for container in axes.containers if isinstance(container, BarContainer)]
    for bar in bars:
        if scales["y" if bar.orientation == "vertical" else "x"]:
            yield Plotted(
                _called(bar), tuple(dict.fromkeys(float(value) for value in np.asarray(bar.datavalues)))
            )
    drawn = {patch for bar in bars for patch in bar.patches}
    for artist in (*axes.lines, *axes.collections, *axes.patches, *axes.images):
        if artist in drawn or artist.get_label() == GUIDE or not artist.get_visible():
            continue
        what = _called(artist)
        for way, values in _values(artist, axes):
            finite = tuple(dict.fromkeys(float(value) for value in values if np.isfinite(value)))
            if finite and (way == "" or scales[way]):
                yield Plotted(what, finite)


def _called(artist: Artist | BarContainer) -> str:
    label = str(artist.get_label())
    known = next((name for kind, name in KINDS.items() if isinstance(artist, kind)), "a shape")
    return label if label and not label.startswith("_") else known


def _is_scale(axis: Axis) -> bool:
    """Whether an axis is one of numbers: not of categories, dates, words, or nothing."""
    converter = axis.get_converter()
    if isinstance(converter, StrCategoryConverter | DateConverter):
        return False
    labels = [label for label in axis.get_ticklabels() if label.get_visible() and label.get_text().strip()]
    return (
        bool(labels) and axis.get_visible() and all(_NUMBER.fullmatch(label.get_text()) for label in labels)
    )


def _values(artist: Artist, axes: Axes) -> Iterator[tuple[str, Iterable[float]]]:
    if isinstance(artist, Line2D):
        points = np.column_stack([np.asarray(data, dtype=float) for data in artist.get_data(orig=False)])
        yield from _moved(artist, axes, points)
    elif isinstance(artist, PathCollection):
        if artist.get_offset_transform().contains_branch(axes.transData):
            yield from _ways(np.ma.filled(artist.get_offsets(), np.nan))
    elif isinstance(artist, LineCollection | PolyCollection):
        vertices = [np.asarray(path.vertices) for path in artist.get_paths()]
        if vertices:
            yield from _moved(artist, axes, np.concatenate(vertices))
    elif isinstance(artist, QuadMesh | AxesImage):
        yield "", np.ma.filled(np.ma.asarray(artist.get_array(), dtype=float), np.nan).ravel()
    elif isinstance(artist, Rectangle):
        (left, bottom), wide, high = artist.get_xy(), artist.get_width(), artist.get_height()
        yield from _moved(artist, axes, np.array([(left, bottom), (left + wide, bottom + high)]))
    elif isinstance(artist, Polygon):
        yield from _moved(artist, axes, np.asarray(artist.get_xy()))


def _moved(artist: Artist, axes: Axes, points: Points) -> Iterator[tuple[str, Iterable[float]]]:
    """Yield the points of an artist in the directions in which they are data: a line across the axes has one."""
    across = artist.get_transform().contains_branch_seperately(axes.transData)
    for (way, values), is_data in zip(_ways(points), across, strict=True):
        if is_data:
            yield way, values


def _ways(points: Points) -> Iterator[tuple[str, Iterable[float]]]:
    yield "x", points[:, 0]
    yield "y", points[:, 1]
