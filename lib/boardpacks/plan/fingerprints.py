"""What a chapter is made from, beside what it reads: its notebook, parameters, params, code, packages."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import BaseModel

import boardpacks
from boardpacks.data.reads import EVERY
from boardpacks.params.models import Params
from boardpacks.plan.plan import ChapterRun
from boardpacks.project.errors import InputError, Problem
from boardpacks.project.file_digest import file_digest
from boardpacks.project.folder import Project
from boardpacks.project.notebook import parse_code

ABOVE_PACKS = frozenset(("cli", "new", "verify", "circulation", "meetings", "runs", "preview", "lab"))
"""Rooms that nothing of a pack is made by: they lie above ``packs``, which cannot import them."""

ABOVE_CHAPTERS = ABOVE_PACKS | {"packs", "execute", "plan"}
"""Rooms that a chapter's process imports nothing of. A room that is not named here counts: nothing can be forgotten."""

PACKAGES = (
    "fontpkg-cairo",
    "fontpkg-heebo",
    "fontpkg-inter",
    "fonttools",
    "ipykernel",
    "ipython",
    "matplotlib",
    "matplotlib-inline",
    "numpy",
    "pandas",
    "pandera",
    "papermill",
    "pyarrow",
    "pydantic",
    "scipy",
    "seaborn",
)
"""Packages whose versions every chapter depends on; those that a notebook imports itself are added."""

KINDS = {
    "places": "place",
    "priorities": "priority",
    "indicators": "indicator",
    "collaboratives": "collaborative",
    "themes": "theme",
    "foundations": "foundation",
}
"""What one entry is called, of params that hold several."""

UNSEEN = {"as_of", "assurance", "calendars", "chapters"}
"""Params that no chapter sees."""

EXECUTION = 1
"""Raised when the library executes notebooks otherwise, so that the same inputs give another result."""

_LIBRARY = Path(boardpacks.__file__).parent
_INSTALLED = re.compile(r"(?P<name>[A-Za-z0-9._]+)-(?P<version>[^-]+)\.dist-info$")
_DIGITS = 16


@dataclass(frozen=True)
class Inputs:
    """Everything that a chapter is made from, figures and indicators aside, as words and digests.

    Parameters
    ----------
    cells
        Kind (``code`` or ``markdown``) and digest of each cell of the notebook.
    parameters
        What the notebook is given, and the month of the meeting.
    params
        Digest of each system, place and priority.
    library
        Digest of each room of the library that the chapter's process imports.
    packages
        Version of Python and of each package.
    beside
        Digest of each other file in the notebooks' folder, which a notebook might read or import.
    fingerprint
        Digest of it all.
    """

    cells: Sequence[Sequence[str]]
    parameters: Mapping[str, Any]
    params: Mapping[str, str]
    library: Mapping[str, str]
    packages: Mapping[str, str]
    beside: Mapping[str, str]
    fingerprint: str


@dataclass(frozen=True)
class NotebookInputs:
    """What a notebook adds to the inputs of its chapters: cells and packages."""

    cells: Sequence[Sequence[str]]
    packages: Mapping[str, str]


@dataclass(frozen=True)
class Surroundings:
    """What the inputs of all chapters have in common, read once for a build.

    ``indicators`` are their digests, each of which is an input of those chapters only that read it; ``stamps`` are
    time and size of every file that was read for it.
    """

    params: Mapping[str, str]
    indicators: Mapping[str, str]
    library: Mapping[str, str]
    installed: Mapping[str, str]
    beside: Mapping[str, str]
    stamps: Mapping[Path, tuple[int, int]]

    @cached_property
    def digest(self) -> str:
        """Digest of what a chapter's inputs have of it, whatever notebook it has."""
        return text_digest(json.dumps([self.params, self.library, self.beside], sort_keys=True))

    def have_moved(self) -> bool:
        """Whether any of the files was written since."""
        return any(_stamp(path) != stamp for path, stamp in self.stamps.items())


def look_around(project: Project, params: Params) -> Surroundings:
    """Read what the inputs of all chapters have in common."""
    others = [
        path
        for path in sorted(project.notebooks.glob("*"))
        if path.is_file() and path.suffix != ".ipynb" and not path.name.startswith(".")
    ]
    code = [path for room in library_rooms(ABOVE_CHAPTERS) for path in _files(_LIBRARY / room)]
    read = [*_files(project.params), *code, *others]
    digests = params_digests(params)
    indicators = {name: digests.pop(f"indicator {name}") for name in params.indicators}
    return Surroundings(
        params=digests,
        indicators={EVERY: text_digest(" ".join(indicators)), **indicators},
        library={room: room_digest(room) for room in library_rooms(ABOVE_CHAPTERS)},
        installed=installed_packages(),
        beside={path.name: file_digest(path) for path in others},
        stamps={path: _stamp(path) for path in read},
    )


def read_notebook_inputs(path: Path, around: Surroundings) -> NotebookInputs:
    """Return what a notebook adds to the inputs of its chapters.

    Raises
    ------
    InputError
        When it cannot be read as a notebook.
    """
    cells = _read_cells(path)
    return NotebookInputs(_digests(cells), _packages(cells, around.installed))


