"""Typed model of an indicator."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, model_validator

from boardpacks.params.handling import Caution, Rebase
from boardpacks.params.judging import Frequency, Months
from boardpacks.params.policies import PolicyName
from boardpacks.params.refreshing import Refresh
from boardpacks.params.system import Shock
from boardpacks.params.values import Clash, IndicatorId, Line, Model, Month, Name, Text


class Target(Model):
    """A published target."""

    label: Line
    """What it is called inside a sentence."""
    value: float
    """In the indicator's unit; the polarity says which side is good."""
    by: Month | None = None
    """The month by which it is to be met; without it, it holds at any time."""
    source: Line | None = Field(default=None, exclude_if=lambda source: source is None)
    """The publication that sets it."""


class Doubt(Model):
    """Published months that cannot be right."""

    months: Annotated[tuple[Month, ...], Field(min_length=1)]
    """The months: 2025-02."""
    reason: Text
    """How one knows, in plain sentences."""


class Break(Model):
    """A change after which figures cannot be compared with those before."""

    since: dt.date
    """First day of the first period of the new kind."""
    reason: Text
    """Why, in one sentence."""


class Release(Model):
    """When a publisher brings new figures."""

    every: Annotated[int, Field(ge=1, le=120)]
    """So many months lie between them."""
    after: Annotated[int, Field(ge=0, le=60)]
    """So many months after the end of their period."""
    owner: Line | None = None
    """Who looks after them here."""


class Indicator(Model):
    """One published measure."""

    id: IndicatorId
    """Small letters and underscores."""
    name: Name
    """A row label that also reads inside a sentence: Adults who smoke."""
    short: Annotated[Name, Field(max_length=32)] | None = Field(
        default=None, exclude_if=lambda short: short is None
    )
    """What a scorecard and the title of a small chart call it; the name where it is left out."""
    measures: Text
    """What is counted, in one plain sentence."""
    unit: Line
    """Such as % or per 100,000."""
    decimals: Annotated[int, Field(ge=0, le=4)]
    """How many are printed."""
    polarity: Literal["high", "low", "none"]
    """Which is better; none where neither is, and nothing is judged."""
    frequency: Frequency
    """How often figures are published."""
    areas: Literal["boroughs", "trusts", "system"] = "boroughs"
    """Whose figures there are; those of trusts and of the system belong to no one place."""
    interval: Literal["published", "counts", "none"]
    """Where 95% intervals come from: published, worked out here from counts, or none."""
    additive: bool = False
    """Whether counts may be added over boroughs."""
    cumulative: bool = False
    """Whether it has counted on since one day, so that it has no trend."""
    counts_rounded: bool = False
    """Whether the publisher rounds the counts, so that nothing can be made from them."""
    counts_of: Name | None = Field(default=None, exclude_if=lambda counted: counted is None)
    """What a count is of, after "about 90 more": children with both doses."""
    source: Line
    """Where the figures were taken from."""
    publisher: Line
    """Who publishes them."""
    licence: Line
    """The licence that they are under."""
    fingertips_id: int | None = None
    """Its number in Fingertips."""
    note: Text | None = None
    """What a reader has to know, said wherever the measure is shown."""
    areas_note: Text | None = None
    """The same, said only for a place that lacks figures of its own."""
    targets: tuple[Target, ...] = ()
    """The first is the one that control charts draw and judge by."""
    doubts: tuple[Doubt, ...] = ()
    """Months that control charts show and that nothing is judged by."""
    breaks: tuple[Break, ...] = ()
    """Known changes of the series; no trend or change is told across one."""
    shocks: tuple[Shock, ...] | None = Field(default=None, exclude_if=lambda shocks: shocks is None)
    """Times out of the ordinary of its own, in place of the system's."""
    age_limit: Months | None = Field(default=None, exclude_if=lambda limit: limit is None)
    """How many months old a figure may be at the meeting to be judged, in place of judging.yml."""
    cautions: tuple[Caution, ...] = Field(default=(), exclude_if=lambda cautions: not cautions)
    """What publishers say against resting on figures; it keeps them from being an alert."""
    cash: bool | None = Field(default=None, exclude_if=lambda cash: cash is None)
    """Whether it is money of each year's own prices, which is not compared over time; pounds are, unless false."""
    no_limits: Text | None = Field(default=None, exclude_if=lambda reason: reason is None)
    """Why its control charts have no limits, in a sentence."""
    rebased: tuple[Rebase, ...] = Field(default=(), exclude_if=lambda rebased: not rebased)
    """Months from which control limits are made anew."""
    also_called: tuple[Line, ...] = ()
    """Other words that sentences have for it, by which boardpacks lint knows it."""
    # When figures come and where from is no input of packs: the figures are.
    release: Release | None = Field(default=None, exclude=True)
    """When newer figures are to be expected."""
    refresh: Refresh | None = Field(default=None, exclude=True)
    """Where newer figures are asked for: docs/sources.md."""
    disclosure: PolicyName | None = Field(default=None, exclude_if=lambda name: name is None)
    """The policy that its figures are shown under, where it is not the system's."""

    def __hash__(self) -> int:  # not every field can be hashed
        return hash(self.id)

    @property
    def brief(self) -> str:
        """What a scorecard and the title of a small chart call it."""
        return self.short or self.name

    @property
    def standard(self) -> Target | None:
        """The target that holds at any time: a standard or a duty; None where there is none."""
        return next((target for target in self.targets if target.by is None), None)

    @model_validator(mode="after")
    def _targets_have_a_side(self) -> Indicator:
        if self.targets and self.polarity == "none":
            raise ValueError(
                "polarity high or low where there are targets: it says which side of them is good"
            )
        return self

    @model_validator(mode="after")
    def _control_charts_have_limits(self) -> Indicator:
        has_charts = self.areas == "trusts" and self.frequency == "monthly"
        if self.rebased and not has_charts:
            raise Clash("rebased only where areas is trusts and frequency is monthly", path=("rebased",))
        if self.rebased and self.no_limits is not None:
            raise Clash("rebased or no_limits: what has no limits has no new ones", path=("rebased",))
        return self

    @property
    def is_cash(self) -> bool:
        """Whether its figures are money of each year's own prices."""
        return "\u00a3" in self.unit if self.cash is None else self.cash
