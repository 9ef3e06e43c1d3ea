"""Typed models of what a strategy says beside its priorities: themes, foundations, figures, local emphases."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from boardpacks.params.values import AreaCode, IndicatorId, Line, Model, Name, Slug, Text

EvidenceStatus = Literal["measured", "partly-measured", "not-measured"]
"""How much of a theme or a foundation published figures show."""


class Part(Model):
    """One of the things that a foundation is about, and why no published figure shows it."""

    name: Name
    gap: Text


class Theme(Model):
    """Something that a strategy wants in all that it does.

    ``means`` says it in one plain sentence. ``indicators`` give evidence of it; ``gap`` says what is not measured,
    and why. ``baselines`` are figures that the strategy states on it, the most telling first.
    """

    id: Slug
    name: Name
    means: Text
    indicators: tuple[IndicatorId, ...] = ()
    gap: Text | None = None
    baselines: tuple[Slug, ...] = ()

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
    """Something that a strategy rests on, as a theme; ``parts`` are the things that it is about, where named."""

    parts: tuple[Part, ...] = ()


class StatedComparator(Model):
    """The figure that a strategy states beside one of its own: ``England``, 35."""

    name: Line
    value: float
    printed: Line | None = None


class StrategyDocument(Model):
    """The strategy that figures are quoted from. ``period`` is the one of its figures unless they say another."""

    name: Line
    publisher: Line
    period: Line
    licence: Line


class Baseline(Model):
    """A figure that a strategy started from, as it states it.

    ``what`` is a row label that also reads after a colon; ``printed`` is the strategy's own wording of the value
    ("over 2 million") where it gives no plain number. ``area`` is the borough or comparator that it is about; without
    one it is about the whole system. It is shown with a priority, an outcome or a chapter, whichever it names, and
    with every theme and foundation that names it.
    """

    id: Slug
    what: Line
    value: float
    unit: Line
    decimals: Annotated[int, Field(ge=0, le=4)] = 0
    printed: Line | None = None
    comparator: StatedComparator | None = None
    period: Line | None = None
    source: Line | None = None
    area: AreaCode | None = None
    priority: Slug | None = None
    outcome: Slug | None = None
    chapter: IndicatorId | None = None

    @model_validator(mode="after")
    def _at_home_once(self) -> Baseline:
        if sum(home is not None for home in (self.priority, self.outcome, self.chapter)) > 1:
            raise ValueError("priority, outcome or chapter, not several: a figure is shown with one of them")
        return self


class Baselines(Model):
    """The figures of ``baselines.yml`` and the document that states them."""

    document: StrategyDocument
    figures: Annotated[tuple[Baseline, ...], Field(min_length=1)]


class Claim(Model):
    """A rank that an emphasis states: the ``rank``-th ``end`` value of all areas of a kind in ``among``.

    ``among`` is the benchmark, or what the system's peers are called or are boroughs of: figures of no other set of
    areas are ranked.
    """

    end: Literal["highest", "lowest"]
    rank: Annotated[int, Field(ge=1)] = 1
    among: Line


def are_of(peers: str, area: str) -> bool:
    """Whether peers are, by their name, all areas of their kind in an area: ``London boroughs`` in ``London``."""
    return peers == area or peers.startswith(f"{area} ")


class Emphasis(Model):
    """What a strategy stresses for one place; plain text stands for a text alone.

    ``indicators`` show how it is today, and ``gap`` says what of it no figure that is held shows. Where the text
    states a rank (``claim``) or that the place is not worse than the benchmark (``not_worse``), packs say
    whether today's figures bear it out.
    """

    text: Text
    indicators: tuple[IndicatorId, ...] = ()
    gap: Text | None = None
    claim: Claim | None = None
    not_worse: bool = False

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
