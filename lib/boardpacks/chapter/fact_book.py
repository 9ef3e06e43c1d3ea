"""The facts of a chapter's data frames: told again by the ids that stand in their columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pandas as pd

from boardpacks.facts.artefacts import Fact
from boardpacks.facts.wording import period, span
from boardpacks.project.errors import BoardpacksError

FACT = "fact"
"""The column of a frame, one row a figure, that holds the ids of its facts."""
FACT_OF = f"{FACT}_"
"""What such a column's name begins with in a wide frame, before the indicator's id."""

Told = pd.DataFrame | pd.Series | Fact | str | Sequence["Told"]
"""Something with facts: a frame or a row of one, a fact, its id, or several of these."""


@dataclass(frozen=True)
class FactBook:
    """Facts by their ids, with the day on which the period of each begins."""

    _facts: dict[str, Fact] = field(default_factory=dict)
    _starts: dict[str, dt.date] = field(default_factory=dict)

    def note(self, fact: Fact, start: dt.date) -> str:
        """Keep a fact and return its id.

        Raises
        ------
        BoardpacksError
            When another number has that id.
        """
        known = self._facts.setdefault(fact.id, fact)
        if known != fact:
            raise BoardpacksError(
                f"fact {fact.id}: is {known.display} already ({known.method}), and now {fact.display} "
                f"({fact.method}). Give the second number another name."
            )
        self._starts.setdefault(fact.id, start)
        return fact.id

    def facts_of(self, *told: Told) -> list[Fact]:
        """Return the facts of frames, rows, ids and facts, each once and in order.

        Raises
        ------
        BoardpacksError
            When a frame has no column of facts, or an id is no fact of this chapter.
        """
        return list({fact.id: fact for one in told for fact in self._of(one)}.values())

    def start(self, fact: Fact) -> dt.date:
        """Return the day on which a fact's period begins."""
        return self._starts[fact.id]

    def when(self, facts: Iterable[Fact]) -> str:
        """Return the period of facts in words, or the first to the last of several."""
        periods = [fact.period for fact in sorted(facts, key=self.start)]
        return period(periods[0]) if len(set(periods)) == 1 else span(periods[0], periods[-1])

    def _of(self, told: Told) -> Iterator[Fact]:
        if isinstance(told, Fact):
            yield self._find(told.id)
        elif isinstance(told, str):
            yield self._find(told)
        elif isinstance(told, pd.DataFrame | pd.Series):
            names = told.columns if isinstance(told, pd.DataFrame) else told.index
            columns = fact_columns(names)
            if not columns:
                raise BoardpacksError(
                    f"the data has no column of facts: it has {', '.join(map(str, names))}. Keep the column "
                    f"{FACT!r} of chapter.frame(...), in a wide frame those that begin with {FACT_OF!r}; a number "
                    "that you worked out becomes a fact by chapter.derived(...)"
                )
            ids = told[columns].to_numpy().ravel()
            yield from (self._find(name) for name in ids if isinstance(name, str) and name)
        else:
            for one in told:
                yield from self._of(one)

    def _find(self, name: str) -> Fact:
        if name not in self._facts:
            raise BoardpacksError(
                f"{name!r} is no fact of this chapter: facts come from chapter.frame(...) and chapter.derived(...)"
            )
        return self._facts[name]


def fact_columns(columns: Iterable[object]) -> list[str]:
    """Return those of a frame's columns that hold the ids of facts."""
    return [name for name in map(str, columns) if name == FACT or name.startswith(FACT_OF)]
