"""A trend over time: a place beside its comparators, with the place's interval band."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isnan
from statistics import median

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from boardpacks.charts.canvas import INCH, short, text_width
from boardpacks.charts.labels import number_ticks, spread_labels
from boardpacks.charts.plotted import GUIDE
from boardpacks.charts.theme import BESIDE, STYLES, Role

HEIGHT = 1.68
LABEL_WIDTH = 15
"""Characters in a line of a label at a line's end."""
LABELS, DIGIT, BEFORE = 84.0, 5.5, 8.0
"""Points at the right for these labels, for a digit of the scale's numbers, and before them."""
MOST_TICKS = 5
TICK_SIZE = 8.5
LEAST_GAP, GAP = 3, 10
"""Points between the labels of ticks: with less than the first they are set further apart, by the second."""


@dataclass(frozen=True)
class Point:
    """One period of a line: its label, first day and length, and the value with its 95% interval, if published."""

    period: str
    start: dt.date
    months: int
    value: float | None
    lower: float | None
    upper: float | None

    @property
    def x(self) -> float:
        """Middle of the period, in years."""
        return self.start.year + (self.start.timetuple().tm_yday - 1) / 365.25 + self.months / 24


@dataclass(frozen=True)
class TrendLine:
    """One area's line: its name, its latest value in words for the label, and its points in order of time."""

    name: str
    latest: str
    role: Role
    points: tuple[Point, ...]


def has_band(points: Sequence[Point]) -> bool:
    """Whether an interval band shows: it reaches from one period to the next, so that two in a row need an interval."""

    def wide(point: Point) -> bool:
        return point.lower is not None and point.upper is not None and point.lower < point.upper

    return any(wide(one) and wide(other) for one, other in pairwise(_with_gaps(points)))


def draw_trend(lines: Sequence[TrendLine]) -> Figure:
    """Draw the lines over time, with interval bands for places and a label at each line's end.

    Periods without a value leave a gap; a value between two gaps shows as a point. A line without any value is left
    out; at least one has a value.
    """
    lines = [line for line in lines if any(point.value is not None for point in line.points)]
    if not lines:
        raise ValueError("a trend needs a line with a value")
    figure = Figure(figsize=(BESIDE, HEIGHT))
    axes = figure.add_subplot()
    for line in lines:
        draw_line(axes, line)
    scale_values(axes, lines)
    widest = max(len(f"{tick:,.10g}") for tick in axes.get_yticks())
    wide = BESIDE * INCH
    left = (BEFORE + DIGIT * widest) / wide
    figure.subplots_adjust(left=left, right=1 - LABELS / wide, top=0.96, bottom=0.16)
    number_ticks(axes.yaxis)
    _ticks(axes, lines)
    _label(axes, lines)
    return figure


def draw_line(axes: Axes, line: TrendLine) -> None:
    """Draw one line with its gaps, and for a place its points and interval band."""
    style, points = STYLES[line.role], _with_gaps(line.points)
    nan = float("nan")
    x = [point.x for point in points]
    y = [nan if point.value is None else point.value for point in points]
    front = 3 if style.marker else 2
    if style.marker:
        lower = [nan if point.lower is None else point.lower for point in points]
        upper = [nan if point.upper is None else point.upper for point in points]
        axes.fill_between(x, lower, upper, color=style.tint, linewidth=0, zorder=1)
    dots = 3.6 if len(points) <= 30 else 2.2
    axes.plot(
        x,
        y,
        color=style.colour,
        lw=style.width,
        ls=style.dash,
        marker=style.marker,
        ms=dots,
        zorder=front,
        label=line.name,
    )
    if not style.marker:
        alone = [(a, b) for a, b, lonely in zip(x, y, _lonely(y), strict=True) if lonely]
        axes.plot([a for a, _ in alone], [b for _, b in alone], ls="", marker="o", ms=2.5, color=style.colour)


