"""What a pack's chapters have said: its facts, and its judgements by indicator."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from boardpacks.facts.artefacts import Fact, Judgement, Statement, Table, merge_facts
from boardpacks.packs.read.read_notebook import ChapterContent
from boardpacks.params.models import Params
from boardpacks.params.system import SYSTEM
from boardpacks.project.errors import BoardpacksError


@dataclass(frozen=True)
class FactIndex:
    """What the chapters of one place's pack, or of the system's, say in their artefacts.

    Parameters
    ----------
    params
        The system's params.
    place
        Id of the pack's place, or of the system.
    facts
        Every fact by its id.
    judgements
        What is said of each indicator's series, each once.
    """

    params: Params
    place: str
    facts: Mapping[str, Fact]
    judgements: Mapping[str, tuple[Judgement, ...]]

    @property
    def place_name(self) -> str:
        """Name of the pack's place, or of the system."""
        if self.place == SYSTEM:
            return self.params.system.short_name
        return self.params.places[self.place].name

    def own(self, indicator: str) -> tuple[Judgement, ...]:
        """Return what is said of an indicator for the pack's place."""
        return tuple(one for one in self.judgements.get(indicator, ()) if one.place == self.place)

    def of_area(self, indicator: str, area: str) -> tuple[Judgement, ...]:
        """Return what is said of an indicator for an area or a place, by its name or id."""
        wanted = _folded(area)
        return tuple(
            one
            for one in self.judgements.get(indicator, ())
            if wanted in (_folded(one.area_name), _folded(one.place), _folded(self._name(one.place)))
        )

    def latest(self, indicator: str, area: str) -> Fact | None:
        """Return the fact of the newest period that is said of an indicator for an area, by its name or code."""
        for judgement in self.judgements.get(indicator, ()):
            for other in judgement.comparisons:
                if _folded(other.name) == _folded(area) and other.fact is not None:
                    return self.facts[other.fact]
        found = [
            fact
            for fact in self.values(indicator)
            if _folded(area) in (_folded(fact.area_name), fact.area.lower())
        ]
        return max(found, key=lambda fact: fact.period, default=None)

    def values(self, indicator: str) -> list[Fact]:
        """Return the facts that are values of an indicator: not ranks, quarters, trends and changes."""
        pattern = re.compile(rf"[^.]+\.{re.escape(indicator)}\.[^.]+\.[^.]+\.[^.]+")
        return [
            fact for fact in self.facts.values() if fact.indicator == indicator and pattern.fullmatch(fact.id)
        ]

    def _name(self, place: str) -> str:
        found = self.params.places.get(place)
        return found.name if found else place


def index_facts(chapters: Sequence[ChapterContent], params: Params, place: str) -> FactIndex:
    """Gather what a pack's chapters say.

    Raises
    ------
    BoardpacksError
        When one fact has two values, or a judgement names a fact that no artefact has.
    """
    facts = {fact.id: fact for fact in merge_facts([chapter.facts for chapter in chapters])}
    judgements: dict[str, dict[Judgement, None]] = {}
    for chapter in chapters:
        for artefact in chapter.artefacts:
            if isinstance(artefact, Statement | Table):
                for one in artefact.judgements:
                    _check(one, facts, f"{chapter.notebook}, {artefact.kind} {artefact.name!r}")
                    judgements.setdefault(one.indicator, {})[one] = None
    return FactIndex(params, place, facts, {name: tuple(found) for name, found in judgements.items()})


def _check(judgement: Judgement, facts: Mapping[str, Fact], where: str) -> None:
    for name in (judgement.fact, *(one.fact for one in judgement.comparisons)):
        if name is not None and name not in facts:
            raise BoardpacksError(
                f"{where}: judges the fact {name}, which is not among the facts of the pack"
            )


def _folded(name: str) -> str:
    return name.strip().casefold()
