"""Typed models of what a strategy and its providers plan."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from boardpacks.params.values import AreaCode, IndicatorId, Line, Model, Name, Slug, Text


class Outcome(Model):
    """A success measure of a priority."""

    id: Slug
    """In small letters with hyphens; notebooks call it by that."""
    title: Name
    """Its heading in packs."""
    indicators: tuple[IndicatorId, ...] = ()
    """The indicators that it is judged by. An indicator belongs to one outcome at most."""
    gap: Text | None = None
    """What no figure here measures and why, in a plain sentence; needed where there are no indicators."""
    lead: Name | None = Field(default=None, exclude_if=lambda lead: lead is None)
    """The role that answers for it, such as Director of public health; never a person."""

    @model_validator(mode="after")
    def _measured_or_explained(self) -> Outcome:
        if not self.indicators and self.gap is None:
            raise ValueError("an outcome needs indicators, or a gap that says why it has none")
        return self


class Success(Model):
    """What a priority's success means to residents."""

    says: Line
    """A sentence that residents should be able to say."""
    indicators: tuple[IndicatorId, ...] = ()
    """The indicators that bear on it."""
    gap: Line | None = None
    """What of it they do not show."""


class Priority(Model):
    """One of the system's priorities with every outcome that it is judged by."""

    id: Slug
    """In small letters with hyphens; its file has the same name."""
    name: Name
    """What it is called."""
    aim: Text
    """What the system wants, in a plain sentence."""
    introduction: Text | None = Field(default=None, exclude_if=lambda introduction: introduction is None)
    """What its chapters open with, in Markdown that may quote facts; the aim where it is left out."""
    success: tuple[Success, ...] = Field(default=(), exclude_if=lambda success: not success)
    """What it means to residents, for its page in the board edition."""
    order: Annotated[int, Field(ge=1)]
    """Its place among the priorities, from 1."""
    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=1)]
    """What it is judged by."""

    @property
    def indicators(self) -> tuple[str, ...]:
        """Ids of all its indicators, in the order of its outcomes."""
        return tuple(i for outcome in self.outcomes for i in outcome.indicators)


class MutualAid(Model):
    """What members of a collaborative have done for one another."""

    text: Text
    """In plain sentences."""
    source: Line
    """Who reported it."""


class Collaborative(Model):
    """A provider collaborative: providers of one kind of care that plan together."""

    id: Slug
    """In small letters with hyphens."""
    name: Name
    """Reads before the word collaborative."""
    about: Text
    """What it is, in plain sentences."""
    trusts: tuple[AreaCode, ...] = ()
    """Codes of its members."""
    year: Line | None = None
    """The year of its priorities."""
    priorities: tuple[Outcome, ...] = ()
    """What it works on this year; each has indicators, a gap, or both."""
    pathways: tuple[Outcome, ...] = ()
    """Its kinds of care; each has indicators, a gap, or both."""
    themes: tuple[Line, ...] = ()
    """What runs through all of its work."""
    decisions: Text | None = None
    """Who decides, in a sentence."""
    mutual_aid: MutualAid | None = None
    """What members have done for one another."""

    @property
    def parts(self) -> tuple[Outcome, ...]:
        """Its priorities and pathways."""
        return (*self.priorities, *self.pathways)

    @property
    def indicators(self) -> tuple[str, ...]:
        """Ids of all indicators of its priorities and pathways, each once."""
        return tuple(dict.fromkeys(i for part in self.parts for i in part.indicators))
