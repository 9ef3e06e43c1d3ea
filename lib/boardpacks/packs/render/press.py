"""Chooses the engine that makes a pack, and takes the spare one when that fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from boardpacks.packs.files.check_failed import CheckFailed
from boardpacks.packs.render import Engine, QuartoError, engine
from boardpacks.plan.plan import PackPlan
from boardpacks.project.errors import BoardpacksError

T = TypeVar("T")


@dataclass(frozen=True)
class Made(Generic[T]):
    """What an engine made, and what the user ought to know of it, if anything."""

    product: T
    engine: Engine
    notice: str = ""


@dataclass(frozen=True)
class Press:
    """The engine that makes a pack, and the one that does when it fails, if there is one."""

    engine: Engine
    spare: Engine | None = None
    notice: str = ""

    def make(self, name: str, work: Callable[[Engine], T]) -> Made[T]:
        """Return what `work` makes with the engine, or with the spare one.

        What the spare engine finds wrong is the source's own fault, and is said instead.

        Parameters
        ----------
        name
            Name of the pack, for the notice.
        work
            Renders the pack and checks its documents: CheckFailed for those that are not fit to be published.
        """
        try:
            return Made(work(self.engine), self.engine, self.notice)
        except (QuartoError, CheckFailed) as error:
            if self.spare is None:
                raise
            reason = error.reason if isinstance(error, QuartoError) else _finding(error)
        made = work(self.spare)
        return Made(
            made, self.spare, f"{name}: made with the bundled engine, because Quarto failed: {reason}"
        )


def press_for(plan: PackPlan, asked: Engine, spare: Engine | None) -> Press:
    """Return what makes a pack: the engine that was asked for, or the one that made its first final edition.

    Raises
    ------
    BoardpacksError
        When that engine is not to be had any more.
    """
    kept = plan.meeting.engine_of(plan.slug)
    if kept is None:
        return Press(asked, spare)
    try:
        found = engine(kept)
    except BoardpacksError as error:
        raise BoardpacksError(
            f"{plan.name}: version 1.0 for the meeting of {plan.meeting.date} was made with Quarto, and what follows "
            f"it is made with the same engine. {error}"
        ) from None
    if spare is None and not asked.name.startswith(kept):
        return Press(found, notice=f"{plan.name}: made with the engine of version 1.0, which is {found.name}")
    return Press(found)


def _finding(error: CheckFailed) -> str:
    """Return the first thing that the checks found, in one line."""
    more = f" (and {len(error.findings) - 1} more)" if len(error.findings) > 1 else ""
    return f"{error.findings[0]}{more}"
