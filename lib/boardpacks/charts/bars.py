"""Bars with intervals over areas or categories, with comparators as lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from boardpacks.charts.alt_text import About, Say, extremes, opening, paragraph, verdicts, without
from boardpacks.charts.canvas import (
    INCH,
    bounds,
    canvas,
    row_edges,
    short,
    text_width,
    wrap,
    write,
)
from boardpacks.charts.labels import spaced_ticks, spread_labels
from boardpacks.charts.theme import GREY, STYLES, TEXT, WIDTH
from boardpacks.charts.verdicts import draw_key, draw_marks, key_height, verdict_entries
from boardpacks.stats.comparison import Verdict

NAMES, SAID_WIDTH, AXIS, ROOM = 132.0, 96.0, 19.0, 6.5
SIZE, SAID = 8.5, 7.8
ComparatorRole = Literal["benchmark", "comparator"]
OWN, OTHER = "#003087", "#7C8FAC"
DASHES: Mapping[ComparatorRole, str] = {"benchmark": "\u00b7\u00b7\u00b7", "comparator": "\u2013 \u2013"}
BAR = 11.5
"""Height of a bar in points."""


@dataclass(frozen=True)
class Bar:
    """One area or category: its value with its 95% interval, and its verdict; ``own`` is the pack's own place.

    Without a value, ``remark`` says why.
    """

    name: str
    value: float | None
    lower: float | None = None
    upper: float | None = None
    verdict: Verdict = "not-compared"
    own: bool = False
    remark: str = "no figure"


@dataclass(frozen=True)
class Comparator:
    """A line across all bars: whose it is, its value, and its role; the benchmark is dotted, others are dashed."""

    name: str
    value: float
    role: ComparatorRole


@dataclass(frozen=True)
class Bars:
    """The bars from top to bottom and the comparators, the first of which the verdicts refer to."""

    bars: tuple[Bar, ...]
    comparators: tuple[Comparator, ...] = ()


def draw_bars(chart: Bars, say: Say) -> Figure:
    """Draw the bars from zero, with names at the left, and mark and value at the right.

    Verdict marks stand only where something is compared. Bars below zero reach to the left.

    Parameters
    ----------
    chart
        At least one bar has a value.
    say
        Turns a value into words.
    """
    if all(bar.value is None for bar in chart.bars):
        raise ValueError("a bar chart needs a bar with a value")
    width = WIDTH * INCH
    names = [wrap(short(bar.name), NAMES - 8, SIZE, _weight(bar)) for bar in chart.bars]
    head = 6.0 + 10 * bool(chart.comparators)
    said = [
        wrap(bar.remark if bar.value is None else say(bar.value), SAID_WIDTH, SIZE, "semibold")
        for bar in chart.bars
    ]
    edges = row_edges(list(zip(names, said, strict=True)), SIZE, ROOM, head)
    judged = [bar.verdict for bar in chart.bars if bar.value is not None] if chart.comparators else []
    entries = verdict_entries(judged, chart.comparators[0].name) if judged else ()
    figure = Figure(figsize=(WIDTH, (edges[-1] + AXIS + key_height(entries, width)) / INCH))
    paper = canvas(figure)
    column = max(text_width(words, SIZE, "semibold") for words in said)
    right = width - column - 28
    _words(paper, chart.bars, names, said, edges)
    if judged:
        rows = zip(chart.bars, edges, edges[1:], strict=False)
        draw_marks(
            paper, [(right + 14, (a + b) / 2, bar.verdict) for bar, a, b in rows if bar.value is not None], 6
        )
    axes = figure.add_axes(bounds(figure, NAMES, right, edges[0], edges[-1]))
    _draw(axes, chart, edges, right - NAMES)
    _compare(axes, chart.comparators, say, right - NAMES)
    draw_key(paper, entries, 0, edges[-1] + AXIS, width)
    return figure


def describe_bars(chart: Bars, about: About, say: Say) -> str:
    """Describe a bar chart: the lowest and the highest, the comparators, and who is better or worse.

    Parameters
    ----------
    chart, say
        As drawn; `say` may give the unit in full.
    about
        Measure, place or places, and period.
    """
    known = [(bar.name, bar.value) for bar in chart.bars if bar.value is not None]
    own = [f"{bar.name}: {say(bar.value)}." for bar in chart.bars if bar.own and bar.value is not None]
    lines = [f"{comparator.name}: {say(comparator.value)}." for comparator in chart.comparators]
    judged = [(bar.name, bar.verdict) for bar in chart.bars if bar.value is not None]
    return paragraph(
        opening("Bar chart", about),
        *(own if len(known) > 1 else []),
        extremes(known, say),
        *lines,
        verdicts(judged, chart.comparators[0].name) if chart.comparators else "",
        without([bar.name for bar in chart.bars if bar.value is None]),
    )


def _weight(bar: Bar) -> str:
    return "semibold" if bar.own else "normal"


def _words(
    paper: Axes, bars: Sequence[Bar], names: Sequence[str], said: Sequence[str], edges: Sequence[float]
) -> None:
    for bar, name, words, top, bottom in zip(bars, names, said, edges, edges[1:], strict=False):
        y = (top + bottom) / 2
        write(paper, (0, y), name, SIZE, weight=_weight(bar))
        colour = GREY if bar.value is None else TEXT
        write(paper, (WIDTH * INCH, y), words, SIZE, colour=colour, weight=_weight(bar), align="right")


def _draw(axes: Axes, chart: Bars, edges: Sequence[float], width: float) -> None:
    rows = zip(chart.bars, edges, edges[1:], strict=False)
    known = [(bar, bar.value, (a + b) / 2) for bar, a, b in rows if bar.value is not None]
    axes.barh(
        [y for *_, y in known],
        [value for _, value, _ in known],
        height=min(BAR, 0.85 * min(b - a for a, b in pairwise(edges))),
        color=[OWN if bar.own else OTHER for bar, _, _ in known],
        zorder=1,
    )
    spans = [
        (bar.lower, bar.upper, y) for bar, _, y in known if bar.lower is not None and bar.upper is not None
    ]
    if spans:
        lower, upper, levels = zip(*spans, strict=True)
        # White under black: the interval shows on the bar and beside it.
        axes.hlines(levels, lower, upper, color="white", lw=3.2, zorder=2)
        axes.hlines(levels, lower, upper, color=TEXT, lw=1.4, zorder=3)
    ends = [end for bar, value, _ in known for end in (value, bar.lower, bar.upper) if end is not None]
    ends += [comparator.value for comparator in chart.comparators]
    low, high = min(0.0, *ends), max(0.0, *ends)
    room = 0.03 * (high - low or 1.0)
    axes.set_xlim(low - room * (low < 0), high + room * (high > 0 or low == 0))
    axes.set_ylim(edges[-1], edges[0])
    axes.set_yticks([])
    spaced_ticks(axes.xaxis, width, 6)
    axes.spines["left"].set_visible(False)
    if low < 0:
        axes.axvline(0, color=TEXT, lw=0.8, zorder=3)


def _compare(axes: Axes, comparators: Sequence[Comparator], say: Say, width: float) -> None:
    """Draw the comparators' lines and name them above, side by side."""
    low, high = axes.get_xlim()
    point = (high - low) / width
    texts = [
        f"{DASHES[comparator.role]} {comparator.name} {say(comparator.value)}" for comparator in comparators
    ]
    rooms = [(text_width(text, SAID) + 8) * point for text in texts]
    wanted = [comparator.value for comparator in comparators]
    for comparator, text, x in zip(comparators, texts, spread_labels(wanted, rooms, low, high), strict=True):
        style = STYLES[comparator.role]
        axes.axvline(comparator.value, color=style.colour, lw=1.5, ls=style.dash, zorder=4)
        axes.annotate(
            text,
            (x, 1),
            (0, 3),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            ha="center",
            va="bottom",
            color=style.colour,
            fontsize=SAID,
            annotation_clip=False,
        )
