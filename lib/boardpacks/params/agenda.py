"""Typed models of a meeting's agenda, and of the front sheet with which the board pack stands on it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    Field,
    model_validator,
)

from boardpacks.params.paper_names import check_paper_name
from boardpacks.params.values import Clash, Model, OneLine, Text

Part = Literal["public", "confidential"]
"""Part I of a meeting, held in public, or part II, held in private."""
PARTS: tuple[Part, ...] = ("public", "confidential")
Purpose = Literal["decision", "assurance", "information"]
CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
Clock = Annotated[str, Field(pattern=CLOCK)]
"""A time of day, such as 14:00."""
PaperFile = Annotated[str, AfterValidator(check_paper_name)]
"""Name of a PDF, with no folder in it."""
ITEM = r"^[A-Za-z0-9][A-Za-z0-9./ -]*$"
ItemNumber = Annotated[str, Field(pattern=ITEM, max_length=20)]
TO_FOLLOW = "To follow"
"""What packs show for a field that nobody has filled in yet."""

_DASHES = re.compile(r"[-_]+")


class FrontSheet(Model):
    """What a board secretary says of a pack; what is left out is shown as "To follow" and keeps it a draft."""

    item: ItemNumber | None = None
    """Number on the agenda."""
    title: OneLine | None = None
    """The paper's title; the pack's own where it is left out."""
    author: OneLine | None = None
    """Who wrote it, with their role."""
    sponsor: OneLine | None = None
    """Who brings it to the board, with their role."""
    purpose: Purpose | None = None
    """What the board is to do with it."""
    recommendation: Text | None = None
    """What the board is asked; may quote facts."""
    executive_summary: Text | None = None
    """In a few sentences; may quote facts: {fact smoking_prevalence}."""
    previously_considered_by: Text | None = None
    """Who has seen it before."""
    conflicts_of_interest: Text | None = None
    """What was declared."""
    risks: Text | None = None
    """Risks, and where they stand in the board assurance framework."""
    equality_impact: Text | None = None
    """Whom it affects, and how."""
    financial_implications: Text | None = None
    """What it costs or saves."""
    legal_implications: Text | None = None
    """What the law asks for."""
    part: Part = "public"
    """A confidential pack is for the meeting's private part."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the fields that are still to follow, in their order."""
        needed = [name for name in FrontSheet.model_fields if name not in ("title", "part")]
        return tuple(name for name in needed if getattr(self, name) is None)


OwnPaper = Literal["pack", "annex"]
"""A document of a board pack that stands under an item of an agenda, by the key that says so."""


class AgendaItem(Model):
    """An item of a meeting's agenda: other people's paper, the board pack, or something said without a paper."""

    item: ItemNumber
    """Its number."""
    title: OneLine
    """Its title."""
    time: Clock | None = None
    """When it begins."""
    lead: OneLine | None = None
    """Who leads it."""
    purpose: Purpose | None = None
    """What the board is to do."""
    part: Part = "public"
    """Held in public or in private."""
    file: PaperFile | None = None
    """Name of a PDF in the meeting's folder of papers."""
    pack: bool = False
    """Whether the board pack stands here: its board edition, where the board has one."""
    annex: bool = Field(default=False, exclude_if=lambda annex: not annex)
    """Whether the pack's evidence annex stands here."""
    late: bool = False
    """Whether the paper came after the first final edition."""

    @property
    def own(self) -> OwnPaper | None:
        """Which document of the board pack stands under it."""
        return "pack" if self.pack else "annex" if self.annex else None

    @model_validator(mode="after")
    def _one_paper(self) -> AgendaItem:
        if self.pack and self.annex:
            raise Clash("pack: true or annex: true: an item has one paper", path=("annex",))
        if self.own is not None and self.file is not None:
            what = "board pack" if self.pack else "evidence annex"
            raise Clash(
                f"no file at the item of the {what}, or no {self.own}: true: an item has one paper",
                path=("file",),
            )
        return self


_LABELS: Mapping[str, str] = {
    "starts": "Time",
    "item": "Agenda item",
    "risks": "Risks and board assurance framework",
    "equality_impact": "Equality impact",
}


def field_label(name: str) -> str:
    """Return a meeting's or a front sheet's field as its label has it: ``Previously considered by``."""
    return _LABELS.get(name) or _DASHES.sub(" ", name).capitalize()
