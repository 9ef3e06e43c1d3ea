"""Typed model of params/assurance.yml: by which rules a measure is a matter to alert, advise or assure a board."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from boardpacks.params.values import Model
from boardpacks.stats.comparison import Beside, Verdict
from boardpacks.stats.spc.icons import Passing, Variation
from boardpacks.stats.stands_out import StandingOut

Heading = Literal["alert", "advise", "assure"]
TrendWord = Literal[
    "getting-better", "getting-worse", "increasing", "decreasing", "no-change", "not-calculated"
]

HEADINGS: tuple[Heading, ...] = ("alert", "advise", "assure")
"""In the order in which a pack shows them."""

CONTRARY: Mapping[Heading, Verdict] = {"alert": "better", "assure": "worse"}
"""The verdict that a heading never takes, whatever the rules say."""

CONDITIONS = ("verdict", "trend", "variation", "assurance", "stands_out", "beside", "priority", "indicator")


MOST_NAMED = 4


class BoardAsk(Model):
    """What the board is asked to do with the measures under a heading."""

    asks: Annotated[str, Field(min_length=1, max_length=200)]
    """The words before the measures."""
    limit: Annotated[int, Field(ge=1, le=12)] | None = None
    """How many are named, 4 where it is left out; none under alert, which names every one."""


class AssuranceRule(Model):
    """Puts the lines that meet all of its conditions under a heading."""

    then: Heading
    """The heading."""
    verdict: tuple[Verdict, ...] = ()
    """Against the benchmark."""
    trend: tuple[TrendWord, ...] = ()
    """The recent trend."""
    variation: tuple[Variation, ...] = ()
    """Of a control chart."""
    assurance: tuple[Passing, ...] = ()
    """Of a control chart with a target."""
    stands_out: tuple[StandingOut, ...] = ()
    """The rules of judging.yml by which it stands out."""
    beside: tuple[Beside, ...] = ()
    """On which side of the comparator its figures lie, tested or not."""
    priority: tuple[str, ...] = ()
    """Ids of priorities."""
    indicator: tuple[str, ...] = ()
    """Ids of indicators."""
    at_least: Annotated[int, Field(ge=1)] = 1
    """True of so many places or boroughs."""


class Assurance(Model):
    """The headings and the ordered rules: the first rule that a line meets decides."""

    headings: Annotated[Mapping[Heading, BoardAsk], Field(min_length=1)]
    """What the board is asked under each."""
    rules: Annotated[tuple[AssuranceRule, ...], Field(min_length=1)]
    """In order."""

    @model_validator(mode="after")
    def _headings_and_rules_fit(self) -> Assurance:
        led_to = {rule.then for rule in self.rules}
        without_words = [heading for heading in HEADINGS if heading in led_to - set(self.headings)]
        without_rule = [heading for heading in HEADINGS if heading in set(self.headings) - led_to]
        alert = self.headings.get("alert")
        if alert is not None and alert.limit is not None:
            raise ValueError("no limit under alert: a pack names every measure that a board is alerted to")
        if without_words:
            raise ValueError(f"a heading for each rule: {', '.join(without_words)} has none under headings")
        if without_rule:
            raise ValueError(f"a rule for each heading: no rule leads to {', '.join(without_rule)}")
        return self
