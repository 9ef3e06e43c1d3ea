"""A drawing measured in points, and the room that words take in it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from textwrap import shorten

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from boardpacks.charts.theme import TEXT

INCH = 72
Bounds = tuple[float, float, float, float]
MOST_LETTERS = 80
"""Letters of the name of an area or a place in a chart; its caption has the whole name."""
TALLEST, LEAST_ROOM = 540.0, 1.0
"""Height in points that a page has for the rows of a chart, and the room between rows that are many."""
LEADING = 1.22
"""Height of a line of words over the size of its letters."""


def canvas(figure: Figure) -> Axes:
    """Return axes over the whole figure whose unit is the point, with 0, 0 in the upper left corner."""
    width, height = figure.get_size_inches() * INCH
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    return axes


def bounds(figure: Figure, left: float, right: float, top: float, bottom: float) -> Bounds:
    """Return where axes lie whose edges are these distances in points from the figure's left and upper edge."""
    width, height = figure.get_size_inches() * INCH
    return left / width, 1 - bottom / height, (right - left) / width, (bottom - top) / height


def write(
    axes: Axes,
    at: tuple[float, float],
    words: str,
    size: float = 8.5,
    *,
    colour: str = TEXT,
    weight: str = "normal",
    align: str = "left",
) -> None:
    """Write words at a point of a canvas: one line with its middle there, several with the middle of them all."""
    axes.text(
        *at,
        words,
        fontsize=size,
        color=colour,
        weight=weight,
        ha=align,
        va="center" if "\n" in words else "center_baseline",
        linespacing=1.0,
    )


def text_width(words: str, size: float, weight: str = "normal") -> float:
    """Return the width in points of the widest line of `words` in the packs' font."""
    font = FontProperties(size=size, weight=weight)
    return max(
        float(text_to_path.get_text_width_height_descent(line, font, ismath=False)[0])
        for line in words.split("\n")
    )


def text_height(words: str, size: float) -> float:
    """Return the height in points of all lines of `words`."""
    return LEADING * size * (words.count("\n") + 1)


def row_edges(words: Sequence[tuple[str, str]], size: float, room: float, head: float) -> list[float]:
    """Return the upper and lower edges of rows, each as high as its words and `room`: less room where a page is full.

    Parameters
    ----------
    words
        Of each row, those at its left and at its right.
    head
        Where the first row begins.
    """
    tall = [max(text_height(left, size), text_height(right, size)) for left, right in words]
    room = min(room, max(LEAST_ROOM, (TALLEST - sum(tall)) / max(len(tall), 1)))
    return list(accumulate((height + room for height in tall), initial=head))


def short(name: str) -> str:
    """Return a name as a chart has room for it: of one without end the first words, and an ellipsis."""
    if len(name) <= MOST_LETTERS:
        return name
    cut = shorten(name, MOST_LETTERS, placeholder="…")
    return cut if len(cut) > 1 else f"{name[: MOST_LETTERS - 1]}…"


def wrap(words: str, width: float, size: float, weight: str = "normal") -> str:
    """Return `words` in lines no wider than `width` points; a word too wide for a line is broken."""
    lines, reach = [""], 0.0
    space = text_width("a b", size, weight) - text_width("ab", size, weight)
    for word in words.split():
        wide = text_width(word, size, weight)
        if lines[-1] and reach + space + wide <= width:
            lines[-1] += f" {word}"
            reach += space + wide
        else:
            pieces = [word] if wide <= width else _broken(word, width, size, weight)
            lines = [*(lines if lines[-1] else lines[:-1]), *pieces]
            reach = wide if wide <= width else text_width(pieces[-1], size, weight)
    return "\n".join(lines)


def _broken(word: str, width: float, size: float, weight: str) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and text_width(pieces[-1] + letter, size, weight) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces
