"""A spine chart: where an area stands on many measures, each from the worst to the best of its peers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from statistics import median
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from boardpacks.charts.alt_text import RELATIONS, About, Say, by_verdict, inside, opening, paragraph, without
from boardpacks.charts.canvas import INCH, canvas, short, text_height, wrap, write
from boardpacks.charts.theme import GREY, PALE, TEXT, WIDTH
from boardpacks.charts.verdicts import KeyEntry, draw_key, draw_marks, key_height, verdict_entries
from boardpacks.params.articles import with_article
from boardpacks.stats.among_peers import spread
from boardpacks.stats.comparison import Polarity, Verdict

NAMES, NUMBER, GAP = 148.0, 49.0, 8.0
"""Widths in points of the names, of a column of numbers, and of the room beside the bars."""
ROOM = 8.0
"""Height in points that a row has beside its words."""
SIZE, HEAD = 8.5, 7.8
BAR = 9.0
FURTHEST, MIDDLE, RIM = "#D8DEE2", "#7B8A95", "#6B7A85"
Dash = Literal["solid"] | tuple[float, Sequence[float]]
DOTTED: Dash = (0, (1.5, 1.5))
SYMBOL = 7.0
"""Diameter of the area's mark."""


@dataclass(frozen=True)
class SpineRow:
    """One measure: the area's value and verdict, the benchmark's value, and those of all peers, the area included.

    ``value`` and ``benchmark`` are None where there is none; ``say`` turns this measure's values into words.
    """

    name: str
    period: str
    value: float | None
    benchmark: float | None
    peers: tuple[float, ...]
    polarity: Polarity
    verdict: Verdict
    say: Say


@dataclass(frozen=True)
class Spine:
    """All measures of one area, with the names of the area, the benchmark and the peers."""

    area: str
    benchmark: str
    peers: str
    rows: tuple[SpineRow, ...]


@dataclass(frozen=True)
class Scaled:
    """A row's values from 0, the worst end, to 1, the best; the benchmark, or the middle peer, stands at 0.5.

    ``value`` is None where not drawn.
    """

    worst: float
    best: float
    middle_half: tuple[float, float]
    value: float | None


def scale(row: SpineRow) -> Scaled | None:
    """Return where a row's values stand, or None without peers.

    Notes
    -----
    As in the spine charts of Fingertips the benchmark is always in the middle, and the end that lies further from it
    reaches the edge; a low value that is good stands on the right. Where neither direction is better the lowest value
    stands on the left. Without a benchmark the middle one of the peers takes its place.
    """
    if not row.peers:
        return None
    centre = median(row.peers) if row.benchmark is None else row.benchmark
    sign = -1.0 if row.polarity == "low" else 1.0
    known = [*row.peers, *([] if row.value is None else [row.value])]
    reach = max(abs(value - centre) for value in known) or 1.0

    def at(value: float) -> float:
        return 0.5 + 0.5 * sign * ((value - centre) / reach)

    ends = sorted(at(value) for value in row.peers)
    quarters = spread(row.peers[0], row.peers)
    low, high = sorted((at(quarters.lower_quartile), at(quarters.upper_quartile)))
    return Scaled(ends[0], ends[-1], (low, high), None if row.value is None else at(row.value))


def draw_spine(spine: Spine) -> Figure:
    """Draw one row a measure: the area's and the benchmark's values, the worst, the bar, the best.

    The bar runs from the worst to the best of the peers, its darker part holds their middle half, the line in the
    middle is the benchmark, and the area's mark has the shape of its verdict. Without a benchmark the dotted line is
    the middle one of the peers.
    """
    if not spine.rows:
        raise ValueError("a spine chart needs a row")
    width = WIDTH * INCH
    names = [
        wrap(f"{row.name}, {row.period}" if row.period else row.name, NAMES - 8, SIZE) for row in spine.rows
    ]
    heights = [text_height(name, SIZE) + ROOM for name in names]
    entries = _entries(spine)
    heads = _heads(spine)
    head = max(text_height(words, HEAD) for _, words in heads) + 6
    foot = head + sum(heights)
    height = foot + 5 + key_height(entries, width)
    figure = Figure(figsize=(WIDTH, height / INCH))
    paper = canvas(figure)
    for right, words in heads:
        y = head - 4 - text_height(words, HEAD) / 2
        write(paper, (right, y), words, HEAD, weight="semibold", align="right")
    edges = list(accumulate(heights, initial=head))
    middles = [(upper + lower) / 2 for upper, lower in pairwise(edges)]
    paper.hlines(edges, 0, width, color=PALE, lw=0.8, zorder=0)
    for row, name, y in zip(spine.rows, names, middles, strict=True):
        _words(paper, row, name, y)
    _bars(paper, spine.rows, middles)
    draw_key(paper, entries, 0, foot + 5, width)
    return figure


def describe_spine(spine: Spine, about: About) -> str:
    """Describe a spine chart: how many measures, and for each verdict which ones with both values.

    Parameters
    ----------
    spine
        As drawn.
    about
        What the measures are together, the place and the period or periods.
    """
    told = [(_said(row, spine), row.verdict) for row in spine.rows if row.value is not None]
    missing = [inside(row.name) for row in spine.rows if row.value is None]
    count, other = len(spine.rows), with_article(spine.benchmark)
    return paragraph(
        opening("Spine chart", about),
        f"{count} measure{'' if count == 1 else 's'} of {spine.area} beside {other} and the {spine.peers}.",
        *(f"{RELATIONS[verdict]} {other}: {' '.join(said)}" for verdict, said in by_verdict(told).items()),
        without(missing),
    )


