"""Turns a drawn figure into a small SVG that may stand inside a page."""

from __future__ import annotations

import io
import re
from typing import Self

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from boardpacks.charts.drawn import Drawn
from boardpacks.charts.marks import read_marks
from boardpacks.charts.plotted import read_cut_off, read_plotted


class Drawing(str):
    """A figure as SVG, with what it plots and those of its words that are cut off at its edges."""

    drawn: Drawn

    def __new__(cls, svg: str, drawn: Drawn) -> Self:
        """Return the SVG as a text that remembers what it was drawn from."""
        made = super().__new__(cls, svg)
        made.drawn = drawn
        return made


def to_svg(figure: Figure) -> Drawing:
    """Return the figure as SVG with its text as text, and close the figure.

    The same figure gives the same SVG: no date, stable ids. What would reach beyond the drawing when it stands
    inside a page (the prolog, the style for every element) is taken out, and coordinates have two decimals.
    """
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    drawing = Drawing(
        _clean(buffer.getvalue()), Drawn(read_plotted(figure), read_cut_off(figure), read_marks(figure))
    )
    plt.close(figure)
    return drawing


def _clean(svg: str) -> str:
    svg = re.sub(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<defs>\s*<style type=\"text/css\">\*\{[^<]*</style>\s*</defs>", "", svg)
    svg = svg.replace(
        '<g id="figure_1">', '<g id="figure_1" stroke-linejoin="round" stroke-linecap="butt">', 1
    )
    svg = re.sub(
        r'(?<= d=")[^"]*', lambda path: re.sub(r"(\d\.\d\d)\d+", r"\1", " ".join(path[0].split())), svg
    )
    svg = svg.replace(' transform="rotate(-0 ', ' transform="rotate(0 ')
    return re.sub(r">\s+<", "><", svg).strip() + "\n"
