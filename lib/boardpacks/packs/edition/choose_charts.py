"""Chooses the charts of a priority's page by rules that a reader can check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles
from typing import Literal

from boardpacks.facts.artefacts import Fact, Figure
from boardpacks.packs.compose.alert_advise_assure import heading_of
from boardpacks.packs.compose.headlines import side
from boardpacks.packs.compose.summary_lines import SummaryLine
from boardpacks.packs.edition.gathered import Gathered

MOST = 4
FEWEST_AREAS = 5
"""With figures of fewer areas than this, the distance from the benchmark is told as a share of it."""
FEWEST_TO_MIX = 3
"""With fewer charts one kind is enough."""
Kind = Literal["trend", "spread"]


@dataclass(frozen=True)
class Chosen:
    """A line with its chart, and where the drawing lies in the composed source."""

    line: SummaryLine
    path: str
    figure: Figure

    @property
    def kind(self) -> Kind:
        """Whether the chart shows a time or the areas beside each other."""
        return "spread" if self.figure.name.endswith("-spread") else "trend"


def choose_charts(gathered: Gathered, lines: Sequence[SummaryLine], most: int = MOST) -> list[Chosen]:
    """Return up to `most` charts of a priority, in their order on the page.

    Alerts and measures that stand out go first, by how far they lie from the benchmark in units of the spread of the
    areas, one for each outcome as long as there are such; then one that is better, then what is left. There are two
    kinds of chart where the lines have them, none of a figure that is too old to be judged or of an area too small to
    be compared, and each chart once.
    """
    drawn = [
        Chosen(line, *found)
        for line in lines
        if line.summary.verdict != "too-old"
        and gathered.value(line) is not None
        and gathered.is_shown(line)
        and (found := gathered.figure(line))
    ]
    drawn = _each_once(drawn)
    urgent = sorted(
        (one for one in drawn if side(one.line.summary) == "attention"),
        key=lambda one: _weight(gathered, one),
    )
    better = sorted(
        (one for one in drawn if side(one.line.summary) == "better"), key=lambda one: _weight(gathered, one)
    )
    rest = sorted(
        (one for one in drawn if side(one.line.summary) is None), key=lambda one: _weight(gathered, one)
    )
    room = most - 1 if better else most
    chosen = _one_each(urgent)[:room]
    chosen += better[:1]
    spare = [one for one in (*urgent, *better, *rest) if one not in chosen]
    chosen += spare[: most - len(chosen)]
    return _two_kinds(chosen, [one for one in (*urgent, *better, *rest) if one not in chosen])


def _each_once(drawn: Sequence[Chosen]) -> list[Chosen]:
    """Return each chart once, with the line that tells most of those that it shows."""
    found: dict[str, Chosen] = {}
    for one in sorted(drawn, key=lambda one: side(one.line.summary) is None):
        found.setdefault(one.path, one)
    return list(found.values())


def distance(gathered: Gathered, line: SummaryLine) -> float:
    """Return how far a line's value lies from the benchmark, in units of the spread of the areas of its kind.

    Without a value of the benchmark their middle stands for it. With too few areas the distance is a share of it.
    """
    fact, other = gathered.value(line), gathered.benchmark(line)
    if fact is None or fact.value is None:
        return 0.0
    values = [one.value for one in _areas(gathered, fact) if one.value is not None]
    if len(values) < FEWEST_AREAS:
        return line.size[1]
    low, middle, high = quantiles(values, n=4)
    level = middle if other is None or other.value is None else other.value
    return abs(fact.value - level) / (high - low) if high > low else line.size[1]


def _areas(gathered: Gathered, fact: Fact) -> list[Fact]:
    comparators = {area.code for area in gathered.params.system.comparators}
    found = gathered.places_of_values.get((fact.indicator, fact.period), ())
    return [one for one in found if one.area not in comparators and one.sex == fact.sex]


def _weight(gathered: Gathered, one: Chosen) -> tuple[int, int, float]:
    """Return what charts are ordered by: alerts before the rest, a sharp change before a level, then the distance."""
    summary, assurance = one.line.summary, gathered.params.assurance
    is_alert = assurance is not None and heading_of(summary, assurance) == "alert"
    return int(not is_alert), int("sharp-change" not in summary.stands_out), -distance(gathered, one.line)


def _one_each(drawn: Sequence[Chosen]) -> list[Chosen]:
    """Return the charts with the first one of each outcome before the others."""
    seen: set[str] = set()
    first: list[Chosen] = []
    for one in drawn:
        if one.line.subject not in seen:
            seen.add(one.line.subject)
            first.append(one)
    return [*first, *(one for one in drawn if one not in first)]


def _two_kinds(chosen: list[Chosen], others: Sequence[Chosen]) -> list[Chosen]:
    """Put the best chart of another kind in the last place where all are of one kind; one that is better stays."""
    kinds, subjects = {one.kind for one in chosen}, {one.line.subject for one in chosen}
    found = [one for one in others if one.kind not in kinds]
    other = next((one for one in found if one.line.subject not in subjects), found[0] if found else None)
    if len(kinds) != 1 or len(chosen) < FEWEST_TO_MIX or other is None:
        return chosen
    last = max((at for at, one in enumerate(chosen) if side(one.line.summary) != "better"), default=0)
    return [*chosen[:last], other, *chosen[last + 1 :]]
