"""What the packs of one build are made with: the one thing that every step of making them is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from boardpacks.packs.files.formats import formats_of
from boardpacks.packs.files.pack_manifest import Commit
from boardpacks.packs.files.pack_record import FileKind
from boardpacks.packs.publish.build_states import BuildStates
from boardpacks.packs.render import Engine
from boardpacks.plan.events import Noticed, OnEvent
from boardpacks.plan.plan import PackPlan, root_of
from boardpacks.project.folder_lock import FolderLock


@dataclass(frozen=True)
class Workshop(BuildStates):
    """What the packs of one build are made with.

    Parameters
    ----------
    engine, spare
        Makes the documents, and makes them where the first one fails, if there is a choice.
    on_event
        Told of every step, in the thread that the build was started in.
    commit
        The commit that the project stands at.
    locks
        On the folders that the build writes to.
    """

    engine: Engine
    spare: Engine | None
    on_event: OnEvent
    commit: Commit = field(default_factory=Commit)
    locks: tuple[FolderLock, ...] = ()

    def check_locks(self) -> None:
        """Stop when another build has taken over the folders."""
        for lock in self.locks:
            lock.check()

    def shelf_of(self, plan: PackPlan) -> Path:
        """Return the folder of the packs that are published already for the part of a pack's meeting."""
        return root_of(self.order.shelf, plan.part)

    def formats_of(self, plan: PackPlan) -> tuple[FileKind, ...]:
        """Return the formats that a pack is made in."""
        return formats_of(plan, self.order.formats, self.order.shelf)

    def say(self, *notices: str) -> None:
        """Tell whoever follows the build something in words."""
        for words in notices:
            self.on_event(Noticed(words))
