"""Params whose indicators take note of being read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from boardpacks.data.reads import EVERY, INDICATORS, note
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params


@dataclass(frozen=True)
class NotedIndicators(Mapping[str, Indicator]):
    """Indicators by id. Each that a chapter asks for is noted, also one that is not there, and so is a list of all."""

    indicators: Mapping[str, Indicator]

    def __getitem__(self, name: str) -> Indicator:
        note(INDICATORS, name)
        return self.indicators[name]

    def __iter__(self) -> Iterator[str]:
        note(INDICATORS, EVERY)
        return iter(self.indicators)

    def __len__(self) -> int:
        note(INDICATORS, EVERY)
        return len(self.indicators)


def with_noted_indicators(params: Params) -> Params:
    """Return the params with indicators that take note."""
    return params.model_copy(update={"indicators": NotedIndicators(params.indicators)})
