"""What is drawn in a figure, as plain numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations, cycle

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox

FINE = 576
"""Dots per inch at which words are measured."""


def xs(line: Line2D) -> list[float]:
    """Return where a line's points lie from left to right."""
    return [float(x) for x in np.asarray(line.get_xdata(), dtype=float)]


def ys(line: Line2D) -> list[float | None]:
    """Return where a line's points lie in height; None where it breaks."""
    return [None if np.isnan(y) else float(y) for y in np.asarray(line.get_ydata(), dtype=float)]


def segments(axes: Axes) -> list[list[tuple[float, float]]]:
    """Return the points of every line that was drawn together with others."""
    together = [found for found in axes.collections if isinstance(found, LineCollection)]
    return [
        [(float(x), float(y)) for x, y in segment] for lines in together for segment in lines.get_segments()
    ]


def anchors(axes: Axes) -> dict[str, tuple[float, float]]:
    """Return the point that each remark belongs to."""
    return {text.get_text(): text.xy for text in axes.texts if isinstance(text, Annotation)}


@dataclass(frozen=True)
class Box:
    """One filled box: its edges and its colour, as ``#RRGGBB``."""

    left: float
    right: float
    top: float
    bottom: float
    colour: str


def boxes(axes: Axes) -> list[list[Box]]:
    """Return the filled boxes of a canvas, those that were drawn together in one list."""
    return [
        [
            Box(*_edges(path), to_hex(tuple(colour)).upper())
            for path, colour in zip(found.get_paths(), cycle(np.asarray(found.get_facecolor())), strict=False)
        ]
        for found in axes.collections
        if isinstance(found, PolyCollection)
    ]


def _edges(path: Path) -> tuple[float, float, float, float]:
    corners = np.asarray(path.vertices, dtype=float)
    (left, top), (right, bottom) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
    return left, right, top, bottom


def marks(axes: Axes) -> list[tuple[float, float, str]]:
    """Return x, y and shape of every mark."""
    return [
        (x, y, str(line.get_marker()))
        for line in axes.lines
        if line.get_marker() not in ("", "None", None)
        for x, y in zip(xs(line), ys(line), strict=True)
        if y is not None
    ]


def words(figure: Figure) -> list[str]:
    """Return all words in a figure, each text on one line."""
    return [text.get_text().replace("\n", " ") for text in _texts(figure)]


def outside(figure: Figure) -> list[str]:
    """Return the words that reach beyond the figure's edges."""
    boxes, page = _boxes(figure), figure.bbox
    room = figure.dpi / 72
    return [
        text.get_text()
        for text, box in boxes
        if box.x0 < page.x0 - room
        or box.x1 > page.x1 + room
        or box.y0 < page.y0 - room
        or box.y1 > page.y1 + room
    ]


def overlapping(figure: Figure) -> list[tuple[str, str]]:
    """Return the pairs of words that cover each other by more than a point and a half both ways."""
    boxes = _boxes(figure)
    room = 1.5 * figure.dpi / 72
    return [
        (one.get_text(), other.get_text())
        for (one, a), (other, b) in combinations(boxes, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > room and min(a.y1, b.y1) - max(a.y0, b.y0) > room
    ]


def directions(text: str) -> set[str]:
    """Return the words in `text` that say a direction or a judgement."""
    said = r"\b(better|worse|similar|higher|lower|improvement|concern|increasing|decreasing|rise|fall|above|below)\b"
    return set(re.findall(said, text.lower()))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, by the rules of WCAG 2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _texts(figure: Figure) -> list[Text]:
    found = []
    for axes in figure.axes:
        found += list(axes.texts)
        if axes.axison:
            found += [*axes.get_xticklabels(), *axes.get_yticklabels()]
    return [text for text in found if text.get_text().strip()]


def _boxes(figure: Figure) -> list[tuple[Text, Bbox]]:
    figure.set_dpi(FINE)  # at a coarse one letters are moved to whole pixels and words grow
    measured_by = RendererAgg(1, 1, FINE)
    return [(text, text.get_window_extent(measured_by)) for text in _texts(figure)]
