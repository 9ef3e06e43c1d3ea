"""What a build is asked for, beside which packs it makes. Imports nothing that is slow."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from boardpacks.execute.chapter_limits import NO_OTHER_LIMITS, ChapterLimits
from boardpacks.packs.files.formats import USUAL_FORMATS, Editions
from boardpacks.params.models import Params
from boardpacks.project.folder import Project

if TYPE_CHECKING:
    from boardpacks.execute.cluster.address import Cluster


@dataclass(frozen=True)
class BuildOrder:
    """What a build is asked for, beside which packs it makes.

    Parameters
    ----------
    engine
        ``"auto"``, ``"quarto"`` or ``"bundled"``. What follows a final edition is made with the engine of that.
    formats
        Any of ``"pdf"``, ``"html"`` and ``"large-print"``; a board's calendar may ask for large print besides.
    out
        Folder that packs are published in; by default the project's.
    beside
        Folder of the packs that are published already, where these are made aside first; by default the same.
    workers
        How many things are done at once, by default the number of usable processors; or a cluster that
        chapters are executed on. Packs are rendered here.
    limits
        What a chapter may take.
    cache
        Folder or address of executed chapters that several people share, if any.
    force
        Whether everything is done anew, up to date or not.
    editions
        ``"both"``, or ``"board"`` or ``"annex"`` alone.
    """

    project: Project
    params: Params
    engine: str = "auto"
    formats: Collection[str] = USUAL_FORMATS
    out: Path | None = None
    beside: Path | None = None
    workers: int | Cluster | None = None
    limits: ChapterLimits = NO_OTHER_LIMITS
    cache: str = ""
    force: bool = False
    editions: Editions = "both"

    @property
    def published(self) -> Path:
        """Folder that packs are published in."""
        return self.out or self.project.published

    @property
    def shelf(self) -> Path:
        """Folder of the packs that are published already: that one, unless packs are made aside first."""
        return self.beside or self.published
