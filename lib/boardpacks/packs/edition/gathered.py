"""What the pages of a board edition are made from: the lines of the summary, with the facts and charts behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from boardpacks.facts.artefacts import Fact, Figure
from boardpacks.facts.wording import period
from boardpacks.packs.compose.section import Section
from boardpacks.packs.compose.summary_lines import SummaryLine
from boardpacks.packs.read.pack_content import PackContent
from boardpacks.params.actions import Action
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params
from boardpacks.params.system import SYSTEM
from boardpacks.stats.comparison import UNJUDGED

ENDINGS = ("trend", "spread", "trust-chart", "chart")
"""How the names of charts of one measure end, the most telling kind first."""


@dataclass(frozen=True)
class Gathered:
    """What a pack says, for the pages of its board edition.

    Parameters
    ----------
    pack
        Its records, with every quoted fact filled in.
    sections
        The chapters as the evidence annex has them.
    lines
        The summary's lines, in the order of the params.
    facts
        Every fact.
    actions
        What the board agreed earlier.
    moved
        How each line has moved since the last meeting; None where there is no earlier pack.
    rows
        The rows of the annex's front sheet in Markdown, by label.
    """

    pack: PackContent
    sections: Sequence[Section]
    lines: Sequence[SummaryLine]
    facts: Sequence[Fact]
    actions: Sequence[Action]
    moved: Mapping[SummaryLine, str] | None
    rows: Mapping[str, str]

    @property
    def params(self) -> Params:
        """The params."""
        return self.pack.params

    @property
    def name(self) -> str:
        """Name of the place, or of the system."""
        place = self.pack.plan.place
        return self.params.system.short_name if place == SYSTEM else self.params.places[place].name

    @property
    def is_system(self) -> bool:
        """Whether it is the pack of the whole system."""
        return self.pack.plan.place == SYSTEM

    @cached_property
    def known(self) -> Mapping[str, Fact]:
        """Every fact by its id."""
        return {fact.id: fact for fact in self.facts}

    @cached_property
    def figures(self) -> Mapping[str, tuple[str, Figure]]:
        """Each chart by its name, with its path in the composed source."""
        slugs = {section.chapter: section.slug for section in self.sections}
        return {
            item.name: (f"figures/{slugs[chapter.id]}/{item.name}.svg", item)
            for chapter in self.pack.chapters
            for item in chapter.artefacts
            if isinstance(item, Figure)
        }

    @cached_property
    def places_of_values(self) -> Mapping[tuple[str, str], tuple[Fact, ...]]:
        """The published values of each indicator in each period, by area: each once."""
        found: dict[tuple[str, str], dict[str, Fact]] = {}
        for fact in self.facts:
            if fact.is_value and fact.value is not None:
                found.setdefault((fact.indicator, fact.period), {}).setdefault(fact.area, fact)
        return {key: tuple(values.values()) for key, values in found.items()}

    def indicator(self, line: SummaryLine) -> Indicator:
        """Return the indicator that a line is about."""
        return self.params.indicators[line.summary.indicator]

    def value(self, line: SummaryLine) -> Fact | None:
        """Return the fact of a line's own latest value; None where it has none, or is true of several areas."""
        if line.summary.count != 1:
            return None
        if line.summary.facts:
            return self.known[line.summary.facts[0]]
        found = [fact for fact in self.values_of(line.summary.indicator) if self._is_said(fact, line)]
        return max(found, key=lambda fact: fact.period, default=None)

    def values_of(self, indicator: str) -> list[Fact]:
        """Return the published values of an indicator."""
        return [
            fact for (name, _), facts in self.places_of_values.items() if name == indicator for fact in facts
        ]

    def _is_said(self, fact: Fact, line: SummaryLine) -> bool:
        """Whether a line without facts says this value: that of a control chart, with its month."""
        return f": {fact.display} in {period(fact.period)}" in line.summary.line

    def is_shown(self, line: SummaryLine) -> bool:
        """Whether a line is on the pages: figures of an area too small to be compared are in the annex.

        Unless something is judged of them all the same, such as a trend for the worse.
        """
        fact = self.value(line)
        silent = line.summary.verdict in UNJUDGED and not line.summary.stands_out
        return not (fact and silent and fact.area in self.params.system.too_small)

    def borough(self, fact: Fact) -> str:
        """Return the name of the borough that a figure is of, in a place of several; empty for any other figure."""
        place = self.params.places.get(self.pack.plan.place)
        if place is None or len(place.boroughs) == 1:
            return ""
        return next((one.name for one in place.boroughs if one.code == fact.area), "")

    def benchmark(self, line: SummaryLine) -> Fact | None:
        """Return the benchmark's value that a line is compared with."""
        code = self.params.system.benchmark.code
        return next((fact for fact in self.told(line) if fact.area == code and fact.is_value), None)

    def told(self, line: SummaryLine) -> list[Fact]:
        """Return the facts that a line rests on."""
        return [self.known[fact] for fact in line.summary.facts]

    def figure(self, line: SummaryLine) -> tuple[str, Figure] | None:
        """Return the chart of a line's measure, if the chapters have one."""
        slug = line.summary.indicator.replace("_", "-")
        return next(
            (self.figures[f"{slug}-{end}"] for end in ENDINGS if f"{slug}-{end}" in self.figures), None
        )

    def series(self, fact: Fact) -> list[Fact]:
        """Return the values of a fact's area in every period that the chapters say, the oldest first."""
        found = self._values_over_time.get((fact.indicator, fact.area, fact.sex), {})
        return [found[period] for period in sorted(found)]

    @cached_property
    def _values_over_time(self) -> Mapping[tuple[str, str, str], Mapping[str, Fact]]:
        """The published values of each indicator, area and sex, by their period."""
        found: dict[tuple[str, str, str], dict[str, Fact]] = {}
        for fact in self.facts:
            if fact.is_value and fact.value is not None:
                found.setdefault((fact.indicator, fact.area, fact.sex), {})[fact.period] = fact
        return found
