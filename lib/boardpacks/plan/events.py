"""What a build reports while it runs, and what it says of each pack at the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from boardpacks.plan.plan import ChapterRun, PackPlan
from boardpacks.plan.stale_chapters import Origin
from boardpacks.project.errors import BoardpacksError


@dataclass(frozen=True)
class PackResult:
    """What became of one pack.

    Parameters
    ----------
    plan
        The pack that was asked for.
    published
        Folder or file of the published pack, or None when it failed.
    failures
        Everything that went wrong; empty when the pack was published.
    pages
        Number of pages of the PDF, or None when there is none.
    kept
        Whether it was up to date, so that nothing was done.
    notice
        What the user ought to know of how it was made, in one line; empty when there is nothing.
    """

    plan: PackPlan
    published: Path | None
    failures: tuple[BoardpacksError, ...]
    pages: int | None
    kept: bool = False
    notice: str = ""


@dataclass(frozen=True)
class ChapterKept:
    """A chapter need not be executed: its result is there, or was brought from another pack or the cache."""

    plan: PackPlan
    run: ChapterRun
    origin: Origin


@dataclass(frozen=True)
class Noticed:
    """Something that the user ought to know, though the build goes on."""

    words: str


@dataclass(frozen=True)
class ChapterStarted:
    """A chapter's notebook is being executed."""

    plan: PackPlan
    run: ChapterRun


@dataclass(frozen=True)
class ChapterDone:
    """A chapter was executed, in this many seconds."""

    plan: PackPlan
    run: ChapterRun
    seconds: float


@dataclass(frozen=True)
class ChapterLost:
    """A chapter failed; its pack's chapters that have not started yet are left out."""

    plan: PackPlan
    run: ChapterRun
    failure: BoardpacksError


@dataclass(frozen=True)
class PackStarted:
    """All chapters of a pack are done; it is being composed, rendered, checked and published."""

    plan: PackPlan


@dataclass(frozen=True)
class PackKept:
    """A pack is up to date: nothing was done."""

    result: PackResult


@dataclass(frozen=True)
class PackReady:
    """A pack was published, after this many seconds of composing and rendering."""

    result: PackResult
    seconds: float


@dataclass(frozen=True)
class PackLost:
    """A pack failed and was not published; an earlier edition of it stays."""

    result: PackResult


Event = (
    ChapterKept
    | ChapterStarted
    | ChapterDone
    | ChapterLost
    | PackStarted
    | PackKept
    | PackReady
    | PackLost
    | Noticed
)
OnEvent = Callable[[Event], None]
