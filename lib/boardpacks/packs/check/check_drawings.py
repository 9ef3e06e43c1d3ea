"""Holds what charts plot against their facts, and their words against their edges and the packs' font."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from boardpacks.charts.drawn import GIVEN, Drawn
from boardpacks.facts.artefacts import Fact, Figure
from boardpacks.packs.check.held import months_of
from boardpacks.packs.read.read_notebook import ChapterContent

FONTS = ("Inter", "Cairo", "Heebo")
"""Fonts of a pack: of Latin, Arabic and Hebrew letters."""
MOST_SHOWN = 3
FIRST_YEAR = 1800
NEAR = 1e-9
"""How far a plotted value may be from its fact, as a share of it, beside what printing rounds off."""

_MARK = re.compile(r"<(?:\w+:)?(?:path|rect|circle|ellipse|line|polyline|polygon|use|image)\b")
_PICTURE = re.compile(r"<(?:\w+:)?image\b")
_FONT = re.compile(r"font(?:-family)?:\s*(?:[^;\"',]*?\d(?:px|pt)\s+)?'?\"?([A-Za-z][\w -]*)")


def check_drawings(chapters: Sequence[ChapterContent]) -> list[str]:
    """Return what is wrong with charts, one line each: notebook, cell, chart, and what to do.

    A plotted value is that of a fact, an end of its interval, or nought; times are those of the facts. What a chart
    declares as derived is no fact. No words are cut off, and all are in the packs' font.
    """
    return [
        f"{chapter.where(figure)}: {fault}"
        for chapter in chapters
        for figure in chapter.artefacts
        if isinstance(figure, Figure)
        for fault in _faults(figure)
    ]


def _faults(figure: Figure) -> Iterator[str]:
    if figure.drawn is not None:
        if any(one.what == GIVEN for one in figure.drawn.plotted) and _PICTURE.search(figure.svg):
            yield "holds a picture, of which the words cannot be read. Hand over SVG of shapes and text, or the figure"
        yield from _of_values(figure, figure.drawn)
        if words := figure.drawn.cut_off:
            yield (
                f'cuts off {_named(words)}. Make room: plt.subplots(layout="constrained"), a wider figure, or '
                "shorter labels"
            )
    elif _MARK.search(figure.svg):
        yield (
            "is SVG of another program, of which it cannot be read what it plots. Hand over the figure itself, or say "
            "in values= what is plotted"
        )
    foreign = sorted(
        {font.strip() for font in _FONT.findall(figure.svg)} - {*FONTS, "normal", "bold", "italic"}
    )
    if foreign:
        yield (
            f"has words in {_named(foreign)}, not in the packs' font. Leave the font as open_chapter sets it: of "
            'seaborn, call sns.set_theme(font="Inter")'
        )


def _of_values(figure: Figure, drawn: Drawn) -> Iterator[str]:
    printed = {number for fact in figure.facts for number in (fact.value, fact.lower, fact.upper)}
    for plotted in drawn.plotted:
        if plotted.what in figure.derived or _are_times(plotted.values, figure.facts):
            continue
        wrong = [
            value
            for value in plotted.values
            if value and value not in printed and not any(_holds(fact, value) for fact in figure.facts)
        ]
        if wrong:
            yield (
                f"plots {_named([f'{value:.6g}' for value in wrong])} ({plotted.what}), but no fact of it is that. "
                "Hand over the rows that are drawn: data= of show_chart, facts= of show_figure. What is worked out "
                'gets a label in the chart, named in derived={"fitted line": "least squares"}; seaborn\'s band goes '
                "with ci=None or errorbar=None"
            )


def _holds(fact: Fact, value: float) -> bool:
    decimals = len(fact.display.partition(".")[2].partition(" ")[0].rstrip("%")) if "." in fact.display else 0
    room = 0.5 * 10**-decimals if round(value, decimals) == value else 0.0
    held = (number for number in (fact.value, fact.lower, fact.upper) if number is not None)
    return any(abs(value - number) <= room + NEAR * max(1.0, abs(number)) for number in held)


def _are_times(values: Sequence[float], facts: Sequence[Fact]) -> bool:
    """Whether values are years, or parts of years, of the facts' periods."""
    months = [month for fact in facts for month in months_of(fact) if month]
    if not months:
        return False
    first, last = min(months) // 12, max(months) // 12
    return all(first - 1 <= value <= last + 2 for value in values) and first > FIRST_YEAR


def _named(words: Sequence[str]) -> str:
    shown = ", ".join(repr(word) for word in words[:MOST_SHOWN])
    return shown if len(words) <= MOST_SHOWN else f"{shown} and {len(words) - MOST_SHOWN} more"
