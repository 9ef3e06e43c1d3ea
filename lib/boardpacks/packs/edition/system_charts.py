"""Chooses the charts of a priority's page for the system: the places over time, then the places beside each other."""

from __future__ import annotations

from boardpacks.facts.artefacts import Figure
from boardpacks.facts.wording import capital
from boardpacks.packs.edition.chart_grid import size, what, wide_chart
from boardpacks.packs.edition.gathered import Gathered
from boardpacks.packs.markdown.escape import markdown_text
from boardpacks.params.priority import Priority

MOST_PLACES, PART = 12, ", part "
"""With more places, what a title calls a part may be one of the places."""
TALLEST = 430.0
"""Height in points, as drawn, that the charts of a page may have together."""


def system_charts(gathered: Gathered, priority: Priority) -> list[Figure]:
    """Return charts across the page, of two kinds where there are both, as many as have room below each other."""
    over_time = [f"{name.replace('_', '-')}-multiples" for name in priority.indicators]
    beside = [
        f"{outcome.id}-places-chart{part}" for outcome in priority.outcomes for part in ("", "1", "2", "3")
    ]
    chosen: list[Figure] = []
    room = TALLEST
    for name in (*over_time, *beside):
        if name in gathered.figures:
            figure = gathered.figures[name][1]
            if (tall := size(figure)[1]) <= room and not _of_some_places(gathered, figure):
                chosen.append(figure)
                room -= tall
    return chosen


def _of_some_places(gathered: Gathered, figure: Figure) -> bool:
    """Whether it may be a part of a chart of so many places that they do not fit on a page: the annex has all parts."""
    return len(gathered.params.places) > MOST_PLACES and PART in figure.title


def system_charts_markdown(gathered: Gathered, priority: Priority) -> str:
    """Return these charts, each with its title."""
    return "\n\n".join(
        wide_chart(
            markdown_text(_title(gathered, one)), capital(what(one)), gathered.figures[one.name][0], one.alt
        )
        for one in system_charts(gathered, priority)
    )


def _title(gathered: Gathered, figure: Figure) -> str:
    """Return a title of ten words or fewer: of several measures it names them."""
    named = dict.fromkeys(fact.indicator for fact in figure.facts)
    briefs = [gathered.params.indicators[name].brief for name in named if name in gathered.params.indicators]
    ending = "in each place" if not figure.name.endswith("-multiples") else "over time in each place"
    return f"{', '.join(briefs[:2])} {ending}" if briefs else figure.title
