"""A dumbbell chart: the gap between two groups, or two points in time, in each row."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from boardpacks.charts.alt_text import About, Say, inside, listed, opening, paragraph
from boardpacks.charts.canvas import (
    INCH,
    bounds,
    canvas,
    row_edges,
    short,
    text_height,
    text_width,
    wrap,
    write,
)
from boardpacks.charts.labels import spaced_ticks
from boardpacks.charts.theme import GREY, PALE, STYLES, TEXT, WIDTH
from boardpacks.charts.verdicts import KeyEntry, draw_key, key_height

Tested = Literal["higher", "lower", "no-significant-difference", "not-tested"]
"""Whether the second value is higher or lower than the first beyond chance."""

NAMES, LARGEST_GAP, AXIS, ROOM = 132.0, 96.0, 20.0, 8.0
SIZE, SAID = 8.5, 7.8
GAP_SIGNS: dict[Tested, str] = {
    "higher": "\u25b2",
    "lower": "\u25bc",
    "no-significant-difference": "\u2248",
    "not-tested": "",
}


@dataclass(frozen=True)
class Pair:
    """One row: its name, the two values (None where there is none), and what a test says of their difference.

    A test that contradicts the values is refused.
    """

    name: str
    first: float | None
    second: float | None
    tested: Tested = "not-tested"

    def __post_init__(self) -> None:
        if self.tested in ("higher", "lower") and not self._differs_so():
            raise ValueError(f"{self.name}: the second value is not {self.tested} than the first")

    def _differs_so(self) -> bool:
        if self.first is None or self.second is None:
            return False
        return self.second > self.first if self.tested == "higher" else self.second < self.first


@dataclass(frozen=True)
class Dumbbell:
    """What the two values are ("Men" and "Women", "2018/19" and "2023/24"), and the rows from top to bottom."""

    first: str
    second: str
    rows: tuple[Pair, ...]


def draw_dumbbell(dumbbell: Dumbbell, say: Say, say_gap: Say) -> Figure:
    """Draw each row's two values, an open and a filled mark with a line between them, and the gap at the right.

    Parameters
    ----------
    dumbbell
        The rows; at least one has a value.
    say
        Turns a value into words.
    say_gap
        Turns a gap, never below 0, into words: of two percentages it is in percentage points.
    """
    known = [value for row in dumbbell.rows for value in (row.first, row.second) if value is not None]
    if not known:
        raise ValueError("a dumbbell chart needs a value")
    width = WIDTH * INCH
    names = [wrap(short(row.name), NAMES - 8, SIZE) for row in dumbbell.rows]
    gaps = [wrap(_gap_words(row, dumbbell, say_gap), LARGEST_GAP, SIZE) for row in dumbbell.rows]
    head = text_height("", SAID) + 5
    edges = row_edges(list(zip(names, gaps, strict=True)), SIZE, ROOM, head)
    entries = _entries(dumbbell)
    figure = Figure(figsize=(WIDTH, (edges[-1] + AXIS + key_height(entries, width)) / INCH))
    paper = canvas(figure)
    middles = [(top + bottom) / 2 for top, bottom in pairwise(edges)]
    for name, gap, y in zip(names, gaps, middles, strict=True):
        write(paper, (0, y), name, SIZE)
        write(paper, (width, y), gap, SIZE, align="right")
    write(paper, (width, head / 2), "Gap", SAID, weight="semibold", align="right")
    beside = max(text_width(say(value), SAID) for value in known) + 9
    right = width - max(text_width(gap, SIZE) for gap in [*gaps, "Gap"]) - 10
    axes = figure.add_axes(bounds(figure, NAMES, right, edges[0], edges[-1]))
    _scale(axes, known, beside, right - NAMES)
    axes.set_ylim(edges[-1], edges[0])
    _draw(axes, dumbbell, middles, say)
    draw_key(paper, entries, 0, edges[-1] + AXIS, width)
    return figure


def describe_dumbbell(dumbbell: Dumbbell, about: About, say: Say, say_gap: Say) -> str:
    """Describe a dumbbell chart: both values and the gap of each row, and the widest gap.

    Parameters
    ----------
    dumbbell, say, say_gap
        As drawn; `say` may give the unit in full.
    about
        Measure, place or places, and period or periods.
    """
    gaps = [
        (abs(row.second - row.first), row.name)
        for row in dumbbell.rows
        if row.first is not None and row.second is not None
    ]
    widest = max(gaps, default=None)
    shared = [name for gap, name in gaps if widest and say_gap(gap) == say_gap(widest[0])]
    return paragraph(
        opening(f"Dumbbell chart, {inside(dumbbell.first)} and {inside(dumbbell.second)},", about),
        *(_row_said(row, dumbbell, say, say_gap) for row in dumbbell.rows),
        f"The widest gap is {say_gap(widest[0])} ({listed(shared)})." if widest and len(gaps) > 1 else "",
    )


def _row_said(row: Pair, dumbbell: Dumbbell, say: Say, say_gap: Say) -> str:
    ends = [
        f"{inside(name)} {'no figure' if value is None else say(value)}"
        for name, value in ((dumbbell.first, row.first), (dumbbell.second, row.second))
    ]
    if row.first is None or row.second is None:
        return f"{row.name}: {', '.join(ends)}."
    tests: dict[Tested, str] = {
        "higher": f", {inside(dumbbell.second)} higher beyond chance",
        "lower": f", {inside(dumbbell.second)} lower beyond chance",
        "no-significant-difference": ", no significant difference",
        "not-tested": "",
    }
    return f"{row.name}: {', '.join(ends)}, gap {say_gap(abs(row.second - row.first))}{tests[row.tested]}."


def _gap_words(row: Pair, dumbbell: Dumbbell, say_gap: Say) -> str:
    if row.first is None and row.second is None:
        return "no figures"
    if row.first is None or row.second is None:
        return f"no figure: {dumbbell.first if row.first is None else dumbbell.second}"
    return f"{GAP_SIGNS[row.tested]} {say_gap(abs(row.second - row.first))}".strip()


def _entries(dumbbell: Dumbbell) -> tuple[KeyEntry, ...]:
    first, second = STYLES["second"].colour, STYLES["place"].colour
    tested = {row.tested for row in dumbbell.rows if row.first is not None and row.second is not None}
    said: dict[Tested, str] = {
        "higher": f"{dumbbell.second} higher, beyond chance",
        "lower": f"{dumbbell.second} lower, beyond chance",
        "no-significant-difference": "No significant difference",
    }
    return (
        KeyEntry("o", first, "white", dumbbell.first),
        KeyEntry("o", second, second, dumbbell.second),
        *(KeyEntry("", TEXT, "", words, GAP_SIGNS[kind]) for kind, words in said.items() if kind in tested),
    )


def _scale(axes: Axes, known: list[float], beside: float, width: float) -> None:
    """Leave room for the words beside the outermost marks."""
    low, high = min(known), max(known)
    span = (high - low or abs(high) or 1.0) / (1 - 2 * min(beside / width, 0.4))
    middle = (low + high) / 2
    axes.set_xlim(middle - span / 2, middle + span / 2)
    axes.set_yticks([])
    spaced_ticks(axes.xaxis, width, 5)
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)


def _draw(axes: Axes, dumbbell: Dumbbell, middles: list[float], say: Say) -> None:
    first, second = STYLES["second"].colour, STYLES["place"].colour
    rows = list(zip(dumbbell.rows, middles, strict=True))
    axes.hlines(middles, 0, 1, transform=axes.get_yaxis_transform(), color=PALE, lw=0.7, zorder=0)
    whole = [
        (row.first, row.second, y) for row, y in rows if row.first is not None and row.second is not None
    ]
    axes.hlines(
        [y for *_, y in whole],
        [a for a, _, _ in whole],
        [b for _, b, _ in whole],
        color=GREY,
        lw=2.2,
        zorder=1,
    )
    for colour, fill, ends in (
        (second, second, [(row.second, y) for row, y in rows if row.second is not None]),
        (first, "white", [(row.first, y) for row, y in rows if row.first is not None]),
    ):
        if ends:
            axes.plot(
                *zip(*ends, strict=True), marker="o", ms=6.4, mec=colour, mfc=fill, mew=1.6, ls="", zorder=3
            )
    for row, y in rows:
        for value, other, colour in ((row.first, row.second, first), (row.second, row.first, second)):
            if value is not None:
                leftmost = other is not None and (value < other or (value == other and colour == first))
                axes.annotate(
                    say(value),
                    (value, y),
                    (-7 if leftmost else 7, 0),
                    textcoords="offset points",
                    ha="right" if leftmost else "left",
                    va="center_baseline",
                    color=colour,
                    fontsize=SAID,
                    annotation_clip=False,
                )
