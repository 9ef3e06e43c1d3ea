"""How verdicts look in charts, in shape, colour and words, and the key that says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from boardpacks.charts.alt_text import RELATIONS
from boardpacks.charts.canvas import text_width, write
from boardpacks.charts.places import MARKS
from boardpacks.charts.theme import GREY
from boardpacks.params.articles import with_article
from boardpacks.stats.comparison import UNJUDGED, Verdict

TINTS: Mapping[Verdict, str] = {
    "better": "#DDEDE3",
    "worse": "#F7DDDF",
    "similar": "#EEF1F3",
    "higher": "#DCE4F2",
    "lower": "#DCE4F2",
    "not-tested": "#F7F8F9",
    "not-compared": "#F7F8F9",
    "too-old": "#F7F8F9",
}
"""Fill of a cell or tile with a verdict; its mark says the verdict without the colour."""

KEY_LINE = 12.5
"""Height in points of a line of a key."""
SIZE = 7.8
BESIDE_MARK, BETWEEN = 12.0, 12.0


@dataclass(frozen=True)
class KeyEntry:
    """One entry of a key: a mark (matplotlib's marker, edge and fill), or a sign in letters, and what it means."""

    marker: str
    edge: str
    fill: str
    words: str
    sign: str = ""


def verdict_entries(found: Iterable[Verdict], benchmark: str) -> tuple[KeyEntry, ...]:
    """Return the key's entries for the verdicts that occur; those that look alike share one."""
    present = set(found)
    entries = [
        KeyEntry(*MARKS[verdict], f"{words} {with_article(benchmark)}")
        for verdict, words in RELATIONS.items()
        if verdict in present
    ]
    alike = [verdict for verdict in RELATIONS if verdict in present & UNJUDGED]
    if len(alike) > 1:
        *first, last = (verdict.replace("-", " ") for verdict in alike)
        against = f" with {with_article(benchmark)}" if alike[-1] == "not-compared" else ""
        words = f"{', '.join(first).capitalize()} or {last}{against}"
        entries = [*entries[: -len(alike)], KeyEntry(*MARKS["not-tested"], words)]
    return tuple(entries)


def key_height(entries: Sequence[KeyEntry], width: float) -> float:
    """Return the height in points of a key in a drawing of `width` points."""
    return KEY_LINE * (1 + max((line for line, _ in _placed(entries, width)), default=-1))


def draw_key(axes: Axes, entries: Sequence[KeyEntry], left: float, top: float, width: float) -> None:
    """Draw a key on a canvas, in as many lines as `width` points need."""
    for entry, (line, along) in zip(entries, _placed(entries, width), strict=True):
        x, y = left + along, top + (line + 0.5) * KEY_LINE
        if entry.sign:
            write(axes, (x + 5, y), entry.sign, SIZE, colour=entry.edge, weight="bold", align="center")
        else:
            axes.plot([x + 5], [y], marker=entry.marker, ms=5.2, mec=entry.edge, mfc=entry.fill, ls="")
        write(axes, (x + BESIDE_MARK, y), entry.words, SIZE, colour=GREY)


def draw_marks(axes: Axes, marks: Sequence[tuple[float, float, Verdict]], size: float = 5.2) -> None:
    """Draw marks at x and y, all of one verdict as one artist."""
    for verdict in dict.fromkeys(verdict for _, _, verdict in marks):
        marker, edge, fill = MARKS[verdict]
        own = [(x, y) for x, y, its in marks if its == verdict]
        # Of one size a diamond stands wider than the other marks.
        own_size = 0.88 * size if marker == "D" else size
        axes.plot(*zip(*own, strict=True), marker=marker, ms=own_size, mec=edge, mfc=fill, ls="", zorder=5)


def _placed(entries: Sequence[KeyEntry], width: float) -> list[tuple[int, float]]:
    """Return each entry's line and its distance from the left."""
    placed: list[tuple[int, float]] = []
    line, along = 0, 0.0
    for entry in entries:
        wide = BESIDE_MARK + text_width(entry.words, SIZE)
        if along and along + wide > width:
            line, along = line + 1, 0.0
        placed.append((line, along))
        along += wide + BETWEEN
    return placed
