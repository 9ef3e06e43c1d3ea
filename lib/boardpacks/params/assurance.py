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
    """What the board is asked to do with the measures under a heading, and how many of them are named.

    Under ``alert`` every one is named, so that it has no ``limit``; others have one of 4 where they say nothing.
    """

    asks: Annotated[str, Field(min_length=1, max_length=200)]
    limit: Annotated[int, Field(ge=1, le=12)] | None = None


class AssuranceRule(Model):
    """Puts the lines that meet all of its conditions under a heading.

    Each condition lists the words that meet it; one that is left out is met by every line. ``at_least`` is the number
    of results (places, boroughs) that a line stands for.
    """

    then: Heading
    verdict: tuple[Verdict, ...] = ()
    trend: tuple[TrendWord, ...] = ()
    variation: tuple[Variation, ...] = ()
    assurance: tuple[Passing, ...] = ()
    stands_out: tuple[StandingOut, ...] = ()
    beside: tuple[Beside, ...] = ()
    priority: tuple[str, ...] = ()
    indicator: tuple[str, ...] = ()
    at_least: Annotated[int, Field(ge=1)] = 1


class Assurance(Model):
    """The headings and the ordered rules: the first rule that a line meets decides."""

    headings: Annotated[Mapping[Heading, BoardAsk], Field(min_length=1)]
    rules: Annotated[tuple[AssuranceRule, ...], Field(min_length=1)]

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
