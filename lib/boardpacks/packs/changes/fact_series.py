"""Looks at a pack's facts as series: which figures are published ones, and which is the latest of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from boardpacks.chapter.make_facts import fact_id
from boardpacks.data.observations import STATED
from boardpacks.packs.changes.period_order import period_order
from boardpacks.packs.compose.gather_facts import COMPARATOR
from boardpacks.packs.files.facts_file import FactRecord, FactsFile, MeasureRecord

SeriesKey = tuple[str, str, str]
"""Indicator, area and sex."""


def is_figure(fact: FactRecord, place: str) -> bool:
    """Whether a fact is the figure of a measure, area, sex and period, and not made from such figures."""
    seen = fact.observation
    return fact.id == fact_id(place, seen.indicator, seen.area, seen.sex, seen.period)


def series_key(fact: FactRecord) -> SeriesKey:
    """Return the series that a fact is of."""
    return fact.observation.indicator, fact.observation.area, fact.observation.sex


@dataclass(frozen=True)
class Side:
    """One of two packs that are compared, by its file of facts."""

    file: FactsFile

    @cached_property
    def facts(self) -> dict[str, FactRecord]:
        """Every fact by its id."""
        return {fact.id: fact for fact in self.file.facts}

    @cached_property
    def figures(self) -> list[FactRecord]:
        """Figures as published, or added up over boroughs."""
        return [fact for fact in self.file.facts if is_figure(fact, self.file.place)]

    @cached_property
    def latest(self) -> dict[SeriesKey, FactRecord]:
        """The latest figure of each series."""
        found: dict[SeriesKey, FactRecord] = {}
        for fact in sorted(self.figures, key=lambda fact: period_order(fact.observation.period)):
            found[series_key(fact)] = fact
        return {key: found[key] for key in dict.fromkeys(map(series_key, self.figures))}

    @cached_property
    def measures(self) -> dict[str, MeasureRecord]:
        """What each measure counts."""
        return {measure.indicator: measure for measure in self.file.measures}

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of the measures, by indicator; what the strategy states is none."""
        figures = {fact.observation.indicator: fact.name for fact in self.figures}
        found: dict[str, str] = {}
        for fact in self.file.facts:
            name = fact.observation.indicator
            if fact.method != STATED and name not in found:
                known = self.measures.get(name)
                found[name] = known.name if known else figures.get(name, fact.name)
        return found

    @cached_property
    def areas(self) -> frozenset[str]:
        """Codes of the areas that it has figures of."""
        return frozenset(area for _, area, _ in self.latest)

    @cached_property
    def by_area(self) -> frozenset[tuple[str, str]]:
        """Indicators with the areas that it has figures of."""
        return frozenset((indicator, area) for indicator, area, _ in self.latest)

    def of(self, indicator: str) -> list[FactRecord]:
        """Return the facts of one measure."""
        return self._by_indicator.get(indicator, [])

    @cached_property
    def _by_indicator(self) -> dict[str, list[FactRecord]]:
        found: dict[str, list[FactRecord]] = {}
        for fact in self.file.facts:
            if fact.method != STATED:
                found.setdefault(fact.observation.indicator, []).append(fact)
        return found

    @cached_property
    def own(self) -> frozenset[str]:
        """Codes of the areas that the pack is about: those that its summary judges, else all but the comparators."""
        judged = {id_ for line in self.file.judgements for id_ in line.facts}
        facts = [fact for fact in self.file.facts if fact.rule != COMPARATOR]
        return frozenset(
            fact.observation.area for fact in facts if fact.id in judged or self.without_judgements
        )

    @property
    def without_judgements(self) -> bool:
        """Whether the file is of a version that had no judgements."""
        return self.file.version_of_facts == 1
