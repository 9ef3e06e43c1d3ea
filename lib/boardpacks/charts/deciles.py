"""How many small areas lie in each tenth of deprivation."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from boardpacks.charts.theme import GREY, STYLES, WIDTH

HEIGHT = 1.8
OTHERS = "#768692"
"""Colour of the bars beside the two that matter most."""


def draw_deciles(counts: Sequence[int]) -> Figure:
    """Draw ten bars, the most deprived tenth first, each with its count above it.

    Parameters
    ----------
    counts
        Small areas in each tenth of England, the most deprived tenth first; ten whole numbers.
    """
    figure = Figure(figsize=(WIDTH, HEIGHT))
    axes = figure.add_subplot()
    figure.subplots_adjust(left=0.02, right=0.98, top=0.93, bottom=0.2)
    colours = [STYLES["place"].colour] * 2 + [OTHERS] * 8
    bars = axes.bar(range(1, 11), counts, color=colours, width=0.78)
    axes.bar_label(bars, [f"{count:,}" for count in counts], padding=2, fontsize=8.5)
    names = ["most\ndeprived tenth", *map(str, range(2, 10)), "least\ndeprived tenth"]
    axes.set_xticks(range(1, 11), names, in_layout=False)
    axes.set_yticks([])
    axes.tick_params(axis="x", length=0, colors=GREY)
    axes.spines["left"].set_visible(False)
    return figure