def _with_gaps(points: Sequence[Point]) -> list[Point]:
    """Insert an empty point wherever whole periods are missing, so that the line breaks there."""
    steps = [later.x - earlier.x for earlier, later in pairwise(points)]
    if not steps:
        return list(points)
    usual, filled = median(steps), [points[0]]
    for step, point in zip(steps, points[1:], strict=True):
        if step > 1.6 * usual:
            filled.append(Point("", point.start - dt.timedelta(days=1), point.months, None, None, None))
        filled.append(point)
    return filled


def _lonely(values: Sequence[float]) -> list[bool]:
    present = [not isnan(value) for value in values]
    around = [False, *present, False]
    return [
        now and not before and not after
        for before, now, after in zip(around, present, around[2:], strict=False)
    ]


def scale_values(axes: Axes, lines: Sequence[TrendLine]) -> None:
    """Give the axes a height scale that holds all lines and bands, from zero where that costs little room."""
    values = [
        value
        for line in lines
        for point in line.points
        for value in ([point.value, point.lower, point.upper] if STYLES[line.role].marker else [point.value])
        if value is not None
    ]
    low, high = min(values), max(values)
    room = 0.08 * (high - low or abs(high) or 1.0)
    from_zero = low >= 0 and low < 0.4 * high
    axes.set_ylim(0 if from_zero else low - room, high + room)
    axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    axes.grid(axis="y")
    axes.spines["left"].set_visible(False)


def _ticks(axes: Axes, lines: Sequence[TrendLine]) -> None:
    labelled = {
        point.x: point.period
        for line in lines
        for point in line.points
        if point.period and point.value is not None
    }
    at = sorted(labelled)
    across = axes.get_position().width * BESIDE * INCH
    needed = max(text_width(words, TICK_SIZE) for words in labelled.values()) / across
    usual = 1 / (MOST_TICKS - 0.5)
    is_wide = needed + LEAST_GAP / across > usual
    nearest = (at[-1] - at[0]) * (needed + GAP / across if is_wide else usual)
    shown = [at[-1]]
    for x in reversed(at[:-1]):
        fits = not is_wide or x - at[0] >= nearest / 2  # or its label would begin beyond the drawing
        if shown[-1] - x >= nearest and fits:
            shown.append(x)
    axes.set_xticks(shown, [labelled[x] for x in shown], in_layout=False)
    room = 0.02 * (at[-1] - at[0] or 1.0)
    axes.set_xlim(at[0] - room, at[-1] + room)


def _label(axes: Axes, lines: Sequence[TrendLine]) -> None:
    """Name each line at the right, with its latest value; a line that ends earlier is named with its last period."""
    low, high = axes.get_ylim()
    left, right = axes.get_xlim()
    per_point = (high - low) / (HEIGHT * 72 * 0.8)
    newest = max(point.x for line in lines for point in line.points if point.value is not None)
    ends = [next(point for point in reversed(line.points) if point.value is not None) for line in lines]
    texts = [
        "\n".join(
            textwrap.wrap(
                f"{short(line.name)} {line.latest}{'' if end.x == newest else f' ({end.period})'}",
                LABEL_WIDTH,
            )
        )
        for line, end in zip(lines, ends, strict=True)
    ]
    levels = [0.0 if end.value is None else end.value for end in ends]
    heights = [(11.2 * (text.count("\n") + 1) + 1.5) * per_point for text in texts]
    beside, span = right + 0.012 * (right - left), right - left
    for line, end, level, text, y in zip(
        lines, ends, levels, texts, spread_labels(levels, heights, low, high), strict=True
    ):
        style = STYLES[line.role]
        if end.x == newest:
            path = [end.x, beside, right + 0.03 * span], [level, level, y]
            axes.plot(*path, color=style.colour, lw=0.6, clip_on=False, label=GUIDE)
        axes.text(
            right + 0.038 * span,
            y,
            text,
            color=style.colour,
            va="center",
            fontsize=8.5,
            weight="semibold" if style.marker else "normal",
            linespacing=1.12,
        )
