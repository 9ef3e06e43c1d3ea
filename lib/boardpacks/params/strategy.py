"""Typed models of what a strategy says beside its priorities: themes, foundations, figures, local emphases."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from boardpacks.params.values import AreaCode, IndicatorId, Line, Model, Name, Slug, Text

EvidenceStatus = Literal["measured", "partly-measured", "not-measured"]
"""How much of a theme or a foundation the figures here show."""


class Part(Model):
    """One of the things that a foundation is about."""

    name: Name
    """What it is called."""
    gap: Text
    """Why no figure here shows it."""


class Theme(Model):
    """Something that a strategy wants in all that it does."""

    id: Slug
    """In small letters with hyphens."""
    name: Name
    """What it is called."""
    means: Text
    """What it means, in one plain sentence."""
    indicators: tuple[IndicatorId, ...] = ()
    """Those that give honest evidence of it."""
    gap: Text | None = None
    """What is not measured, and why."""
    baselines: tuple[Slug, ...] = ()
    """Figures that the strategy states on it, the most telling first."""

    @model_validator(mode="after")
    def _evidenced_or_explained(self) -> Theme:
        if not self.indicators and self.gap is None:
            raise ValueError("it needs indicators, or a gap that says why it has none")
        return self

    @property
    def status(self) -> EvidenceStatus:
        """Measured by indicators without a gap, partly with both, not yet without indicators."""
        if not self.indicators:
            return "not-measured"
        return "measured" if self.gap is None else "partly-measured"


class Foundation(Theme):
    """Something that a strategy rests on."""

    parts: tuple[Part, ...] = ()
    """The things that it is about, where named."""


class StatedComparator(Model):
    """The figure that a strategy states beside one of its own."""

    name: Name
    """Whose it is: England."""
    value: float
    """The figure."""
    printed: Line | None = None
    """The strategy's own words for it."""


class StrategyDocument(Model):
    """The strategy that figures are quoted from."""

    name: Name
    """Its title."""
    publisher: Line
    """Who published it."""
    period: Line
    """Of its figures, unless they say another."""
    licence: Line
    """The licence that it is under."""


class Baseline(Model):
    """A figure that a strategy started from, as it states it."""

    id: Slug
    """In small letters with hyphens."""
    what: Line
    """A row label that also reads after a colon."""
    value: float
    """The figure."""
    unit: Line
    """Such as %."""
    decimals: Annotated[int, Field(ge=0, le=4)] = 0
    """How many are printed."""
    printed: Line | None = None
    """The strategy's own words, where it gives no plain number: over 2 million."""
    comparator: StatedComparator | None = None
    """What it states beside it."""
    period: Line | None = None
    """In place of the document's."""
    source: Line | None = None
    """In place of the document's."""
    area: AreaCode | None = None
    """The borough or comparator that it is about; the whole system where it is left out."""
    priority: Slug | None = None
    """The priority that it is shown with."""
    outcome: Slug | None = None
    """The outcome that it is shown with."""
    chapter: IndicatorId | None = None
    """The chapter that it is shown in."""

    @model_validator(mode="after")
    def _at_home_once(self) -> Baseline:
        if sum(home is not None for home in (self.priority, self.outcome, self.chapter)) > 1:
            raise ValueError("priority, outcome or chapter, not several: a figure is shown with one of them")
        return self


class Baselines(Model):
    """The figures of ``baselines.yml`` and the document that states them."""

    document: StrategyDocument
    """The strategy."""
    figures: Annotated[tuple[Baseline, ...], Field(min_length=1)]
    """What it states."""


class Claim(Model):
    """A rank that an emphasis states."""

    end: Literal["highest", "lowest"]
    """From which end it counts."""
    rank: Annotated[int, Field(ge=1)] = 1
    """The place, counted from that end."""
    among: Line
    """The benchmark, or what the peers are called or are boroughs of: no other areas are ranked."""


def are_of(peers: str, area: str) -> bool:
    """Whether peers are, by their name, all areas of their kind in an area: ``London boroughs`` in ``London``."""
    return peers == area or peers.startswith(f"{area} ")


class Emphasis(Model):
    """What a strategy stresses for one place; plain text stands for a text alone."""

    text: Text
    """The strategy's words."""
    indicators: tuple[IndicatorId, ...] = ()
    """Those that show how it is today."""
    gap: Text | None = None
    """What of it no figure that is held shows."""
    claim: Claim | None = None
    """The rank that the text states; packs say whether today's figures bear it out."""
    not_worse: bool = False
    """Whether the text says that the place is not worse than the benchmark."""

    @model_validator(mode="before")
    @classmethod
    def _plain_text(cls, given: object) -> object:
        return {"text": given} if isinstance(given, str) else given

    @model_validator(mode="after")
    def _shown_by_figures(self) -> Emphasis:
        if (self.claim or self.not_worse) and not self.indicators:
            raise ValueError("claim and not_worse need indicators that can bear them out")
        if self.claim and self.not_worse:
            raise ValueError("claim or not_worse, not both")
        return self