def _said(row: SpineRow, spine: Spine) -> str:
    own = row.say(row.value) if row.value is not None else ""
    other = f", {spine.benchmark} {row.say(row.benchmark)}" if row.benchmark is not None else ""
    return f"{row.name}, {own}{f' in {row.period}' if row.period else ''}{other}."


def _entries(spine: Spine) -> tuple[KeyEntry, ...]:
    marked = verdict_entries((row.verdict for row in spine.rows if row.value is not None), spine.benchmark)
    drawn = [row for row in spine.rows if row.peers]
    if not drawn:
        return marked
    bars = [
        KeyEntry("s", RIM, FURTHEST, f"Worst to best of {spine.peers}"),
        KeyEntry("s", RIM, MIDDLE, "Their middle half"),
    ]
    if any(row.benchmark is not None for row in drawn):
        bars.append(KeyEntry("|", TEXT, TEXT, spine.benchmark))
    if any(row.benchmark is None for row in drawn):
        bars.append(
            KeyEntry(
                "", TEXT, "", f"Middle one, without a figure for {with_article(spine.benchmark)}", "\u00a6"
            )
        )
    return (*marked, *bars)


def _columns() -> tuple[float, float, float, float, float, float]:
    """Return right edges of area, benchmark and worst, left and right end of the bars, and right edge of the best."""
    area, benchmark, worst = (NAMES + number * NUMBER for number in (1, 2, 3))
    best = WIDTH * INCH - 1
    return area, benchmark, worst, worst + GAP, best - NUMBER + 8 - GAP, best


def _heads(spine: Spine) -> list[tuple[float, str]]:
    """Return the right edge of each column of numbers, and its head."""
    area, benchmark, worst, _, _, best = _columns()
    plain = any(row.polarity == "none" for row in spine.rows)
    ends = ("Worst or lowest", "Best or highest") if plain else ("Worst", "Best")
    named = (
        (area, short(spine.area)),
        (benchmark, short(spine.benchmark)),
        (worst, ends[0]),
        (best, ends[1]),
    )
    return [(right, wrap(words, NUMBER - 5, HEAD, "semibold")) for right, words in named]


def _words(paper: Axes, row: SpineRow, name: str, y: float) -> None:
    area, benchmark, worst, left, _, best = _columns()
    write(paper, (0, y), name, SIZE)
    own = "no figure" if row.value is None else row.say(row.value)
    write(
        paper, (area, y), own, SIZE, weight="semibold" if row.value is not None else "normal", align="right"
    )
    other = "\u2013" if row.benchmark is None else row.say(row.benchmark)
    write(paper, (benchmark, y), other, SIZE, align="right")
    if row.peers:
        ends = sorted(row.peers, reverse=row.polarity == "low")
        write(paper, (worst, y), row.say(ends[0]), SIZE, colour=GREY, align="right")
        write(paper, (best, y), row.say(ends[-1]), SIZE, colour=GREY, align="right")
    if scale(row) is None:
        write(paper, (left, y), "nothing to compare with", HEAD, colour=GREY)


def _bars(paper: Axes, rows: Sequence[SpineRow], middles: Sequence[float]) -> None:
    """Draw all bars at once, each part as one artist."""
    *_, left, right, _ = _columns()
    drawn = [
        (scaled, row, y) for row, y in zip(rows, middles, strict=True) if (scaled := scale(row)) is not None
    ]
    if not drawn:
        return

    def at(share: float) -> float:
        return left + share * (right - left)

    def box(one: float, other: float, y: float) -> list[tuple[float, float]]:
        upper, lower = y - BAR / 2, y + BAR / 2
        return [(one, upper), (other, upper), (other, lower), (one, lower)]

    levels = [y for _, _, y in drawn]
    strokes: tuple[tuple[Dash, list[float]], ...] = (
        ("solid", [y for _, row, y in drawn if row.benchmark is not None]),
        (DOTTED, [y for _, row, y in drawn if row.benchmark is None]),
    )
    for ends, colour in (
        ([(scaled.worst, scaled.best) for scaled, _, _ in drawn], FURTHEST),
        ([scaled.middle_half for scaled, _, _ in drawn], MIDDLE),
    ):
        boxes = [box(at(one), at(other), y) for (one, other), y in zip(ends, levels, strict=True)]
        bars = PolyCollection(boxes, facecolors=colour, edgecolors=RIM, linewidths=0.7, zorder=1)
        paper.add_collection(bars, autolim=False)
    for style, heights in strokes:
        if heights:
            uppers, lowers = [y - 8 for y in heights], [y + 8 for y in heights]
            paper.vlines(
                [at(0.5)] * len(heights), uppers, lowers, color=TEXT, lw=1.4, linestyles=style, zorder=2
            )
    own: list[tuple[float, float, Verdict]] = [
        (at(scaled.value), y, row.verdict) for scaled, row, y in drawn if scaled.value is not None
    ]
    # A white rim keeps the mark apart from the bar beneath it, in grey too.
    paper.plot(
        [x for x, _, _ in own], [y for _, y, _ in own], "o", ms=SYMBOL + 5, color="white", mew=0, zorder=4
    )
    draw_marks(paper, own, SYMBOL)