def gather_inputs(run: ChapterRun, notebook: NotebookInputs, around: Surroundings) -> Inputs:
    """Return what a chapter is made from."""
    parameters = {**run.parameters, "month of the meeting": run.as_of}
    parts = [EXECUTION, notebook.cells, parameters, notebook.packages, around.digest]
    return Inputs(
        cells=notebook.cells,
        parameters=parameters,
        params=around.params,
        library=around.library,
        packages=notebook.packages,
        beside=around.beside,
        fingerprint=hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest(),
    )


def params_digests(params: Params) -> dict[str, str]:
    """Return the digest of everything in params that a chapter sees, by what it is.

    The name of the snapshot is not seen: its figures count. Nor are meetings and the list of chapters.
    """
    seen = params.model_copy(update={"system": params.system.model_copy(update={"snapshot": "any"})})
    entries: dict[str, BaseModel] = {}
    for name in Params.model_fields.keys() - UNSEEN:
        part, kind = getattr(seen, name), KINDS.get(name, name)
        if isinstance(part, Mapping):
            entries |= {f"{kind} {key}": entry for key, entry in part.items()}
        elif isinstance(part, tuple):
            entries |= {f"{kind} {entry.id}": entry for entry in part}
        elif part is not None:
            entries[kind] = part
    return {name: text_digest(entry.model_dump_json()) for name, entry in sorted(entries.items())}


def library_rooms(above: Collection[str]) -> tuple[str, ...]:
    """Return the rooms of the library but those that lie above."""
    found = (folder.name for folder in _LIBRARY.iterdir() if (folder / "__init__.py").is_file())
    return tuple(sorted(set(found) - set(above)))


def room_digest(room: str) -> str:
    """Return the digest of the source code of one room of the library."""
    folder = _LIBRARY / room
    return folder_digest(folder, _files(folder))


def folder_digest(folder: Path, paths: Iterable[Path]) -> str:
    """Return the digest of some files of a folder: of their names and contents."""
    return text_digest(
        "".join(f"{path.relative_to(folder).as_posix()} {file_digest(path)}\n" for path in paths)
    )


def installed_packages() -> dict[str, str]:
    """Return the version of each installed package by its name, and that of Python.

    Read from the names of their folders: asking each package takes a hundred times as long.
    """
    found: dict[str, str] = {}
    for folder in sys.path:
        if os.path.isdir(folder):  # noqa: PTH112 - a thousand names: Path objects would take longer than reading
            for entry in os.scandir(folder):
                if match := _INSTALLED.match(entry.name):
                    found.setdefault(_plain(match["name"]), match["version"])
    machine = f"{sys.platform} {os.uname().machine}" if hasattr(os, "uname") else sys.platform
    return found | {"Python": f"{'.'.join(map(str, sys.version_info[:3]))} on {machine}"}


def chosen_packages(names: Iterable[str], installed: Mapping[str, str]) -> dict[str, str]:
    """Return the versions of some packages and of Python; of one that is not installed, a word that says so."""
    return {name: installed.get(name, "not installed") for name in ["Python", *sorted(set(names))]}


def text_digest(text: str) -> str:
    """Return a short digest of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def _files(folder: Path) -> list[Path]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if "__pycache__" not in path.parts)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except FileNotFoundError:
        return (0, 0)
    return found.st_mtime_ns, found.st_size


def cell_digests(path: Path) -> list[list[str]]:
    """Return kind and digest of each cell of a notebook."""
    return _digests(_read_cells(path))


def _digests(cells: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    return [[str(cell["cell_type"]), _cell_digest(cell)] for cell in cells]


def _read_cells(path: Path) -> list[dict[str, Any]]:
    try:
        cells: list[dict[str, Any]] = json.loads(path.read_bytes())["cells"]
        return [cell for cell in cells if cell["cell_type"] and cell["source"] is not None]
    except (OSError, ValueError, KeyError, TypeError) as error:
        allowed = "a Jupyter notebook of format 4, as JupyterLab saves it"
        problem = Problem(f"notebooks/{path.name}", "", f"{type(error).__name__}: {error}", allowed)
        raise InputError([problem]) from None


def _cell_digest(cell: Mapping[str, Any]) -> str:
    """Digest a cell's text, its tags (one marks the parameters) and the pictures pasted into it."""
    tags = sorted(cell.get("metadata", {}).get("tags", []))
    attached = json.dumps(cell.get("attachments", {}), sort_keys=True)
    return text_digest("\0".join([_source(cell), *tags, attached]))


def _source(cell: Mapping[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _packages(cells: Sequence[Mapping[str, Any]], installed: Mapping[str, str]) -> dict[str, str]:
    imported = {name for cell in cells if cell["cell_type"] == "code" for name in _imports(_source(cell))}
    own = {_plain(name) for name in imported - sys.stdlib_module_names}
    return chosen_packages([*PACKAGES, *(name for name in own if name in installed)], installed)


def _imports(code: str) -> set[str]:
    """Return the first part of every module's name that some code imports; a faulty cell imports nothing."""
    tree = parse_code(code)
    if tree is None:
        return set()
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    return {name.partition(".")[0] for name in names}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
