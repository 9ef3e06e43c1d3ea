"""Says which formats a pack is made in, and which builds are previews. Imports nothing that is slow."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Literal

from boardpacks.packs.files.pack_record import FileKind
from boardpacks.plan.plan import PackPlan, root_of

Editions = Literal["both", "board", "annex"]
"""Which documents of a pack are asked for: the board edition, the evidence annex, or both."""
EDITION_ENDING = "_board-edition.pdf"
"""How the name of a board edition ends."""
FORMATS: tuple[FileKind, ...] = ("pdf", "html", "large-print")
USUAL_FORMATS: tuple[FileKind, ...] = ("pdf", "html")


def asked_formats(given: Collection[str]) -> frozenset[str]:
    """Return what a build is asked for: the usual formats, to which large print alone is an addition."""
    return frozenset(given if set(given) - {"large-print"} else (*USUAL_FORMATS, *given))


def is_preview(formats: Collection[str], parts: Collection[str], editions: Editions = "both") -> bool:
    """Whether what a build makes is less than the pack that a board gets, and must never take its place."""
    return bool(parts) or editions != "both" or not set(USUAL_FORMATS).issubset(formats)


def formats_of(plan: PackPlan, asked: Collection[str], shelf: Path) -> tuple[FileKind, ...]:
    """Return the formats of one pack: those asked for, and large print where its readers have it.

    They have it when the board's calendar wants it, or the meeting's pack on the shelf has one: a build that does
    not ask for it again would take it away.
    """
    meeting = root_of(shelf, plan.part) / plan.meeting.date.isoformat()
    is_there = any(
        next(meeting.glob(f"{folder}/*_large-print.pdf"), None)
        for folder in (plan.slug, f"{plan.slug}_v[0-9]*")
    )
    wanted = {*asked, *(["large-print"] if plan.calendar.large_print or is_there else [])}
    return tuple(name for name in FORMATS if name in wanted)
