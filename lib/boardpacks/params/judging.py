"""Typed model of params/judging.yml: what is too old to be judged, and what stands out that cannot be tested."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from boardpacks.params.values import Line, Model, Name
from boardpacks.stats.stands_out import StandingOut

Frequency = Literal["annual", "biennial", "quarterly", "monthly"]
Months = Annotated[int, Field(ge=1, le=240)]


_NUMBERS: Mapping[StandingOut, str] = {
    "last-of-peers": "share",
    "behind-peers": "share",
    "sharp-change": "times",
    "wide-gap": "share",
}
"""The number that a rule has, if it has one."""


class AgeLimits(Model):
    """How many months may lie between the end of a figure's period and the meeting; what is older is history."""

    monthly: Months = 18
    """Of monthly figures."""
    quarterly: Months = 24
    """Of quarterly figures."""
    annual: Months = 36
    """Of annual figures."""
    biennial: Months = 48
    """Of figures every two years."""

    def of(self, frequency: Frequency) -> int:
        """Return the limit for figures of a frequency, in months."""
        return {
            "monthly": self.monthly,
            "quarterly": self.quarterly,
            "annual": self.annual,
            "biennial": self.biennial,
        }[frequency]


class Gap(Model):
    """A gap between a group and everyone."""

    of: str
    """The group's indicator."""
    to: str
    """Everyone's indicator."""
    called: Line
    """What everyone is called: all pupils."""


class StandingRule(Model):
    """A rule by which a figure stands out that could not be tested."""

    rule: StandingOut
    """Its name: docs/statistics.md."""
    because: Line
    """Why it counts, in a sentence."""
    share: Annotated[float, Field(gt=0, le=0.5)] | None = None
    """How large the last part of the peers is."""
    times: Annotated[float, Field(gt=1, le=100)] | None = None
    """How many times the peers' usual change a sharp one is."""
    gaps: tuple[Gap, ...] = ()
    """Those that wide-gap looks at."""

    @model_validator(mode="after")
    def _has_its_number(self) -> Self:
        wanted = _NUMBERS.get(self.rule)
        for name in ("share", "times"):
            if (getattr(self, name) is None) == (name == wanted):
                raise ValueError(
                    f"{name} with the rule {self.rule}" if name == wanted else f"no {name} with {self.rule}"
                )
        if bool(self.gaps) != (self.rule == "wide-gap"):
            raise ValueError("no gaps with " + self.rule if self.gaps else "gaps with the rule wide-gap")
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


class JointFinding(Model):
    """Measures of one cause, such as the scores of one survey: what they show is one finding."""

    name: Name
    """What it is called."""
    because: Line
    """Why they are of one cause."""
    indicators: Annotated[tuple[str, ...], Field(min_length=2)]
    """Two or more; each is part of one finding at most."""


class Judging(Model):
    """How figures are judged beside their intervals (``params/judging.yml``, which may be missing)."""

    version: Line = "1"
    """Names this state of the rules in packs: raise it when one changes."""
    age_limits: AgeLimits = AgeLimits()
    """What is too old to be judged."""
    stands_out: tuple[StandingRule, ...] = DEFAULT_RULES
    """Rules for figures that cannot be tested."""
    false_discovery: Annotated[float, Field(gt=0, le=0.5)] = 0.05
    """Share of false findings among those that are called better or worse."""
    findings: tuple[JointFinding, ...] = ()
    """Measures that a board should count once."""

    @model_validator(mode="after")
    def _each_rule_once(self) -> Self:
        names = [rule.rule for rule in self.stands_out]
        if len(set(names)) < len(names):
            raise ValueError("each rule once")
        return self

    def finding_of(self, indicator: str) -> JointFinding | None:
        """Return the finding that an indicator is part of, if it is of any."""
        return next((one for one in self.findings if indicator in one.indicators), None)
