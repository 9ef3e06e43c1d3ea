"""Reads params and snapshot once for each state of their files."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from boardpacks.chapter.known_names import know
from boardpacks.chapter.noted_indicators import with_noted_indicators
from boardpacks.data.snapshot import Snapshot, load_snapshot
from boardpacks.params.find_names import names_in
from boardpacks.params.load import load_params
from boardpacks.params.models import Params
from boardpacks.project.folder import Project


def read_inputs(project: Project) -> tuple[Params, Snapshot]:
    """Return the project's params and its snapshot, checked; the process knows their names from then on.

    Both are read anew only when a file has changed: an analyst runs the cell that opens a chapter many times,
    and a build opens many chapters.

    Raises
    ------
    InputError
        When params or snapshot are faulty.
    """
    params, names = _params(project, _state(project.params))
    folder = project.snapshots / params.system.snapshot
    snapshot = _snapshot(folder, _state(folder))
    know((*names, *(area.name for area in snapshot.manifest.areas.values())))
    return params, snapshot


@lru_cache(maxsize=1)
def _params(project: Project, state: str) -> tuple[Params, tuple[str, ...]]:
    params = load_params(project.params)
    names = tuple(names_in(params))  # before indicators are noted: to look at a name is not to read a measure
    return with_noted_indicators(params), names


@lru_cache(maxsize=1)
def _snapshot(folder: Path, state: str) -> Snapshot:
    return load_snapshot(folder)


def _state(folder: Path) -> str:
    """Return a hash over every file of a folder, names and contents."""
    state = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            state.update(f"{path.relative_to(folder).as_posix()}\n{len(content)}\n".encode() + content)
    return state.hexdigest()
