"""Finds the notebooks and the Quarto project that every system begins with, and copies them into a new folder."""

from __future__ import annotations

import shutil
from pathlib import Path

from boardpacks.project.folder import Project

NOTEBOOKS = ("place_profile", "system_overview", "health_inequalities", "priority")
"""Those that name nothing of one system."""


def copy_notebooks(folder: Path) -> None:
    """Copy the notebooks of any system into a project folder."""
    (folder / "notebooks").mkdir()
    for name in NOTEBOOKS:
        shutil.copyfile(_sources() / "notebooks" / f"{name}.ipynb", folder / "notebooks" / f"{name}.ipynb")


def copy_reports(folder: Path) -> None:
    """Copy the Quarto project into a project folder: no results, and no fonts, which are made when they are needed."""
    source = Project(_sources())

    def left_out(parent: str, names: list[str]) -> set[str]:
        if Path(parent) == source.reports:
            return {name for name in names if not source.is_source(source.reports / name)}
        return {"fonts"} & set(names)

    shutil.copytree(source.reports, folder / "reports", ignore=left_out)


def _sources() -> Path:
    """Return the folder that holds them: links in a checkout, copies where the library was installed."""
    own = Path(__file__).with_name("project")
    return own if (own / "notebooks").is_dir() else Path(__file__).parents[3]
