"""A tartan rug: many measures by many areas, each cell with the mark of its verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from boardpacks.charts.alt_text import RELATIONS, About, by_verdict, inside, listed, opening, paragraph
from boardpacks.charts.canvas import INCH, canvas, short, text_height, text_width, wrap, write
from boardpacks.charts.theme import GREY, WIDTH
from boardpacks.charts.verdicts import TINTS, draw_key, draw_marks, key_height, verdict_entries
from boardpacks.params.articles import with_article
from boardpacks.stats.comparison import Verdict

SIZE, VALUES = 8.5, 7.5
NAMES = (0.32, 0.4, 0.48)
"""Shares of the width that the measures' names may have: the next where the rug would be too tall for a page."""
TALLEST = 640.0
"""Height in points that a page has for the rows and their head."""
ROOM = 7.0
"""Height in points that a row has beside its words."""
MARK = 10.0
"""Width in points of a mark with the room around it."""
UPRIGHT = (74.0, 100.0, 130.0, 160.0, 200.0, 300.0)
"""Heights in points that names of areas may have that stand upright: the next where lines would not fit a column."""
TOLD: tuple[Verdict, ...] = ("worse", "better", "higher", "lower")
"""Verdicts whose measures a description names; the others are told together."""
_REST: Mapping[Verdict, str] = {
    "similar": "similar",
    "not-tested": "not tested",
    "not-compared": "not compared",
    "too-old": "too old to be judged",
}


@dataclass(frozen=True)
class Cell:
    """One measure in one area: its verdict and its value in words; both None and empty where there is no figure."""

    verdict: Verdict | None
    words: str = ""


@dataclass(frozen=True)
class RugRow:
    """One measure with its period, and its cells in the order of the areas."""

    name: str
    period: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Rug:
    """The areas' names from left to right, the measures from top to bottom, and what they are compared with."""

    areas: tuple[str, ...]
    benchmark: str
    rows: tuple[RugRow, ...]

    def __post_init__(self) -> None:
        if not self.areas or not self.rows or any(len(row.cells) != len(self.areas) for row in self.rows):
            raise ValueError("a tartan rug needs an area and a row, and in each row one cell for each area")


@dataclass(frozen=True)
class RugLayout:
    """Widths in points of the names and of a column, the names in lines, and the rows' upper and lower edges."""

    side: float
    column: float
    names: tuple[str, ...]
    edges: tuple[float, ...]


def draw_rug(rug: Rug, width: float = WIDTH) -> Figure:
    """Draw one row a measure and one column an area.

    Each cell has the mark and tint of its verdict, and its value where all values fit beside the marks; a cell without
    a figure has a dash.

    Parameters
    ----------
    rug
        What is drawn.
    width
        In inches: WIDTH for a page; less, to be read on a phone without scrolling.
    """
    across = width * INCH
    layout = _laid_out(rug, NAMES[0] * across, across)
    for share in NAMES[1:]:
        if layout.edges[-1] > TALLEST:
            layout = _laid_out(rug, share * across, across)
    side, column, names, edges = layout.side, layout.column, layout.names, layout.edges
    entries = verdict_entries(_verdicts(rug), rug.benchmark)
    figure = Figure(figsize=(width, (edges[-1] + 6 + key_height(entries, across)) / INCH))
    paper = canvas(figure)
    _head(paper, rug, side, column, edges[0])
    for name, top, bottom in zip(names, edges, edges[1:], strict=False):
        write(paper, (0, (top + bottom) / 2), name, SIZE)
    _cells(paper, rug, side, column, edges)
    draw_key(paper, entries, 0, edges[-1] + 6, across)
    return figure


def describe_rug(rug: Rug, about: About) -> str:
    """Describe a tartan rug: its size, and for each area which measures have which verdict.

    Parameters
    ----------
    rug
        As drawn.
    about
        What the measures are together, the places and the period or periods.
    """
    other = with_article(rug.benchmark)
    counts = f"{len(rug.rows)} measures by {len(rug.areas)} areas, each compared with {other}."
    if 1 in (len(rug.rows), len(rug.areas)):
        counts = f"Each measure is compared with {other}."
    told = [_area_said(rug, number) for number in range(len(rug.areas))]
    return paragraph(opening("Table of marks", about), counts, *told)


