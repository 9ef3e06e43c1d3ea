"""Places side by side: one panel an indicator, a mark with its interval for each place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from boardpacks.charts.canvas import INCH, short, text_width, wrap
from boardpacks.charts.labels import number_ticks
from boardpacks.charts.theme import GREY, LINE, PALE, STYLES, TEXT, WIDTH, Role
from boardpacks.stats.comparison import Verdict

ROW = 0.185
ABOVE, BELOW = 0.56, 0.3
NAMES = (0.225, 0.36)
"""Shares of the width that the areas' names have at least and at most; longer ones stand in several lines."""
SIZE, TITLE = 9.0, 8.5
RIGHT, GAP = 0.975, 0.07
"""Where panels end, as a share of the width, and the room between two, as a share of theirs."""
TALLEST = 7.6
"""Height in inches that a page has for a chart below a heading, with its title and source."""
MARKS: Mapping[Verdict, tuple[str, str, str]] = {
    "better": ("o", "#00662F", "#00662F"),
    "worse": ("D", "#B10E1E", "#B10E1E"),
    "similar": ("o", "#425563", "white"),
    "higher": ("^", "#003087", "#003087"),
    "lower": ("v", "#003087", "#003087"),
    "not-tested": ("s", "#425563", "#AEB7BD"),
    "not-compared": ("s", "#425563", "#AEB7BD"),
    "too-old": ("s", "#425563", "#AEB7BD"),
}
"""Marker, edge and fill of each verdict: the shape says it without the colour."""


@dataclass(frozen=True)
class PlaceMark:
    """One area in a panel; ``value`` is None where there is none, and ``remark`` then says why.

    With a value, ``remark`` is its period where that is older than the panel's.
    """

    name: str
    value: float | None
    lower: float | None
    upper: float | None
    verdict: Verdict
    remark: str = ""


@dataclass(frozen=True)
class Panel:
    """One indicator: its name and unit, the areas from top to bottom, and the comparators' values."""

    title: str
    unit: str
    marks: tuple[PlaceMark, ...]
    comparators: tuple[tuple[Role, float], ...]


def draw_places(panels: Sequence[Panel]) -> Figure:
    """Draw the panels, two in a row, all with the same areas from top to bottom.

    Comparators are vertical lines: the benchmark dotted, the other one dashed. All panels have the same areas in the
    same order.
    """
    if len({tuple(mark.name for mark in panel.marks) for panel in panels}) != 1:
        raise ValueError("the panels of a chart of places need the same areas in the same order")
    columns = min(2, len(panels))
    names = _names([mark.name for mark in panels[0].marks])
    row = _row_height(names)
    rows, areas = -(-len(panels) // columns), len(names)
    widest = max(text_width(name, SIZE) for name in names) / (WIDTH * INCH)
    left = max(NAMES[0], widest + 0.02)
    panel_width = (RIGHT - left) * WIDTH * INCH / (columns + GAP * (columns - 1))
    titles = [wrap(panel.title, panel_width, TITLE, "semibold") for panel in panels]
    above = ABOVE + 0.14 * max(0, max(title.count("\n") for title in titles) - 1)
    height = rows * (areas * row + above + BELOW)
    figure = Figure(figsize=(WIDTH, height))
    grid = figure.add_gridspec(
        rows,
        columns,
        left=left,
        right=RIGHT,
        top=1 - above / height,
        bottom=BELOW / height,
        wspace=GAP,
        hspace=(above + BELOW) / (areas * row),
    )
    for number, (panel, title) in enumerate(zip(panels, titles, strict=True)):
        axes = figure.add_subplot(grid[number // columns, number % columns])
        _draw_panel(axes, panel, names if number % columns == 0 else (), title)
    return figure


def most_rows(names: Sequence[str]) -> int:
    """Return how many areas one panel of a page has room for."""
    return max(1, int((TALLEST - ABOVE - BELOW) / _row_height(_names(names))))


def fits_twice(names: Sequence[str]) -> bool:
    """Whether a page has room for two rows of panels with these areas."""
    return 2 * (len(names) * _row_height(_names(names)) + ABOVE + BELOW) <= TALLEST


def _names(names: Sequence[str]) -> list[str]:
    """Return the areas' names in lines that leave room for the panels."""
    return [wrap(short(name), NAMES[1] * WIDTH * INCH, SIZE) for name in names]


def _row_height(names: Sequence[str]) -> float:
    lines = max(name.count("\n") + 1 for name in names)
    return max(ROW, 0.15 * lines + 0.05) if lines > 1 else ROW


def _draw_panel(axes: Axes, panel: Panel, names: Sequence[str], title: str) -> None:
    for role, value in panel.comparators:
        style = STYLES[role]
        axes.axvline(value, color=style.colour, lw=1.2, ls=style.dash, zorder=1)
    rows = range(len(panel.marks))
    axes.hlines(rows, 0, 1, transform=axes.get_yaxis_transform(), color=PALE, lw=0.7, zorder=0)
    _draw_marks(axes, panel.marks)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.margins(x=0.06)
    axes.set_yticks(rows if names else [], names, color=TEXT, in_layout=False, linespacing=1.0)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    number_ticks(axes.xaxis)
    axes.spines["left"].set_visible(False)
    axes.spines["bottom"].set_color(LINE)
    axes.set_title(title, y=1, pad=15, fontsize=TITLE, linespacing=1.15)
    axes.annotate(
        panel.unit, (0, 1), xycoords="axes fraction", xytext=(0, 3), textcoords="offset points", color=GREY,
        fontsize=7.8, va="bottom",
    )  # fmt: skip
    _remark(axes, panel)


def _draw_marks(axes: Axes, marks: Sequence[PlaceMark]) -> None:
    """Draw all intervals at once, and the marks of each verdict: a chart has a hundred, and each artist costs time."""
    found = [(row, mark) for row, mark in enumerate(marks) if mark.value is not None]
    spans = [
        (row, mark.lower, mark.upper, MARKS[mark.verdict][1])
        for row, mark in found
        if mark.lower is not None and mark.upper is not None
    ]
    if spans:
        rows, lower, upper, colours = zip(*spans, strict=True)
        axes.hlines(rows, lower, upper, colors=colours, lw=1.5, capstyle="projecting", zorder=2)
    for verdict in dict.fromkeys(mark.verdict for _, mark in found):
        marker, edge, fill = MARKS[verdict]
        own = [(mark.value, row) for row, mark in found if mark.verdict == verdict]
        axes.plot(*zip(*own, strict=True), marker=marker, ms=5.2, mec=edge, mfc=fill, ls="", zorder=3)


def _remark(axes: Axes, panel: Panel) -> None:
    low, high = axes.get_xlim()
    for row, mark in enumerate(panel.marks):
        if mark.remark:
            end = mark.value if mark.upper is None else mark.upper
            beside = end is not None and end < low + 0.8 * (high - low)
            x = low + 0.02 * (high - low) if end is None else end
            axes.annotate(
                mark.remark,
                (x, row),
                xytext=(0 if end is None else 6 if beside else -6, 0),
                textcoords="offset points",
                ha="left" if beside or end is None else "right",
                va="center",
                color=GREY,
                fontsize=7.8,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
            )
