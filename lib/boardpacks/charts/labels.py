"""Places labels: none covers another, and ticks have numbers."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axis import Axis
from matplotlib.ticker import MaxNLocator

from boardpacks.charts.canvas import text_width


def spread_labels(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Return label centres near the wanted ones, none overlapping.

    Parameters
    ----------
    wanted
        Where each label's centre would best be.
    heights
        Each label's height, in the same unit.
    low, high
        Ends of the room that the labels have. Where they need more they reach below `low`.

    Returns
    -------
    list of float
        The centres, in the order of `wanted`.
    """
    order = sorted(range(len(wanted)), key=lambda i: (-wanted[i], i))
    centres = [0.0] * len(wanted)
    ceiling = high
    for i in order:
        centres[i] = min(wanted[i], ceiling - heights[i] / 2)
        ceiling = centres[i] - heights[i] / 2
    floor = min(low, high - sum(heights))
    for i in reversed(order):
        centres[i] = max(centres[i], floor + heights[i] / 2)
        floor = centres[i] + heights[i] / 2
    return centres


def spaced_ticks(axis: Axis, width: float, most: int) -> None:
    """Give the ticks inside an axis from left to right their numbers: at most so many, and none touching the next.

    Parameters
    ----------
    axis
        The axis, with its limits set.
    width
        Its length in points.
    most
        Largest number of steps between ticks.
    """
    for steps in range(most, 0, -1):
        axis.set_major_locator(MaxNLocator(steps))
        number_ticks(axis)
        labels = [label.get_text() for label in axis.get_ticklabels()]
        if sum(text_width(label, 8.5) + 8 for label in labels) <= width:
            break


def number_ticks(axis: Axis) -> None:
    """Give the ticks inside an axis their numbers, for good.

    Left to itself, matplotlib measures each number twice to make room for an axis label, which no chart has.
    """
    low, high = sorted(axis.get_view_interval())
    inside = [tick for tick in axis.get_majorticklocs() if low <= tick <= high]
    axis.set_ticks(inside, [f"{tick:,.10g}" for tick in inside], in_layout=False)
