"""Typed model of params/judging.yml: what is too old to be judged, and what stands out that cannot be tested."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from boardpacks.params.values import Line, Model
from boardpacks.stats.stands_out import StandingOut

Frequency = Literal["annual", "biennial", "quarterly", "monthly"]
Months = Annotated[int, Field(ge=1, le=240)]


class AgeLimits(Model):
    """How many months may lie between the end of a figure's period and the meeting, by frequency.

    What is older is history: it is shown, and judged by nothing.
    """

    monthly: Months = 18
    quarterly: Months = 24
    annual: Months = 36
    biennial: Months = 48

    def of(self, frequency: Frequency) -> int:
        """Return the limit for figures of a frequency, in months."""
        return {
            "monthly": self.monthly,
            "quarterly": self.quarterly,
            "annual": self.annual,
            "biennial": self.biennial,
        }[frequency]


class StandingRule(Model):
    """A rule by which a figure stands out that could not be tested; ``because`` says in a sentence why it counts.

    ``share`` is how large the last part of the peers is, ``times`` how many times the peers' usual change a sharp one.
    """

    rule: StandingOut
    because: Line
    share: Annotated[float, Field(gt=0, le=0.5)] | None = None
    times: Annotated[float, Field(gt=1, le=100)] | None = None

    @model_validator(mode="after")
    def _has_its_number(self) -> Self:
        wanted = {"last-of-peers": "share", "behind-peers": "share", "sharp-change": "times"}.get(self.rule)
        for name in ("share", "times"):
            if (getattr(self, name) is None) == (name == wanted):
                raise ValueError(
                    f"{name} with the rule {self.rule}" if name == wanted else f"no {name} with {self.rule}"
                )
        return self


DEFAULT_RULES = (
    StandingRule(rule="last-of-peers", share=0.1, because="It is among the last tenth of its peers."),
    StandingRule(
        rule="sharp-change",
        times=3.0,
        because="It changed for the worse by more than three times what is usual among its peers.",
    ),
    StandingRule(rule="standard-missed", because="It misses a national standard or a legal duty."),
)


class Finding(Model):
    """Measures of one cause, such as the scores of one survey: what they show is one finding. ``because`` says why."""

    name: Line
    because: Line
    indicators: Annotated[tuple[str, ...], Field(min_length=2)]


class Judging(Model):
    """How figures are judged beside their intervals (``params/judging.yml``, which may be missing).

    ``version`` names this state of the rules in packs. ``false_discovery`` is the share of false findings that a pack
    takes among those that it calls better or worse. ``findings`` join measures that a board should count once.
    """

    version: Line = "1"
    age_limits: AgeLimits = AgeLimits()
    stands_out: tuple[StandingRule, ...] = DEFAULT_RULES
    false_discovery: Annotated[float, Field(gt=0, le=0.5)] = 0.05
    findings: tuple[Finding, ...] = ()

    @model_validator(mode="after")
    def _each_rule_once(self) -> Self:
        names = [rule.rule for rule in self.stands_out]
        if len(set(names)) < len(names):
            raise ValueError("each rule once")
        return self

    def finding_of(self, indicator: str) -> Finding | None:
        """Return the finding that an indicator is part of, if it is of any."""
        return next((one for one in self.findings if indicator in one.indicators), None)
