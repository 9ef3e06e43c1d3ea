"""Tells which files of a project a preview watches, and what a save of one means."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import boardpacks
from boardpacks.project.folder import Project

Saved = Literal["notebook", "inputs", "template", "library"]
"""What was saved: a notebook; params, figures or a file beside the notebooks; something of reports/; our own code."""

LIBRARY = Path(boardpacks.__file__).parent
_PASSING = (".tmp", ".swp", "~", ".pyc", ".new")


def watched_folders(project: Project) -> tuple[Path, ...]:
    """Return the folders to watch, each with all below it; those that are not there are left out."""
    folders = (project.notebooks, project.params, project.root / "data", project.reports, LIBRARY)
    return tuple(folder for folder in folders if folder.is_dir())


def what_was_saved(path: Path, project: Project) -> Saved | None:
    """Return what a changed file is; None for one that no preview depends on, as what programs leave in passing."""
    if path.name.endswith(_PASSING):
        return None
    if path.is_relative_to(LIBRARY):
        return None if "__pycache__" in path.parts else "library"
    if not path.is_relative_to(project.root):
        return None
    parts = path.relative_to(project.root).parts
    if any(part.startswith(".") or part == "__pycache__" for part in parts):
        return None
    if path.is_relative_to(project.reports):
        is_template = len(parts) > 1 and project.is_source(project.reports / parts[1])
        return "template" if is_template and not path.is_relative_to(project.fonts) else None
    return "notebook" if path.suffix == ".ipynb" and path.parent == project.notebooks else "inputs"


def all_saved(paths: Iterable[str], project: Project) -> frozenset[Saved]:
    """Return what was saved, of many changed files."""
    found = (what_was_saved(Path(path), project) for path in paths)
    return frozenset(saved for saved in found if saved)
