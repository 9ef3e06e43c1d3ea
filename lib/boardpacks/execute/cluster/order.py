"""What goes between home and the workers of a cluster: the order with every chapter, and the answers."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from boardpacks import __version__
from boardpacks.data.reads import Reads
from boardpacks.execute.chapter_limits import ChapterLimits
from boardpacks.execute.cluster.bundles import Archive, pack_folders
from boardpacks.plan.fingerprints import ABOVE_CHAPTERS, library_rooms, room_digest
from boardpacks.project.folder import Project

LOADED = {room: room_digest(room) for room in ("plan", "execute")}
"""Digests of the code of planning and executing when this process imported it: a worker may run for weeks."""


@dataclass(frozen=True)
class ClusterOrder:
    """What a worker has to know of a build; small, since it goes with every chapter.

    Parameters
    ----------
    build
        Id of the build.
    parts
        Digests of the archives that the project is laid out from, by the folder in it where each belongs.
    library, packages
        Digest of each room of the library and version of each package: they have to be the same on every
        machine.
    limits
        What a chapter may take.
    """

    build: str
    parts: Mapping[str, str]
    library: Mapping[str, str]
    packages: Mapping[str, str]
    limits: ChapterLimits


@dataclass(frozen=True)
class Executed:
    """An executed notebook, and what it has read."""

    notebook: bytes
    reads: Reads


@dataclass(frozen=True)
class Failed:
    """What :class:`ChapterFailed` tells, and the notebook as far as it got."""

    cell: int | None
    code: str
    reason: str
    notebook: bytes | None
    line: int | None = None


@dataclass(frozen=True)
class UnfitWorker:
    """A worker that cannot execute chapters yet, or at all.

    Parameters
    ----------
    worker
        Its address.
    host
        Name of its machine.
    differences
        What is not the same there as at home, in words.
    lacks
        Digests of the archives that it has not got.
    """

    worker: str
    host: str
    differences: tuple[str, ...]
    lacks: tuple[str, ...]

    @property
    def is_fit(self) -> bool:
        """Whether nothing speaks against it."""
        return not (self.differences or self.lacks)


def library_digests() -> dict[str, str]:
    """Return the version of the library here, and the digest of each room that a chapter's result depends on."""
    rooms = {room: room_digest(room) for room in library_rooms(ABOVE_CHAPTERS)}
    return {"boardpacks": __version__, **rooms, **LOADED}


def place_order(
    project: Project, snapshot: str, packages: Mapping[str, str], limits: ChapterLimits
) -> tuple[ClusterOrder, tuple[Archive, ...]]:
    """Return what a build has to tell its workers, and the archives that they need."""
    figures, fonts = project.snapshots / snapshot, project.fonts
    parts = {
        ".": pack_folders(project.root, [project.notebooks, project.params]),
        figures.relative_to(project.root).as_posix(): pack_folders(figures, [figures]),
        fonts.relative_to(project.root).as_posix(): pack_folders(fonts, [fonts]),
    }
    order = ClusterOrder(
        build=uuid.uuid4().hex,
        parts={place: archive.digest for place, archive in parts.items()},
        library=library_digests(),
        packages=packages,
        limits=limits,
    )
    return order, tuple(parts.values())