def _laid_out(rug: Rug, side: float, across: float) -> RugLayout:
    column = (across - side) / len(rug.areas)
    named = (f"{row.name}, {row.period}" if row.period else row.name for row in rug.rows)
    names = tuple(wrap(name, side - 8, SIZE) for name in named)
    heights = (text_height(name, SIZE) + ROOM for name in names)
    return RugLayout(side, column, names, tuple(accumulate(heights, initial=_head_height(rug, column))))


def _area_said(rug: Rug, number: int) -> str:
    own = [(inside(row.name), row.cells[number].verdict) for row in rug.rows]
    told = by_verdict(own)
    parts = [
        f"{RELATIONS[verdict]} {with_article(rug.benchmark)}: {listed(names)}."
        for verdict, names in told.items()
        if verdict in TOLD
    ]
    rest = [_REST[verdict] for verdict in told if verdict not in TOLD]
    rest += ["without a figure"] if any(verdict is None for _, verdict in own) else []
    if rest:
        words = f"{', '.join(rest[:-1])} or {rest[-1]}" if len(rest) > 1 else rest[0]
        parts.append(f"{'All others' if parts else 'All'}: {words}.")
    return " ".join([f"{rug.areas[number]}.", *parts])


def _verdicts(rug: Rug) -> list[Verdict]:
    return [cell.verdict for row in rug.rows for cell in row.cells if cell.verdict is not None]


def _lies_flat(rug: Rug, column: float) -> bool:
    """Whether every word of the areas' names fits into a column."""
    return all(
        text_width(word, 8, "semibold") <= column - 3 for name in rug.areas for word in short(name).split()
    )


def _headings(rug: Rug, column: float) -> list[str]:
    rooms = (column - 3,) if _lies_flat(rug, column) else UPRIGHT
    for room in rooms:
        headings = [wrap(short(name), room, 8, "semibold") for name in rug.areas]
        if all(text_height(heading, 8) <= column for heading in headings):
            break
    return headings


def _head_height(rug: Rug, column: float) -> float:
    headings = _headings(rug, column)
    if _lies_flat(rug, column):
        return max(text_height(heading, 8) for heading in headings) + 5
    return max(text_width(heading, 8, "semibold") for heading in headings) + 10


def _head(paper: Axes, rug: Rug, side: float, column: float, height: float) -> None:
    flat = _lies_flat(rug, column)
    for number, heading in enumerate(_headings(rug, column)):
        paper.text(
            side + (number + 0.5) * column,
            height - 4,
            heading,
            fontsize=8,
            weight="semibold",
            rotation=0 if flat else 90,
            ha="center",
            va="bottom",
            linespacing=1.0,
        )


def _cells(paper: Axes, rug: Rug, side: float, column: float, edges: Sequence[float]) -> None:
    with_values = _values_fit(rug, column)
    tinted: list[tuple[list[tuple[float, float]], str]] = []
    marks: list[tuple[float, float, Verdict]] = []
    for row, top, bottom in zip(rug.rows, edges, edges[1:], strict=False):
        y = (top + bottom) / 2
        for number, cell in enumerate(row.cells):
            left = side + number * column
            if cell.verdict is None:
                write(paper, (left + column / 2, y), "\u2013", SIZE, colour=GREY, align="center")
                continue
            corners = [(left, top), (left + column, top), (left + column, bottom), (left, bottom)]
            tinted.append((corners, TINTS[cell.verdict]))
            words = cell.words if with_values else ""
            room = MARK + text_width(words, VALUES) if words else 0.0
            marks.append((left + column / 2 - room / 2 + (4 if words else 0), y, cell.verdict))
            if words:
                write(paper, (left + column / 2 - room / 2 + MARK, y), words, VALUES)
    fills = PolyCollection(
        [corners for corners, _ in tinted],
        facecolors=[tint for _, tint in tinted],
        edgecolors="white",
        linewidths=1.6,
        zorder=1,
    )
    paper.add_collection(fills, autolim=False)
    if marks:
        draw_marks(paper, marks, 5.6)


def _values_fit(rug: Rug, column: float) -> bool:
    words = [cell.words for row in rug.rows for cell in row.cells]
    return max(text_width(each, VALUES) for each in words) + MARK + 1 <= column
