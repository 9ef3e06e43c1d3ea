"""Typed models of everything in params/, as a whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from boardpacks.params.agenda import Part
from boardpacks.params.assurance import Assurance
from boardpacks.params.calendars import Calendar
from boardpacks.params.indicator import Indicator
from boardpacks.params.judging import Judging
from boardpacks.params.policies import POLICIES, Policy
from boardpacks.params.priority import Collaborative, Priority
from boardpacks.params.strategy import Baselines, Foundation, Theme
from boardpacks.params.system import SYSTEM, Borough, Place, Shock, System, Trust
from boardpacks.params.values import IndicatorId, Model, Month, Name, Slug, Text


def month_of(day: dt.date) -> Month:
    """Return the month that a day is in: ``2026-12``."""
    return f"{day:%Y-%m}"


class GapMeasure(Model):
    """An indicator whose gap between boroughs is followed."""

    indicator: IndicatorId
    """Its id."""
    reason: Text
    """Why it was chosen, in a sentence."""
    chart: Literal["map", "bars", "then-and-now"] | None = None
    """The chart that it gets, if any."""


class PairedGroup(Model):
    """A group of people."""

    name: Name
    """As a sentence begins with it: Women."""
    indicator: IndicatorId
    """The indicator that holds its figures."""


class GroupPair(Model):
    """Two groups of people whose figures are published apart, in one unit."""

    id: Slug
    """In small letters with hyphens; chapter.group_gap calls it by that."""
    name: Name
    """What is measured."""
    title: Name | None = Field(default=None, exclude_if=lambda title: title is None)
    """The heading; the name where it is left out."""
    note: Text | None = Field(default=None, exclude_if=lambda note: note is None)
    """What is said below it."""
    first: PairedGroup
    """The one group."""
    second: PairedGroup
    """The other one."""

    @property
    def heading(self) -> str:
        """What stands above it."""
        return self.title or self.name


class Inequalities(Model):
    """What the chapter on health inequalities follows (``params/inequalities.yml``, which may be missing)."""

    population: IndicatorId
    """The indicator that boroughs are weighed by."""
    fewest_residents: Annotated[int, Field(ge=0)] = 0
    """Boroughs with fewer residents are left out of gaps."""
    measures: Annotated[tuple[GapMeasure, ...], Field(min_length=1)]
    """The indicators whose gaps between boroughs are followed."""
    groups: tuple[GroupPair, ...] = ()
    """Pairs of groups of people that are set side by side."""
    leading: tuple[IndicatorId, ...] = Field(default=(), exclude_if=lambda names: not names)
    """The measures that lead the page of a board edition."""
    not_published: Text
    """Which groups of people have no figures of their own, in a sentence."""


class ChapterSpec(Model):
    """One chapter of the packs."""

    notebook: IndicatorId
    """The notebook's name, without its ending."""
    id: Annotated[IndicatorId, Field(validate_default=True)] = ""
    """Tells chapters of one notebook apart; the notebook's name, with the priority's behind it where it is needed."""
    scope: Literal["place", "system", "all"]
    """Made for every place, once for the system, or for all of them."""
    priority: Slug | None = None
    """The priority that it is of."""
    parameters: Mapping[str, str | int | float | bool] = {}
    """What the notebook is given beside its place and priority."""
    collaboratives: tuple[Slug, ...] = ()
    """The provider collaboratives that it concerns."""
    part: Part = "public"
    """Confidential ones go into a pack of their own for the private part of the meeting."""

    @field_validator("id", mode="before")
    @classmethod
    def _named_as_its_notebook(cls, given: object, told: ValidationInfo) -> object:
        return told.data.get("notebook", "unnamed") if given == "" else given

    def belongs_to(self, place: str) -> bool:
        """Whether the pack of a place, or of the system, has this chapter."""
        return self.scope in ("all", SYSTEM if place == SYSTEM else "place")


class Params(Model):
    """Everything in params/, checked as a whole. Mappings keep the order of the files.

    ``as_of`` is no file's: a chapter's is the month of its meeting, by which the age of figures is told.
    """

    system: System
    places: Mapping[str, Place]
    priorities: Mapping[str, Priority]
    indicators: Mapping[str, Indicator]
    calendars: Mapping[str, Calendar]
    chapters: tuple[ChapterSpec, ...]
    inequalities: Inequalities | None = None
    collaboratives: Mapping[str, Collaborative] = {}
    themes: tuple[Theme, ...] = ()
    foundations: tuple[Foundation, ...] = ()
    baselines: Baselines | None = None
    assurance: Assurance | None = None
    judging: Judging = Judging()
    as_of: Month | None = None

    def boroughs(self) -> tuple[Borough, ...]:
        """Every borough of every place."""
        return tuple(borough for place in self.places.values() for borough in place.boroughs)

    def trust(self, code: str) -> Trust:
        """Return the trust with this provider code."""
        return next(trust for trust in self.system.trusts if trust.code == code)

    def shocks_of(self, indicator: Indicator) -> tuple[Shock, ...]:
        """Return the times out of the ordinary of an indicator: its own, or else the system's."""
        return self.system.shocks if indicator.shocks is None else indicator.shocks

    def age_limit_of(self, indicator: Indicator) -> int:
        """Return how many months old a figure may be at the meeting, from the end of its period, to be judged."""
        return indicator.age_limit or self.judging.age_limits.of(indicator.frequency)

    def policies(self) -> dict[str, Policy]:
        """Return the policy of disclosure control of each indicator that is under one."""
        named = {name: own.disclosure or self.system.disclosure for name, own in self.indicators.items()}
        return {name: POLICIES[policy] for name, policy in named.items() if policy in POLICIES}
