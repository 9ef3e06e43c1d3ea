"""What is drawn in a figure, as plain numbers."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.text import Annotation


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
