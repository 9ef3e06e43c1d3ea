"""Reads from a drawn figure where its values stand, so that a page can say each of them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.transforms import Transform

from boardpacks.charts.drawn import ValueMark
from boardpacks.charts.plotted import GUIDE, POINTS, Points

Told = tuple[Artist | BarContainer, Transform, Points]


def read_marks(figure: Figure) -> tuple[ValueMark, ...]:
    """Return where a figure that is drawn has the points of its lines and clouds, and the ends of its bars.

    Places are in points from the drawing's left and upper edge. Axes without a scale have none.
    """
    tall = figure.get_size_inches()[1] * POINTS
    return tuple(
        ValueMark(round(x, 1), round(tall - y, 1), tuple(float(value) for value in at), _named(artist))
        for axes in figure.axes
        if axes.axison
        for artist, transform, points in _told(axes)
        for at, (x, y) in zip(points, transform.transform(points) * POINTS / figure.dpi, strict=True)
        if np.isfinite([*at, x, y]).all()
    )


def _told(axes: Axes) -> Iterator[Told]:
    """Yield what shows values one by one: a line across the axes, a band and a guide show none."""
    for bars in axes.containers:
        if isinstance(bars, BarContainer):
            across = bars.orientation == "horizontal"
            ends = [
                (
                    bar.get_x() + bar.get_width() * (1.0 if across else 0.5),
                    bar.get_y() + bar.get_height() * (0.5 if across else 1.0),
                )
                for bar in bars.patches
            ]
            yield bars, axes.transData, np.array(ends, dtype=float).reshape(-1, 2)
    for artist in (*axes.lines, *axes.collections):
        if artist.get_label() == GUIDE or not artist.get_visible():
            continue
        if isinstance(artist, Line2D) and all(
            artist.get_transform().contains_branch_seperately(axes.transData)
        ):
            data = [np.asarray(way, dtype=float) for way in artist.get_data(orig=False)]
            yield artist, artist.get_transform(), np.column_stack(data)
        elif isinstance(artist, PathCollection) and artist.get_offset_transform().contains_branch(
            axes.transData
        ):
            yield artist, artist.get_offset_transform(), np.ma.filled(artist.get_offsets(), np.nan)


def _named(artist: Artist | BarContainer) -> str:
    label = str(artist.get_label())
    return "" if label.startswith("_") else label
