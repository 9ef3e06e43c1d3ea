"""Finds the project folder and names the folders in it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from boardpacks.project.errors import BoardpacksError


@dataclass(frozen=True)
class Project:
    """A project folder: the one that holds ``params/system.yml``.

    Parameters
    ----------
    root
        Absolute path of the folder.
    """

    root: Path

    @property
    def params(self) -> Path:
        """Folder of the YAML files that say what varies."""
        return self.root / "params"

    @property
    def raw(self) -> Path:
        """Folder of the publishers' figures as tidy CSV, which snapshots are written from."""
        return self.root / "data" / "raw"

    @property
    def snapshots(self) -> Path:
        """Folder of the snapshots of published figures."""
        return self.root / "data" / "snapshots"

    @property
    def refreshed(self) -> Path:
        """Folder of the figures that the last refreshes brought, as tidy CSV."""
        return self.root / "data" / "raw" / "refreshed"

    @property
    def answers(self) -> Path:
        """Folder of what publishers answered last, not kept in git."""
        return self.work / "answers"

    @property
    def notebooks(self) -> Path:
        """Folder of the chapters' notebooks."""
        return self.root / "notebooks"

    @property
    def reports(self) -> Path:
        """Folder of the Quarto project."""
        return self.root / "reports"

    @property
    def extension(self) -> Path:
        """Folder of the Quarto format extension that both engines share."""
        return self.reports / "_extensions" / "boardpack"

    @property
    def fonts(self) -> Path:
        """Folder of the static Inter fonts, made on first use."""
        return self.extension / "fonts"

    @property
    def work(self) -> Path:
        """Folder of executed notebooks and composed sources, not kept in git."""
        return self.reports / "work"

    @property
    def runs(self) -> Path:
        """Folder of the reports of builds, not kept in git."""
        return self.reports / "runs"

    @property
    def papers(self) -> Path:
        """Folder of other people's papers, below it one for each meeting and place; not kept in git."""
        return self.reports / "papers"

    @property
    def circulation(self) -> Path:
        """Folder of messages that are ready to be sent, not kept in git: they hold people's addresses."""
        return self.reports / "circulation"

    @property
    def published(self) -> Path:
        """Folder of the finished packs, not kept in git."""
        return self.reports / "published"

    @property
    def preview(self) -> Path:
        """Folder of packs that are looked at while they are worked on, not kept in git: no board gets them."""
        return self.reports / "preview"

    def is_source(self, path: Path) -> bool:
        """Whether a file or folder directly below ``reports/`` is what packs are made with, and no result or paper.

        Hidden ones are what other programs leave there: Quarto, Jupyter, a file manager.
        """
        results = {path.name for path in (self.work, self.runs, self.papers, self.circulation)}
        return path.name not in results and not path.name.startswith(
            (self.published.name, self.preview.name, ".")
        )


_chosen: Path | None = None


def choose_project(folder: Path | None) -> None:
    """Have this process find its project from a folder, whatever the current one is; None undoes that.

    Processes that it starts stand in a folder of the project themselves.
    """
    global _chosen  # noqa: PLW0603 - one command, one project
    _chosen = folder


def find_project(start: Path | None = None) -> Project:
    """Return the project that `start` lies in: by default the folder that was chosen, or else the current one.

    Raises
    ------
    BoardpacksError
        When neither the folder nor any folder above it holds ``params/system.yml``.
    """
    here = (start or _chosen or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "params" / "system.yml").is_file():
            return Project(folder)
    raise BoardpacksError(
        f"No project found: neither {here} nor a folder above it holds params/system.yml. "
        "Run the command inside the project folder, or say where it is: --project FOLDER. "
        "A new one is made by: boardpacks new system FOLDER"
    )


def shown(path: Path) -> str:
    """Return a path as the user would type it: relative when it lies in the current folder."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative
