"""One value among all its peers: a swarm of dots with the place marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import matplotlib.pyplot as plt
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from boardpacks.charts.labels import spread_labels
from boardpacks.charts.theme import BESIDE, GREY, LINE, PALE, STYLES, TEXT, Role

HEIGHT = 1.55


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
    figure, axes = plt.subplots(figsize=(BESIDE, HEIGHT))
    figure.subplots_adjust(left=0.03, right=0.97, top=0.86, bottom=0.17)
    axes.axvspan(*middle_half, color=PALE, zorder=0, lw=0)
    axes.axvline(median, color=GREY, lw=1.2, ls=(0, (5, 2)), zorder=1)
    others = sorted(peers)
    for area in marked:
        others.remove(area.value)
    sns.swarmplot(x=others, ax=axes, color="#8A99A5", size=4.2, zorder=2, warn_thresh=1.0)
    for number, area in enumerate(marked):
        style, height = STYLES[area.role], -0.3 if number == 0 else 0.3
        if area.lower is not None and area.upper is not None:
            axes.plot([area.lower, area.upper], [height, height], color=style.colour, lw=2.2, zorder=3)
        axes.plot([area.value], [height], marker=style.marker, ms=7.5, color=style.colour, ls="", zorder=4)
    _label(figure.axes[0], marked)
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
    axes.set_xlabel("")
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.10g}")
    axes.spines["left"].set_visible(False)
    axes.spines["bottom"].set_color(LINE)
    return figure


def _label(axes: Axes, marked: Sequence[Marked]) -> None:
    low, high = axes.get_xlim()
    heights = spread_labels([-0.3, 0.3][: len(marked)], [0.2] * len(marked), -0.5, 0.5)
    for area, y in zip(marked, heights, strict=True):
        end = area.upper if area.upper is not None else area.value
        start = area.lower if area.lower is not None else area.value
        on_right = (end - low) / (high - low) < 0.68
        axes.annotate(
            f"{area.name} {area.words}",
            (end if on_right else start, y),
            xytext=(8 if on_right else -8, 0),
            textcoords="offset points",
            ha="left" if on_right else "right",
            va="center",
            color=STYLES[area.role].colour,
            weight="semibold",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2},
            zorder=5,
        )
    axes.tick_params(colors=TEXT)
