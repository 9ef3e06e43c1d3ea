"""One value among all its peers: a swarm of dots with the place marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from boardpacks.charts.canvas import text_width
from boardpacks.charts.labels import number_ticks, spread_labels
from boardpacks.charts.swarm import swarm
from boardpacks.charts.theme import BESIDE, GREY, LINE, PALE, STYLES, TEXT, Role

HEIGHT = 1.55
LEFT, RIGHT, TOP, BOTTOM = 0.03, 0.97, 0.86, 0.17
OTHERS = "#8A99A5"
"""Colour of the peers' dots."""
DOT = 4.2
"""Diameter of a dot in points."""
LABEL = 8.5
"""Size of the words beside a bar."""
BESIDE_BAR, BELOW_BAR = 8, 11
"""Distance of words from the end of a bar, and from its middle, in points."""
MEDIAN = "median"
"""Label of the line at the middle one of the peers, which of an even number lies between two."""
FURTHEST = 0.4
"""How far a dot may lie off the line, as a share of the drawing's height."""


@dataclass(frozen=True)
class Marked:
    """An area that is marked among its peers: name, value in words, value and 95% interval."""

    name: str
    words: str
    role: Role
    value: float
    lower: float | None
    upper: float | None


def draw_spread(
    marked: Sequence[Marked],
    peers: Sequence[float],
    middle_half: tuple[float, float],
    median: float,
    peer_name: str,
) -> Figure:
    """Draw all peers as dots along one axis, the middle half shaded, and the marked areas with their intervals.

    Parameters
    ----------
    marked
        One or two areas; their values are among `peers`.
    peers
        Values of all peers, in the indicator's unit.
    middle_half
        Lower and upper quartile of the peers.
    median
        The peers' middle value.
    peer_name
        What the peers are: "London boroughs".
    """
    figure = Figure(figsize=(BESIDE, HEIGHT))
    axes = figure.add_axes((LEFT, BOTTOM, RIGHT - LEFT, TOP - BOTTOM))
    axes.axvspan(*middle_half, color=PALE, zorder=0, lw=0)
    axes.axvline(median, label=MEDIAN, color=GREY, lw=1.2, ls=(0, (5, 2)), zorder=1)
    others = sorted(peers)
    for area in marked:
        others.remove(area.value)
    (dots,) = axes.plot(others, [0.0] * len(others), "o", ms=DOT, mew=0, color=OTHERS, zorder=2)
    for number, area in enumerate(marked):
        style, height = STYLES[area.role], -0.3 if number == 0 else 0.3
        if area.lower is not None and area.upper is not None:
            axes.plot([area.lower, area.upper], [height, height], color=style.colour, lw=2.2, zorder=3)
        axes.plot(
            [area.value],
            [height],
            marker=style.marker,
            ms=7.5,
            color=style.colour,
            ls="",
            zorder=4,
            label=area.name,
        )
    dots.set_ydata(_beside_each_other(axes, others))
    _label(axes, marked)
    axes.text(
        sum(middle_half) / 2,
        -0.53,
        f"middle half of {peer_name}",
        color=GREY,
        ha="center",
        va="bottom",
        fontsize=8,
    )
    axes.set_ylim(0.5, -0.5)
    axes.set_yticks([])
    number_ticks(axes.xaxis)
    axes.spines["left"].set_visible(False)
    axes.spines["bottom"].set_color(LINE)
    return figure


def _beside_each_other(axes: Axes, values: Sequence[float]) -> list[float]:
    """Return heights in the drawing, from -0.5 to 0.5, at which dots with these values do not cover each other."""
    low, high = axes.get_xlim()
    width, height = BESIDE * 72 * (RIGHT - LEFT), HEIGHT * 72 * (TOP - BOTTOM)
    moved = swarm([width * (value - low) / (high - low) for value in values], DOT)
    return [max(-FURTHEST, min(FURTHEST, -move / height)) for move in moved]


def _across(axes: Axes, value: float) -> float:
    """Return how far from the drawing's left edge a value lies, in points."""
    low, high = axes.get_xlim()
    return BESIDE * 72 * (LEFT + (RIGHT - LEFT) * (value - low) / (high - low))


def _side(words: str, start: float, end: float) -> tuple[Literal["left", "right"], bool]:
    """Return where words begin or end beside a bar, and whether they go below it: they stay inside the drawing."""
    wide, room = text_width(words, LABEL, "semibold"), BESIDE * 72
    fits_right, fits_left = end + BESIDE_BAR + wide <= room, start - BESIDE_BAR - wide >= 0
    likes_right = end < BESIDE * 72 * (LEFT + (RIGHT - LEFT) * 0.68)
    if fits_right and (likes_right or not fits_left):
        return "left", False
    if fits_left:
        return "right", False
    return ("left", True) if start + wide <= room else ("right", True)


def _label(axes: Axes, marked: Sequence[Marked]) -> None:
    heights = spread_labels([-0.3, 0.3][: len(marked)], [0.2] * len(marked), -0.5, 0.5)
    for area, y in zip(marked, heights, strict=True):
        end = area.upper if area.upper is not None else area.value
        start = area.lower if area.lower is not None else area.value
        words = f"{area.name} {area.words}"
        at, below = _side(words, *(_across(axes, value) for value in (start, end)))
        on_right = at == "left"
        axes.annotate(
            words,
            (end if on_right != below else start, y),
            xytext=(0 if below else BESIDE_BAR if on_right else -BESIDE_BAR, -BELOW_BAR if below else 0),
            textcoords="offset points",
            ha=at,
            va="center",
            color=STYLES[area.role].colour,
            weight="semibold",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2},
            zorder=5,
        )
    axes.tick_params(colors=TEXT)
